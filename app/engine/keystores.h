// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "secrets/keystore.h"
#include "settings/settings.h"

#include <memory>

namespace keywheel {

/// The store that KEY_STORE names. `clock` must outlive it.
std::unique_ptr<KeyStore> makeKeyStore(const Settings &settings, Clock &clock);

/// Whether both name the same store, so that there is no need for another.
bool isSameKeyStore(const Settings &one, const Settings &other);

} // namespace keywheel
