// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/keytable.h"

#include "common/redact.h"

namespace keywheel {

void KeyTable::replace(const QList<ApiKey> &keys, const Clock &clock)
{
    auto old = std::exchange(entries_, {});
    const auto known = std::exchange(indexByFingerprint_, {});
    QList<int> earlier;
    for (const auto &key : keys) {
        const QString fingerprint = keyFingerprint(key.secret);
        if (key.secret.isEmpty() || indexByFingerprint_.contains(fingerprint))
            continue;
        const int was = known.value(fingerprint, -1);
        KeyEntry entry =
            was >= 0 ? std::move(old[static_cast<size_t>(was)]) : newEntry(key, fingerprint, clock);
        entry.seen.index = size();
        entry.seen.lineNumber = key.lineNumber;
        entry.listLabel = key.label;
        entry.seen.label = entry.givenLabel.isEmpty() ? key.label : entry.givenLabel;
        indexByFingerprint_.insert(fingerprint, size());
        earlier.append(was);
        entries_.push_back(std::move(entry));
    }
    for (const auto &[fingerprint, was] : known.asKeyValueRange()) {
        if (!indexByFingerprint_.contains(fingerprint))
            memory_.keyRemoved(old[static_cast<size_t>(was)]);
    }
    rebuildIndex(earlier);
}

KeyEntry KeyTable::newEntry(const ApiKey &key, const QString &fingerprint, const Clock &clock)
{
    KeyEntry entry;
    entry.secret = key.secret;
    entry.seen.id = ++lastId_;
    entry.seen.preview = keyPreview(key.secret);
    entry.seen.fingerprint = fingerprint;
    if (const auto record = memory_.take(fingerprint))
        recall(entry, *record, clock);
    return entry;
}

void KeyTable::rebuildIndex(const QList<int> &was)
{
    indexById_.clear();
    rebuildEnds();
    disabled_ = 0;
    selection_.rearrange(was);
    for (int i = 0; i < size(); ++i) {
        const KeyEntry &entry = at(i);
        indexById_.insert(entry.seen.id, i);
        disabled_ += int(entry.seen.state == KeyState::Disabled);
        selection_.setAvailable(i, entry.seen.state == KeyState::Available);
        if (was.at(i) < 0 && !entry.seen.organization.isEmpty())
            selection_.setOrganization(i, entry.seen.organization);
    }
}

void KeyTable::rebuildEnds()
{
    ends_ = {};
    cooling_ = 0;
    for (const KeyEntry &entry : entries_) {
        if (entry.seen.state == KeyState::CoolingDown) {
            ++cooling_;
            ends_.push({entry.cooldownEnd, entry.seen.id});
        }
    }
}

void KeyTable::clockJumped(std::chrono::milliseconds jump)
{
    if (cooling_ == 0)
        return;
    for (KeyEntry &entry : entries_) {
        if (entry.seen.state != KeyState::CoolingDown)
            continue;
        if (jump.count() > 0)
            entry.cooldownEnd -= jump;
        else
            entry.seen.until = entry.seen.until.addMSecs(jump.count());
        memory_.note(entry);
    }
    rebuildEnds();
}

int KeyTable::nextAvailable(int from, const KeyIds &except)
{
    Selection::Indices unwanted;
    for (const KeyId id : except) {
        if (const int index = indexOf(id); index >= 0)
            unwanted.append(index);
    }
    return selection_.next(from, unwanted);
}

void KeyTable::setOrganization(int index, const QByteArray &organization)
{
    KeyEntry &entry = at(index);
    if (organization.isEmpty() || entry.seen.organization == organization)
        return;
    entry.seen.organization = organization;
    selection_.setOrganization(index, organization);
    memory_.note(entry);
}

void KeyTable::setState(int index, KeyState state)
{
    KeySnapshot &seen = at(index).seen;
    cooling_ += int(state == KeyState::CoolingDown) - int(seen.state == KeyState::CoolingDown);
    disabled_ += int(state == KeyState::Disabled) - int(seen.state == KeyState::Disabled);
    seen.state = state;
    memory_.note(at(index));
    selection_.setAvailable(index, state == KeyState::Available);
}

void KeyTable::coolDown(int index, Clock::Instant now, Clock::Instant end, const QDateTime &wallNow)
{
    KeyEntry &entry = at(index);
    if (entry.seen.state != KeyState::CoolingDown)
        entry.seen.since = wallNow;
    setState(index, KeyState::CoolingDown);
    entry.cooldownEnd = end;
    entry.seen.until =
        wallNow.addMSecs(std::chrono::ceil<std::chrono::milliseconds>(end - now).count());
    ends_.push({end, entry.seen.id});
}

void KeyTable::setPermanent(int index, const QDateTime &wallNow)
{
    setState(index, KeyState::Permanent);
    at(index).seen.since = wallNow;
    at(index).seen.until = {};
}

void KeyTable::setDisabled(int index, const QDateTime &wallNow)
{
    setState(index, KeyState::Disabled);
    KeySnapshot &seen = at(index).seen;
    seen.since = wallNow;
    seen.until = {};
    seen.reason = QStringLiteral("disabled by a person");
}

void KeyTable::putBack(int index, const QString &reason)
{
    setState(index, KeyState::Available);
    KeySnapshot &seen = at(index).seen;
    seen.since = {};
    seen.until = {};
    seen.reason = reason;
    if (cooling_ == 0)
        ends_ = {};
}

QList<KeyId> KeyTable::putBackDue(Clock::Instant now, const QString &reason)
{
    QList<KeyId> ids;
    for (auto end = soonestEnd(); end && *end <= now; end = soonestEnd()) {
        ids.append(ends_.top().id);
        putBack(indexOf(ids.last()), reason);
    }
    return ids;
}

std::optional<Clock::Instant> KeyTable::soonestEnd()
{
    dropOutdatedEnds();
    if (ends_.empty())
        return std::nullopt;
    return ends_.top().at;
}

void KeyTable::dropOutdatedEnds()
{
    while (!ends_.empty()) {
        const int index = indexOf(ends_.top().id);
        if (index >= 0 && at(index).seen.state == KeyState::CoolingDown &&
            at(index).cooldownEnd == ends_.top().at)
            return;
        ends_.pop();
    }
}

} // namespace keywheel
