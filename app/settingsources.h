// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commandline.h"
#include "settings/settingsloader.h"

namespace keywheel {

/// Where the settings of this process come from. The .env file is the one that the command line
/// names, else ./.env when it exists, else the one in the application's configuration folder, which
/// need not exist.
SettingSources settingSources(const CommandLine &line);

} // namespace keywheel
