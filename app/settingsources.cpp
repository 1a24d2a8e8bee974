// SPDX-License-Identifier: GPL-3.0-or-later
#include "settingsources.h"

#include <QFileInfo>
#include <QStandardPaths>

namespace keywheel {

SettingSources settingSources(const CommandLine &line)
{
    SettingSources sources;
    sources.commandLine = line.settings;
    sources.environment = QProcessEnvironment::systemEnvironment();
    sources.envFileMustExist = !line.envFile.isEmpty();
    const QString here = QFileInfo(QStringLiteral(".env")).absoluteFilePath();
    if (!line.envFile.isEmpty())
        sources.envFilePath = line.envFile;
    else if (QFileInfo::exists(here))
        sources.envFilePath = here;
    else
        sources.envFilePath = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation) +
                              QLatin1String("/.env");
    return sources;
}

} // namespace keywheel
