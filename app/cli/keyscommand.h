// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"
#include "cli/commandresult.h"
#include "settings/settings.h"

namespace keywheel {

/// The commands `keys …`, with a running Keywheel (the one of this user on PORT) or without; see
/// KeyService. Ends with ExitUsage when the command cannot mean anything, with ExitFailed when
/// nothing or not all could be done.
CommandResult runKeys(const CommandLine &line, const Settings &settings);

} // namespace keywheel
