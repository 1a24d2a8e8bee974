// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clockwatch.h"
#include "keypool/failurebrake.h"
#include "keypool/keypool.h"
#include "keypool/keytable.h"

namespace keywheel {

/// The state of a KeyPool, and the rules by which keys are set aside and come back
/// (blacklist.cpp); handing them out is in keypool.cpp, what people do to them in keycontrol.cpp,
/// clocks in clockchanges.cpp.
struct KeyPool::Private
{
    /// An idle process is woken no more often than that.
    static constexpr std::chrono::seconds ClockInterval{12};
    /// After which limits are taken to be whole again when the answer did not say.
    static constexpr std::chrono::minutes UsualReset{1};
    int nextKey(const KeyIds &tried);
    Lease leaseKey(int index, const LeaseReason &reason);
    /// Looks at the clocks, puts back what has cooled down, and tells.
    void catchUp();
    /// Puts back what has cooled down. Telling of it is apart, in emitRestored(): a const look at
    /// the pool ends cooldowns too but must not emit.
    void endCooldowns();
    /// Ends cooldowns that have time left, because no key is left.
    void endAllCooldowns();
    bool forgive(int index, const QString &reason);
    void putBack(const QList<KeyId> &ids);
    void emitRestored();
    /// Emits noKeyLeft(false) once, when no key is healthy and lease() will not put any back.
    void tellIfNoneLeft();
    bool anyCoolingOutside(const KeyIds &tried);
    LeaseRefusal refusal(const KeyIds &tried);
    void noteCheck(int index, const Verdict &verdict);
    void applyBrake(const QString &reason);
    bool isBraked(KeyId key, const Verdict &verdict);
    void armWake();
    void blame(int index, const Lease &lease, const Verdict &verdict);

    KeyPool *q;
    Clock &clock;
    Random random;
    KeyPoolConfig config = {};
    KeyTable table = {};
    FailureBrake brake = {};
    QDateTime brakeUntil = {};
    QString brakeReason = {};
    bool offline = false;
    ClockWatch watch{clock};
    bool watching = false; ///< a look comes every ClockInterval
    Clock::Instant lastLook = {};
    int cursor = 0; ///< of the key that the next lease looks at first
    quint64 leases = 0;
    quint64 successes = 0;
    quint64 failures = 0;
    int keysWithFailures = 0;
    bool noneLeftTold = false;
    /// When the one call comes that looks for ended cooldowns. Calls cannot be taken back: one that
    /// comes at another time was overtaken by a sooner end, and does nothing.
    std::optional<Clock::Instant> wakeAt = {};
    QList<KeyId> restored = {}; ///< put back, but not told yet

private:
    void coolDown(int index, const Lease &lease, const Verdict &verdict);
    void tellSetAside(int index);
};

} // namespace keywheel
