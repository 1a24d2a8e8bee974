// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"
#include "cli/commandresult.h"
#include "settings/settings.h"

namespace keywheel {

/// Asks a running Keywheel for its health, stats or blacklist, or to reset its keys: the one at
/// `line.url`, else the one that `settings` describe. Their AUTH_KEY goes along only where it is
/// needed (not for the health), and only to this machine or to their HOST and PORT. Needs a
/// QCoreApplication; runs its own event loop, for 5 s at most. Health ends with ExitFailed when no
/// key is left, so that a container's health check can use it.
CommandResult runManagement(const CommandLine &line, const Settings &settings);

} // namespace keywheel
