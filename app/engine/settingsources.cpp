// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/settingsources.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace keywheel {

QStringList envFilePlaces(const ServiceOptions &options)
{
    if (!options.envFile.isEmpty())
        return {options.envFile};
    const QString own = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
                        QLatin1String("/.env");
    if (options.desktop)
        return {own};
    return {QFileInfo(QStringLiteral(".env")).absoluteFilePath(), own};
}

SettingSources settingSources(const ServiceOptions &options)
{
    SettingSources sources;
    sources.commandLine = options.settings;
    sources.environment = QProcessEnvironment::systemEnvironment();
    sources.envFileMustExist = !options.envFile.isEmpty();
    sources.freePort = options.freePort;
    sources.refuseOpen =
        options.opensPort && !options.demo && // the container image sets KEYWHEEL_CONTAINER
        sources.environment.value(QStringLiteral("KEYWHEEL_CONTAINER")) == QLatin1String("1");
    sources.desktop = options.desktop;
    const QStringList places = envFilePlaces(options);
    const auto there = std::find_if(places.cbegin(), places.cend(),
                                    [](const QString &place) { return QFileInfo::exists(place); });
    sources.envFilePath = there == places.cend() ? places.last() : *there;
    // A desktop's working directory is that of whatever started the program.
    if (sources.desktop)
        sources.keysFolder = options.envFile.isEmpty()
                                 ? QFileInfo(sources.envFilePath).absolutePath()
                                 : QDir::currentPath();
    return sources;
}

} // namespace keywheel
