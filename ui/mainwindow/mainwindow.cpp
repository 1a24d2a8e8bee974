// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "banner.h"
#include "dropoverlay.h"
#include "keys/keydrop.h"
#include "navigation.h"
#include "statusline.h"
#include "widgets/icons.h"
#include "widgets/servicestate.h"

#include <QCloseEvent>
#include <QGuiApplication>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace keywheel {

namespace {

QString layoutName()
{
    return QStringLiteral("window");
}

} // namespace

MainWindow::MainWindow(Backend &backend, Preferences &preferences, AppActions &actions)
    : backend_(backend),
      preferences_(preferences),
      actions_(actions)
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(appIcon());
    setAcceptDrops(true);
    build();
    buildMenus();
    retranslate();
    if (!restoreGeometry(preferences.layout(layoutName())))
        resize(QSize(1060, 720).boundedTo(screen()->availableSize()));
    connect(&backend, &Backend::snapshotChanged, this, [this](const BackendSnapshot &snapshot) {
        if (isVisible())
            refresh(snapshot);
    });
}

MainWindow::~MainWindow()
{
    if (isVisible())
        keepGeometry();
}

void MainWindow::build()
{
    auto *centre = new QWidget(this);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    demoBanner_ = new Banner(QStringLiteral("demo"), centre);
    demoBanner_->setObjectName(QStringLiteral("demoBanner"));
    demoBanner_->hide();
    navigation_ = new Navigation(centre);
    stack_ = new QStackedWidget(centre);
    stack_->setObjectName(QStringLiteral("pages"));
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(navigation_);
    row->addWidget(stack_, 1);
    column->addWidget(demoBanner_);
    column->addLayout(row, 1);
    setCentralWidget(centre);
    status_ = new StatusLine(this);
    setStatusBar(status_);
    overlay_ = new DropOverlay(this);
    connect(navigation_, &Navigation::pageChosen, this, &MainWindow::setCurrentPage);
    connect(demoBanner_, &Banner::clicked, this, [this] { backend_.setDemo(false); });
}

void MainWindow::buildMenus()
{
    closeAction_ = new QAction(this);
    closeAction_->setObjectName(QStringLiteral("closeWindow"));
    closeAction_->setShortcut(QKeySequence::Close);
    connect(closeAction_, &QAction::triggered, this, &MainWindow::close);
    aboutAction_ = new QAction(this);
    aboutAction_->setObjectName(QStringLiteral("about"));
    aboutAction_->setMenuRole(QAction::AboutRole);
    connect(aboutAction_, &QAction::triggered, this, &MainWindow::about);

    programMenu_ = menuBar()->addMenu(QString());
    programMenu_->addActions({actions_.startStop(), actions_.copyUrl()});
    programMenu_->addSeparator();
    programMenu_->addActions(
        {actions_.importKeys(), actions_.importClipboard(), actions_.resetBlacklist()});
    programMenu_->addSeparator();
    programMenu_->addActions({closeAction_, actions_.quit()});
    goMenu_ = menuBar()->addMenu(QString());
    helpMenu_ = menuBar()->addMenu(QString());
    helpMenu_->addAction(aboutAction_);
}

void MainWindow::addPage(PageId id, Page *page)
{
    pages_[id] = page;
    wire(page);
    navigation_->addPage(id, page->title());

    auto *go = new QAction(page->title(), this);
    go->setShortcut(Qt::CTRL | Qt::Key(Qt::Key_1 + int(id)));
    connect(go, &QAction::triggered, this, [this, id] { showPage(id); });
    goActions_[id] = go;
    goMenu_->clear();
    for (const auto &[other, action] : goActions_)
        goMenu_->addAction(action);
    if (id == current_)
        navigation_->select(id);
}

void MainWindow::setFirstRunPage(Page *page)
{
    firstRun_ = page;
    wire(page);
    showCurrent();
}

void MainWindow::wire(Page *page)
{
    stack_->addWidget(page);
    // What is dropped onto a field comes to the window: the field would show a key in clear.
    const auto lines = page->findChildren<QLineEdit *>();
    for (QLineEdit *line : lines)
        line->setAcceptDrops(false);
    connect(page, &Page::pageWanted, this, &MainWindow::showPage);
    connect(page, &Page::importWanted, this, &MainWindow::importWanted);
}

void MainWindow::showPage(PageId id, const QString &topic)
{
    navigation_->select(id);
    const auto found = pages_.find(id);
    if (found != pages_.end() && !topic.isEmpty())
        found->second->showTopic(topic);
}

void MainWindow::bringUp()
{
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

void MainWindow::setCurrentPage(PageId id)
{
    current_ = id;
    showCurrent();
}

void MainWindow::showCurrent()
{
    const auto found = pages_.find(current_);
    Page *page = found == pages_.end() ? nullptr : found->second;
    if (current_ == PageId::Overview && firstRun_ && needsFirstKeys(backend_.snapshot()))
        page = firstRun_;
    if (page && stack_->currentWidget() != page)
        stack_->setCurrentWidget(page);
}

void MainWindow::refresh(const BackendSnapshot &snapshot)
{
    showCurrent();
    status_->refresh(snapshot);
    demoBanner_->setVisible(snapshot.demo);
    setWindowTitle(snapshot.demo ? tr("Keywheel (demo)") : tr("Keywheel"));
}

void MainWindow::retranslate()
{
    demoBanner_->setText(tr("Demo: the answers are made up, and none of your keys is used."));
    demoBanner_->setButtonText(tr("E&nd demo"));
    navigation_->setAccessibleName(tr("Pages"));
    programMenu_->setTitle(tr("&Keywheel"));
    goMenu_->setTitle(tr("&Go"));
    helpMenu_->setTitle(tr("&Help"));
    closeAction_->setText(tr("Close &window"));
    aboutAction_->setText(tr("&About Keywheel"));
    for (const auto &[id, page] : pages_) {
        navigation_->setTitle(id, page->title());
        goActions_[id]->setText(page->title());
    }
    refresh(backend_.snapshot());
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    refresh(backend_.snapshot());
    watch();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    keepGeometry();
    watch();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    // The end of the session, or of the program, waits for no question.
    if (mayClose_ || qApp->isSavingSession()) {
        event->accept();
        return;
    }
    event->ignore();
    Q_EMIT closeWanted();
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        watch();
    else if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange && status_)
        status_->refresh(backend_.snapshot());
}

void MainWindow::keepGeometry()
{
    preferences_.setLayout(layoutName(), saveGeometry());
}

void MainWindow::watch()
{
    backend_.setWatched(isVisible() && !isMinimized());
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!KeyDrop::canHold(*event->mimeData()))
        return;
    KeyDrop::accept(event);
    overlay_->cover();
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent *)
{
    overlay_->hide();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    overlay_->hide();
    KeyDrop::accept(event);
    const KeyDrop dropped(*event->mimeData());
    if (!dropped.files.isEmpty())
        Q_EMIT filesDropped(dropped.files);
    else
        Q_EMIT textDropped(dropped.text);
}

void MainWindow::about()
{
    // Not modal to a nested loop: the program may end meanwhile.
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setWindowTitle(tr("About Keywheel"));
    box->setIconPixmap(appIcon().pixmap(QSize(64, 64), devicePixelRatioF()));
    box->setText(QStringLiteral("<b>Keywheel %1</b>").arg(QCoreApplication::applicationVersion()));
    box->setInformativeText(
        tr("A local proxy that rotates your API keys for OpenAI-compatible services.\n"
           "Free software under the GNU General Public License, version 3 or later."));
    box->open();
}

} // namespace keywheel
