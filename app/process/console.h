// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace keywheel {

/// Makes the console that this process has, if any, show UTF-8 and colours. Called once, before
/// anything is printed; only Windows needs it.
void prepareConsole();

/// The arguments of the process, its name first; for when there is no application object yet.
QStringList processArguments(int argc, char *argv[]);

} // namespace keywheel
