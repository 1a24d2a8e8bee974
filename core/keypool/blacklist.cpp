// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/blacklist.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace keywheel {

using std::chrono::milliseconds;

namespace {

constexpr milliseconds LongestBackoff = std::chrono::minutes(5);

void noteFailure(KeySnapshot &key, const Verdict &verdict)
{
    key.fault = verdict.fault;
    key.code = verdict.code;
    key.lastError = verdict.reason;
}

QString offlineReason()
{
    return QStringLiteral("the network is down");
}

} // namespace

milliseconds backoff(int n, const Random &random)
{
    const double seconds = std::exp2(std::clamp(n, 0, 16)) * (0.5 + random());
    const milliseconds wait(static_cast<qint64>(seconds * 1000));
    return std::min(wait, LongestBackoff);
}

Blacklist::Blacklist(KeyTable &table, Clock &clock, Random random)
    : table_(table),
      clock_(clock),
      random_(std::move(random)),
      alarm_(clock, [this] {
          endCooldowns();
          emitPutBack();
          armAlarm();
      })
{
}

void Blacklist::setRules(const Rules &rules)
{
    rules_ = rules;
    scheduleTrials();
    tellIfNoneLeft();
}

void Blacklist::keysChanged()
{
    armAlarm(); // for the cooldowns that were remembered
    scheduleTrials();
    for (int i = 0; i < table_.size() && countsEarlierRuns_ && !answeredWell_; ++i)
        answeredWell_ = table_.at(i).seen.successes > 0;
    tellIfNoneLeft();
}

void Blacklist::scheduleTrials()
{
    nextTrial_.reset();
    for (int i = 0; i < table_.size(); ++i) {
        KeyEntry &entry = table_.at(i);
        const bool tries = rules_.tryAgainAfter > milliseconds(0) &&
                           entry.seen.state == KeyState::Permanent &&
                           entry.seen.fault == FaultClass::Quota;
        if (!tries)
            entry.nextTry.reset();
        else if (!entry.nextTry)
            entry.nextTry = clock_.now() + rules_.tryAgainAfter;
        if (entry.nextTry)
            nextTrial_ = std::min(nextTrial_.value_or(*entry.nextTry), *entry.nextTry);
    }
}

// ---- Blaming ------------------------------------------------------------------------------------

void Blacklist::succeeded(int index, const Lease &lease)
{
    brake_.succeeded();
    answeredWell_ = true;
    KeyEntry &entry = table_.at(index);
    if (lease.reason.trial && entry.seen.state == KeyState::Permanent)
        putBack(index, QStringLiteral("it was answered again"));
    if (!suspected_.isEmpty())
        confirmSuspected();
    if (lease.number <= entry.lastLeaseBefore)
        return;
    entry.seen.failuresInRow = 0;
    entry.cooldownsInRow = 0;
    entry.weakRefusalBefore = 0;
}

bool Blacklist::mayBlame(int index, const Lease &lease, const Verdict &verdict)
{
    if (offline_ || lease.reason.trial)
        return false;
    KeyEntry &entry = table_.at(index);
    if (verdict.weak && !countsAsWeak(entry, lease))
        return false;
    return verdict.namesKey || !isBraked(entry.seen.id, verdict);
}

/// One such answer may be a mishap of the service, so requests that were under way with it count
/// once.
bool Blacklist::countsAsWeak(KeyEntry &entry, const Lease &lease) const
{
    if (entry.seen.successes == 0)
        return true;
    if (entry.weakRefusalBefore != 0 && lease.number > entry.weakRefusalBefore)
        return true;
    if (entry.weakRefusalBefore == 0)
        entry.weakRefusalBefore = table_.lastLease();
    return false;
}

bool Blacklist::isBraked(KeyId key, const Verdict &verdict)
{
    const auto decision = brake_.failed(key, verdict.fault, verdict.code, clock_.now());
    if (decision == FailureBrake::Decision::Applied) {
        applyBrake(
            QStringLiteral("different keys fail alike: the upstream or this address is suspected"));
        putBurstBack();
    }
    return decision != FailureBrake::Decision::Blame;
}

void Blacklist::putBurstBack()
{
    const auto burst = brake_.burst();
    for (const KeyId id : burst) {
        const int index = table_.indexOf(id);
        if (index >= 0)
            forgive(index, QStringLiteral("other keys failed alike, so the upstream is suspected"));
    }
    emitPutBack();
}

bool Blacklist::isAddressSuspected() const
{
    constexpr int FirstSuspected = 2;
    if (answeredWell_)
        return false;
    int refused = 0;
    for (int i = 0; i < table_.size(); ++i) {
        const KeySnapshot &seen = table_.at(i).seen;
        refused += seen.state == KeyState::Permanent && seen.fault == FaultClass::Permanent;
        if (refused >= FirstSuspected)
            return true;
    }
    return false;
}

