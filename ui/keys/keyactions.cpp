// SPDX-License-Identifier: GPL-3.0-or-later
#include "keyactions.h"

#include "backend/coretext.h"
#include "keyremoval.h"

#include <algorithm>

namespace keywheel {

namespace {

bool isDisabled(const KeySnapshot &key)
{
    return key.state == KeyState::Disabled;
}

bool isBlacklisted(const KeySnapshot &key)
{
    return key.state == KeyState::CoolingDown || key.state == KeyState::Permanent;
}

template <class Condition>
QStringList fingerprints(const QList<KeySnapshot> &keys, Condition condition)
{
    QStringList result;
    for (const KeySnapshot &key : keys) {
        if (condition(key))
            result.append(key.fingerprint);
    }
    return result;
}

QAction *makeAction(const QString &name, QObject *parent)
{
    auto *action = new QAction(parent);
    action->setObjectName(name);
    action->setEnabled(false);
    return action;
}

} // namespace

KeyActions::KeyActions(Backend &backend, KeyRemoval &removal, QObject *parent)
    : QObject(parent),
      check(makeAction(QStringLiteral("checkKeys"), this)),
      enable(makeAction(QStringLiteral("enableKeys"), this)),
      disable(makeAction(QStringLiteral("disableKeys"), this)),
      release(makeAction(QStringLiteral("releaseKeys"), this)),
      rename(makeAction(QStringLiteral("renameKey"), this)),
      remove(makeAction(QStringLiteral("removeKeys"), this)),
      resetAll(makeAction(QStringLiteral("resetAll"), this)),
      backend_(backend),
      removal_(removal)
{
    remove->setShortcut(QKeySequence::Delete);
    rename->setShortcut(QKeySequence(Qt::Key_F2));
    for (QAction *action : {remove, rename})
        action->setShortcutContext(Qt::WidgetShortcut); // of the table that they are added to
    connect(check, &QAction::triggered, this, &KeyActions::startCheck);
    connect(enable, &QAction::triggered, this, [this] { setDisabled(false); });
    connect(disable, &QAction::triggered, this, [this] { setDisabled(true); });
    connect(release, &QAction::triggered, this, &KeyActions::startRelease);
    connect(remove, &QAction::triggered, this, [this] { removal_.remove(selected_); });
    connect(resetAll, &QAction::triggered, this, &KeyActions::startReset);
    retranslate();
}

void KeyActions::retranslate()
{
    check->setText(tr("&Check"));
    check->setToolTip(tr("Ask the service whether the selected keys are good. Costs nothing."));
    enable->setText(tr("&Enable"));
    enable->setToolTip(tr("Use the selected keys again"));
    disable->setText(tr("&Disable"));
    disable->setToolTip(tr("Do not use the selected keys until they are enabled"));
    release->setText(tr("Re&lease"));
    release->setToolTip(tr("Take the selected keys off the blacklist"));
    rename->setText(tr("Edit la&bel"));
    remove->setText(tr("Re&move"));
    remove->setToolTip(tr("Remove the selected keys. This can be undone for 10 seconds."));
    resetAll->setText(tr("Re&set all"));
    resetAll->setToolTip(tr("Take all keys off the blacklist. Disabled keys stay disabled."));
}

void KeyActions::setSelection(const QList<KeySnapshot> &keys)
{
    selected_ = keys;
    check->setEnabled(!keys.isEmpty() && !checking_);
    enable->setEnabled(std::any_of(keys.cbegin(), keys.cend(), isDisabled));
    disable->setEnabled(!std::all_of(keys.cbegin(), keys.cend(), isDisabled));
    release->setEnabled(std::any_of(keys.cbegin(), keys.cend(), isBlacklisted));
    rename->setEnabled(keys.size() == 1);
    remove->setEnabled(!keys.isEmpty());
}

void KeyActions::setLabel(const QString &fingerprint, const QString &label)
{
    backend_.setKeyLabel(fingerprint, label, this, orFail());
}

void KeyActions::startCheck()
{
    const QStringList names = fingerprints(selected_, [](const KeySnapshot &) { return true; });
    checking_ = true;
    check->setEnabled(false);
    Q_EMIT checkStarted(names);
    backend_.checkKeys(names, this, [this](const Expected<QList<Backend::Checked>> &done) {
        checking_ = false;
        check->setEnabled(!selected_.isEmpty());
        Q_EMIT checkDone(done.value_or(QList<Backend::Checked>()));
        if (!done) {
            Q_EMIT failed(coreText(done.error().message));
            return;
        }
        const auto good = std::count_if(done->cbegin(), done->cend(), [](const auto &result) {
            return result.outcome == Backend::Checked::Outcome::Good;
        });
        Q_EMIT succeeded(tr("%n key(s) checked, %1 of them good.", nullptr, int(done->size()))
                             .arg(qlonglong(good)));
    });
}

void KeyActions::setDisabled(bool disabled)
{
    const QStringList names = fingerprints(
        selected_, [&](const KeySnapshot &key) { return isDisabled(key) != disabled; });
    backend_.setKeysDisabled(names, disabled, this, orFail());
}

void KeyActions::startRelease()
{
    backend_.releaseKeys(fingerprints(selected_, isBlacklisted), this, orFail());
}

void KeyActions::startReset()
{
    backend_.resetBlacklist(this, [this](const Expected<int> &done) {
        if (done)
            Q_EMIT succeeded(tr("%n key(s) taken off the blacklist.", nullptr, *done));
        else
            Q_EMIT failed(coreText(done.error().message));
    });
}

Backend::Done<void> KeyActions::orFail()
{
    return [this](const Expected<void> &done) {
        if (!done)
            Q_EMIT failed(coreText(done.error().message));
    };
}

} // namespace keywheel
