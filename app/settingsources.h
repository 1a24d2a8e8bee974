// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commandline.h"
#include "settings/settingsloader.h"

namespace keywheel {

/// Whether this build has a window and there is a display for it.
bool canShowWindow();

/// Whether the command line means the Keywheel of the desktop: its window, or else, for commands,
/// any when there could be one, unless a ./.env, --env-file or --headless says otherwise.
bool isForDesktop(const CommandLine &line);

/// Where a .env file may stand, the first choice first: only where the command line says, else
/// ./.env, which does not concern the desktop, and the one in the application's configuration
/// folder.
QStringList envFilePlaces(const CommandLine &line);

/// Where the settings of this process come from at this moment. The .env file is the first of
/// envFilePlaces() that exists, else the last, which need not exist.
SettingSources settingSources(const CommandLine &line);

} // namespace keywheel
