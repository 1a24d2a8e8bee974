// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/inmemorykeystore.h"

namespace keywheel {

InMemoryKeyStore::InMemoryKeyStore(const QList<QByteArray> &keys, QObject *parent)
    : KeyStore(parent),
      keys_(keys)
{
}

void InMemoryKeyStore::setKeys(const QList<QByteArray> &keys)
{
    keys_ = keys;
    Q_EMIT changed();
}

void InMemoryKeyStore::load()
{
    auto answer = [this] {
        KeyList list;
        for (const QByteArray &key : std::as_const(keys_))
            list.keys.append({key, 0, {}});
        Q_EMIT loaded(list);
    };
    QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
}

} // namespace keywheel
