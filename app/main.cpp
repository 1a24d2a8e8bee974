// SPDX-License-Identifier: GPL-3.0-or-later
#include "application.h"
#include "cli/launch.h"
#include "cli/program.h"
#include "process/console.h"
#include "process/heap.h"
#include "process/privateprocess.h"

#include <QCoreApplication>

#ifdef KEYWHEEL_GUI
#include "desktop/desktopprogram.h"

#include <QApplication>
#endif
#ifdef Q_OS_LINUX
#include "process/epolldispatcher.h"
#endif

namespace {

void nameApplication()
{
    QCoreApplication::setApplicationName(QStringLiteral("keywheel"));
    QCoreApplication::setApplicationVersion(QStringLiteral(KEYWHEEL_VERSION));
}

int runHeadless(const keywheel::CommandLine &line)
{
    return keywheel::Application(keywheel::serviceOptions(line)).run();
}

#ifdef KEYWHEEL_GUI
int runWindow(int argc, char *argv[], const keywheel::Expected<keywheel::CommandLine> &line)
{
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Keywheel"));
    // A Flatpak's files are named after it.
    QGuiApplication::setDesktopFileName(
        qEnvironmentVariable("FLATPAK_ID", QStringLiteral("keywheel")));
    const QApplication application(argc, argv);
    nameApplication();
    return keywheel::runProgram(line, {runHeadless, keywheel::runDesktop});
}
#endif

} // namespace

int main(int argc, char *argv[])
{
    keywheel::keepToOwner();
    keywheel::keepLargeBuffersOutOfHeap();
    keywheel::prepareConsole();
    const auto line = keywheel::parseCommandLine(keywheel::processArguments(argc, argv));
#ifdef KEYWHEEL_GUI
    if (line && keywheel::wantsWindow(*line))
        return runWindow(argc, argv, line);
#endif
#ifdef Q_OS_LINUX
    QCoreApplication::setEventDispatcher(new keywheel::EpollDispatcher);
#endif
    const QCoreApplication application(argc, argv);
    nameApplication();
    return keywheel::runProgram(line, {runHeadless, nullptr});
}
