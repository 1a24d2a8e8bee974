// SPDX-License-Identifier: GPL-3.0-or-later
#include "requestfilterbar.h"

#include "widgets/keystate.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>

namespace keywheel {

namespace {

QComboBox *makeCombo(const QString &name)
{
    auto *combo = new QComboBox;
    combo->setObjectName(name);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(12);
    return combo;
}

/// Chooses the entry with that data; adds one when it is not there.
void choose(QComboBox *combo, const QString &data)
{
    int at = combo->findData(data);
    if (at < 0) {
        combo->addItem(data, data);
        at = combo->count() - 1;
    }
    combo->setCurrentIndex(at);
}

} // namespace

RequestFilterBar::RequestFilterBar(QWidget *parent)
    : QWidget(parent),
      search_(new QLineEdit),
      outcome_(makeCombo(QStringLiteral("outcomeFilter"))),
      key_(makeCombo(QStringLiteral("keyFilter"))),
      path_(makeCombo(QStringLiteral("pathFilter")))
{
    search_->setObjectName(QStringLiteral("requestSearch"));
    search_->setClearButtonEnabled(true);
    search_->setMinimumWidth(120);
    for (int i = 0; i <= int(RequestConditions::Outcome::Interrupted); ++i)
        outcome_->addItem(QString(), i);
    for (QComboBox *combo : {key_, path_})
        combo->addItem(QString(), QString());
    path_->installEventFilter(this);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(search_, 2);
    for (QComboBox *combo : {outcome_, key_, path_}) {
        layout->addWidget(combo, 1);
        connect(combo, &QComboBox::currentIndexChanged, this, &RequestFilterBar::readFields);
    }
    connect(search_, &QLineEdit::textChanged, this, &RequestFilterBar::readFields);
    retranslate();
}

void RequestFilterBar::readFields()
{
    const RequestConditions read{RequestConditions::Outcome(outcome_->currentData().toInt()),
                                 key_->currentData().toString(), path_->currentData().toString(),
                                 search_->text().trimmed()};
    if (read == conditions_)
        return;
    conditions_ = read;
    Q_EMIT conditionsChanged();
}

void RequestFilterBar::setConditions(const RequestConditions &conditions)
{
    if (conditions == conditions_)
        return;
    conditions_ = conditions;
    showConditions();
    Q_EMIT conditionsChanged();
}

void RequestFilterBar::showConditions()
{
    const QSignalBlocker b1(outcome_);
    const QSignalBlocker b2(key_);
    const QSignalBlocker b3(path_);
    const QSignalBlocker b4(search_);
    outcome_->setCurrentIndex(outcome_->findData(int(conditions_.outcome)));
    choose(key_, conditions_.key);
    choose(path_, conditions_.path);
    search_->setText(conditions_.text);
}

void RequestFilterBar::setKeys(const QList<KeySnapshot> &keys)
{
    // Not under the eyes of somebody who is choosing, and not when nothing has changed.
    bool same = key_->count() == keys.size() + 1;
    for (int i = 0; same && i < keys.size(); ++i)
        same = key_->itemData(i + 1) == keys.at(i).preview &&
               key_->itemText(i + 1) == keyName(keys.at(i));
    if (same || key_->view()->isVisible())
        return;
    const QSignalBlocker blocker(key_);
    while (key_->count() > 1)
        key_->removeItem(1);
    for (const KeySnapshot &key : keys)
        key_->addItem(keyName(key), key.preview);
    choose(key_, conditions_.key);
}

void RequestFilterBar::setPaths(const QStringList &paths)
{
    const QSignalBlocker blocker(path_);
    while (path_->count() > 1)
        path_->removeItem(1);
    for (const QString &path : paths)
        path_->addItem(path, path);
    choose(path_, conditions_.path);
}

void RequestFilterBar::focusSearch()
{
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
}

bool RequestFilterBar::eventFilter(QObject *watched, QEvent *event)
{
    // Before the list opens, or the keyboard goes through it.
    if (watched == path_ &&
        (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::FocusIn))
        Q_EMIT pathsWanted();
    return QWidget::eventFilter(watched, event);
}

void RequestFilterBar::retranslate()
{
    search_->setPlaceholderText(tr("Search path, key, client, ID, error"));
    search_->setAccessibleName(tr("Search the requests"));
    outcome_->setAccessibleName(tr("Status"));
    key_->setAccessibleName(tr("Key"));
    path_->setAccessibleName(tr("Path"));
    outcome_->setItemText(0, tr("Every status"));
    outcome_->setItemText(1, tr("Succeeded"));
    outcome_->setItemText(2, tr("Needed another key"));
    outcome_->setItemText(3, tr("Refused (4xx)"));
    outcome_->setItemText(4, tr("Failed (5xx)"));
    outcome_->setItemText(5, tr("Broken off"));
    key_->setItemText(0, tr("Every key"));
    path_->setItemText(0, tr("Every path"));
}

} // namespace keywheel
