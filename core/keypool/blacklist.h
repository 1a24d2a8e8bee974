// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/alarm.h"
#include "common/random.h"
#include "keypool/failurebrake.h"
#include "keypool/keytable.h"

#include <QHash>
#include <QObject>

namespace keywheel {

/// 1 s · 2ⁿ with jitter of half up or down, 5 min at most; n counts from 0.
std::chrono::milliseconds backoff(int n, const Random &random);

/// The rules by which keys are blacklisted and put back.
///
/// A failure that is a key's own fault blacklists it, for a time or permanently. Three keys that
/// fail alike put the brake on: then the upstream, this machine or its network is suspected, no key
/// is blamed, and the first two are put back. That is for failures that do not name the key: what
/// an answer says about this very key is believed. But while no key has ever been answered well,
/// the third and further ones that are called invalid are blacklisted for a short time only, since
/// the address may be wrong; the first good answer makes that permanent. A refusal without a reason
/// is held against a key that never succeeded, or at the second one in a row.
///
/// An alarm puts keys back when their cooldown ends; endCooldowns() does so when somebody looks
/// before. The states are kept in `table`. Thread: the core's; `table` and `clock` must outlive it.
class Blacklist : public QObject
{
    Q_OBJECT

public:
    struct Rules
    {
        int threshold = 1;             ///< temporary failures in a row that blacklist a key
        bool resetWhenNoneLeft = true; ///< who leases calls endAllCooldowns() then
        /// After which a key without money may be tried again; 0: never.
        std::chrono::milliseconds tryAgainAfter{0};
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
    /// Whether a failure of the classes Permanent, Quota and Temporary is held against its key. It
    /// may put the brake on.
    bool mayBlame(int index, const Lease &lease, const Verdict &verdict);
    /// Holds it against the key.
    void blame(int index, const Lease &lease, const Verdict &verdict);
    /// What a request that costs nothing, with this key alone, told. It says nothing about money.
    void applyCheck(int index, const Verdict &verdict);
    /// A key without money that a request may try now; -1: none. It is not offered again before
    /// Rules::tryAgainAfter.
    int takeTrial();
    /// The keys belong to another address, or go there in another way, from now on: what the old
    /// one said about them is dropped.
    void upstreamChanged();

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
    bool isBraked(KeyId key, const Verdict &verdict);
    bool countsAsWeak(KeyEntry &entry, const Lease &lease) const;
    void scheduleTrials();
    /// No key has ever been answered well, and others were called invalid before this one.
    bool isAddressSuspected() const;
    void suspectAddress(int index, const Verdict &verdict);
    void confirmSuspected();
    void putBurstBack();
    void coolDown(int index, const Lease &lease, const Verdict &verdict);
    void rest(int index, std::chrono::milliseconds wait, const Verdict &verdict);
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
    bool answeredWell_ = false;       ///< some key, at this address
    bool countsEarlierRuns_ = true;   ///< what keys did in earlier runs they did at this address
    QHash<KeyId, Verdict> suspected_; ///< called invalid while the address is suspected
    /// The soonest KeyEntry::nextTry; none: no key has one.
    std::optional<Clock::Instant> nextTrial_;
    QList<KeyId> untold_; ///< were put back, but keyPutBack() has not been emitted yet
    Alarm alarm_;
};

} // namespace keywheel
