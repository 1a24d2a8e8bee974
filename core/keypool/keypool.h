// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/expected.h"
#include "common/random.h"
#include "keypool/lease.h"

#include <QList>
#include <QObject>

#include <limits>
#include <memory>

namespace keywheel {

struct KeyRecord;
struct KeyChanges;

struct KeyPoolConfig
{
    int startIndex = 0; ///< modulo the number of keys; where fill-first begins
    int threshold = 1;  ///< temporary failures in a row that blacklist a key
    bool resetWhenNoneLeft = true;
    /// After which one request may try a key whose money was used up; 0: never.
    std::chrono::milliseconds tryAgainAfter{0};
    KeyStrategy strategy = KeyStrategy::RoundRobin;
};

/// The keys: which one is next, and which are blacklisted or disabled.
///
/// Thread: the core's, no locks. Time and jitter are injected. lease() is O(log n), with any
/// number of blacklisted keys.
class KeyPool : public QObject
{
    Q_OBJECT

public:
    KeyPool(Clock &clock, Random random, QObject *parent = nullptr);
    ~KeyPool() override;

    /// Takes effect at once; blacklisted keys stay so. START_INDEX moves the rotation only when it
    /// differs from the one before.
    void setConfig(const KeyPoolConfig &config);
    /// Replaces the list. Duplicates of a secret are dropped (the first stays); a key that was
    /// there keeps its state, counts and id; the rotation goes on where it was.
    void setKeys(const QList<ApiKey> &keys);

    /// The next available key by the strategy that is not in `tried`; `preferred`, if it is
    /// available and was not tried.
    tl::expected<Lease, LeaseRefusal> lease(const KeyIds &tried = {}, KeyId preferred = 0);
    /// Takes what an answer's head says about the key: its organisation and what is left of its
    /// limits.
    void noteAnswer(const Lease &lease, const Headers &head);
    /// Ends a lease; `reason` texts must be redacted. Leases of keys that were removed meanwhile
    /// end silently. A success of an attempt that began before its key was blacklisted does not
    /// put the key back.
    void release(const Lease &lease, const Verdict &verdict);

    /// The base URL, or the way in which keys are sent, has changed: keys that were called invalid
    /// are put back.
    void upstreamChanged();

    /// Puts every blacklisted key back, permanent ones too but not those that a person disabled;
    /// returns how many. Ends the brake.
    int resetBlacklist();

    // For single keys; false when there is no such key.
    /// Puts one blacklisted key back. A disabled one stays so.
    bool putBack(const QString &fingerprint);
    /// A disabled key is not leased; leases that are out go on. Enabling it puts it back, whatever
    /// it was before.
    bool setDisabled(const QString &fingerprint, bool disabled);
    /// A person's name for the key. An empty one brings back that of the list.
    bool setLabel(const QString &fingerprint, const QString &label);

    // Re-checks, by whoever can ask the upstream.
    /// Null when there is no such key.
    QByteArray secret(const QString &fingerprint) const;
    QStringList permanentKeys() const; ///< fingerprints
    /// What asking for something free with this key alone gave: a success puts a permanently
    /// blacklisted key back, a failure that is the key's blacklists it or says again why it is.
    void noteCheck(const QString &fingerprint, const Verdict &verdict);

    /// Looks at the clocks now and then from now on, so that a machine that wakes is noticed
    /// before its first request fails. Leases look by themselves.
    void watchClock();
    /// The same once, for who is told when the clock changes.
    void lookAtClock();
    /// While the network is down no key is blamed.
    void setOffline(bool offline);

    // What lasts beyond the run (keyrecord.h).
    /// What an earlier run knew of keys that setKeys() brings from now on. A cooldown goes on as
    /// long as the wall clock says.
    void remember(const QList<KeyRecord> &records);
    /// What has changed since the last call. A key that leaves the list is forgotten, except that a
    /// person disabled or labelled it.
    KeyChanges takeChanges();

    int total() const;
    int available() const;
    KeyPoolSnapshot snapshot() const;
    /// In list order, `count` of them at most from `from` on; with very many keys all of them cost
    /// a noticeable part of a second.
    QList<KeySnapshot> keys(int from = 0, int count = std::numeric_limits<int>::max()) const;
    /// The same of those that are not available: blacklisted or disabled.
    QList<KeySnapshot> blacklisted(int from = 0, int count = std::numeric_limits<int>::max()) const;
    /// How many other keys have the same organisation.
    int sharingLimits(const KeySnapshot &key) const;
    std::optional<KeySnapshot> key(KeyId id) const;
    std::optional<KeySnapshot> key(const QString &fingerprint) const;

Q_SIGNALS:
    /// A key was blacklisted because of a failure (`reason` is redacted), or put back.
    void keyBlacklisted(const keywheel::KeySnapshot &key);
    void keyPutBack(const keywheel::KeySnapshot &key);
    /// A person disabled a key; keyPutBack() comes when one enables it.
    void keyDisabled(const keywheel::KeySnapshot &key);
    /// No key is available; `reset` when all cooldowns were ended because of it. Once each time
    /// that it comes to this; keyBlacklisted() of the last key comes before it, keyPutBack() after.
    void noKeyLeft(bool reset);
    /// No key is blamed until `until` (UTC; null: until the network is back), because of `reason`:
    /// three keys failed alike, the machine woke, or the network is down.
    void brakeApplied(const QDateTime &until, const QString &reason);
    /// There is something for takeChanges(), for the first time since the last call. May come from
    /// within any function, so the receiver must not call back at once.
    void changed();

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace keywheel
