// SPDX-License-Identifier: GPL-3.0-or-later
#include "requestspage.h"

#include "accesslog/recordtext.h"
#include "requestdetail.h"
#include "requestexport.h"
#include "requestfilterbar.h"
#include "requesttable.h"
#include "widgets/servicestate.h"

#include <QClipboard>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace keywheel {

namespace {

constexpr int PathsOffered = 30;

} // namespace

RequestsPage::RequestsPage(Backend &backend, QWidget *parent)
    : Page(backend, parent),
      model_(backend),
      filter_(model_)
{
    setObjectName(QStringLiteral("requestsPage"));
    counts_ = new QLabel;
    counts_->setObjectName(QStringLiteral("requestCounts"));
    held_ = new QLabel;
    held_->setObjectName(QStringLiteral("heldCount"));
    error_ = new QLabel;
    error_->setObjectName(QStringLiteral("exportError"));
    error_->setTextFormat(Qt::PlainText);
    error_->setWordWrap(true);
    error_->hide();
    auto *bar = buildBar();
    detail_ = new RequestDetail;
    detail_->hide();
    stack_ = new QStackedWidget;
    table_ = new RequestTable(filter_);
    table_->setObjectName(QStringLiteral("requestTable"));
    stack_->addWidget(table_);
    stack_->addWidget(buildEmpty());
    splitter_ = new QSplitter(Qt::Vertical);
    splitter_->setObjectName(QStringLiteral("requestSplitter"));
    splitter_->addWidget(stack_);
    splitter_->addWidget(detail_);
    splitter_->setChildrenCollapsible(false);
    splitter_->setStretchFactor(0, 1);

    auto *status = new QHBoxLayout;
    status->addWidget(counts_);
    status->addStretch();
    status->addWidget(held_);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(bar);
    layout->addWidget(error_);
    layout->addWidget(splitter_, 1);
    layout->addLayout(status);
    connectAll();
    RequestsPage::retranslate();
}

RequestsPage::~RequestsPage() = default;

QWidget *RequestsPage::buildBar()
{
    bar_ = new RequestFilterBar;
    pause_ = new QPushButton;
    pause_->setObjectName(QStringLiteral("pause"));
    pause_->setCheckable(true);
    clear_ = new QPushButton;
    clear_->setObjectName(QStringLiteral("clear"));
    export_ = new QPushButton;
    export_->setObjectName(QStringLiteral("export"));
    auto *bar = new QWidget;
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins({});
    layout->addWidget(bar_, 1);
    layout->addSpacing(6);
    for (QPushButton *button : {pause_, clear_, export_})
        layout->addWidget(button);
    return bar;
}

QWidget *RequestsPage::buildEmpty()
{
    emptyTitle_ = new QLabel;
    emptyTitle_->setObjectName(QStringLiteral("emptyTitle"));
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.3);
    large.setBold(true);
    emptyTitle_->setFont(large);
    emptyText_ = new QLabel;
    emptyText_->setTextFormat(Qt::PlainText);
    emptyText_->setWordWrap(true);
    emptyText_->setAlignment(Qt::AlignHCenter);
    emptyAction_ = new QPushButton;
    emptyAction_->setObjectName(QStringLiteral("emptyAction"));
    auto *empty = new QWidget;
    auto *layout = new QVBoxLayout(empty);
    layout->addStretch(2);
    layout->addWidget(emptyTitle_, 0, Qt::AlignHCenter);
    layout->addWidget(emptyText_);
    layout->addSpacing(6);
    layout->addWidget(emptyAction_, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    return empty;
}

