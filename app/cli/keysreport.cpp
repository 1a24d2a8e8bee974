// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/keysreport.h"

#include "common/redact.h"
#include "process/terminal.h"

#include <QDateTime>

namespace keywheel {

namespace {

QString field(const char *name)
{
    return QLatin1String(name);
}

QString localTime(const QJsonValue &rfc3339)
{
    const QDateTime time = QDateTime::fromString(rfc3339.toString(), Qt::ISODateWithMs);
    return time.isValid() ? time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))
                          : QString();
}

QString number(const QJsonValue &value)
{
    return QString::number(value.toInteger());
}

/// `org-abc`, and with how many other keys it shares the limits of it.
QString organization(const QJsonValue &row)
{
    const QString name = row[field("organization")].toString();
    const qint64 sharing = row[field("sharesLimitsWith")].toInteger();
    return sharing > 0 ? QStringLiteral("%1 (shared by %2)").arg(name).arg(sharing + 1) : name;
}

/// `1 key is stored`, `5 keys are stored`.
QString counted(qsizetype count, const char *one, const char *many)
{
    return QStringLiteral("%1 %2").arg(QString::number(count),
                                       QLatin1String(count == 1 ? one : many));
}

/// The first ones; a file that is no list of keys must not flood the terminal.
QString remarkLines(const ImportRemarks &remarks, const char *title)
{
    constexpr qsizetype MostShown = 20;
    if (remarks.count == 0)
        return {};
    QString text = QStringLiteral("%1 (%2):\n").arg(QLatin1String(title)).arg(remarks.count);
    const QList<ImportRemark> shown = remarks.kept.mid(0, MostShown);
    for (const ImportRemark &remark : shown)
        text += QStringLiteral("  line %1: %2\n").arg(remark.line).arg(remark.reason);
    if (remarks.count > shown.size())
        text += QStringLiteral("  and %1 more\n").arg(remarks.count - shown.size());
    return text;
}

QJsonObject remarksJson(const ImportRemarks &remarks)
{
    QJsonArray lines;
    for (const ImportRemark &remark : remarks.kept)
        lines.append(QJsonObject{{field("line"), remark.line}, {field("reason"), remark.reason}});
    return {{field("count"), remarks.count}, {field("lines"), lines}};
}

} // namespace

QString keysReport(const QJsonArray &rows)
{
    QList<QStringList> cells;
    for (const QJsonValue row : rows)
        cells.append({number(row[field("index")]), row[field("preview")].toString(),
                      row[field("fingerprint")].toString(), row[field("label")].toString(),
                      row[field("state")].toString(), localTime(row[field("since")]),
                      localTime(row[field("until")]), number(row[field("successes")]),
                      number(row[field("failures")]), localTime(row[field("lastUsed")]),
                      row[field("lastChoice")].toString(), organization(row),
                      row[field("reason")].toString()});
    return textTable({QStringLiteral("#"), QStringLiteral("KEY"), QStringLiteral("FINGERPRINT"),
                      QStringLiteral("LABEL"), QStringLiteral("STATE"), QStringLiteral("SINCE"),
                      QStringLiteral("UNTIL"), QStringLiteral("SUCCESSES"),
                      QStringLiteral("FAILURES"), QStringLiteral("LAST USED"),
                      QStringLiteral("CHOSEN BY"), QStringLiteral("ORGANIZATION"),
                      QStringLiteral("REASON")},
                     cells);
}

QString checkReport(const QJsonArray &rows)
{
    QList<QStringList> cells;
    for (const QJsonValue row : rows)
        cells.append({number(row[field("index")]), row[field("preview")].toString(),
                      row[field("fingerprint")].toString(), row[field("label")].toString(),
                      row[field("check")].toString(), row[field("checkReason")].toString()});
    return textTable({QStringLiteral("#"), QStringLiteral("KEY"), QStringLiteral("FINGERPRINT"),
                      QStringLiteral("LABEL"), QStringLiteral("CHECK"), QStringLiteral("REASON")},
                     cells);
}

QString importText(const ImportReport &report)
{
    const KeyImport &found = report.found;
    const qsizetype added = report.countAdded();
    const qsizetype there = report.added.size() - added;
    const qsizetype left = found.keys.size() - report.added.size();
    QString text = report.source == QLatin1String("-") ? QStringLiteral("Standard input")
                                                       : escapeControls(report.source);
    text += QLatin1String(": ");
    text += report.dryRun ? counted(added, "key would be added", "keys would be added")
                          : counted(added, "key added", "keys added");
    text += QStringLiteral(", %1 already there").arg(there);
    if (left > 0)
        text += QStringLiteral(", %1 not reached").arg(left);
    text += QLatin1Char('\n');
    text += remarkLines(found.duplicates, "Repeated");
    text += remarkLines(found.rejected, "Rejected");
    text += remarkLines(found.warnings, "Worth a look");
    if (report.shredded)
        text +=
            QStringLiteral("%1 is overwritten and removed.\n").arg(escapeControls(report.source));
    return text;
}

QJsonObject importJson(const ImportReport &report)
{
    QJsonArray keys;
    for (qsizetype i = 0; i < report.added.size(); ++i) {
        const ApiKey &key = report.found.keys.at(i);
        keys.append(QJsonObject{{field("line"), key.lineNumber},
                                {field("preview"), keyPreview(key.secret)},
                                {field("fingerprint"), keyFingerprint(key.secret)},
                                {field("label"), key.label},
                                {field("added"), report.added.at(i)}});
    }
    return {{field("source"), report.source},
            {field("dryRun"), report.dryRun},
            {field("added"), report.countAdded()},
            {field("alreadyThere"), report.added.size() - report.countAdded()},
            {field("notReached"), report.found.keys.size() - report.added.size()},
            {field("keys"), keys},
            {field("duplicates"), remarksJson(report.found.duplicates)},
            {field("rejected"), remarksJson(report.found.rejected)},
            {field("warnings"), remarksJson(report.found.warnings)},
            {field("shredded"), report.shredded}};
}

} // namespace keywheel
