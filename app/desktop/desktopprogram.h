// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "commandline.h"

namespace keywheel {

/// Whether the arguments, the program's name first, ask for the window, which needs a QApplication.
bool wantsDesktop(const QStringList &arguments);

/// Runs Keywheel with its window and tray until the end, or calls the one that runs already;
/// returns the exit code. Needs a QApplication.
///
/// SIGINT and SIGTERM end it as they do Application.
int runDesktop(const CommandLine &line);

} // namespace keywheel
