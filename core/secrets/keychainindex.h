// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace keywheel {

/// Which packs in the keychain are current, and whose keys they hold, by fingerprint: a file
/// without secrets in the state folder. It turns several writes into one step (a pack counts from
/// the moment that the index names it), and tells a locked keychain from an empty one. It can be
/// made again from the keychain's own directory entry and packs.
struct KeychainIndex
{
    struct Pack
    {
        int number = 0;
        QStringList fingerprints;
    };
    int serial = 0;       ///< of the last change; the directory entry has the same
    QList<Pack> packs;    ///< in the order of the rotation
    QList<int> leftovers; ///< entries that may exist and count no more, or not yet
    QList<int> damaged;   ///< entries that cannot be read; never touched

    /// Nothing when there is no file, or none that can be understood.
    static std::optional<KeychainIndex> read(const QString &path);
    /// As a whole or not at all, for its owner only.
    Expected<void> write(const QString &path) const;
};

/// The entry in the keychain that tells a Keywheel without an index, or with that of an earlier
/// time, where to look.
struct KeychainDirectory
{
    int serial = 0;
    int reserved = 0; ///< no pack has a number above it

    static KeychainDirectory parse(const QByteArray &entry);
    QByteArray entry() const;
};

} // namespace keywheel
