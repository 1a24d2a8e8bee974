// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/alarm.h"
#include "common/random.h"
#include "keypool/failurebrake.h"
#include "keypool/keytable.h"

#include <QObject>

namespace keywheel {

/// 1 s · 2ⁿ with jitter of half up or down, 5 min at most; n counts from 0.
std::chrono::milliseconds backoff(int n, const Random &random);

/// The rules by which keys are blacklisted and put back.
///
/// A failure that is a key's own fault blacklists it, for a time or permanently, unless the brake
/// is on: then the upstream, this machine or its network is suspected, and no key is blamed. An
/// alarm puts keys back when their cooldown ends; endCooldowns() does so when somebody looks
/// before. The states are kept in `table`. Thread: the core's; `table` and `clock` must outlive it.
class Blacklist : public QObject
{
    Q_OBJECT

public:
    struct Rules
    {
        int threshold = 1;             ///< temporary failures in a row that blacklist a key
        bool resetWhenNoneLeft = true; ///< who leases calls endAllCooldowns() then
    };
    struct Brake
    {
        QString reason;  ///< why no key is blamed; empty: keys are
        QDateTime until; ///< UTC; null while the network is down
    };

    Blacklist(KeyTable &table, Clock &clock, Random random);

    void setRules(const Rules &rules);
    /// Call it after keys came, left or were disabled.
    void keysChanged();

    // What attempts and checks tell.
    void succeeded(int index, const Lease &lease);
    /// Whether this failure is held against the key; it may put the brake on.
    bool mayBlame(KeyId key, const Verdict &verdict);
    /// Holds a failure of the classes Permanent, Quota and Temporary against its key.
    void blame(int index, const Lease &lease, const Verdict &verdict);
    /// What a request that costs nothing, with this key alone, told.
    void applyCheck(int index, const Verdict &verdict);

    // The brake.
    void applyBrake(const QString &reason);
    /// While the network is down no key is blamed.
    void setOffline(bool offline);
    Brake brake() const;

    // Putting back. keyPutBack() is emitted apart, by emitPutBack(): a const look at the pool ends
    // cooldowns too but must not emit. Functions that say nothing about it emit.
    /// Puts back what has cooled down, without a signal.
    void endCooldowns();
    void emitPutBack();
    /// Ends cooldowns that have time left, because no key is left.
    void endAllCooldowns();
    /// Puts all blacklisted keys back, and returns how many. Ends the brake.
    int reset();
    /// Forgets the failures of a key and puts it back, unless it is disabled.
    void putBack(int index, const QString &reason);
    void enable(int index);
    /// The wall clock jumped against the monotonic one; see KeyTable::clockJumped().
    void clockJumped(std::chrono::milliseconds jump);

Q_SIGNALS:
    // KeyPool passes them on, and describes them.
    void keyBlacklisted(const keywheel::KeySnapshot &key);
    void keyPutBack(const keywheel::KeySnapshot &key);
    void noKeyLeft(bool reset);
    void brakeApplied(const QDateTime &until, const QString &reason);

private:
    void coolDown(int index, const Lease &lease, const Verdict &verdict);
    void blacklistPermanently(int index);
    /// After the table knows the new state.
    void tellBlacklisted(int index);
    /// Emits noKeyLeft(false) once, when no key is available and no lease will put any back.
    void tellIfNoneLeft();
    /// Forgets what is held against a key; whether that put it back. Without a signal.
    bool forgive(int index, const QString &reason);
    /// For emitPutBack().
    void queueSignals(const QList<KeyId> &ids);
    /// Sets the alarm for the soonest end of a cooldown.
    void armAlarm();

    KeyTable &table_;
    Clock &clock_;
    Random random_;
    Rules rules_;
    FailureBrake brake_;
    QDateTime brakeUntil_;
    QString brakeReason_;
    bool offline_ = false;
    bool noneLeftTold_ = false;
    QList<KeyId> untold_; ///< were put back, but keyPutBack() has not been emitted yet
    Alarm alarm_;
};

} // namespace keywheel
