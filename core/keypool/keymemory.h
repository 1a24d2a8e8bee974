// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "keypool/keyrecord.h"

#include <QHash>

#include <functional>
#include <optional>
#include <vector>

namespace keywheel {

struct KeyEntry;
class KeyTable;

/// Puts what is remembered into a new entry. What is left of a cooldown is counted by the wall
/// clock, since an earlier run knew no other that goes on.
void recall(KeyEntry &entry, const KeyRecord &record, const Clock &clock);

/// What is known of keys that are not in the list (any more), and which keys have changed since
/// somebody asked.
///
/// A key that is removed is forgotten, except what a person said about it: a list that is empty for
/// a moment, as editors make it, must not enable a disabled key.
class KeyMemory
{
public:
    void remember(const KeyRecord &record) { absent_.insert(record.fingerprint, record); }
    std::optional<KeyRecord> take(const QString &fingerprint);
    void keyRemoved(const KeyEntry &entry);

    /// Notes a change. Cheap, since every request changes its key.
    void note(KeyEntry &entry);
    KeyChanges takeChanges(KeyTable &table);
    /// Called at the first change since takeChanges().
    std::function<void()> onFirstChange = [] {
    };

private:
    QHash<QString, KeyRecord> absent_;
    std::vector<KeyId> changed_;
    KeyChanges changes_; ///< of removed keys
};

} // namespace keywheel
