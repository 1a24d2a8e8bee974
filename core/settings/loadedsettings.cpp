// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/loadedsettings.h"

#include "settings/settingstable.h"

namespace keywheel {

QString originName(SettingOrigin origin)
{
    switch (origin) {
    case SettingOrigin::Default:
        return QStringLiteral("default");
    case SettingOrigin::EnvFile:
        return QStringLiteral(".env file");
    case SettingOrigin::Environment:
        return QStringLiteral("environment");
    case SettingOrigin::CommandLine:
        return QStringLiteral("command line");
    }
    Q_UNREACHABLE();
}

QList<SettingRow> settingRows(const LoadedSettings &loaded)
{
    QList<SettingRow> rows;
    for (const SettingSpec &spec : settingsTable())
        rows.append({spec.name, shownValue(spec, spec.print(loaded.settings)),
                     originName(loaded.values.value(spec.name).origin)});
    return rows;
}

} // namespace keywheel
