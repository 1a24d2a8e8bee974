// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keysnapshot.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <optional>

namespace keywheel {

/// Some of the keys, in one entry of the keychain: one entry a key would take seconds to write.
struct KeyPack
{
    int number = 0; ///< names the entry, from 1
    QList<ApiKey> keys;

    QStringList fingerprints() const;
};

/// The most that one entry may hold. Windows takes 2,560 bytes. Elsewhere it is a matter of time:
/// gnome-keyring encrypts and writes all entries anew for each one that is written (10,000 keys
/// took 11 s in packs of 16 KiB and 2 s in these, on a busy machine).
#ifdef Q_OS_WIN
constexpr qsizetype LargestKeyPack = qsizetype(2) * 1024;
#else
constexpr qsizetype LargestKeyPack = qsizetype(64) * 1024;
#endif

/// Bytes before the first key, and bytes that this key takes. Labels are cut at 100 characters.
constexpr qsizetype KeyPackOverhead = 48;
qsizetype packedSize(const ApiKey &key);

/// An entry: `KWPACK`, a byte for the version, SHA-256 of the rest, a CBOR array of [secret,
/// label].
QByteArray encodeKeyPack(const QList<ApiKey> &keys);
/// Nothing when it is torn or damaged, or was never a pack.
std::optional<QList<ApiKey>> decodeKeyPack(const QByteArray &entry);
/// Of a later version, which may be good although it cannot be read here.
bool isNewerKeyPack(const QByteArray &entry);

} // namespace keywheel