void Blacklist::suspectAddress(int index, const Verdict &verdict)
{
    constexpr milliseconds Short = std::chrono::seconds(10);
    KeyEntry &entry = table_.at(index);
    const bool first = suspected_.isEmpty();
    suspected_.insert(entry.seen.id, verdict);
    if (entry.seen.state == KeyState::Available)
        rest(index, Short, verdict);
    if (!first)
        return;
    brakeUntil_ = clock_.wallNow().addMSecs(Short.count());
    brakeReason_ = QStringLiteral("every key is called invalid: the base URL, or the way in which "
                                  "keys are sent, may be wrong");
    Q_EMIT brakeApplied(brakeUntil_, brakeReason_);
}

void Blacklist::confirmSuspected()
{
    const auto suspected = std::exchange(suspected_, {});
    for (auto it = suspected.begin(); it != suspected.end(); ++it) {
        const int index = table_.indexOf(it.key());
        if (index < 0 || table_.at(index).seen.successes > 0 ||
            table_.at(index).seen.state == KeyState::Disabled)
            continue;
        noteFailure(table_.at(index).seen, it.value());
        blacklistPermanently(index);
    }
}

void Blacklist::blame(int index, const Lease &lease, const Verdict &verdict)
{
    KeyEntry &entry = table_.at(index);
    if (entry.seen.state == KeyState::Permanent || entry.seen.state == KeyState::Disabled)
        return;
    if (verdict.fault == FaultClass::Temporary) {
        coolDown(index, lease, verdict);
        return;
    }
    if (verdict.fault == FaultClass::Quota && verdict.cooldown) {
        rest(index, *verdict.cooldown, verdict);
        return;
    }
    if (verdict.fault == FaultClass::Permanent && isAddressSuspected()) {
        suspectAddress(index, verdict);
        return;
    }
    noteFailure(entry.seen, verdict);
    blacklistPermanently(index);
}

void Blacklist::applyCheck(int index, const Verdict &verdict)
{
    KeyEntry &entry = table_.at(index);
    if (verdict.fault == FaultClass::Success) {
        if (entry.seen.state == KeyState::Permanent && entry.seen.fault != FaultClass::Quota)
            forgive(index, QStringLiteral("it passed a check"));
        emitPutBack();
        return;
    }
    if (verdict.fault != FaultClass::Permanent && verdict.fault != FaultClass::Quota)
        return;
    if (entry.seen.state == KeyState::Disabled || offline_ ||
        (!verdict.namesKey && isBraked(entry.seen.id, verdict)))
        return;
    noteFailure(entry.seen, verdict);
    if (entry.seen.state == KeyState::Permanent) {
        entry.seen.reason = verdict.reason;
        table_.memory().note(entry);
        return;
    }
    blacklistPermanently(index);
}

int Blacklist::takeTrial()
{
    const auto now = clock_.now();
    if (!nextTrial_ || *nextTrial_ > now)
        return -1;
    nextTrial_.reset();
    int found = -1;
    for (int i = 0; i < table_.size(); ++i) {
        KeyEntry &entry = table_.at(i);
        if (!entry.nextTry)
            continue;
        if (entry.seen.state != KeyState::Permanent) {
            entry.nextTry.reset();
            continue;
        }
        if (found < 0 && *entry.nextTry <= now) {
            found = i;
            entry.nextTry = now + rules_.tryAgainAfter;
        }
        nextTrial_ = std::min(nextTrial_.value_or(*entry.nextTry), *entry.nextTry);
    }
    return found;
}

void Blacklist::upstreamChanged()
{
    answeredWell_ = false;
    countsEarlierRuns_ = false;
    suspected_.clear();
    for (int i = 0; i < table_.size(); ++i) {
        table_.at(i).weakRefusalBefore = 0;
        if (table_.at(i).seen.fault == FaultClass::Permanent)
            forgive(i, QStringLiteral("the base URL has changed"));
    }
    brake_.release();
    emitPutBack();
}

void Blacklist::coolDown(int index, const Lease &lease, const Verdict &verdict)
{
    KeyEntry &entry = table_.at(index);
    const auto now = clock_.now();
    // A date that has passed, or 0, does not say when the key is good again.
    const auto asked = verdict.cooldown.value_or(milliseconds(0));
    if (lease.number <= entry.lastLeaseBefore) {
        // The attempt began before the key was blacklisted: no news, but perhaps a longer wait.
        if (entry.seen.state == KeyState::CoolingDown && now + asked > entry.cooldownEnd)
            table_.coolDown(index, now, now + asked, clock_.wallNow());
        return;
    }
    noteFailure(entry.seen, verdict);
    const auto wait = asked.count() > 0 ? asked : backoff(entry.cooldownsInRow, random_);
    // The limit is the organisation's, so its other keys are likely to meet it too.
    table_.selection().limitOrganization(index, now + wait);
    if (++entry.seen.failuresInRow < rules_.threshold)
        return;
    ++entry.cooldownsInRow;
    table_.coolDown(index, now, now + wait, clock_.wallNow());
    tellBlacklisted(index);
}

