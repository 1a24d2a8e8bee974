// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/keysimport.h"

#include "cli/keysreport.h"
#include "cli/progressbar.h"
#include "cli/shred.h"
#include "process/signalwatcher.h"
#include "process/terminal.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <cstdio>

namespace keywheel {

namespace {

constexpr qint64 LargestInput = qint64(64) * 1024 * 1024;
/// Keys of a part: fits into a call of the control channel, and is stored in well under a second.
constexpr qsizetype PartSize = 1000;

bool isStore(const QString &path, const Settings &settings)
{
    return settings.keyStore == KeyStoreKind::File &&
           QFileInfo(path) == QFileInfo(settings.keysFile);
}

/// What to read: a path, or `-`.
Expected<QString> sourceOf(const CommandLine &line, const Settings &settings)
{
    const QString path = line.arguments.value(0, settings.keysFile);
    const bool input = path == QLatin1String("-");
    if (line.convert && line.dryRun)
        return failure(QStringLiteral("--convert does not go with --dry-run."));
    if (line.convert && !input && line.shredSource && isStore(path, settings))
        return failure(QStringLiteral("--shred-source goes with a file that is imported."));
    if (!line.convert && !input && isStore(path, settings))
        return failure(QStringLiteral("%1 is where the keys are stored (KEY_STORE=file): name "
                                      "another file to import, or - for the standard input.")
                           .arg(path));
    if (line.shredSource && (input || line.dryRun))
        return failure(QStringLiteral("--shred-source goes with a file that is imported, not with "
                                      "- or --dry-run."));
    return path;
}

Expected<QByteArray> readSource(const QString &path)
{
    QFile file(path);
    const bool opened = path == QLatin1String("-") ? file.open(stdin, QIODevice::ReadOnly)
                                                   : file.open(QIODevice::ReadOnly);
    QByteArray text;
    QByteArray part; // a pipe gives what it has, and nothing at its end
    do {
        part = opened ? file.read(LargestInput + 1 - text.size()) : QByteArray();
        text += part;
    } while (!part.isEmpty());
    if (!opened || file.error() != QFileDevice::NoError)
        return failure(QStringLiteral("%1 cannot be read: %2").arg(path, file.errorString()));
    if (text.size() > LargestInput)
        return failure(
            QStringLiteral("%1 is larger than 64 MiB and hardly a list of keys.").arg(path));
    return text;
}

QJsonObject callFor(const QList<ApiKey> &keys, bool dryRun)
{
    QJsonArray rows;
    for (const ApiKey &key : keys)
        rows.append(QJsonObject{{QStringLiteral("secret"), QString::fromLatin1(key.secret)},
                                {QStringLiteral("label"), key.label}});
    return {{QStringLiteral("keys"), rows}, {QStringLiteral("dryRun"), dryRun}};
}

/// Stores the keys of `report` part by part until all are or `stopped` becomes true.
Expected<void> storeKeys(KeyService &service, const bool &stopped, ImportReport *report)
{
    const QList<ApiKey> &keys = report->found.keys;
    ProgressBar bar(int(keys.size()));
    while (report->added.size() < keys.size() && !stopped) {
        const QList<ApiKey> part = keys.mid(report->added.size(), PartSize);
        const auto answer = service.call(QStringLiteral("keys.add"), callFor(part, report->dryRun));
        if (!answer)
            return tl::unexpected(answer.error());
        const QJsonArray added = answer->value(QStringLiteral("added")).toArray();
        for (qsizetype i = 0; i < part.size(); ++i)
            report->added.append(added.at(i).toBool());
        bar.show(int(report->added.size()));
        QCoreApplication::processEvents(); // signals, when the call did not wait
    }
    return {};
}

/// Shreds the source, or says why not or that it still holds keys.
QStringList finishSource(bool wanted, bool complete, ImportReport *report)
{
    const QString shown = escapeControls(report->source);
    if (!wanted)
        return {QStringLiteral("%1 still holds the keys in plain text; --shred-source overwrites "
                               "and removes it.")
                    .arg(shown)};
    if (!complete)
        return {QStringLiteral("%1 stays: not all of it could be imported.").arg(shown)};
    const auto shredded = shredFile(report->source);
    report->shredded = shredded.has_value();
    return shredded ? QStringList() : QStringList{escapeControls(shredded.error().message)};
}

/// The file that the keys are stored in is no source: nothing but its form changes.
CommandResult onlyConverted(const CommandLine &line, const QString &path)
{
    if (line.json)
        return {
            ExitOk, QJsonDocument(QJsonObject{{QStringLiteral("converted"), path}}).toJson(), {}};
    return {ExitOk,
            QStringLiteral("%1 holds one key a line; what else it was is kept beside it as .bak.\n")
                .arg(escapeControls(path))
                .toUtf8(),
            {}};
}

CommandResult importSource(const CommandLine &line, KeyService &service, ImportReport report)
{
    const bool file = report.source != QLatin1String("-");
    CommandResult result;
    int signal = 0;
    bool stopped = false;
    SignalWatcher watcher;
    QObject::connect(&watcher, &SignalWatcher::stopRequested, &watcher, [&](int number) {
        signal = number;
        stopped = true;
    });
    const auto stored = storeKeys(service, stopped, &report);
    const bool found = !report.found.keys.isEmpty();
    const bool complete = stored && found && !stopped && report.found.rejected.count == 0;
    if (!stored)
        result.errors.append(escapeControls(stored.error().message));
    if (!found)
        result.errors.append(QStringLiteral("%1 holds no key.").arg(escapeControls(report.source)));
    if (file && found && !report.dryRun)
        result.errors += finishSource(line.shredSource, complete, &report);
    const bool failed = !stored || !found || (line.shredSource && !report.shredded);
    result.exitCode = stopped ? 128 + signal : failed ? ExitFailed : ExitOk;
    result.output =
        line.json ? QJsonDocument(importJson(report)).toJson() : importText(report).toUtf8();
    return result;
}

} // namespace

CommandResult importKeys(const CommandLine &line, const Settings &settings)
{
    const auto path = sourceOf(line, settings);
    if (!path)
        return {ExitUsage, {}, {escapeControls(path.error().message)}};
    const bool store = *path != QLatin1String("-") && isStore(*path, settings);
    const auto text = store ? Expected<QByteArray>(QByteArray()) : readSource(*path);
    if (!text)
        return {ExitFailed, {}, {escapeControls(text.error().message)}};
    const auto service = openKeyService(settings);
    if (!service)
        return {ExitFailed, {}, {escapeControls(service.error().message)}};
    if (line.convert) {
        const auto converted = (*service)->call(QStringLiteral("keys.convert"), {});
        if (!converted)
            return {ExitFailed, {}, {escapeControls(converted.error().message)}};
    }
    if (store)
        return onlyConverted(line, *path);
    ImportReport report;
    report.source = *path;
    report.found = parseKeyImport(*text);
    report.dryRun = line.dryRun;
    return importSource(line, **service, std::move(report));
}

} // namespace keywheel
