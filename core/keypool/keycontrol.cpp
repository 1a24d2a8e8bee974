// SPDX-License-Identifier: GPL-3.0-or-later
// What people and re-checks do to keys, and what lasts of them.
#include "keypool/keypool_p.h"

namespace keywheel {

int KeyPool::resetBlacklist()
{
    QList<KeyId> back;
    for (int i = 0; i < d->table.size(); ++i) {
        if (d->forgive(i, QStringLiteral("put back by a reset")))
            back.append(d->table.at(i).seen.id);
    }
    d->brake.release();
    d->putBack(back);
    d->emitRestored();
    return static_cast<int>(back.size());
}

bool KeyPool::restore(const QString &fingerprint)
{
    const int index = d->table.indexOf(fingerprint);
    if (index < 0)
        return false;
    if (d->forgive(index, QStringLiteral("put back by a person")))
        d->putBack({d->table.at(index).seen.id});
    d->emitRestored();
    return true;
}

bool KeyPool::setDisabled(const QString &fingerprint, bool disabled)
{
    d->catchUp();
    const int index = d->table.indexOf(fingerprint);
    if (index < 0)
        return false;
    const bool was = d->table.at(index).seen.state == KeyState::Disabled;
    if (disabled == was)
        return true;
    if (disabled) {
        d->table.setDisabled(index, d->clock.wallNow());
        Q_EMIT keyDisabled(KeySnapshot(d->table.at(index).seen));
        d->tellIfNoneLeft();
        return true;
    }
    d->table.restore(index, QStringLiteral("enabled by a person"));
    d->putBack({d->table.at(index).seen.id});
    d->emitRestored();
    return true;
}

bool KeyPool::setLabel(const QString &fingerprint, const QString &label)
{
    const int index = d->table.indexOf(fingerprint);
    if (index < 0)
        return false;
    KeyEntry &entry = d->table.at(index);
    entry.givenLabel = label;
    d->table.memory().note(entry);
    entry.seen.label = label.isEmpty() ? entry.listLabel : label;
    return true;
}

QByteArray KeyPool::secret(const QString &fingerprint) const
{
    const int index = d->table.indexOf(fingerprint);
    return index < 0 ? QByteArray() : d->table.at(index).secret;
}

QStringList KeyPool::permanentKeys() const
{
    QStringList result;
    for (int i = 0; i < d->table.size(); ++i) {
        const KeySnapshot &seen = d->table.at(i).seen;
        if (seen.state == KeyState::Permanent)
            result.append(seen.fingerprint);
    }
    return result;
}

void KeyPool::noteCheck(const QString &fingerprint, const Verdict &verdict)
{
    const int index = d->table.indexOf(fingerprint);
    if (index >= 0)
        d->noteCheck(index, verdict);
}

void KeyPool::remember(const QList<KeyRecord> &records)
{
    for (const KeyRecord &record : records)
        d->table.memory().remember(record);
}

KeyChanges KeyPool::takeChanges()
{
    return d->table.memory().takeChanges(d->table);
}

/// Forgets what is held against a key; whether that put it back.
bool KeyPool::Private::forgive(int index, const QString &reason)
{
    KeyEntry &entry = table.at(index);
    entry.seen.failuresInRow = 0;
    entry.cooldownsInRow = 0;
    if (entry.seen.state == KeyState::Healthy || entry.seen.state == KeyState::Disabled)
        return false;
    table.restore(index, reason);
    return true;
}

} // namespace keywheel
