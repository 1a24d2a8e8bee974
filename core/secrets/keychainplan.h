// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "secrets/keypack.h"

namespace keywheel {

/// One step of a change: a new pack takes the place of an old one. Never in place, so that the old
/// keys can be read until the new ones can.
struct PackChange
{
    QList<ApiKey> keys; ///< of the new pack; none: there is no new one
    int replaces = 0;   ///< number of the old pack; 0: the new one comes last
    int doneAfter = 0;  ///< how many of the keys asked for are dealt with then
};

/// Fills the last pack and goes on with new ones. Keys that are there already need nothing. Fails
/// when a key cannot fit a pack of `limit` bytes.
Expected<QList<PackChange>> planAdding(const QList<KeyPack> &packs, const QList<ApiKey> &keys,
                                       qsizetype limit);

/// Writes the packs anew that hold any of those keys, without them.
QList<PackChange> planRemoving(const QList<KeyPack> &packs, const QStringList &fingerprints);

} // namespace keywheel
