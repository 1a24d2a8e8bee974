// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/statustext.h"

#include "process/terminal.h"

#include <QDateTime>
#include <QJsonArray>

namespace keywheel {

namespace {

/// A field by its path, such as `keys.totalKeys`, as text.
QString text(const QJsonObject &object, const char *path)
{
    QJsonValue value(object);
    const QStringList names = QString::fromLatin1(path).split(QLatin1Char('.'));
    for (const QString &name : names)
        value = value.toObject().value(name);
    return value.isDouble() ? QString::number(value.toDouble(), 'g', 15) : value.toString();
}

QString localTime(const QString &rfc3339)
{
    const QDateTime time = QDateTime::fromString(rfc3339, Qt::ISODateWithMs);
    return time.isValid() ? time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))
                          : QStringLiteral("-");
}

/// `83s` as the server sends it, for people.
QString uptime(QString seconds)
{
    if (seconds.endsWith(QLatin1Char('s')))
        seconds.chop(1);
    bool isNumber = false;
    const qint64 value = seconds.toLongLong(&isNumber);
    return isNumber ? humanSeconds(value) : seconds;
}

QString milliseconds(const QJsonObject &stats, const char *path)
{
    return QString::number(text(stats, path).toDouble(), 'f', 1);
}

QString bytes(const QJsonObject &stats, const char *path)
{
    return humanBytes(text(stats, path).toLongLong());
}

/// Lines of `name   value`.
QString facts(const QList<QPair<QString, QString>> &lines)
{
    qsizetype width = 0;
    for (const auto &line : lines)
        width = std::max(width, line.first.size());
    QString result;
    for (const auto &[name, value] : lines)
        result += name.leftJustified(width + 2) + escapeControls(value) + QLatin1Char('\n');
    return result;
}

QString keyRows(const QJsonArray &rows)
{
    QList<QStringList> cells;
    for (const QJsonValue value : rows) {
        const QJsonObject row = value.toObject();
        QString state = text(row, "state");
        if (!text(row, "until").isEmpty())
            state += QStringLiteral(" until ") + localTime(text(row, "until"));
        cells.append({text(row, "index"), text(row, "preview"), state, text(row, "successes"),
                      text(row, "failures"), text(row, "active"),
                      localTime(text(row, "lastUsed"))});
    }
    return textTable({QStringLiteral("#"), QStringLiteral("KEY"), QStringLiteral("STATE"),
                      QStringLiteral("SUCCESSES"), QStringLiteral("FAILURES"),
                      QStringLiteral("ACTIVE"), QStringLiteral("LAST USED")},
                     cells);
}

/// A line that says so, when the server did not list all.
QString leftOut(const QJsonArray &rows, const QString &total, const char *endpoint)
{
    if (rows.size() >= total.toLongLong())
        return {};
    return QStringLiteral("%1 of %2 keys are shown; ask GET /%3?offset=%1 for more.\n")
        .arg(rows.size())
        .arg(total, QLatin1String(endpoint));
}

/// What ends the state of a key that has no time to end at.
QString endOf(const QString &kind)
{
    return kind == QLatin1String("disabled") ? QStringLiteral("enabled") : QStringLiteral("reset");
}

} // namespace

QString healthReport(const QJsonObject &health)
{
    return facts({{QStringLiteral("Status"), text(health, "status")},
                  {QStringLiteral("Uptime"), uptime(text(health, "uptime"))},
                  {QStringLiteral("Requests"), text(health, "requestCount")},
                  {QStringLiteral("Keys"),
                   QStringLiteral("%1 in all, %2 healthy, %3 blacklisted")
                       .arg(text(health, "keysStatus.total"), text(health, "keysStatus.healthy"),
                            text(health, "keysStatus.blacklisted"))}});
}

