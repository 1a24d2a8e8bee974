// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "settings/settings.h"

#include <QList>
#include <QMap>
#include <QStringList>

// What the loader has read, as values for every thread.
namespace keywheel {

/// Where a setting's value comes from, the weakest first.
enum class SettingOrigin { Default, EnvFile, Environment, CommandLine };

/// For people: "default", ".env file", "environment", "command line".
QString originName(SettingOrigin origin);

struct SettingValue
{
    QString text; ///< as it was given, or the default
    SettingOrigin origin = SettingOrigin::Default;
};

struct LoadedSettings
{
    Settings settings;
    QMap<QString, SettingValue> values; ///< of every variable, by name. May hold secrets
    QStringList notices; ///< what was given and does not count, a line each, without secrets
};

/// One row of `config show`.
struct SettingRow
{
    QString name;
    QString value; ///< shownValue(): never a secret
    QString origin;
};
QList<SettingRow> settingRows(const LoadedSettings &loaded);

} // namespace keywheel
