// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("keywheel"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KEYWHEEL_VERSION));
    return keywheel::runProgram(QCoreApplication::arguments());
}
