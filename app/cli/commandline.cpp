// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandline.h"

#include "cli/commandtable.h"
#include "process/terminal.h"
#include "settings/settingstable.h"

#include <QCommandLineParser>

#include <array>

namespace keywheel {

namespace {

using Command = CommandLine::Command;

constexpr unsigned All = ~0U;
constexpr unsigned Printing = ManagementScope | ConfigScope | KeysScope;

constexpr std::array Options{
    OptionSpec{"headless", nullptr, "run the proxy without a window",
               ServerScope | ConfigScope | KeysScope},
    OptionSpec{"minimized", nullptr, "start the window in the tray", ServerScope},
    OptionSpec{"show", nullptr, "show the window, of the Keywheel that runs if there is one",
               ServerScope},
    OptionSpec{"toggle", nullptr, "show or hide the window of the Keywheel that runs", ServerScope},
    OptionSpec{"start", nullptr, "let the Keywheel that runs take requests", ServerScope},
    OptionSpec{"stop", nullptr, "let it take none until --start", ServerScope},
    OptionSpec{"quit", nullptr, "end it", ServerScope},
    OptionSpec{"demo", nullptr, "run against a simulated API with sample keys; no account needed",
               ServerScope},
    OptionSpec{"env-file", "FILE", "read settings from FILE instead of the usual .env", All},
    OptionSpec{"port", "N", "the same as --set PORT=N; 0 takes any free port", All},
    OptionSpec{"host", "ADDRESS", "the same as --set HOST=ADDRESS", All},
    OptionSpec{"keys-file", "FILE", "the same as --set KEYS_FILE=FILE",
               ServerScope | ConfigScope | KeysScope},
    OptionSpec{"set", "NAME=VALUE", "give a setting; may be repeated", All},
    OptionSpec{"json", nullptr, "print JSON instead of a table", Printing},
    OptionSpec{"url", "URL", "ask the Keywheel at URL instead of the one in the settings",
               ManagementScope},
    OptionSpec{"dry-run", nullptr, "say what an import would do, and store nothing", ImportScope},
    OptionSpec{"shred-source", nullptr, "overwrite and remove the imported file", ImportScope},
    OptionSpec{"convert", nullptr,
               "first make KEYS_FILE a list of one key a line; the old file stays as .bak",
               ChangeScope},
    OptionSpec{"yes", nullptr, "do not ask before all keys are forgotten", ClearScope},
    OptionSpec{"version", nullptr, "print the version", All},
    OptionSpec{"help", nullptr, "print this text", All},
};

Expected<void> checkScope(const QCommandLineParser &parser, unsigned scope)
{
    for (const OptionSpec &option : Options) {
        const QString name = QLatin1String(option.name);
        if (parser.isSet(name) && !(option.scope & scope))
            return failure(QStringLiteral("The option --%1 does not go with this command; see "
                                          "`keywheel --help`.")
                               .arg(name));
    }
    return {};
}

Expected<void> readSettings(const QCommandLineParser &parser, CommandLine &line)
{
    const QStringList pairs = parser.values(QStringLiteral("set"));
    for (const QString &pair : pairs) {
        const qsizetype equals = pair.indexOf(QLatin1Char('='));
        const QString name = pair.left(std::max(equals, qsizetype(0)));
        if (equals <= 0)
            return failure(
                QStringLiteral("--set takes NAME=VALUE, for example --set MAX_RETRIES=5."));
        if (!findSetting(name))
            return failure(
                QStringLiteral("--set: there is no setting named `%1`; `keywheel --help` "
                               "lists them.")
                    .arg(escapeControls(name)));
        line.settings.insert(name, pair.mid(equals + 1));
    }
    const std::array<std::pair<const char *, const char *>, 3> shortcuts{
        {{"port", "PORT"}, {"host", "HOST"}, {"keys-file", "KEYS_FILE"}}};
    for (const auto &[option, variable] : shortcuts) {
        if (parser.isSet(QLatin1String(option)))
            line.settings.insert(QLatin1String(variable), parser.value(QLatin1String(option)));
    }
    if (line.settings.value(QStringLiteral("PORT")) == QLatin1String("0") &&
        line.command == Command::Serve) {
        line.freePort = true;
        line.settings.remove(QStringLiteral("PORT"));
    }
    return {};
}

Expected<void> readWish(const QCommandLineParser &parser, CommandLine &line)
{
    using Wish = CommandLine::Wish;
    constexpr std::array<std::pair<const char *, Wish>, 5> Wishes{{{"show", Wish::Show},
                                                                   {"toggle", Wish::Toggle},
                                                                   {"start", Wish::StartServer},
                                                                   {"stop", Wish::StopServer},
                                                                   {"quit", Wish::Quit}}};
    line.minimised = parser.isSet(QStringLiteral("minimized"));
    QStringList given;
    for (const auto &[option, wish] : Wishes) {
        if (!parser.isSet(QLatin1String(option)))
            continue;
        given.append(QLatin1String("--") + QLatin1String(option));
        line.wish = wish;
    }
    if (line.minimised)
        given.append(QStringLiteral("--minimized"));
    if (!given.isEmpty() && parser.isSet(QStringLiteral("demo")))
        given.append(QStringLiteral("--demo"));
    if (!given.isEmpty() && parser.isSet(QStringLiteral("headless")))
        given.append(QStringLiteral("--headless"));
    if (given.size() > 1)
        return failure(
            QStringLiteral("%1 do not go together.").arg(given.join(QLatin1String(" and "))));
    return {};
}

Expected<QUrl> readUrl(const QString &text)
{
    const QString whole =
        text.contains(QLatin1String("://")) ? text : QLatin1String("http://") + text;
    const QUrl url(whole, QUrl::StrictMode);
    const bool http =
        url.scheme() == QLatin1String("http") || url.scheme() == QLatin1String("https");
    if (url.isValid() && http && !url.host().isEmpty())
        return url;
    const QString shown = shownBadValue(*findSetting(QStringLiteral("OPENAI_BASE_URL")), text);
    return failure(QStringLiteral("--url%1 is not an address such as http://127.0.0.1:3000.")
                       .arg(shown.isEmpty() ? shown : QStringLiteral(" `%1`").arg(shown)));
}

QString optionUsage(const OptionSpec &option)
{
    QString usage = QLatin1String("--") + QLatin1String(option.name);
    if (option.value)
        usage += QLatin1Char(' ') + QLatin1String(option.value);
    return usage;
}

} // namespace

std::span<const OptionSpec> optionTable()
{
    return Options;
}

Expected<CommandLine> parseCommandLine(const QStringList &arguments)
{
    QCommandLineParser parser;
    for (const OptionSpec &option : Options) {
        QStringList names{QLatin1String(option.name)};
        if (names.first() == QLatin1String("help"))
            names.append(QStringLiteral("h"));
        parser.addOption(QCommandLineOption(names, QString(), QLatin1String(option.value)));
    }
    if (!parser.parse(arguments))
        return failure(escapeControls(parser.errorText()) +
                       QLatin1String(" See `keywheel --help`."));
    CommandLine line;
    if (parser.isSet(QStringLiteral("help")) || parser.isSet(QStringLiteral("version"))) {
        const bool help = parser.isSet(QStringLiteral("help"));
        line.command = help ? Command::Help : Command::Version;
        return line;
    }
    const auto matched = matchCommand(parser.positionalArguments());
    if (!matched)
        return tl::unexpected(matched.error());
    line.command = matched->spec->command;
    line.arguments = matched->arguments;
    line.demo = parser.isSet(QStringLiteral("demo"));
    line.headless = line.demo || parser.isSet(QStringLiteral("headless"));
    line.json = parser.isSet(QStringLiteral("json"));
    line.dryRun = parser.isSet(QStringLiteral("dry-run"));
    line.shredSource = parser.isSet(QStringLiteral("shred-source"));
    line.convert = parser.isSet(QStringLiteral("convert"));
    line.yes = parser.isSet(QStringLiteral("yes"));
    line.envFile = parser.value(QStringLiteral("env-file"));
    if (parser.isSet(QStringLiteral("url"))) {
        const auto url = readUrl(parser.value(QStringLiteral("url")));
        if (!url)
            return tl::unexpected(url.error());
        line.url = *url;
    }
    const auto checked = checkScope(parser, matched->spec->scope)
                             .and_then([&] { return readWish(parser, line); })
                             .and_then([&] { return readSettings(parser, line); });
    if (!checked)
        return tl::unexpected(checked.error());
    return line;
}

QString helpText()
{
    QString text = QStringLiteral("Usage: keywheel [COMMAND] [OPTIONS]\n\nCommands:\n") +
                   commandHelp() + QStringLiteral("\nOptions:\n");
    for (const OptionSpec &option : Options)
        text += QStringLiteral("  %1 %2\n")
                    .arg(optionUsage(option).leftJustified(18), QLatin1String(option.help));
    text += QStringLiteral(
        "\nSettings, in the order of precedence from the command line, the environment, the .env "
        "file\n"
        "(--env-file, else ./.env without a window, else the one in the configuration folder) and "
        "the\n"
        "default:\n");
    const QList<SettingSpec> &table = settingsTable();
    for (const SettingSpec &spec : table) {
        QString initial = spec.defaultText.isEmpty() ? QStringLiteral("off") : spec.defaultText;
        if (!spec.desktopDefault.isEmpty())
            initial += QStringLiteral(", on the desktop ") + spec.desktopDefault;
        text += QStringLiteral("  %1\n      %2\n      Accepted: %3. Default: %4.\n")
                    .arg(spec.name, QString::fromUtf8(spec.description), spec.accepted, initial);
    }
    text += QStringLiteral(
        "\nExit codes: 0 ok, 1 failed, 2 wrong usage or settings, 128 + N second signal N.\n");
    return text;
}

} // namespace keywheel
