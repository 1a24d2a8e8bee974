// SPDX-License-Identifier: GPL-3.0-or-later
#include "blacklistpage.h"

#include "backend/coretext.h"
#include "blacklisttext.h"
#include "widgets/card.h"
#include "widgets/keystate.h"
#include "widgets/textwidth.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedWidget>
#include <QStyle>
#include <QStyledItemDelegate>
#include <QTreeView>

#include <algorithm>

namespace keywheel {

namespace {

using namespace std::chrono_literals;

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

/// Rows of two lines, so that sentences have room.
class TwoLines : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {0, option.fontMetrics.lineSpacing() * 5 / 2};
    }
};

QLabel *makeText(const QString &name)
{
    auto *label = new QLabel;
    label->setObjectName(name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText); // it may hold the upstream's words
    return label;
}

} // namespace

BlacklistPage::BlacklistPage(Backend &backend, QWidget *parent)
    : Page(backend, parent),
      listOrEmpty_(new QStackedWidget),
      intro_(makeText(QStringLiteral("blacklistIntro"))),
      view_(new QTreeView),
      detail_(makeText(QStringLiteral("blacklistDetail"))),
      release_(new QPushButton),
      enable_(new QPushButton),
      check_(new QPushButton),
      releaseAll_(new QPushButton),
      message_(makeText(QStringLiteral("blacklistMessage"))),
      empty_(makeText(QStringLiteral("blacklistEmpty"))),
      emptyIcon_(new QLabel)
{
    tick_.setInterval(1s);
    sorted_.setSourceModel(&model_);
    sorted_.setSortRole(BlacklistModel::SortRole);
    listOrEmpty_->addWidget(makeList());
    listOrEmpty_->addWidget(makeEmpty());
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(listOrEmpty_, 1);
    layout->addWidget(message_);
    message_->hide();
    connectParts();
    takeCheckInterval(backend.settings());
    BlacklistPage::retranslate();
    enableButtons();
}

QWidget *BlacklistPage::makeList()
{
    view_->setObjectName(QStringLiteral("blacklist"));
    view_->setModel(&sorted_);
    view_->setRootIsDecorated(false);
    view_->setUniformRowHeights(true);
    view_->setItemDelegate(new TwoLines(view_));
    view_->setWordWrap(true);
    view_->setAllColumnsShowFocus(true);
    view_->setAlternatingRowColors(true);
    view_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view_->setSortingEnabled(true);
    view_->sortByColumn(-1, Qt::AscendingOrder); // in list order, until a person sorts it
    const int widths[] = {24, 17, 9, 9, 21, 21, 20};
    for (int column = 0; column < BlacklistModel::ColumnCount; ++column)
        view_->setColumnWidth(column, textWidth(*this, widths[column]));
    detail_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    detail_->setAlignment(Qt::AlignTop);
    detail_->setMinimumHeight(fontMetrics().lineSpacing() * 4); // the list does not jump

    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins({});
    layout->addWidget(intro_);
    layout->addWidget(view_, 1);
    layout->addWidget(detail_);
    layout->addLayout(makeButtons());
    return part;
}

QLayout *BlacklistPage::makeButtons()
{
    release_->setObjectName(QStringLiteral("release"));
    enable_->setObjectName(QStringLiteral("enable"));
    check_->setObjectName(QStringLiteral("check"));
    releaseAll_->setObjectName(QStringLiteral("releaseAll"));
    auto *row = new QHBoxLayout;
    for (QPushButton *button : {release_, check_, enable_})
        row->addWidget(button);
    row->addStretch();
    row->addWidget(releaseAll_);
    return row;
}

QWidget *BlacklistPage::makeEmpty()
{
    empty_->setAlignment(Qt::AlignCenter);
    emptyIcon_->setAlignment(Qt::AlignCenter);
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->addStretch();
    layout->addWidget(emptyIcon_);
    layout->addWidget(empty_);
    layout->addStretch();
    return part;
}