QString statsReport(const QJsonObject &stats)
{
    QList<QPair<QString, QString>> lines{
        {QStringLiteral("Version"), text(stats, "server.version")},
        {QStringLiteral("Uptime"), QStringLiteral("%1, since %2")
                                       .arg(uptime(text(stats, "server.uptime")),
                                            localTime(text(stats, "server.startTime")))},
        {QStringLiteral("Requests"),
         QStringLiteral("%1 in all: %2 active, %3 succeeded, %4 failed, %5 left by the client, "
                        "%6 retries")
             .arg(text(stats, "server.requestCount"), text(stats, "requests.active"),
                  text(stats, "requests.succeeded"), text(stats, "requests.failed"),
                  text(stats, "requests.clientLeft"), text(stats, "requests.retries"))},
        {QStringLiteral("Bytes"),
         QStringLiteral("%1 in, %2 out")
             .arg(bytes(stats, "requests.bytesIn"), bytes(stats, "requests.bytesOut"))},
        {QStringLiteral("First byte"),
         QStringLiteral("p50 %1 ms, p95 %2 ms, p99 %3 ms")
             .arg(milliseconds(stats, "firstByteMs.p50"), milliseconds(stats, "firstByteMs.p95"),
                  milliseconds(stats, "firstByteMs.p99"))},
        {QStringLiteral("Keys"),
         QStringLiteral("%1 in all, %2 healthy, %3 blacklisted; next is #%4; %5 successes, "
                        "%6 failures")
             .arg(text(stats, "keys.totalKeys"), text(stats, "keys.healthyKeys"),
                  text(stats, "keys.blacklistedKeys"), text(stats, "keys.currentIndex"),
                  text(stats, "keys.successCount"), text(stats, "keys.failureCount"))}};
    if (!text(stats, "keys.brakeReason").isEmpty()) {
        const QString until = text(stats, "keys.brakeUntil");
        lines.append(
            {QStringLiteral("Brake"),
             QStringLiteral("no key is blamed%1: %2")
                 .arg(until.isEmpty() ? QString() : QStringLiteral(" until ") + localTime(until),
                      text(stats, "keys.brakeReason"))});
    }
    QString report = facts(lines);
    const QJsonArray rows =
        stats.value(QStringLiteral("keys")).toObject().value(QStringLiteral("rows")).toArray();
    if (!rows.isEmpty())
        report += QLatin1Char('\n') + keyRows(rows);
    return report + leftOut(rows, text(stats, "keys.totalKeys"), "stats");
}

QString blacklistReport(const QJsonObject &blacklist)
{
    QString report = QStringLiteral("%1 of %2 keys blacklisted, %3 healthy\n")
                         .arg(text(blacklist, "totalBlacklisted"), text(blacklist, "totalKeys"),
                              text(blacklist, "healthyKeys"));
    QList<QStringList> cells;
    const QJsonArray rows = blacklist.value(QStringLiteral("blacklistedKeys")).toArray();
    for (const QJsonValue value : rows) {
        const QJsonObject row = value.toObject();
        const QString until = text(row, "until");
        cells.append({text(row, "index"), text(row, "lineNumber"), text(row, "keyPreview"),
                      text(row, "kind"), localTime(text(row, "since")),
                      until.isEmpty() ? endOf(text(row, "kind")) : localTime(until),
                      text(row, "reason")});
    }
    if (cells.isEmpty())
        return report;
    return report + QLatin1Char('\n') +
           textTable({QStringLiteral("#"), QStringLiteral("LINE"), QStringLiteral("KEY"),
                      QStringLiteral("KIND"), QStringLiteral("SINCE"), QStringLiteral("UNTIL"),
                      QStringLiteral("REASON")},
                     cells) +
           leftOut(rows, text(blacklist, "totalBlacklisted"), "blacklist");
}

QString resetReport(const QJsonObject &reset)
{
    return QStringLiteral("%1 (%2 in all)\n")
        .arg(escapeControls(text(reset, "message")), text(reset, "totalKeys"));
}

} // namespace keywheel
