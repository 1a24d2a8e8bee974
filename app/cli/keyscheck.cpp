// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/keyscheck.h"

#include "cli/keysreport.h"
#include "cli/progressbar.h"
#include "process/terminal.h"

#include <QJsonDocument>

#include <algorithm>

namespace keywheel {

namespace {

/// Keys of a call: enough to keep the checker busy, few enough for a bar that moves.
constexpr int PartSize = 8;

Expected<QJsonArray> checkInParts(KeyService &service, const QJsonArray &rows)
{
    QJsonArray checked;
    ProgressBar bar(int(rows.size()));
    for (qsizetype from = 0; from < rows.size(); from += PartSize) {
        QJsonArray part;
        for (qsizetype i = from; i < std::min(from + PartSize, rows.size()); ++i)
            part.append(rows.at(i)[QStringLiteral("fingerprint")]);
        const auto answer =
            service.call(QStringLiteral("keys.check"), {{QStringLiteral("fingerprints"), part}});
        if (!answer)
            return tl::unexpected(answer.error());
        const QJsonArray further = answer->value(QStringLiteral("rows")).toArray();
        for (const QJsonValue row : further)
            checked.append(row);
        bar.show(int(std::min(from + PartSize, rows.size())));
    }
    return checked;
}

} // namespace

CommandResult checkAll(const CommandLine &line, KeyService &service, const QJsonArray &rows)
{
    const auto checked = checkInParts(service, rows);
    if (!checked)
        return {ExitFailed, {}, {escapeControls(checked.error().message)}};
    const auto good = std::count_if(checked->begin(), checked->end(), [](const QJsonValue &row) {
        return row[QStringLiteral("check")] == QLatin1String("good");
    });
    CommandResult result;
    result.exitCode = good == checked->size() ? ExitOk : ExitFailed;
    if (line.json)
        result.output = QJsonDocument(QJsonObject{{QStringLiteral("good"), qint64(good)},
                                                  {QStringLiteral("total"), checked->size()},
                                                  {QStringLiteral("keys"), *checked}})
                            .toJson();
    else
        result.output =
            QStringLiteral("%1 of %2 keys are good\n").arg(good).arg(checked->size()).toUtf8() +
            checkReport(*checked).toUtf8();
    return result;
}

} // namespace keywheel
