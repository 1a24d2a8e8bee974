// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychainplan.h"

#include "common/redact.h"

#include <QHash>
#include <QSet>

namespace keywheel {

Expected<QList<PackChange>> planAdding(const QList<KeyPack> &packs, const QList<ApiKey> &keys,
                                       qsizetype limit)
{
    QSet<QByteArray> there;
    for (const KeyPack &pack : packs) {
        for (const ApiKey &key : pack.keys)
            there.insert(key.secret);
    }
    PackChange current;
    qsizetype size = KeyPackOverhead;
    if (!packs.isEmpty()) {
        current = {packs.constLast().keys, packs.constLast().number, 0};
        for (const ApiKey &key : std::as_const(current.keys))
            size += packedSize(key);
    }
    QList<PackChange> plan;
    bool different = false; // whether `current` holds a key that is new
    for (qsizetype i = 0; i < keys.size(); ++i) {
        const ApiKey &key = keys.at(i);
        const qsizetype more = packedSize(key);
        if (KeyPackOverhead + more > limit)
            return failure(QStringLiteral("The key %1 is too long for the keychain: %2 characters")
                               .arg(keyPreview(key.secret))
                               .arg(key.secret.size()));
        if (there.contains(key.secret))
            continue;
        if (size + more > limit) {
            current.doneAfter = int(i);
            if (different)
                plan.append(current);
            current = {};
            size = KeyPackOverhead;
        }
        there.insert(key.secret);
        current.keys.append(key);
        size += more;
        different = true;
    }
    current.doneAfter = int(keys.size());
    if (different)
        plan.append(current);
    return plan;
}

QList<PackChange> planRemoving(const QList<KeyPack> &packs, const QStringList &fingerprints)
{
    const QSet<QString> leaving(fingerprints.cbegin(), fingerprints.cend());
    QList<PackChange> plan;
    QHash<QString, qsizetype> goneAfter; // which step takes away the last copy of a key
    for (const KeyPack &pack : packs) {
        PackChange change{{}, pack.number, 0};
        for (const ApiKey &key : pack.keys) {
            const QString fingerprint = keyFingerprint(key.secret);
            if (leaving.contains(fingerprint))
                goneAfter.insert(fingerprint, plan.size());
            else
                change.keys.append(key);
        }
        if (change.keys.size() != pack.keys.size())
            plan.append(change);
    }
    for (const qsizetype step : std::as_const(goneAfter))
        ++plan[step].doneAfter;
    for (qsizetype i = 1; i < plan.size(); ++i)
        plan[i].doneAfter += plan.at(i - 1).doneAfter;
    return plan;
}

} // namespace keywheel
