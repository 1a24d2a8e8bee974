// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "process/exitcodes.h"

#include <QByteArray>
#include <QStringList>

namespace keywheel {

/// What a command prints and how it ends.
struct CommandResult
{
    int exitCode = ExitOk;
    QByteArray output;  ///< for the standard output
    QStringList errors; ///< lines for the standard error
};

} // namespace keywheel
