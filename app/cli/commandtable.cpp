// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandtable.h"

#include "process/terminal.h"

#include <array>
#include <limits>

namespace keywheel {

namespace {

using Command = CommandLine::Command;
constexpr int Any = std::numeric_limits<int>::max();
constexpr unsigned ImportScopes = KeysScope | ImportScope | ChangeScope;

// A command whose words begin another's comes after it.
constexpr std::array Commands{
    CommandSpec{Command::Serve, "", "", 0, 0, ServerScope,
                "open the window; --headless: run without, --demo: try it"},
    CommandSpec{Command::Health, "health", "", 0, 0, ManagementScope,
                "whether a running Keywheel has keys left"},
    CommandSpec{Command::Stats, "stats", "", 0, 0, ManagementScope,
                "its requests, latencies and keys"},
    CommandSpec{Command::Blacklist, "blacklist", "", 0, 0, ManagementScope,
                "its keys that are out of use"},
    CommandSpec{Command::ResetKeys, "reset-keys", "", 0, 0, ManagementScope,
                "puts them back into use"},
    CommandSpec{Command::ConfigShow, "config show", "", 0, 0, ConfigScope,
                "the settings and where they come from"},
    CommandSpec{Command::ConfigCheck, "config check", "", 0, 0, ConfigScope,
                "names every bad setting"},
    CommandSpec{Command::KeysImport, "keys import", "[FILE|-]", 0, 1, ImportScopes,
                "stores the keys of FILE (default KEYS_FILE) or of the input"},
    CommandSpec{Command::KeysList, "keys list", "", 0, 0, KeysScope,
                "the stored keys as previews, and how they do"},
    CommandSpec{Command::KeysRemove, "keys remove", "FINGERPRINT...", 1, Any,
                KeysScope | ChangeScope, "forgets keys; see `keys list` for FINGERPRINT"},
    CommandSpec{Command::KeysClear, "keys clear", "", 0, 0, KeysScope | ClearScope | ChangeScope,
                "forgets all keys"},
    CommandSpec{Command::KeysCheck, "keys check", "[FINGERPRINT...]", 0, Any, KeysScope,
                "asks the API whether keys (default all) are good"},
    CommandSpec{Command::KeysDisable, "keys disable", "FINGERPRINT...", 1, Any, KeysScope,
                "keeps keys, but does not use them"},
    CommandSpec{Command::KeysEnable, "keys enable", "FINGERPRINT...", 1, Any, KeysScope,
                "uses them again"},
    CommandSpec{Command::KeysLabel, "keys label", "FINGERPRINT TEXT", 2, Any, KeysScope,
                "names a key"},
};

QStringList wordsOf(const CommandSpec &spec)
{
    return QString::fromLatin1(spec.words).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

QString usageOf(const CommandSpec &spec)
{
    return QStringLiteral("keywheel %1 %2")
        .arg(QLatin1String(spec.words), QLatin1String(spec.arguments))
        .trimmed();
}

tl::unexpected<Error> unknown(const QStringList &words)
{
    QStringList names;
    for (const CommandSpec &spec : Commands) {
        if (qstrlen(spec.words) > 0)
            names.append(QLatin1String(spec.words));
    }
    return failure(
        QStringLiteral("Unknown command `%1`: use %2, or none to run the proxy.")
            .arg(escapeControls(words.join(QLatin1Char(' '))), names.join(QLatin1String(", "))));
}

} // namespace

std::span<const CommandSpec> commandTable()
{
    return Commands;
}

Expected<MatchedCommand> matchCommand(const QStringList &words)
{
    for (const CommandSpec &spec : Commands) {
        const QStringList own = wordsOf(spec);
        const QStringList rest = words.mid(own.size());
        if (words.mid(0, own.size()) != own || (own.isEmpty() && !rest.isEmpty()))
            continue;
        if (rest.size() >= spec.least && rest.size() <= spec.most)
            return MatchedCommand{&spec, rest};
        if (spec.most == 0)
            return unknown(words);
        // What was typed may be a key.
        return failure(QStringLiteral("Usage: ") + usageOf(spec));
    }
    return unknown(words);
}

QString commandHelp()
{
    QString text;
    for (const CommandSpec &spec : Commands)
        text += QStringLiteral("  %1 %2\n")
                    .arg(usageOf(spec).leftJustified(41), QLatin1String(spec.help));
    return text;
}

} // namespace keywheel