/// For a time that is known, whatever the threshold.
void Blacklist::rest(int index, milliseconds wait, const Verdict &verdict)
{
    const auto now = clock_.now();
    noteFailure(table_.at(index).seen, verdict);
    table_.coolDown(index, now, now + wait, clock_.wallNow());
    tellBlacklisted(index);
}

void Blacklist::blacklistPermanently(int index)
{
    KeyEntry &entry = table_.at(index);
    if (entry.seen.fault == FaultClass::Quota && rules_.tryAgainAfter > milliseconds(0)) {
        entry.nextTry = clock_.now() + rules_.tryAgainAfter;
        nextTrial_ = std::min(nextTrial_.value_or(*entry.nextTry), *entry.nextTry);
    }
    table_.setPermanent(index, clock_.wallNow());
    tellBlacklisted(index);
}

void Blacklist::tellBlacklisted(int index)
{
    KeyEntry &entry = table_.at(index);
    entry.lastLeaseBefore = table_.lastLease();
    entry.seen.reason = entry.seen.lastError;
    armAlarm();
    Q_EMIT keyBlacklisted(KeySnapshot(entry.seen));
    tellIfNoneLeft();
}

void Blacklist::tellIfNoneLeft()
{
    const bool resets = rules_.resetWhenNoneLeft && table_.cooling() > 0;
    const bool none = table_.size() > 0 && table_.available() == 0 && !resets;
    const bool told = std::exchange(noneLeftTold_, none);
    if (none && !told)
        Q_EMIT noKeyLeft(false);
}

// ---- The brake ----------------------------------------------------------------------------------

void Blacklist::applyBrake(const QString &reason)
{
    brake_.hold(clock_.now() + FailureBrake::Length);
    const milliseconds length = FailureBrake::Length;
    brakeUntil_ = clock_.wallNow().addMSecs(length.count());
    brakeReason_ = reason;
    Q_EMIT brakeApplied(brakeUntil_, brakeReason_);
}

void Blacklist::setOffline(bool offline)
{
    const bool was = std::exchange(offline_, offline);
    if (offline && !was)
        Q_EMIT brakeApplied({}, offlineReason());
}

Blacklist::Brake Blacklist::brake() const
{
    if (offline_)
        return {offlineReason(), {}};
    if (brake_.isOn(clock_.now()) || (!suspected_.isEmpty() && clock_.wallNow() < brakeUntil_))
        return {brakeReason_, brakeUntil_};
    return {};
}

// ---- Putting back -------------------------------------------------------------------------------

void Blacklist::endCooldowns()
{
    queueSignals(table_.putBackDue(clock_.now(), QStringLiteral("its cooldown has ended")));
}

void Blacklist::endAllCooldowns()
{
    queueSignals(table_.putBackDue(Clock::Instant::max(),
                                   QStringLiteral("all cooldowns were ended as no key was left")));
    Q_EMIT noKeyLeft(true);
    emitPutBack();
}

int Blacklist::reset()
{
    int count = 0;
    for (int i = 0; i < table_.size(); ++i)
        count += int(forgive(i, QStringLiteral("put back by a reset")));
    brake_.release();
    emitPutBack();
    return count;
}

void Blacklist::putBack(int index, const QString &reason)
{
    forgive(index, reason);
    emitPutBack();
}

void Blacklist::enable(int index)
{
    table_.putBack(index, QStringLiteral("enabled by a person"));
    queueSignals({table_.at(index).seen.id});
    emitPutBack();
}

bool Blacklist::forgive(int index, const QString &reason)
{
    KeyEntry &entry = table_.at(index);
    entry.seen.failuresInRow = 0;
    entry.cooldownsInRow = 0;
    if (entry.seen.state == KeyState::Available || entry.seen.state == KeyState::Disabled)
        return false;
    table_.putBack(index, reason);
    queueSignals({entry.seen.id});
    return true;
}

void Blacklist::queueSignals(const QList<KeyId> &ids)
{
    if (ids.isEmpty())
        return;
    noneLeftTold_ = false;
    untold_.append(ids);
}

void Blacklist::emitPutBack()
{
    const auto ids = std::exchange(untold_, {});
    for (const KeyId id : ids) {
        endCooldowns(); // a slot may have taken its time
        const int index = table_.indexOf(id);
        if (index < 0 || table_.at(index).seen.state != KeyState::Available)
            continue;
        Q_EMIT keyPutBack(KeySnapshot(table_.at(index).seen));
    }
}

void Blacklist::armAlarm()
{
    if (const auto soonest = table_.soonestEnd())
        alarm_.setNoLaterThan(*soonest);
}

void Blacklist::clockJumped(milliseconds jump)
{
    table_.clockJumped(jump);
    armAlarm();
}

} // namespace keywheel
