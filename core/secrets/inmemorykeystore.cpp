// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/inmemorykeystore.h"

#include "common/redact.h"

#include <QSet>

namespace keywheel {
namespace {

QList<ApiKey> apiKeys(const QList<QByteArray> &secrets)
{
    QList<ApiKey> keys;
    for (const QByteArray &secret : secrets)
        keys.append({secret, 0, {}});
    return keys;
}

} // namespace

InMemoryKeyStore::InMemoryKeyStore(const QList<QByteArray> &keys, QObject *parent)
    : KeyStore(parent),
      keys_(apiKeys(keys))
{
}

void InMemoryKeyStore::load()
{
    auto answer = [this] {
        Q_EMIT loaded({keys_, {}});
    };
    QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
}

void InMemoryKeyStore::add(const QList<ApiKey> &keys)
{
    auto change = [this, keys] {
        QSet<QByteArray> there;
        for (const ApiKey &key : std::as_const(keys_))
            there.insert(key.secret);
        const qsizetype before = keys_.size();
        for (const ApiKey &key : keys) {
            if (there.contains(key.secret))
                continue;
            there.insert(key.secret);
            keys_.append({key.secret, 0, key.label});
        }
        finishChange(int(keys.size()), keys_.size() != before);
    };
    QMetaObject::invokeMethod(this, change, Qt::QueuedConnection);
}

void InMemoryKeyStore::remove(const QStringList &fingerprints)
{
    auto change = [this, fingerprints] {
        const QSet<QString> leaving(fingerprints.cbegin(), fingerprints.cend());
        const auto removed = keys_.removeIf(
            [&](const ApiKey &key) { return leaving.contains(keyFingerprint(key.secret)); });
        finishChange(int(fingerprints.size()), removed > 0);
    };
    QMetaObject::invokeMethod(this, change, Qt::QueuedConnection);
}

void InMemoryKeyStore::finishChange(int total, bool different)
{
    Q_EMIT progress(total, total);
    Q_EMIT changeDone();
    if (different)
        Q_EMIT changed();
}

} // namespace keywheel
