// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "settings/loadedsettings.h"

#include <QList>
#include <QMap>
#include <QProcessEnvironment>
#include <QStringList>

#include <optional>

namespace keywheel {

struct SettingSources
{
    QMap<QString, QString> commandLine; ///< by the variable's name
    QProcessEnvironment environment;
    QString envFilePath;           ///< empty: none
    bool envFileMustExist = false; ///< true when a person named it
    /// Where a relative KEYS_FILE of the .env file, or the default one, starts; others start at the
    /// working directory. Empty: all do, and stay relative.
    QString keysFolder;
    bool freePort = false;   ///< any free port will be taken instead of PORT
    bool refuseOpen = false; ///< ALLOW_OPEN is heeded: others may reach a container's port
    bool desktop = false;    ///< the desktop's defaults hold
};

/// Reads all settings: command line before environment before .env file before default. An empty
/// text stands for the default, which is "off" for those that have none; it still wins over a
/// weaker source, but for AUTH_KEY: an empty one in the environment counts as not given, since it
/// would silently let everybody in. So does an OPENAI_BASE_URL of the environment that is Keywheel
/// itself, with a notice. Variables that the table does not know are ignored. Thread: any.
///
/// Errors: one per bad variable, each one line that names the variable, its value unless it may be
/// secret, where it came from, and what is accepted; then one per malformed line of the .env file.
/// A .env file that cannot be read is the only error.
Expected<LoadedSettings, QList<Error>> loadSettings(const SettingSources &sources);

class EnvFile;
/// The same, if the .env file were this one.
Expected<LoadedSettings, QList<Error>> loadSettings(const SettingSources &sources,
                                                    const EnvFile &envFile);

/// The sources without an OPENAI_BASE_URL of the environment that is Keywheel's own address: people
/// export it for their tools. From other sources it is an error.
SettingSources withoutOwnAddress(const SettingSources &sources, const EnvFile &envFile);

/// The stronger source that gives the setting, so that the .env file has no say; nullopt: none.
std::optional<SettingOrigin> strongerThanEnvFile(const QString &name,
                                                 const SettingSources &sources);

/// What is valid but not wise, a sentence each, without secrets.
QStringList settingWarnings(const Settings &settings);

} // namespace keywheel
