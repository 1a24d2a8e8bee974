// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop.h"

#include "blacklist/blacklistpage.h"
#include "connect/connectpage.h"
#include "dashboard/overviewpage.h"
#include "firstrun/firstrunpage.h"
#include "keys/importdialog.h"
#include "keys/keyspage.h"
#include "mainwindow/mainwindow.h"
#include "mainwindow/noticeactions.h"
#include "requests/requestspage.h"
#include "settings/settingspage.h"
#include "tray/notifier.h"
#include "tray/trayicon.h"
#include "tray/traywait.h"
#include "widgets/icons.h"
#include "widgets/language.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QMessageBox>
#include <QPushButton>

namespace keywheel {

using namespace std::chrono_literals;

namespace {

/// A click on the tray takes the focus from the window before it arrives here.
constexpr auto focusGrace = 500ms;

QString trayHint()
{
    return QStringLiteral("trayHint");
}

} // namespace

Desktop::Desktop(Backend &backend, Preferences &preferences, Autostart &autostart)
    : backend_(backend),
      preferences_(preferences),
      autostart_(autostart),
      language_(std::make_unique<Language>(preferences)),
      theme_(std::make_unique<Theme>(preferences)),
      actions_(std::make_unique<AppActions>(backend)),
      noticeActions_(std::make_unique<NoticeActions>(backend)),
      window_(std::make_unique<MainWindow>(backend, preferences, *actions_)),
      trayHost_(systemTrayHost()),
      trayWait_(std::make_unique<TrayWait>(*trayHost_, clock_)),
      notifications_(systemNotifications()),
      notifier_(std::make_unique<Notifier>(backend, preferences, clock_, *notifications_))
{
    QGuiApplication::setQuitOnLastWindowClosed(false);
    QGuiApplication::setWindowIcon(appIcon());
    qApp->installEventFilter(this);
    window_->installEventFilter(this);
    addPages();
    joinActions();
    joinNotices();
}

Desktop::~Desktop() = default;

void Desktop::addPages()
{
    window_->addPage(PageId::Overview, new OverviewPage(backend_));
    window_->addPage(PageId::Keys, new KeysPage(backend_, clock_, preferences_));
    window_->addPage(PageId::Blacklist, new BlacklistPage(backend_));
    window_->addPage(PageId::Requests, new RequestsPage(backend_));
    window_->addPage(PageId::Connect, new ConnectPage(backend_));
    window_->addPage(PageId::Settings, new SettingsPage(backend_, preferences_, autostart_));
    window_->setFirstRunPage(new FirstRunPage(backend_));
}

void Desktop::joinActions()
{
    connect(language_.get(), &Language::changed, actions_.get(), &AppActions::retranslate);
    connect(actions_->quit(), &QAction::triggered, this, &Desktop::quitWanted);
    connect(actions_->openWindow(), &QAction::triggered, this, &Desktop::showWindow);
    connect(actions_->settings(), &QAction::triggered, this, [this] {
        window_->showPage(PageId::Settings);
        showWindow();
    });
    connect(actions_->importKeys(), &QAction::triggered, this, &Desktop::openImport);
    connect(actions_->importClipboard(), &QAction::triggered, this, &Desktop::importClipboard);
    connect(actions_.get(), &AppActions::failed, this, &Desktop::report);
    connect(window_.get(), &MainWindow::importWanted, this, &Desktop::openImport);
    connect(window_.get(), &MainWindow::textDropped, this,
            [this](const QByteArray &text) { openImport()->importText(text); });
    connect(window_.get(), &MainWindow::filesDropped, this,
            [this](const QStringList &paths) { openImport()->importFiles(paths); });
    connect(window_.get(), &MainWindow::closeWanted, this, &Desktop::closeWindow);
}

void Desktop::joinNotices()
{
    connect(noticeActions_.get(), &NoticeActions::pageWanted, window_.get(),
            [this](PageId page, const QString &topic) {
                window_->showPage(page, topic);
                showWindow();
            });
    connect(noticeActions_.get(), &NoticeActions::importWanted, this, &Desktop::openImport);
    connect(noticeActions_.get(), &NoticeActions::failed, this, &Desktop::report);
    connect(notifier_.get(), &Notifier::opened, noticeActions_.get(), &NoticeActions::open);
    connect(notifications_.get(), &Notifications::notShown, this, &Desktop::showInTray);
    connect(notifications_.get(), &Notifications::clicked, this, [this](const QString &topic) {
        if (topic == trayHint())
            showWindow();
    });
}

void Desktop::start(bool minimised)
{
    if (!minimised)
        showWindow();
    connect(trayWait_.get(), &TrayWait::done, this, [this, minimised] { showTray(minimised); });
    trayWait_->start();
}

void Desktop::showTray(bool minimised)
{
    tray_ = std::make_unique<TrayIcon>(backend_, *actions_);
    connect(language_.get(), &Language::changed, tray_.get(), &TrayIcon::retranslate);
    connect(tray_.get(), &TrayIcon::clicked, this, &Desktop::toggleWindow);
    connect(tray_.get(), &TrayIcon::messageClicked, notifications_.get(),
            [this] { Q_EMIT notifications_->clicked(trayTopic_); });
    connect(trayHost_.get(), &TrayHost::changed, this,
            [this] { clock_.callLater(TrayWait::limit, this, [this] { keepVisible(); }); });
    if (minimised)
        keepVisible();
}

bool Desktop::hasTray() const
{
    return tray_ && QSystemTrayIcon::isSystemTrayAvailable() && trayHost_->isThere();
}

void Desktop::keepVisible()
{
    if (!window_->isVisible() && !hasTray())
        window_->showMinimized();
}

void Desktop::showWindow()
{
    window_->bringUp();
}

void Desktop::toggleWindow()
{
    const bool inFront = window_->isActiveWindow() || clock_.now() - lastActive_ < focusGrace;
    if (!window_->isVisible() || window_->isMinimized() || !inFront)
        showWindow();
    else if (hasTray())
        window_->hide();
    else
        window_->showMinimized();
}

void Desktop::closeWindow()
{
    if (hasTray()) {
        hideToTray();
        return;
    }
    switch (preferences_.closeChoice()) {
    case Preferences::CloseChoice::Quit:
        Q_EMIT quitWanted();
        break;
    case Preferences::CloseChoice::Minimise:
        window_->showMinimized();
        break;
    case Preferences::CloseChoice::Ask:
        askHowToClose();
        break;
    }
}

void Desktop::hideToTray()
{
    window_->hide();
    if (!preferences_.layout(trayHint()).isEmpty())
        return;
    preferences_.setLayout(trayHint(), "shown");
    notifications_->show({trayHint(), tr("Keywheel goes on in the tray"),
                          tr("Click its icon to open the window again, or choose Quit in its "
                             "menu to end it."),
                          false});
}

void Desktop::askHowToClose()
{
    if (question_)
        return;
    question_ = new QMessageBox(QMessageBox::Question, tr("Close Keywheel"),
                                tr("Should Keywheel go on while its window is closed?"),
                                QMessageBox::NoButton, window_.get());
    question_->setObjectName(QStringLiteral("closeQuestion"));
    question_->setAttribute(Qt::WA_DeleteOnClose);
    question_->setInformativeText(
        tr("There is no tray here to close it to. Your tools can use Keywheel only while it runs. "
           "You can change your answer in the settings."));
    auto *minimise = question_->addButton(tr("&Minimise"), QMessageBox::AcceptRole);
    auto *quit = question_->addButton(tr("&Quit"), QMessageBox::DestructiveRole);
    question_->addButton(QMessageBox::Cancel);
    question_->setDefaultButton(minimise);
    connect(question_, &QMessageBox::buttonClicked, this,
            [this, minimise, quit](const QAbstractButton *button) {
                if (button == minimise)
                    preferences_.setCloseChoice(Preferences::CloseChoice::Minimise);
                else if (button == quit)
                    preferences_.setCloseChoice(Preferences::CloseChoice::Quit);
                else
                    return;
                closeWindow();
            });
    question_->open();
}

ImportDialog *Desktop::openImport()
{
    showWindow();
    if (!import_) {
        import_ = new ImportDialog(backend_, window_.get());
        import_->setAttribute(Qt::WA_DeleteOnClose);
        import_->open();
    }
    return import_;
}

void Desktop::importClipboard()
{
    openImport()->importText(QGuiApplication::clipboard()->text().toUtf8());
}

void Desktop::report(const QString &error)
{
    auto *box = new QMessageBox(QMessageBox::Warning, tr("Keywheel"), error, QMessageBox::Ok,
                                window_->isVisible() ? window_.get() : nullptr);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void Desktop::showInTray(const Notification &notification)
{
    if (!tray_)
        return;
    trayTopic_ = notification.topic;
    tray_->showMessage(notification.title, notification.text);
}

bool Desktop::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Quit && watched == qApp)
        window_->allowClose(); // the application closes its windows first
    else if (event->type() == QEvent::WindowDeactivate && watched == window_.get())
        lastActive_ = clock_.now();
    return QObject::eventFilter(watched, event);
}

} // namespace keywheel
