// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"
#include "heap.h"
#include "privateprocess.h"
#include "program.h"

#include <QCoreApplication>

#ifdef KEYWHEEL_GUI
#include "desktop/desktopprogram.h"

#include <QApplication>
#endif
#ifdef Q_OS_LINUX
#include "common/epolldispatcher.h"
#endif

namespace {

void nameApplication()
{
    QCoreApplication::setApplicationName(QStringLiteral("keywheel"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KEYWHEEL_VERSION));
}

#ifdef KEYWHEEL_GUI
/// Before there is an application object, which would take Qt's own options out.
QStringList argumentsOf(int argc, char *argv[])
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

int runWindow(int argc, char *argv[])
{
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Keywheel"));
    // A Flatpak's files are named after it.
    QGuiApplication::setDesktopFileName(
        qEnvironmentVariable("FLATPAK_ID", QStringLiteral("keywheel")));
    const QApplication application(argc, argv);
    nameApplication();
    return keywheel::runProgram(QCoreApplication::arguments(), keywheel::runDesktop);
}
#endif

} // namespace

int main(int argc, char *argv[])
{
    keywheel::keepToOwner();
    keywheel::keepLargeBuffersOutOfHeap();
    keywheel::prepareConsole();
#ifdef KEYWHEEL_GUI
    if (keywheel::wantsDesktop(argumentsOf(argc, argv)))
        return runWindow(argc, argv);
#endif
#ifdef Q_OS_LINUX
    QCoreApplication::setEventDispatcher(new keywheel::EpollDispatcher);
#endif
    const QCoreApplication application(argc, argv);
    nameApplication();
    return keywheel::runProgram(QCoreApplication::arguments());
}
