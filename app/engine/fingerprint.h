// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "keypool/keysnapshot.h"

namespace keywheel {

/// The fingerprint of the one key that has `part` (lower case) as the beginning of its own. The
/// error shows only what cannot be a key.
Expected<QString> fingerprintOf(const QString &part, const QList<KeySnapshot> &keys);

} // namespace keywheel
