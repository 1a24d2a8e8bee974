// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"

#include <span>

namespace keywheel {

/// Which commands an option goes with.
enum CommandScope : unsigned {
    ServerScope = 1,
    ManagementScope = 2,
    ConfigScope = 4,
    KeysScope = 8,    ///< all about keys
    ImportScope = 16, ///< the one that imports keys, which is in KeysScope too
    ClearScope = 32,  ///< the one that forgets them all, likewise
    ChangeScope = 64  ///< those that add or forget keys, likewise
};

/// One of the words that follow the program's name, and what may follow them.
struct CommandSpec
{
    CommandLine::Command command;
    const char *words;     ///< such as `config show`; empty for the server itself
    const char *arguments; ///< as a usage text has them
    int least;             ///< number of arguments
    int most;
    unsigned scope;
    const char *help;
};

/// One option, and the commands that it goes with.
struct OptionSpec
{
    const char *name;
    const char *value; ///< what the value is called; nullptr: a switch
    const char *help;
    unsigned scope; ///< CommandScope
};

/// The tables that the parser, `--help`, the manual page and the shells' completions are made of.
std::span<const CommandSpec> commandTable();
std::span<const OptionSpec> optionTable();

/// The command that the words outside of options mean, and its arguments.
struct MatchedCommand
{
    const CommandSpec *spec = nullptr;
    QStringList arguments;
};
Expected<MatchedCommand> matchCommand(const QStringList &words);

/// The lines of the help about commands.
QString commandHelp();

} // namespace keywheel
