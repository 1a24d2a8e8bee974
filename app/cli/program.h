// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"

namespace keywheel {

/// What runs until the end of the process, given by main(); each returns the exit code.
struct Servers
{
    int (*headless)(const CommandLine &) = nullptr;
    int (*window)(const CommandLine &) = nullptr; ///< null: there can be none
};

/// Does what the command line asks for, or prints why it cannot be understood; returns the exit
/// code. Needs a QCoreApplication.
int runProgram(const Expected<CommandLine> &line, const Servers &servers);

} // namespace keywheel
