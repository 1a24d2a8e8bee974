// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/console.h"

namespace keywheel {

void prepareConsole() {}

QStringList processArguments(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

} // namespace keywheel
