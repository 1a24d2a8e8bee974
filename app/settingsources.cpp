// SPDX-License-Identifier: GPL-3.0-or-later
#include "settingsources.h"

#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace keywheel {

QStringList envFilePlaces(const CommandLine &line)
{
    if (!line.envFile.isEmpty())
        return {line.envFile};
    return {QFileInfo(QStringLiteral(".env")).absoluteFilePath(),
            QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
                QLatin1String("/.env")};
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
    const QStringList places = envFilePlaces(line);
    const auto there = std::find_if(places.cbegin(), places.cend(),
                                    [](const QString &place) { return QFileInfo::exists(place); });
    sources.envFilePath = there == places.cend() ? places.last() : *there;
    return sources;
}

} // namespace keywheel
