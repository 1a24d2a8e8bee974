// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keywheel {

/// The exit codes of the program and of every command.
enum ExitCode : int { ExitOk = 0, ExitFailed = 1, ExitUsage = 2 };

} // namespace keywheel
