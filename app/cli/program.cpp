// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/program.h"

#include "cli/configcommand.h"
#include "cli/keyscommand.h"
#include "cli/launch.h"
#include "cli/statuscommand.h"
#include "common/redact.h"
#include "control/singleinstance.h"
#include "engine/settingsources.h"
#include "process/terminal.h"

#include <QCoreApplication>

#include <cstdio>
#include <optional>

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

/// What the options ask of a Keywheel that runs on this desktop; nullopt: to start one.
std::optional<SingleInstance::Call> callOf(const CommandLine &line)
{
    using Wish = CommandLine::Wish;
    switch (line.wish) {
    case Wish::Toggle:
        return SingleInstance::Call::Toggle;
    case Wish::StartServer:
        return SingleInstance::Call::StartServer;
    case Wish::StopServer:
        return SingleInstance::Call::StopServer;
    case Wish::Quit:
        return SingleInstance::Call::Quit;
    case Wish::Start:
    case Wish::Show:
        break;
    }
    return std::nullopt;
}

CommandResult callDesktop(SingleInstance::Call call)
{
    const auto told = SingleInstance::tell(call);
    if (!told)
        return {ExitFailed, {}, {told.error().message}};
    if (!*told)
        return {ExitFailed, {}, {QStringLiteral("No Keywheel runs on your desktop.")}};
    return {};
}

CommandResult serve(const CommandLine &line, const Servers &servers)
{
    if (line.headless)
        return {servers.headless(line), {}, {}};
    if (const auto call = callOf(line))
        return callDesktop(*call);
    if (servers.window)
        return {servers.window(line), {}, {}};
#ifdef KEYWHEEL_GUI
    const QString why = QStringLiteral("There is no display for a window (DISPLAY and "
                                       "WAYLAND_DISPLAY are not set)");
#else
    const QString why = QStringLiteral("This build has no window");
#endif
    return {ExitUsage, {}, {why + QStringLiteral("; `keywheel --headless` runs the proxy.")}};
}

CommandResult withSettings(const CommandLine &line,
                           CommandResult (*run)(const CommandLine &, const Settings &))
{
    const auto loaded = loadSettings(settingSources(serviceOptions(line)));
    if (loaded)
        return run(line, loaded->settings);
    CommandResult result;
    result.exitCode = ExitUsage;
    for (const Error &error : loaded.error())
        result.errors.append(escapeControls(error.message));
    return result;
}

CommandResult runCommand(const CommandLine &line, const Servers &servers)
{
    switch (line.command) {
    case Command::Serve:
        return serve(line, servers);
    case Command::Health:
    case Command::Stats:
    case Command::Blacklist:
    case Command::ResetKeys:
        return withSettings(line, runManagement);
    case Command::ConfigShow:
    case Command::ConfigCheck:
        return runConfig(line, settingSources(serviceOptions(line)));
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

int runProgram(const Expected<CommandLine> &line, const Servers &servers)
{
    return print(line ? runCommand(*line, servers)
                      : CommandResult{ExitUsage, {}, {line.error().message}});
}

} // namespace keywheel
