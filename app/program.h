// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace keywheel {

struct CommandLine;

/// Does what the arguments ask for, the program's name first; returns the exit code. `runWindow`
/// runs Keywheel with its window; without it there is none. Needs a QCoreApplication.
int runProgram(const QStringList &arguments, int (*runWindow)(const CommandLine &) = nullptr);

} // namespace keywheel
