// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "secrets/keychain.h"

namespace keywheel {

/// Why there are no keys from the keychain, what to do, and that a file may hold them instead:
/// Keywheel never makes that choice itself.
Error keychainError(const KeychainAnswer &answer);
Error keychainLocked();
Error keychainWithoutKeyring();
/// Where nothing tells whether it is locked, and `keys` that were stored do not appear.
Error keychainLooksEmpty(qsizetype keys);
Error keychainIsNewer();

} // namespace keywheel
