// SPDX-License-Identifier: GPL-3.0-or-later
// What follows from a clock that jumps, and from a network that is down.
#include "keypool/keypool_p.h"

namespace keywheel {

using std::chrono::milliseconds;

void KeyPool::watchClock()
{
    d->catchUp();
    d->watching = true;
    d->clock.callLater(Private::ClockInterval, this, [this] { watchClock(); });
}

void KeyPool::lookAtClock()
{
    d->catchUp();
}

void KeyPool::setOffline(bool offline)
{
    const bool was = std::exchange(d->offline, offline);
    if (offline && !was)
        Q_EMIT brakeApplied({}, QStringLiteral("the network is down"));
}

void KeyPool::Private::catchUp()
{
    const auto now = clock.now();
    const milliseconds jump = watch.check(now, clock.wallNow());
    if (jump != milliseconds(0)) {
        table.clockJumped(jump);
        armWake();
    }
    // Where the monotonic clock goes on during sleep, the looks that did not happen tell of it.
    const bool missed = watching && now - lastLook > 2 * ClockInterval;
    lastLook = now;
    if (jump > milliseconds(0) || missed)
        applyBrake(QStringLiteral("the machine has just woken, or its clock was set"));
    table.selection().catchUp(now);
    endCooldowns();
    emitRestored();
}

void KeyPool::Private::applyBrake(const QString &reason)
{
    brake.hold(clock.now() + FailureBrake::Length);
    const milliseconds length = FailureBrake::Length;
    brakeUntil = clock.wallNow().addMSecs(length.count());
    brakeReason = reason;
    Q_EMIT q->brakeApplied(brakeUntil, brakeReason);
}

} // namespace keywheel
