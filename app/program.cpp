// SPDX-License-Identifier: GPL-3.0-or-later
#include "program.h"

#include "application.h"
#include "common/redact.h"
#include "configcommand.h"
#include "ctl.h"
#include "keyscommand.h"
#include "settingsources.h"
#include "terminal.h"

#include <QCoreApplication>

#include <cstdio>

namespace keywheel {

namespace {

using Command = CommandLine::Command;

int print(const CommandResult &result)
{
    std::fwrite(result.output.constData(), 1, std::size_t(result.output.size()), stdout);
    const Redactor redactor;
    for (const QString &error : result.errors)
        std::fprintf(stderr, "%s\n", qUtf8Printable(redactor.redact(error)));
    return result.exitCode;
}

CommandResult serve(const CommandLine &line)
{
    if (!line.headless)
        return {ExitUsage,
                {},
                {QStringLiteral("This build has no window, which comes with the "
                                "desktop build; `keywheel --headless` runs the proxy.")}};
    return {Application(line).run(), {}, {}};
}

CommandResult withSettings(const CommandLine &line,
                           CommandResult (*run)(const CommandLine &, const Settings &))
{
    const auto loaded = loadSettings(settingSources(line));
    if (loaded)
        return run(line, loaded->settings);
    CommandResult result;
    result.exitCode = ExitUsage;
    for (const Error &error : loaded.error())
        result.errors.append(escapeControls(error.message));
    return result;
}

CommandResult runCommand(const CommandLine &line)
{
    switch (line.command) {
    case Command::Serve:
        return serve(line);
    case Command::Health:
    case Command::Stats:
    case Command::Blacklist:
    case Command::ResetKeys:
        return withSettings(line, runManagement);
    case Command::ConfigShow:
    case Command::ConfigCheck:
        return runConfig(line, settingSources(line));
    case Command::KeysImport:
    case Command::KeysList:
    case Command::KeysRemove:
    case Command::KeysClear:
    case Command::KeysCheck:
    case Command::KeysDisable:
    case Command::KeysEnable:
    case Command::KeysLabel:
        return withSettings(line, runKeys);
    case Command::Help:
        return {ExitOk, helpText().toUtf8(), {}};
    case Command::Version:
        break;
    }
    return {ExitOk, "keywheel " + QCoreApplication::applicationVersion().toUtf8() + '\n', {}};
}

} // namespace

int runProgram(const QStringList &arguments)
{
    const auto line = parseCommandLine(arguments);
    return print(line ? runCommand(*line) : CommandResult{ExitUsage, {}, {line.error().message}});
}

} // namespace keywheel