void BlacklistPage::connectParts()
{
    connect(&tick_, &QTimer::timeout, this, [this] { model_.setNow(now()); });
    connect(&backend(), &Backend::settingsChanged, this, &BlacklistPage::takeCheckInterval);
    connect(view_->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        enableButtons();
        showDetail();
    });
    connect(release_, &QPushButton::clicked, this, &BlacklistPage::releaseSelected);
    connect(enable_, &QPushButton::clicked, this, &BlacklistPage::enableSelected);
    connect(check_, &QPushButton::clicked, this, &BlacklistPage::checkSelected);
    connect(releaseAll_, &QPushButton::clicked, this, &BlacklistPage::releaseAll);
}

QString BlacklistPage::title() const
{
    return tr("Blacklist");
}

void BlacklistPage::retranslate()
{
    intro_->setText(tr("These keys get no requests for now."));
    view_->setAccessibleName(tr("Keys that are not in use"));
    release_->setText(tr("&Release"));
    release_->setToolTip(tr("Use the selected keys again at once"));
    enable_->setText(tr("&Enable"));
    enable_->setToolTip(tr("Use the selected keys again that you disabled"));
    check_->setText(tr("&Check"));
    check_->setToolTip(tr("Ask the upstream, for free, whether the selected keys are good"));
    releaseAll_->setText(tr("Release &all…"));
    message_->clear();
    message_->hide();
    model_.restyle();
}

void BlacklistPage::refresh(const BackendSnapshot &snapshot)
{
    model_.setKeys(snapshot.keys, now());
    listOrEmpty_->setCurrentIndex(model_.rowCount() > 0 ? 0 : 1);
    empty_->setText(snapshot.keys.isEmpty() ? tr("There are no keys yet.")
                                            : tr("All keys are in use."));
    const KeyState sign = snapshot.keys.isEmpty() ? KeyState::Disabled : KeyState::Available;
    const int size = style()->pixelMetric(QStyle::PM_LargeIconSize, nullptr, this);
    emptyIcon_->setPixmap(
        keyStateIcon(sign, palette()).pixmap(QSize(size, size), devicePixelRatioF()));
    if (!isVisible() || !model_.countsDown())
        tick_.stop();
    else if (!tick_.isActive())
        tick_.start();
    enableButtons();
    showDetail();
}

void BlacklistPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    tick_.stop();
}

void BlacklistPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        model_.restyle();
}

void BlacklistPage::takeCheckInterval(const SettingsView &settings)
{
    const auto row =
        std::find_if(settings.rows.cbegin(), settings.rows.cend(), [](const SettingView &setting) {
            return setting.name == QLatin1String("KEY_CHECK_INTERVAL");
        });
    if (row != settings.rows.cend())
        model_.setCheckInterval(std::chrono::milliseconds(row->text.toLongLong()));
}

void BlacklistPage::showTopic(const QString &topic)
{
    refresh(backend().snapshot());
    if (topic.isEmpty())
        return;
    const int row = model_.rowOf(topic);
    if (row < 0) {
        say(tr("That key is in use again, or was removed."));
        return;
    }
    const QModelIndex index = sorted_.mapFromSource(model_.index(row, 0));
    view_->setCurrentIndex(index);
    view_->scrollTo(index, QAbstractItemView::PositionAtCenter);
    view_->setFocus();
}

QStringList BlacklistPage::selected() const
{
    return selected(false) + selected(true);
}

QStringList BlacklistPage::selected(bool disabled) const
{
    QStringList result;
    const QModelIndexList rows = view_->selectionModel()->selectedRows();
    for (const QModelIndex &index : rows) {
        const KeySnapshot &key = model_.key(sorted_.mapToSource(index).row());
        if ((key.state == KeyState::Disabled) == disabled)
            result.append(key.fingerprint);
    }
    return result;
}

void BlacklistPage::enableButtons()
{
    release_->setEnabled(!selected(false).isEmpty());
    enable_->setEnabled(!selected(true).isEmpty());
    check_->setEnabled(view_->selectionModel()->hasSelection());
    const KeyPoolSnapshot &pool = backend().snapshot().pool;
    releaseAll_->setEnabled(pool.total - pool.available - pool.disabled > 0);
}

