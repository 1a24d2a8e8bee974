// SPDX-License-Identifier: GPL-3.0-or-later
#include "settingsources.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace keywheel {

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

bool isForDesktop(const CommandLine &line)
{
    if (line.headless)
        return false;
    if (line.command == CommandLine::Command::Serve)
        return true;
    return canShowWindow() && line.envFile.isEmpty() && !QFileInfo::exists(QStringLiteral(".env"));
}

QStringList envFilePlaces(const CommandLine &line)
{
    if (!line.envFile.isEmpty())
        return {line.envFile};
    const QString own = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
                        QLatin1String("/.env");
    if (isForDesktop(line))
        return {own};
    return {QFileInfo(QStringLiteral(".env")).absoluteFilePath(), own};
}

SettingSources settingSources(const CommandLine &line)
{
    SettingSources sources;
    sources.commandLine = line.settings;
    sources.environment = QProcessEnvironment::systemEnvironment();
    sources.envFileMustExist = !line.envFile.isEmpty();
    sources.freePort = line.freePort;
    // The image says so; commands that open no port are none of this.
    const bool opensPort = line.command == CommandLine::Command::Serve ||
                           line.command == CommandLine::Command::ConfigCheck;
    sources.refuseOpen =
        opensPort && !line.demo &&
        sources.environment.value(QStringLiteral("KEYWHEEL_CONTAINER")) == QLatin1String("1");
    sources.desktop = isForDesktop(line);
    const QStringList places = envFilePlaces(line);
    const auto there = std::find_if(places.cbegin(), places.cend(),
                                    [](const QString &place) { return QFileInfo::exists(place); });
    sources.envFilePath = there == places.cend() ? places.last() : *there;
    // A desktop's working directory is that of whatever started the program.
    if (sources.desktop)
        sources.keysFolder = line.envFile.isEmpty() ? QFileInfo(sources.envFilePath).absolutePath()
                                                    : QDir::currentPath();
    return sources;
}

} // namespace keywheel
