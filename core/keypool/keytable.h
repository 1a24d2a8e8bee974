// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keymemory.h"
#include "keypool/lease.h"
#include "keypool/selection.h"

#include <QHash>

#include <queue>
#include <vector>

namespace keywheel {

/// All that is known of one key. Its `seen` holds the label to show, `givenLabel` or `listLabel`.
struct KeyEntry
{
    QByteArray secret;
    /// The last lease that was given out, of any key, when this one was blacklisted; 0: never. What
    /// older leases bring does not tell how the key has done since.
    quint64 lastLeaseBefore = 0;
    int cooldownsInRow = 0; ///< without a success between
    /// The last lease that was given out, of any key, when this one was refused without a reason;
    /// 0: not since its last success.
    quint64 weakRefusalBefore = 0;
    /// When a request may try this key although its money is used up; none: no request may.
    std::optional<Clock::Instant> nextTry;
    bool isChanged = false;     ///< noted by KeyMemory
    KeySnapshot seen;           ///< its `index`, `state`, `since` and `until` are kept by KeyTable
    Clock::Instant cooldownEnd; ///< when CoolingDown
    QString listLabel;          ///< the label that came with the list
    QString givenLabel;         ///< a person's, which outranks it
};

/// The keys by position and by id, which of them are available, and when cooldowns end. Keeps
/// state; the rules and signals are those of KeyPool and Blacklist. Blacklisting a key or putting
/// it back is O(log n).
class KeyTable
{
public:
    /// Keys that were there keep what is known of them; duplicates and empty ones are dropped.
    /// Those that an earlier run knew get what was remembered.
    void replace(const QList<ApiKey> &keys, const Clock &clock);
    KeyMemory &memory() { return memory_; }

    int size() const { return static_cast<int>(entries_.size()); }
    int available() const { return selection_.available(); }
    int cooling() const { return cooling_; }
    int disabled() const { return disabled_; }
    KeyEntry &at(int index) { return entries_[static_cast<size_t>(index)]; }
    int indexOf(KeyId id) const { return indexById_.value(id, -1); }
    /// Without a search, unless the list has changed since.
    int indexOf(const Lease &lease) const
    {
        const auto index = static_cast<size_t>(lease.index);
        const bool same = index < entries_.size() && entries_[index].seen.id == lease.id;
        return same ? lease.index : indexOf(lease.id);
    }
    int indexOf(const QString &fingerprint) const
    {
        return indexByFingerprint_.value(fingerprint, -1);
    }

    /// The best of the available keys that are not in `except`, and of equals the next one from
    /// `from` on, around the end; -1 for none.
    int nextAvailable(int from, const KeyIds &except);
    Selection &selection() { return selection_; }
    /// `organization` as an answer named it.
    void setOrganization(int index, const QByteArray &organization);

    /// Counts a lease that is given out, and returns its number.
    quint64 countLease() { return ++lastLease_; }
    quint64 lastLease() const { return lastLease_; }

    /// Blacklists a key for a time, or moves the end of its cooldown.
    void coolDown(int index, Clock::Instant now, Clock::Instant end, const QDateTime &wallNow);
    void setPermanent(int index, const QDateTime &wallNow);
    void setDisabled(int index, const QDateTime &wallNow);
    void putBack(int index, const QString &reason);
    /// Puts back the keys whose cooldown has ended by `now`, and returns them.
    QList<KeyId> putBackDue(Clock::Instant now, const QString &reason);
    std::optional<Clock::Instant> soonestEnd();
    /// Forward: cooldowns have that much less left, since the machine slept or the wall clock by
    /// which they were given was wrong. Back: they last as long as they would have, and are shown
    /// to end sooner by the new time.
    void clockJumped(std::chrono::milliseconds jump);

private:
    struct CooldownEnd
    {
        Clock::Instant at;
        KeyId id = 0;
        bool operator>(const CooldownEnd &other) const { return at > other.at; }
    };
    void setState(int index, KeyState state);
    void rebuildIndex(const QList<int> &was);
    void rebuildEnds();
    KeyEntry newEntry(const ApiKey &key, const QString &fingerprint, const Clock &clock);
    void dropOutdatedEnds();

    std::vector<KeyEntry> entries_;
    QHash<KeyId, int> indexById_;
    QHash<QString, int> indexByFingerprint_;
    Selection selection_;
    int cooling_ = 0;
    int disabled_ = 0;
    KeyId lastId_ = 0;
    quint64 lastLease_ = 0;
    KeyMemory memory_;
    /// The soonest end first. An end that its key no longer has (put back, removed, prolonged)
    /// stays until it comes to the top.
    std::priority_queue<CooldownEnd, std::vector<CooldownEnd>, std::greater<>> ends_;
};

} // namespace keywheel
