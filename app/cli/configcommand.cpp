// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/configcommand.h"

#include "common/redact.h"
#include "process/terminal.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace keywheel {

namespace {

QByteArray show(const LoadedSettings &loaded, const SettingSources &sources)
{
    QList<QStringList> cells;
    const QList<SettingRow> rows = settingRows(loaded);
    for (const SettingRow &row : rows)
        cells.append({row.name, row.origin, row.value});
    const QString missing =
        QFileInfo::exists(sources.envFilePath) ? QString() : QStringLiteral(" (not there)");
    return textTable({QStringLiteral("SETTING"), QStringLiteral("FROM"), QStringLiteral("VALUE")},
                     cells)
               .toUtf8() +
           "\n.env file: " + escapeControls(sources.envFilePath + missing).toUtf8() + '\n';
}

QByteArray showJson(const LoadedSettings &loaded, const SettingSources &sources)
{
    QJsonArray array;
    const QList<SettingRow> rows = settingRows(loaded);
    for (const SettingRow &row : rows)
        array.append(QJsonObject{{QStringLiteral("name"), row.name},
                                 {QStringLiteral("value"), row.value},
                                 {QStringLiteral("origin"), row.origin}});
    return QJsonDocument(QJsonObject{{QStringLiteral("envFile"), sources.envFilePath},
                                     {QStringLiteral("settings"), array}})
        .toJson();
}

QByteArray checkJson(const QStringList &errors, const QStringList &notices,
                     const QStringList &warnings)
{
    return QJsonDocument(
               QJsonObject{{QStringLiteral("ok"), errors.isEmpty()},
                           {QStringLiteral("errors"), QJsonArray::fromStringList(errors)},
                           {QStringLiteral("notices"), QJsonArray::fromStringList(notices)},
                           {QStringLiteral("warnings"), QJsonArray::fromStringList(warnings)}})
        .toJson();
}

void check(bool json, const QStringList &notices, const QStringList &warnings,
           CommandResult &result)
{
    if (json)
        result.output = checkJson(result.errors, notices, warnings);
    else if (result.errors.isEmpty())
        result.output = "The settings are ok.\n";
    if (json)
        return;
    result.errors.append(notices);
    for (const QString &warning : warnings)
        result.errors.append(QLatin1String("Warning: ") + warning + u'.');
}

} // namespace

CommandResult runConfig(const CommandLine &line, const SettingSources &sources)
{
    const auto loaded = loadSettings(sources);
    CommandResult result;
    QStringList notices;
    for (const QString &notice : loaded ? loaded->notices : QStringList())
        notices.append(escapeControls(notice));
    if (!loaded) {
        result.exitCode = ExitUsage;
        const Redactor redactor;
        for (const Error &error : loaded.error())
            result.errors.append(escapeControls(redactor.redact(error.message)));
    }
    if (line.command == CommandLine::Command::ConfigCheck)
        check(line.json, notices, loaded ? settingWarnings(loaded->settings) : QStringList(),
              result);
    else if (loaded)
        result.output = line.json ? showJson(*loaded, sources) : show(*loaded, sources);
    return result;
}

} // namespace keywheel