void RequestsPage::connectAll()
{
    connect(bar_, &RequestFilterBar::conditionsChanged, this, &RequestsPage::applyConditions);
    connect(bar_, &RequestFilterBar::pathsWanted, this,
            [this] { bar_->setPaths(model_.frequentPaths(PathsOffered)); });
    connect(pause_, &QPushButton::toggled, this, [this](bool paused) {
        model_.setPaused(paused);
        showCounts();
    });
    connect(clear_, &QPushButton::clicked, &model_, &RequestLogModel::clear);
    connect(export_, &QPushButton::clicked, this, &RequestsPage::askExport);
    connect(&model_, &RequestLogModel::heldCountChanged, this, &RequestsPage::showCounts);
    connect(&filter_, &RequestFilter::modelReset, this, &RequestsPage::closeDetail);
    connect(&filter_, &RequestFilter::modelReset, this, &RequestsPage::showCounts);
    // Of the model below, which the filter hears first: one signal for all of a snapshot.
    connect(&model_, &RequestLogModel::rowsInserted, this, &RequestsPage::showCounts);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &RequestsPage::showCurrent);
    connect(table_, &QTableView::customContextMenuRequested, this, &RequestsPage::showMenu);
    connect(detail_, &RequestDetail::copyWanted, this, &RequestsPage::copyJson);
    connect(detail_, &RequestDetail::closeWanted, this, &RequestsPage::closeDetail);
    connect(emptyAction_, &QPushButton::clicked, this, [this] {
        if (model_.rowCount() > 0)
            bar_->setConditions({});
        else
            Q_EMIT pageWanted(PageId::Connect, {});
    });
    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, bar_, &RequestFilterBar::focusSearch);
    auto *copy = new QShortcut(QKeySequence::Copy, table_);
    copy->setContext(Qt::WidgetShortcut);
    connect(copy, &QShortcut::activated, this, &RequestsPage::copyJson);
}

QString RequestsPage::title() const
{
    return tr("Requests");
}

void RequestsPage::showTopic(const QString &topic)
{
    RequestConditions conditions;
    for (const KeySnapshot &key : backend().snapshot().keys) {
        if (topic == key.fingerprint || topic == key.preview)
            conditions.key = key.preview;
    }
    if (conditions.key.isEmpty() && topic.startsWith(QLatin1Char('/')))
        conditions.path = topic;
    else if (conditions.key.isEmpty())
        conditions.text = topic;
    bar_->setConditions(conditions);
}

void RequestsPage::refresh(const BackendSnapshot &snapshot)
{
    bar_->setKeys(snapshot.keys);
    showCounts();
}

void RequestsPage::applyConditions()
{
    filter_.setConditions(bar_->conditions());
    showCounts();
}

void RequestsPage::showCounts()
{
    const QLocale locale;
    const int all = model_.rowCount();
    const int shown = filter_.rowCount();
    counts_->setText(shown == all
                         ? tr("%n request(s)", nullptr, all)
                         : tr("%1 of %n request(s)", nullptr, all).arg(locale.toString(shown)));
    held_->setVisible(model_.isPaused());
    held_->setText(tr("Paused – %n new", nullptr, int(model_.heldCount())));
    clear_->setEnabled(all > 0 || model_.heldCount() > 0);
    export_->setEnabled(shown > 0);
    stack_->setCurrentIndex(shown > 0 ? 0 : 1);
    if (all > 0) {
        emptyTitle_->setText(tr("No request matches"));
        emptyText_->setText(tr("None of the requests meets all of the conditions above."));
        emptyAction_->setText(tr("Show &all"));
    } else {
        emptyTitle_->setText(tr("No requests yet"));
        emptyText_->setText(tr("Let a tool use %1 as its base URL, and its requests appear here.")
                                .arg(baseUrl(backend().snapshot())));
        emptyAction_->setText(tr("&Connect a tool"));
    }
}

const RequestRecord *RequestsPage::current() const
{
    const QModelIndex index = table_->currentIndex();
    return index.isValid() ? &filter_.record(index.row()) : nullptr;
}

void RequestsPage::showCurrent()
{
    const RequestRecord *record = current();
    if (!record) {
        detail_->hide();
        return;
    }
    detail_->setRecord(*record);
    if (!detail_->isHidden())
        return;
    detail_->show();
    splitter_->setSizes({splitter_->height() * 55 / 100, splitter_->height() * 45 / 100});
}

