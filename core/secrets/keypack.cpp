// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keypack.h"

#include "common/redact.h"

#include <QCborArray>
#include <QCborValue>
#include <QCryptographicHash>

namespace keywheel {
namespace {

constexpr qsizetype LongestLabel = 100;
constexpr char Version = 1;
const QByteArray Magic("KWPACK");
const qsizetype HeadSize =
    Magic.size() + 1 + QCryptographicHash::hashLength(QCryptographicHash::Sha256);

QCborArray packed(const ApiKey &key)
{
    return {key.secret, key.label.left(LongestLabel)};
}

QByteArray checksum(const QByteArray &payload)
{
    return QCryptographicHash::hash(payload, QCryptographicHash::Sha256);
}

} // namespace

QStringList KeyPack::fingerprints() const
{
    QStringList result;
    for (const ApiKey &key : keys)
        result += keyFingerprint(key.secret);
    return result;
}

qsizetype packedSize(const ApiKey &key)
{
    return QCborValue(packed(key)).toCbor().size();
}

QByteArray encodeKeyPack(const QList<ApiKey> &keys)
{
    QCborArray list;
    for (const ApiKey &key : keys)
        list.append(packed(key));
    const QByteArray payload = QCborValue(list).toCbor();
    return Magic + Version + checksum(payload) + payload;
}

std::optional<QList<ApiKey>> decodeKeyPack(const QByteArray &entry)
{
    const QByteArray payload = entry.mid(HeadSize);
    if (entry.left(HeadSize) != Magic + Version + checksum(payload))
        return {};
    QList<ApiKey> keys;
    for (const QCborValue key : QCborValue::fromCbor(payload).toArray())
        keys.append({key[0].toByteArray(), 0, key[1].toString()});
    return keys;
}

bool isNewerKeyPack(const QByteArray &entry)
{
    return entry.startsWith(Magic) && entry.size() > HeadSize && entry.at(Magic.size()) > Version;
}

} // namespace keywheel
