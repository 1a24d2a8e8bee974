// SPDX-License-Identifier: GPL-3.0-or-later
#include "privateprocess.h"
#include "program.h"

#include <QCoreApplication>

#ifdef Q_OS_LINUX
#include "common/epolldispatcher.h"
#endif

int main(int argc, char *argv[])
{
    keywheel::keepToOwner();
#ifdef Q_OS_LINUX
    QCoreApplication::setEventDispatcher(new keywheel::EpollDispatcher);
#endif
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("keywheel"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KEYWHEEL_VERSION));
    return keywheel::runProgram(QCoreApplication::arguments());
}
