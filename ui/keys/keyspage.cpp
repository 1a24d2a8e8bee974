// SPDX-License-Identifier: GPL-3.0-or-later
#include "keyspage.h"

#include "emptystate.h"
#include "keyactions.h"
#include "keylistview.h"
#include "keyremoval.h"
#include "messagebar.h"
#include "widgets/textwidth.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>

namespace keywheel {

namespace {

using States = KeyFilterModel::States;

enum Part { TablePart, EmptyPart, NoMatchPart };

/// A button that does, says and allows what `action` does.
QPushButton *buttonFor(QAction *action, QWidget *parent)
{
    auto *button = new QPushButton(parent);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    const auto follow = [button, action] {
        button->setText(action->text());
        button->setToolTip(action->toolTip());
        button->setEnabled(action->isEnabled());
    };
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    follow();
    return button;
}

} // namespace

KeysPage::KeysPage(Backend &backend, Clock &clock, Preferences &preferences, QWidget *parent)
    : Page(backend, parent),
      clock_(clock),
      shown_(keys_),
      removal_(new KeyRemoval(backend, clock, this)),
      actions_(new KeyActions(backend, *removal_, this)),
      nextTick_(clock, [this] { tick(); }),
      undo_(new MessageBar(this)),
      message_(new MessageBar(this)),
      parts_(new QStackedWidget(this)),
      table_(new KeyListView(shown_, *actions_, preferences, this)),
      empty_(new EmptyState(this)),
      noMatch_(new EmptyState(this)),
      counts_(new QLabel(this))
{
    undo_->setObjectName(QStringLiteral("undoBar"));
    message_->setObjectName(QStringLiteral("messageBar"));
    table_->setObjectName(QStringLiteral("keyTable"));
    parts_->addWidget(table_);
    empty_->setObjectName(QStringLiteral("noKeys"));
    noMatch_->setObjectName(QStringLiteral("noMatch"));
    parts_->addWidget(empty_);
    parts_->addWidget(noMatch_);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(makeTop());
    layout->addWidget(message_);
    layout->addWidget(undo_);
    layout->addWidget(parts_, 1);
    layout->addWidget(makeBottom());
    keys_.setPalette(palette());
    keys_.setNow(clock_.wallNow());
    connectParts();
    KeysPage::retranslate();
    showPart();
}

KeysPage::~KeysPage()
{
    // Parts that go after this destructor must not call back.
    table_->selectionModel()->disconnect(this);
    removal_->disconnect(this);
    removal_->finish();
}

QString KeysPage::title() const
{
    return tr("Keys");
}

QWidget *KeysPage::makeTop()
{
    auto *top = new QWidget(this);
    import_ = new QPushButton(top);
    import_->setObjectName(QStringLiteral("importButton"));
    searchLabel_ = new QLabel(top);
    search_ = new QLineEdit(top);
    search_->setObjectName(QStringLiteral("keySearch"));
    search_->setClearButtonEnabled(true);
    searchLabel_->setBuddy(search_);
    statesLabel_ = new QLabel(top);
    states_ = new QComboBox(top);
    states_->setObjectName(QStringLiteral("keyStates"));
    states_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    statesLabel_->setBuddy(states_);
    for (States states : {States::All, States::Available, States::CoolingDown, States::NoQuota,
                          States::OutOfUse, States::Disabled})
        states_->addItem({}, int(states));
    auto *layout = new QHBoxLayout(top);
    layout->setContentsMargins({});
    layout->addWidget(import_);
    layout->addStretch(1);
    layout->addWidget(searchLabel_);
    layout->addWidget(search_, 3);
    layout->addWidget(statesLabel_);
    layout->addWidget(states_);
    return top;
}

QWidget *KeysPage::makeBottom()
{
    auto *bottom = new QWidget(this);
    counts_->setObjectName(QStringLiteral("keyCounts"));
    auto *layout = new QHBoxLayout(bottom);
    layout->setContentsMargins({});
    for (QAction *action : {actions_->check, actions_->enable, actions_->disable, actions_->release,
                            actions_->remove})
        layout->addWidget(buttonFor(action, bottom));
    layout->addSpacing(textWidth(*this, 2));
    layout->addWidget(counts_, 1);
    layout->addWidget(buttonFor(actions_->resetAll, bottom));
    return bottom;
}

void KeysPage::connectParts()
{
    connect(import_, &QPushButton::clicked, this, &Page::importWanted);
    connect(empty_, &EmptyState::actionTriggered, this, &Page::importWanted);
    connect(noMatch_, &EmptyState::actionTriggered, this, &KeysPage::showAllKeys);
    connect(search_, &QLineEdit::textChanged, this, [this](const QString &text) {
        shown_.setSearch(text);
        showPart();
    });
    connect(states_, &QComboBox::currentIndexChanged, this, [this] {
        shown_.setStates(States(states_->currentData().toInt()));
        showPart();
    });
    auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, search_, [this] {
        search_->setFocus(Qt::ShortcutFocusReason);
        search_->selectAll();
    });
    auto *undo = new QShortcut(QKeySequence::Undo, this);
    connect(undo, &QShortcut::activated, removal_, &KeyRemoval::undo);

    connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &KeysPage::followSelection);
    connect(&keys_, &KeyTableModel::labelEdited, actions_, &KeyActions::setLabel);
    connect(actions_, &KeyActions::checkStarted, this, [this](const QStringList &fingerprints) {
        keys_.setChecking(fingerprints);
        table_->showChecks(true);
    });
    connect(actions_, &KeyActions::checkDone, &keys_, &KeyTableModel::setChecked);
    connect(actions_, &KeyActions::succeeded, message_,
            [this](const QString &text) { message_->tell(MessageBar::Kind::Done, text); });
    const auto showError = [this](const QString &text) {
        message_->tell(MessageBar::Kind::Error, text);
        refresh(backend().snapshot());
    };
    connect(actions_, &KeyActions::failed, this, showError);
    connect(removal_, &KeyRemoval::failed, this, showError);
    connect(removal_, &KeyRemoval::changed, this, &KeysPage::showRemoval);
    connect(undo_, &MessageBar::actionTriggered, removal_, &KeyRemoval::undo);
    connect(undo_, &MessageBar::closed, removal_, &KeyRemoval::finish);
}

void KeysPage::retranslate()
{
    import_->setText(tr("&Import…"));
    searchLabel_->setText(tr("Sea&rch:"));
    search_->setPlaceholderText(tr("Label, key or organization"));
    search_->setAccessibleName(tr("Search keys"));
    statesLabel_->setText(tr("Sho&w:"));
    states_->setAccessibleName(tr("States to show"));
    const QStringList states{tr("All states"), tr("Healthy"),    tr("Cooling down"),
                             tr("No quota"),   tr("Out of use"), tr("Disabled")};
    for (int i = 0; i < states.size(); ++i)
        states_->setItemText(i, states.at(i));
    table_->setAccessibleName(tr("Keys"));
    empty_->setTexts(
        tr("No keys yet"),
        tr("Paste your API keys, open a file that holds them, or drop it on this window."),
        tr("Im&port keys…"));
    noMatch_->setTexts(tr("No key matches"),
                       tr("There are keys, but none for this search and these states."),
                       tr("Show &all keys"));
    actions_->retranslate();
    undo_->retranslate();
    message_->retranslate();
    keys_.retranslate();
    showRemoval();
}

void KeysPage::refresh(const BackendSnapshot &snapshot)
{
    keys_.setNow(clock_.wallNow());
    keys_.setKeys(snapshot.keys);
    shown_.setHidden(removal_->keys());
    table_->showChecks(keys_.hasChecks());
    actions_->setBlacklisted(snapshot.pool.total - snapshot.pool.available -
                             snapshot.pool.disabled);
    followSelection();
    showPart();
    setTicking(true);
}

void KeysPage::showTopic(const QString &fingerprint)
{
    refresh(backend().snapshot());
    const int row = keys_.rowOf(fingerprint);
    if (row < 0)
        return;
    QModelIndex index = shown_.mapFromSource(keys_.index(row, KeyTableModel::LabelColumn));
    if (!index.isValid()) {
        showAllKeys();
        index = shown_.mapFromSource(keys_.index(row, KeyTableModel::LabelColumn));
    }
    table_->select(index);
}

void KeysPage::followSelection()
{
    actions_->setSelection(table_->selection());
    showCounts();
}

void KeysPage::showAllKeys()
{
    search_->clear();
    states_->setCurrentIndex(0);
}

void KeysPage::showRemoval()
{
    shown_.setHidden(removal_->keys());
    const int count = removal_->waiting();
    if (count == 0) {
        undo_->hide();
    } else {
        const QString what = removal_->name().isEmpty() ? tr("%n key(s) removed.", nullptr, count)
                                                        : tr("“%1” removed.").arg(removal_->name());
        undo_->offer(what + QLatin1Char(' ') +
                         tr("%n second(s) left to undo.", nullptr, removal_->secondsLeft()),
                     tr("&Undo"));
    }
    showPart();
    setTicking(true);
}

void KeysPage::showPart()
{
    const bool none = keys_.rowCount() == 0;
    const bool unmatched = shown_.rowCount() == 0 && shown_.isFiltering();
    parts_->setCurrentIndex(none ? EmptyPart : unmatched ? NoMatchPart : TablePart);
    import_->setVisible(!none);
    for (QWidget *widget : {static_cast<QWidget *>(searchLabel_), static_cast<QWidget *>(search_),
                            static_cast<QWidget *>(statesLabel_), static_cast<QWidget *>(states_)})
        widget->setEnabled(!none);
    showCounts();
}

void KeysPage::showCounts()
{
    const int total = keys_.rowCount() - int(removal_->keys().size());
    const int shown = shown_.rowCount();
    const int selected = int(table_->selection().size());
    QString text = shown == total ? tr("%n key(s)", nullptr, total)
                                  : tr("%1 of %n key(s)", nullptr, total).arg(shown);
    if (selected > 0)
        text = tr("%1, %2 selected").arg(text).arg(selected);
    counts_->setText(text);
}

void KeysPage::tick()
{
    keys_.setNow(clock_.wallNow());
    if (removal_->waiting() > 0)
        showRemoval();
    setTicking(true);
}

void KeysPage::setTicking(bool on)
{
    if (!on || !isVisible() || (!keys_.hasCountdown() && removal_->waiting() == 0)) {
        nextTick_.cancel();
        return;
    }
    if (!nextTick_.isSet())
        nextTick_.setIn(std::chrono::seconds(1));
}

void KeysPage::showEvent(QShowEvent *event)
{
    Page::showEvent(event);
    showRemoval();
}

void KeysPage::hideEvent(QHideEvent *event)
{
    Page::hideEvent(event);
    setTicking(false);
    table_->keepLayout();
}

void KeysPage::changeEvent(QEvent *event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        keys_.setPalette(palette());
}

} // namespace keywheel
