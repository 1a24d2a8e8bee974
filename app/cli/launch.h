// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"
#include "engine/serviceoptions.h"

namespace keywheel {

/// Whether this build has a window and there is a display for it.
bool canShowWindow();

/// Whether the command line asks for a process with a window.
bool wantsWindow(const CommandLine &line);

/// What the command line says about the service, or about the settings that a command reads. They
/// are those of the desktop where a window is meant, and for commands wherever there could be one,
/// unless a ./.env, --env-file or --headless says otherwise.
ServiceOptions serviceOptions(const CommandLine &line);

} // namespace keywheel
