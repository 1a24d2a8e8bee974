// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"

#include <QMap>
#include <QStringList>
#include <QUrl>

namespace keywheel {

/// What the person who started the program asked for. A value.
struct CommandLine
{
    enum class Command {
        Serve,
        Health,
        Stats,
        Blacklist,
        ResetKeys,
        ConfigShow,
        ConfigCheck,
        KeysImport,
        KeysList,
        KeysRemove,
        KeysClear,
        KeysCheck,
        KeysDisable,
        KeysEnable,
        KeysLabel,
        Help,
        Version
    };
    Command command = Command::Serve;
    /// What to do with the window, or by a Keywheel that runs on this desktop.
    enum class Wish { Start, Show, Toggle, StartServer, StopServer, Quit };
    Wish wish = Wish::Start;
    bool minimised = false; ///< start into the tray
    bool headless = false;
    bool demo = false;
    bool json = false;
    bool dryRun = false;
    bool shredSource = false;
    bool convert = false; ///< the key file, to one key a line
    bool yes = false;
    QStringList arguments; ///< of the command, their number checked
    /// `--port 0`: any free port. Only the command line may ask for it.
    bool freePort = false;
    QString envFile;                 ///< empty: the usual places
    QUrl url;                        ///< of a running Keywheel; empty: from the settings
    QMap<QString, QString> settings; ///< by variable; they outrank every other source
};

/// Understands the arguments, the program's name first. An error is one line for the person.
Expected<CommandLine> parseCommandLine(const QStringList &arguments);

/// The whole of `keywheel --help`: usage, options and every setting.
QString helpText();

} // namespace keywheel
