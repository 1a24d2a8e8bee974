// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"

namespace keywheel {

/// Where Keywheel keeps what is neither a setting nor a cache: `$XDG_STATE_HOME/keywheel`, else
/// `~/.local/state/keywheel` (XDG Base Directory Specification); on Windows and macOS the local
/// application data. QStandardPaths knows the place only from Qt 6.7 on.
QString stateFolder();

/// Makes the folder if need be, and lets nobody else in.
Expected<void> makePrivateFolder(const QString &folder);

} // namespace keywheel
