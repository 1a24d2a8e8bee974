// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

namespace keywheel {

/// The exit codes of every command.
enum ExitCode : int { ExitOk = 0, ExitFailed = 1, ExitUsage = 2 };

/// What a command prints and how it ends.
struct CommandResult
{
    int exitCode = ExitOk;
    QByteArray output;  ///< for the standard output
    QStringList errors; ///< lines for the standard error
};

} // namespace keywheel