void BlacklistPage::showDetail()
{
    const QModelIndexList rows = view_->selectionModel()->selectedRows();
    if (rows.size() != 1) {
        detail_->setText(rows.isEmpty()
                             ? tr("Select a key to see all about it.")
                             : tr("%1 keys are selected.").arg(locale().toString(rows.size())));
        return;
    }
    const int row = sorted_.mapToSource(rows.constFirst()).row();
    const auto text = [&](int column) {
        return model_.index(row, column).data().toString();
    };
    QStringList lines{tr("%1: %2.").arg(text(BlacklistModel::Name), text(BlacklistModel::Cause))};
    if (const QString said = text(BlacklistModel::Said); !said.isEmpty())
        lines.append(tr("The upstream said: %1").arg(said));
    lines.append(tr("%1.").arg(text(BlacklistModel::Next)));
    // Equal text would take a selection away.
    if (const QString all = lines.join(QLatin1Char('\n')); all != detail_->text())
        detail_->setText(all);
}

void BlacklistPage::releaseSelected()
{
    const QStringList keys = selected(false);
    backend().releaseKeys(keys, this, [this, count = keys.size()](const Expected<void> &result) {
        say(result ? tr("%n key(s) released.", nullptr, int(count))
                   : coreText(result.error().message));
    });
}

void BlacklistPage::enableSelected()
{
    const QStringList keys = selected(true);
    backend().setKeysDisabled(keys, false, this,
                              [this, count = keys.size()](const Expected<void> &result) {
                                  say(result ? tr("%n key(s) enabled.", nullptr, int(count))
                                             : coreText(result.error().message));
                              });
}

void BlacklistPage::checkSelected()
{
    const QStringList keys = selected();
    say(tr("Checking %n key(s)…", nullptr, int(keys.size())));
    backend().checkKeys(keys, this, [this](const Expected<QList<Backend::Checked>> &result) {
        if (result)
            showChecked(*result);
        else
            say(coreText(result.error().message));
    });
}

void BlacklistPage::showChecked(const QList<Backend::Checked> &checked)
{
    using Outcome = Backend::Checked::Outcome;
    const auto count = [&](Outcome outcome) {
        return int(std::count_if(checked.cbegin(), checked.cend(),
                                 [&](const auto &each) { return each.outcome == outcome; }));
    };
    QStringList parts;
    if (const int good = count(Outcome::Good))
        parts.append(tr("%n key(s) good", nullptr, good));
    if (const int bad = count(Outcome::Bad))
        parts.append(tr("%n key(s) still refused", nullptr, bad));
    if (const int limited = count(Outcome::Limited))
        parts.append(tr("%n key(s) over a limit", nullptr, limited));
    if (const int unknown = count(Outcome::Unknown))
        parts.append(tr("%n key(s) could not be checked", nullptr, unknown));
    QString text = tr("Checked: %1.").arg(parts.join(tr(", ")));
    if (checked.size() == 1 && !checked.constFirst().reason.isEmpty())
        text += QLatin1Char(' ') + coreText(checked.constFirst().reason);
    say(text);
}

void BlacklistPage::releaseAll()
{
    auto *question =
        new QMessageBox(QMessageBox::Question, tr("Release all keys"),
                        tr("Release all keys of the blacklist?"), QMessageBox::Cancel, this);
    question->setObjectName(QStringLiteral("releaseAllQuestion"));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setInformativeText(tr("Keys that the upstream refused are tried again too. Keys that "
                                    "you disabled stay so."));
    QPushButton *yes = question->addButton(tr("&Release all"), QMessageBox::AcceptRole);
    connect(yes, &QPushButton::clicked, this, [this] {
        backend().resetBlacklist(this, [this](const Expected<int> &result) {
            say(result ? tr("%n key(s) released.", nullptr, *result)
                       : coreText(result.error().message));
        });
    });
    question->open();
}

void BlacklistPage::say(const QString &message)
{
    message_->setText(message);
    message_->show();
}

} // namespace keywheel
