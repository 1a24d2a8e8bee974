// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/launch.h"

#include <QFileInfo>

namespace keywheel {

namespace {

using Command = CommandLine::Command;

bool isForDesktop(const CommandLine &line)
{
    if (line.headless)
        return false;
    if (line.command == Command::Serve)
        return true;
    return canShowWindow() && line.envFile.isEmpty() && !QFileInfo::exists(QStringLiteral(".env"));
}

} // namespace

bool canShowWindow()
{
#ifndef KEYWHEEL_GUI
    return false;
#elif defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return !qEnvironmentVariableIsEmpty("DISPLAY") ||
           !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY") ||
           !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

bool wantsWindow(const CommandLine &line)
{
    using Wish = CommandLine::Wish;
    return line.command == Command::Serve && !line.headless &&
           (line.wish == Wish::Start || line.wish == Wish::Show) && canShowWindow();
}

ServiceOptions serviceOptions(const CommandLine &line)
{
    ServiceOptions options;
    options.settings = line.settings;
    options.envFile = line.envFile;
    options.freePort = line.freePort;
    options.demo = line.demo;
    options.desktop = isForDesktop(line);
    options.opensPort = line.command == Command::Serve || line.command == Command::ConfigCheck;
    return options;
}

} // namespace keywheel
