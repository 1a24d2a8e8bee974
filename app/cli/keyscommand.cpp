// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/keyscommand.h"

#include "cli/keyscheck.h"
#include "cli/keysimport.h"
#include "cli/keysreport.h"
#include "engine/keyservice.h"
#include "process/terminal.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>

namespace keywheel {

namespace {

using Command = CommandLine::Command;

CommandResult failed(const Error &error)
{
    return {ExitFailed, {}, {escapeControls(error.message)}};
}

Expected<QJsonArray> allRows(KeyService &service)
{
    QJsonArray rows;
    while (true) {
        const auto page =
            service.call(QStringLiteral("keys.list"), {{QStringLiteral("from"), rows.size()}});
        if (!page)
            return tl::unexpected(page.error());
        const QJsonArray further = page->value(QStringLiteral("rows")).toArray();
        for (const QJsonValue row : further)
            rows.append(row);
        if (further.isEmpty() || rows.size() >= page->value(QStringLiteral("total")).toInt())
            return rows;
    }
}

CommandResult list(const CommandLine &line, KeyService &service)
{
    const auto rows = allRows(service);
    if (!rows)
        return failed(rows.error());
    CommandResult result;
    if (line.json)
        result.output = QJsonDocument(QJsonObject{{QStringLiteral("running"), service.isRemote()},
                                                  {QStringLiteral("keys"), *rows}})
                            .toJson();
    else
        result.output = rows->isEmpty() ? "No keys are stored.\n" : keysReport(*rows).toUtf8();
    return result;
}

/// All keys, or those that the command names.
CommandResult check(const CommandLine &line, KeyService &service)
{
    QJsonArray named;
    for (const QString &fingerprint : line.arguments)
        named.append(QJsonObject{{QStringLiteral("fingerprint"), fingerprint}});
    const auto rows = named.isEmpty() ? allRows(service) : Expected<QJsonArray>(named);
    return rows ? checkAll(line, service, *rows) : failed(rows.error());
}

/// A person may have mistyped; a script has not.
bool isSure(const CommandLine &line)
{
    if (line.yes || !isTerminal(stdin))
        return true;
    std::fputs("Forget all keys? There is no way back. [y/N] ", stderr);
    QFile input;
    return input.open(stdin, QIODevice::ReadOnly) && input.readLine().trimmed().toLower() == "y";
}

/// The call of a command that changes keys, and how to say what it has done.
struct Change
{
    QString call;
    QJsonObject arguments;
    const char *done;
};

Change changeOf(const CommandLine &line)
{
    const QJsonObject named{
        {QStringLiteral("fingerprints"), QJsonArray::fromStringList(line.arguments)}};
    switch (line.command) {
    case Command::KeysRemove:
        return {QStringLiteral("keys.remove"), named, "removed"};
    case Command::KeysClear:
        return {QStringLiteral("keys.remove"), {{QStringLiteral("all"), true}}, "removed"};
    case Command::KeysDisable:
        return {QStringLiteral("keys.disable"), named, "disabled"};
    case Command::KeysEnable:
        return {QStringLiteral("keys.enable"), named, "enabled"};
    default:
        return {QStringLiteral("keys.label"),
                {{QStringLiteral("fingerprint"), line.arguments.first()},
                 {QStringLiteral("label"), line.arguments.mid(1).join(QLatin1Char(' '))}},
                "labelled"};
    }
}

CommandResult change(const CommandLine &line, KeyService &service)
{
    if (line.command == Command::KeysClear && !isSure(line))
        return {ExitFailed, {}, {QStringLiteral("Nothing is removed.")}};
    if (line.convert) {
        if (const auto converted = service.call(QStringLiteral("keys.convert"), {}); !converted)
            return failed(converted.error());
    }
    const Change change = changeOf(line);
    const auto answer = service.call(change.call, change.arguments);
    if (!answer)
        return failed(answer.error());
    CommandResult result;
    if (line.json) {
        result.output = QJsonDocument(*answer).toJson();
        return result;
    }
    const int count = answer->value(QStringLiteral("count")).toInt();
    result.output = QStringLiteral("%1 %2 %3\n")
                        .arg(QString::number(count),
                             count == 1 ? QStringLiteral("key") : QStringLiteral("keys"),
                             QLatin1String(change.done))
                        .toUtf8();
    if (line.command != Command::KeysClear)
        result.output += keysReport(answer->value(QStringLiteral("rows")).toArray()).toUtf8();
    return result;
}

} // namespace

CommandResult runKeys(const CommandLine &line, const Settings &settings)
{
    if (line.command == Command::KeysImport)
        return importKeys(line, settings);
    const auto service = openKeyService(settings);
    if (!service)
        return failed(service.error());
    switch (line.command) {
    case Command::KeysList:
        return list(line, **service);
    case Command::KeysCheck:
        return check(line, **service);
    default:
        return change(line, **service);
    }
}

} // namespace keywheel
