// SPDX-License-Identifier: GPL-3.0-or-later
#include "privateprocess.h"
#include "program.h"

#include <QCoreApplication>

int main(int argc, char *argv[])
{
    keywheel::keepToOwner();
    // Qt's own event loop makes two system calls fewer for each answer than glib's.
    qputenv("QT_NO_GLIB", "1");
    const QCoreApplication application(argc, argv);
    qunsetenv("QT_NO_GLIB"); // in the keychain's thread libsecret needs it
    QCoreApplication::setApplicationName(QStringLiteral("keywheel"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KEYWHEEL_VERSION));
    return keywheel::runProgram(QCoreApplication::arguments());
}
