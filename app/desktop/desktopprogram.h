// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"

namespace keywheel {

/// Runs Keywheel with its window and tray until the end, or calls the one that runs already;
/// returns the exit code. Needs a QApplication.
///
/// SIGINT and SIGTERM end it as they do Application.
int runDesktop(const CommandLine &line);

} // namespace keywheel
