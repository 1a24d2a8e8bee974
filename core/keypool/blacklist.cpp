// SPDX-License-Identifier: GPL-3.0-or-later
// How keys are set aside and come back.
#include "keypool/blacklist.h"

#include "keypool/keypool_p.h"

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

} // namespace

milliseconds backoff(int n, const Random &random)
{
    const double seconds = std::exp2(std::clamp(n, 0, 16)) * (0.5 + random());
    const milliseconds wait(static_cast<qint64>(seconds * 1000));
    return std::min(wait, LongestBackoff);
}

void KeyPool::Private::endCooldowns()
{
    putBack(table.restoreDue(clock.now(), QStringLiteral("its cooldown has ended")));
}

void KeyPool::Private::endAllCooldowns()
{
    putBack(table.restoreDue(Clock::Instant::max(),
                             QStringLiteral("all cooldowns were ended as no key was left")));
    Q_EMIT q->noKeyLeft(true);
    emitRestored();
}

void KeyPool::Private::putBack(const QList<KeyId> &ids)
{
    if (ids.isEmpty())
        return;
    noneLeftTold = false;
    restored.append(ids);
}

void KeyPool::Private::emitRestored()
{
    const auto ids = std::exchange(restored, {});
    for (const KeyId id : ids) {
        const auto seen = q->key(id);
        if (seen && seen->state == KeyState::Healthy)
            Q_EMIT q->keyRestored(*seen);
    }
}

void KeyPool::Private::tellIfNoneLeft()
{
    const bool resets = config.resetWhenNoneLeft && table.cooling() > 0;
    const bool none = table.size() > 0 && table.healthy() == 0 && !resets;
    const bool told = std::exchange(noneLeftTold, none);
    if (none && !told)
        Q_EMIT q->noKeyLeft(false);
}

bool KeyPool::Private::anyCoolingOutside(const KeyIds &tried)
{
    const auto isCooling = [&](KeyId id) {
        const int index = table.indexOf(id);
        return index >= 0 && table.at(index).seen.state == KeyState::CoolingDown;
    };
    return table.cooling() > std::count_if(tried.begin(), tried.end(), isCooling);
}

LeaseRefusal KeyPool::Private::refusal(const KeyIds &tried)
{
    if (table.size() == 0)
        return {LeaseRefusal::Reason::NoKeys, {}};
    if (table.healthy() > 0)
        return {LeaseRefusal::Reason::AllTried, {}};
    if (!anyCoolingOutside(tried) && !tried.isEmpty())
        return {LeaseRefusal::Reason::AllTried, {}};
    LeaseRefusal result{LeaseRefusal::Reason::NoneLeft, {}};
    if (const auto end = table.soonestEnd())
        result.soonest = std::chrono::ceil<milliseconds>(*end - clock.now());
    return result;
}

bool KeyPool::Private::isBraked(KeyId key, const Verdict &verdict)
{
    if (offline)
        return true;
    const auto decision = brake.failed(key, verdict.fault, verdict.code, clock.now());
    if (decision == FailureBrake::Decision::Applied)
        applyBrake(
            QStringLiteral("different keys fail alike: the upstream or this address is suspected"));
    return decision != FailureBrake::Decision::Blame;
}

void KeyPool::Private::blame(int index, const Lease &lease, const Verdict &verdict)
{
    KeyEntry &entry = table.at(index);
    ++failures;
    if (++entry.seen.failures == 1)
        ++keysWithFailures;
    if (entry.seen.state == KeyState::Permanent || entry.seen.state == KeyState::Disabled)
        return;
    if (verdict.fault == FaultClass::Temporary) {
        coolDown(index, lease, verdict);
        return;
    }
    noteFailure(entry.seen, verdict);
    table.setPermanent(index, clock.wallNow());
    tellSetAside(index);
}

void KeyPool::Private::noteCheck(int index, const Verdict &verdict)
{
    KeyEntry &entry = table.at(index);
    if (verdict.fault == FaultClass::Success) {
        if (entry.seen.state == KeyState::Permanent &&
            forgive(index, QStringLiteral("it passed a check")))
            putBack({entry.seen.id});
        emitRestored();
        return;
    }
    if (verdict.fault != FaultClass::Permanent && verdict.fault != FaultClass::Quota)
        return;
    if (entry.seen.state == KeyState::Disabled || isBraked(entry.seen.id, verdict))
        return;
    noteFailure(entry.seen, verdict);
    if (entry.seen.state == KeyState::Permanent) {
        entry.seen.reason = verdict.reason;
        table.memory().note(entry);
        return;
    }
    table.setPermanent(index, clock.wallNow());
    tellSetAside(index);
}

void KeyPool::Private::coolDown(int index, const Lease &lease, const Verdict &verdict)
{
    KeyEntry &entry = table.at(index);
    const auto now = clock.now();
    // A date that has passed, or 0, does not say when the key is good again.
    const auto asked = verdict.cooldown.value_or(milliseconds(0));
    if (lease.number <= entry.lastLeaseBefore) {
        // Began before the key was set aside: no news, but perhaps a longer wait.
        if (entry.seen.state == KeyState::CoolingDown && now + asked > entry.cooldownEnd)
            table.coolDown(index, now, now + asked, clock.wallNow());
        return;
    }
    noteFailure(entry.seen, verdict);
    const auto wait = asked.count() > 0 ? asked : backoff(entry.cooldownsInRow, random);
    // The limit is the organisation's, so its other keys are likely to meet it too.
    table.selection().limitOrganization(index, now + wait);
    if (++entry.seen.failuresInRow < config.threshold)
        return;
    ++entry.cooldownsInRow;
    table.coolDown(index, now, now + wait, clock.wallNow());
    tellSetAside(index);
}

void KeyPool::Private::tellSetAside(int index)
{
    table.at(index).lastLeaseBefore = leases;
    table.at(index).seen.reason = table.at(index).seen.lastError;
    armWake();
    const KeySnapshot seen = table.at(index).seen;
    Q_EMIT q->keyBlacklisted(seen);
    tellIfNoneLeft();
}

/// Asks to be called at the soonest end, unless a call is under way that comes no later.
void KeyPool::Private::armWake()
{
    const auto soonest = table.soonestEnd();
    if (!soonest || (wakeAt && *wakeAt <= *soonest))
        return;
    wakeAt = soonest;
    const auto delay = std::chrono::ceil<milliseconds>(*soonest - clock.now());
    clock.callLater(delay, q, [this, at = *soonest] {
        if (wakeAt != at)
            return;
        wakeAt.reset();
        endCooldowns();
        emitRestored();
        armWake();
    });
}

} // namespace keywheel
