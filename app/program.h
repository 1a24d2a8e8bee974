// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace keywheel {

/// Does what the arguments ask for, the program's name first; returns the exit code. Needs a
/// QCoreApplication.
int runProgram(const QStringList &arguments);

} // namespace keywheel
