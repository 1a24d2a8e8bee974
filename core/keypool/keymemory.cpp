// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/keymemory.h"

#include "keypool/keytable.h"

namespace keywheel {

namespace {

/// No upstream is believed that asks for longer, and no clock.
constexpr qint64 LongestRest = qint64{24} * 3600 * 1000;

KeyRecord recordOf(const KeyEntry &entry)
{
    const KeySnapshot &seen = entry.seen;
    KeyRecord record;
    record.fingerprint = seen.fingerprint;
    record.state = seen.state;
    record.fault = seen.fault;
    record.code = seen.code;
    record.lastError = seen.lastError;
    record.reason = seen.reason;
    record.since = seen.since;
    record.until = seen.until;
    record.successes = seen.successes;
    record.failures = seen.failures;
    record.failuresInRow = seen.failuresInRow;
    record.cooldownsInRow = entry.cooldownsInRow;
    record.lastUsed = seen.lastUsed;
    record.label = entry.givenLabel;
    record.organization = seen.organization;
    return record;
}

void recallState(KeyEntry &entry, const KeyRecord &record, const Clock &clock)
{
    KeySnapshot &seen = entry.seen;
    seen.state = record.state;
    seen.since = record.since;
    if (record.state != KeyState::CoolingDown)
        return;
    const QDateTime now = clock.wallNow();
    const qint64 left = std::min(now.msecsTo(record.until), LongestRest);
    if (left > 0) {
        seen.until = now.addMSecs(left);
        entry.cooldownEnd = clock.now() + std::chrono::milliseconds(left);
        return;
    }
    seen.state = KeyState::Available;
    seen.since = {};
    seen.reason = QStringLiteral("its cooldown has ended");
}

} // namespace

void recall(KeyEntry &entry, const KeyRecord &record, const Clock &clock)
{
    entry.seen.fault = record.fault;
    entry.seen.code = record.code;
    entry.seen.lastError = record.lastError;
    entry.seen.reason = record.reason;
    entry.seen.successes = record.successes;
    entry.seen.failures = record.failures;
    entry.seen.failuresInRow = record.failuresInRow;
    entry.cooldownsInRow = record.cooldownsInRow;
    entry.seen.lastUsed = record.lastUsed;
    entry.givenLabel = record.label;
    entry.seen.organization = record.organization;
    if (!record.label.isEmpty())
        entry.seen.label = record.label;
    recallState(entry, record, clock);
}

std::optional<KeyRecord> KeyMemory::take(const QString &fingerprint)
{
    const auto found = absent_.constFind(fingerprint);
    if (found == absent_.cend())
        return std::nullopt;
    KeyRecord record = *found;
    absent_.erase(found);
    return record;
}

void KeyMemory::keyRemoved(const KeyEntry &entry)
{
    KeyRecord kept;
    kept.fingerprint = entry.seen.fingerprint;
    kept.label = entry.givenLabel;
    if (entry.seen.state == KeyState::Disabled) {
        kept.state = KeyState::Disabled;
        kept.reason = entry.seen.reason;
        kept.since = entry.seen.since;
    } else if (kept.label.isEmpty()) {
        changes_.forgotten.append(kept.fingerprint);
        onFirstChange();
        return;
    }
    remember(kept);
    changes_.records.append(kept);
    onFirstChange();
}

void KeyMemory::note(KeyEntry &entry)
{
    if (std::exchange(entry.isChanged, true))
        return;
    changed_.push_back(entry.seen.id);
    if (changed_.size() == 1)
        onFirstChange();
}

KeyChanges KeyMemory::takeChanges(KeyTable &table)
{
    const auto ids = std::exchange(changed_, {});
    for (const KeyId id : ids) {
        const int index = table.indexOf(id);
        if (index < 0)
            continue;
        table.at(index).isChanged = false;
        changes_.records.append(recordOf(table.at(index)));
    }
    return std::exchange(changes_, {});
}

} // namespace keywheel