void RequestsPage::closeDetail()
{
    detail_->hide();
    table_->setCurrentIndex({});
}

void RequestsPage::showMenu(const QPoint &at)
{
    const RequestRecord *record = current();
    if (!record || !table_->indexAt(at).isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("Copy as &JSON"), this, &RequestsPage::copyJson);
    menu->addAction(tr("Copy request &ID"), this, &RequestsPage::copyId);
    menu->addSeparator();
    const QString path = QString::fromUtf8(pathOnly(record->path));
    menu->addAction(tr("Only this &path"), this,
                    [this, path] { bar_->setConditions({.path = path}); });
    if (!record->attempts.isEmpty()) {
        const QString key = record->attempts.last().keyPreview;
        menu->addAction(tr("Only this &key"), this,
                        [this, key] { bar_->setConditions({.key = key}); });
        menu->addSeparator();
        menu->addAction(tr("&Show the key"), this, &RequestsPage::showKey);
    }
    menu->popup(table_->viewport()->mapToGlobal(at));
}

void RequestsPage::showKey()
{
    const RequestRecord *record = current();
    if (record && !record->attempts.isEmpty())
        Q_EMIT pageWanted(PageId::Keys, fingerprintOf(record->attempts.last().keyPreview));
}

QString RequestsPage::fingerprintOf(const QString &preview) const
{
    for (const KeySnapshot &key : backend().snapshot().keys) {
        if (key.preview == preview)
            return key.fingerprint;
    }
    return {};
}

void RequestsPage::copyJson()
{
    if (const RequestRecord *record = current())
        QGuiApplication::clipboard()->setText(QString::fromUtf8(toJson(*record)));
}

void RequestsPage::copyId()
{
    if (const RequestRecord *record = current())
        QGuiApplication::clipboard()->setText(QString::fromUtf8(record->id));
}

void RequestsPage::askExport()
{
    if (dialog_)
        return dialog_->raise();
    dialog_ = new QFileDialog(this, tr("Export requests"));
    dialog_->setAttribute(Qt::WA_DeleteOnClose);
    dialog_->setAcceptMode(QFileDialog::AcceptSave);
    const QString csv = tr("Table (*.csv)");
    dialog_->setNameFilters({tr("JSON lines (*.jsonl)"), csv});
    dialog_->setDefaultSuffix(QStringLiteral("jsonl"));
    dialog_->selectFile(QStringLiteral("requests.jsonl"));
    QFileDialog *dialog = dialog_;
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, csv](const QString &filter) {
        dialog->setDefaultSuffix(filter == csv ? QStringLiteral("csv") : QStringLiteral("jsonl"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &RequestsPage::exportTo);
    dialog->open();
}

bool RequestsPage::exportTo(const QString &file)
{
    const bool csv = file.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive);
    int row = 0;
    const auto done =
        exportRequests(file, csv ? ExportFormat::Csv : ExportFormat::JsonLines, [this, &row] {
            return row < filter_.rowCount() ? &filter_.record(row++) : nullptr;
        });
    error_->setVisible(!done);
    error_->setText(done ? QString() : done.error().message);
    return done.has_value();
}

void RequestsPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        model_.refreshTexts(); // the icons fit the palette
}

void RequestsPage::retranslate()
{
    bar_->retranslate();
    detail_->retranslate();
    model_.refreshTexts();
    pause_->setText(tr("&Pause"));
    pause_->setToolTip(tr("Keeps the table as it is; new requests are counted"));
    clear_->setText(tr("C&lear"));
    clear_->setToolTip(tr("Empties this table; nothing else is forgotten"));
    export_->setText(tr("&Export…"));
    export_->setToolTip(tr("Saves the requests that the table shows"));
    table_->retranslate();
    showCounts();
}

} // namespace keywheel
