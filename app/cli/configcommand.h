// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"
#include "cli/commandresult.h"
#include "settings/settingsloader.h"

namespace keywheel {

/// `config show` prints each setting, its value (of a secret only whether it is set) and where it
/// comes from; `config check` says whether the server would start with them. Both end with
/// ExitUsage and one line per mistake when it would not.
CommandResult runConfig(const CommandLine &line, const SettingSources &sources);

} // namespace keywheel
