// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/statusreport.h"

#include "accesslog/accesslog.h"
#include "keypool/keypool.h"

#include <QJsonArray>
#include <QJsonObject>

namespace keywheel {

namespace {

QString rfc3339(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

QJsonValue timeOrNull(const QDateTime &time)
{
    return time.isNull() ? QJsonValue(QJsonValue::Null) : QJsonValue(rfc3339(time));
}

QString stateName(KeyState state)
{
    switch (state) {
    case KeyState::Available:
        return QStringLiteral("healthy");
    case KeyState::CoolingDown:
        return QStringLiteral("cooling down");
    case KeyState::Disabled:
        return QStringLiteral("disabled");
    case KeyState::Permanent:
        break;
    }
    return QStringLiteral("permanent");
}

/// Why a key is set aside, as one word: temporary, quota, permanent or disabled.
QString kindName(const KeySnapshot &key)
{
    if (key.state == KeyState::CoolingDown)
        return QStringLiteral("temporary");
    if (key.state == KeyState::Disabled)
        return QStringLiteral("disabled");
    return key.fault == FaultClass::Quota ? QStringLiteral("quota") : QStringLiteral("permanent");
}

QJsonObject blacklistRow(const KeySnapshot &key)
{
    return {{QStringLiteral("index"), key.index},
            {QStringLiteral("lineNumber"), key.lineNumber},
            {QStringLiteral("keyPreview"), key.preview},
            {QStringLiteral("fingerprint"), key.fingerprint},
            {QStringLiteral("kind"), kindName(key)},
            {QStringLiteral("code"), QString::fromUtf8(key.code)},
            {QStringLiteral("label"), key.label},
            {QStringLiteral("reason"), key.reason},
            {QStringLiteral("lastError"), key.lastError},
            {QStringLiteral("organization"), QString::fromUtf8(key.organization)},
            {QStringLiteral("since"), timeOrNull(key.since)},
            {QStringLiteral("until"), timeOrNull(key.until)}};
}

/// `sharing`: how many other keys have the same organisation.
QJsonObject keyRow(const KeySnapshot &key, int sharing)
{
    return {
        {QStringLiteral("index"), key.index},
        {QStringLiteral("preview"), key.preview},
        {QStringLiteral("fingerprint"), key.fingerprint},
        {QStringLiteral("label"), key.label},
        {QStringLiteral("state"), stateName(key.state)},
        {QStringLiteral("reason"), key.reason},
        {QStringLiteral("lastError"), key.lastError},
        {QStringLiteral("successes"), qint64(key.successes)},
        {QStringLiteral("failures"), qint64(key.failures)},
        {QStringLiteral("active"), key.active},
        {QStringLiteral("since"), timeOrNull(key.since)},
        {QStringLiteral("until"), timeOrNull(key.until)},
        {QStringLiteral("lastUsed"), timeOrNull(key.lastUsed)},
        {QStringLiteral("lastChoice"), key.lastUsed.isNull() ? QString() : toText(key.lastReason)},
        {QStringLiteral("organization"), QString::fromUtf8(key.organization)},
        {QStringLiteral("sharesLimitsWith"), sharing}};
}

QJsonObject keysSection(const KeyPool &pool, const RowRange &rows)
{
    const KeyPoolSnapshot snapshot = pool.snapshot();
    const int blacklisted = snapshot.total - snapshot.available;
    return {{QStringLiteral("currentIndex"), snapshot.currentIndex},
            {QStringLiteral("totalKeys"), snapshot.total},
            {QStringLiteral("healthyKeys"), snapshot.available},
            {QStringLiteral("blacklistedKeys"), blacklisted},
            {QStringLiteral("disabledKeys"), snapshot.disabled},
            {QStringLiteral("successCount"), qint64(snapshot.successes)},
            {QStringLiteral("failureCount"), qint64(snapshot.failures)},
            {QStringLiteral("memoryUsage"),
             QJsonObject{{QStringLiteral("failureCountsSize"), snapshot.keysWithFailures},
                         {QStringLiteral("blacklistSize"), blacklisted}}},
            {QStringLiteral("brakeReason"), snapshot.brakeReason},
            {QStringLiteral("brakeUntil"), timeOrNull(snapshot.brakeUntil)},
            {QStringLiteral("offset"), rows.offset},
            {QStringLiteral("rows"), keyRows(pool.keys(rows.offset, rows.limit), pool)}};
}

QJsonObject requestsSection(const AccessCounters &counters)
{
    return {{QStringLiteral("active"), counters.active},
            {QStringLiteral("finished"), qint64(counters.requests)},
            {QStringLiteral("succeeded"), qint64(counters.succeeded)},
            {QStringLiteral("failed"), qint64(counters.failed)},
            {QStringLiteral("clientLeft"), qint64(counters.clientLeft)},
            {QStringLiteral("retries"), qint64(counters.retries)},
            {QStringLiteral("bytesIn"), qint64(counters.bytesIn)},
            {QStringLiteral("bytesOut"), qint64(counters.bytesOut)}};
}

QJsonObject latencySection(const LatencyHistogram &firstByte)
{
    const auto ms = [&firstByte](double share) {
        return std::chrono::duration<double, std::milli>(firstByte.percentile(share)).count();
    };
    return {{QStringLiteral("p50"), ms(0.50)},
            {QStringLiteral("p95"), ms(0.95)},
            {QStringLiteral("p99"), ms(0.99)}};
}

} // namespace

QJsonArray keyRows(const QList<KeySnapshot> &keys, const KeyPool &pool)
{
    QJsonArray rows;
    for (const KeySnapshot &key : keys)
        rows.append(keyRow(key, pool.sharingLimits(key)));
    return rows;
}

StatusReport::StatusReport(KeyPool &keys, const AccessLog &log, const Clock &clock, QString version)
    : keys_(keys),
      log_(log),
      clock_(clock),
      version_(std::move(version)),
      started_(clock.now()),
      startTime_(clock.wallNow())
{
}

QJsonObject StatusReport::health() const
{
    const KeyPoolSnapshot keys = keys_.snapshot();
    // What a person disabled is as it should be.
    const QString status = keys.available == 0 ? QStringLiteral("unhealthy")
                           : keys.available + keys.disabled < keys.total
                               ? QStringLiteral("degraded")
                               : QStringLiteral("healthy");
    return {{QStringLiteral("status"), status},
            {QStringLiteral("uptime"), uptime()},
            {QStringLiteral("requestCount"), requestCount()},
            {QStringLiteral("keysStatus"),
             QJsonObject{{QStringLiteral("total"), keys.total},
                         {QStringLiteral("healthy"), keys.available},
                         {QStringLiteral("blacklisted"), keys.total - keys.available},
                         {QStringLiteral("disabled"), keys.disabled}}},
            {QStringLiteral("timestamp"), timestamp()}};
}

QJsonObject StatusReport::stats(const RowRange &rows) const
{
    return {
        {QStringLiteral("server"), QJsonObject{{QStringLiteral("uptime"), uptime()},
                                               {QStringLiteral("requestCount"), requestCount()},
                                               {QStringLiteral("startTime"), rfc3339(startTime_)},
                                               {QStringLiteral("version"), version_}}},
        {QStringLiteral("keys"), keysSection(keys_, rows)},
        {QStringLiteral("requests"), requestsSection(log_.counters())},
        {QStringLiteral("firstByteMs"), latencySection(log_.firstByte())},
        {QStringLiteral("timestamp"), timestamp()}};
}

QJsonObject StatusReport::blacklist(const RowRange &rows) const
{
    QJsonArray listed;
    const QList<KeySnapshot> blacklisted = keys_.blacklisted(rows.offset, rows.limit);
    for (const KeySnapshot &key : blacklisted)
        listed.append(blacklistRow(key));
    return {{QStringLiteral("totalBlacklisted"), keys_.total() - keys_.available()},
            {QStringLiteral("totalKeys"), keys_.total()},
            {QStringLiteral("healthyKeys"), keys_.available()},
            {QStringLiteral("offset"), rows.offset},
            {QStringLiteral("blacklistedKeys"), listed}};
}

QJsonObject StatusReport::resetKeys()
{
    const int cleared = keys_.resetBlacklist();
    const QString message = cleared == 0 ? QStringLiteral("No key was blacklisted")
                            : cleared == 1
                                ? QStringLiteral("1 key is back in the rotation")
                                : QStringLiteral("%1 keys are back in the rotation").arg(cleared);
    return {{QStringLiteral("success"), true},
            {QStringLiteral("message"), message},
            {QStringLiteral("clearedCount"), cleared},
            {QStringLiteral("totalKeys"), keys_.total()}};
}

QString StatusReport::uptime() const
{
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(clock_.now() - started_).count();
    return QStringLiteral("%1s").arg(seconds);
}

QString StatusReport::timestamp() const
{
    return rfc3339(clock_.wallNow());
}

qint64 StatusReport::requestCount() const
{
    return qint64(log_.counters().requests) + log_.counters().active;
}

} // namespace keywheel
