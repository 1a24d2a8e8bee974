// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/accesslog.h"
#include "engine/statusreport.h"
#include "keypool/keypool.h"
#include "support/fakeclock.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace keywheel;

namespace {

const QByteArray Secret = QByteArrayLiteral("sk-test-0123456789abcdef");

Verdict verdict(FaultClass fault, const QString &reason)
{
    Verdict verdict;
    verdict.fault = fault;
    verdict.reason = reason;
    if (fault == FaultClass::Temporary)
        verdict.cooldown = std::chrono::seconds(30);
    return verdict;
}

bool isTime(const QJsonValue &value)
{
    return value.toString().endsWith(QLatin1Char('Z')) &&
           QDateTime::fromString(value.toString(), Qt::ISODateWithMs).isValid();
}

} // namespace

class TestStatusReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void healthOfGoodKeys();
    void healthFollowsTheKeys();
    void healthWithoutKeys();
    void stats();
    void countsRequestsUnderWay();
    void blacklistRows();
    void aDisabledKeyIsShownAsSuch();
    void keysThatShareLimits();
    void rowsComeInParts();
    void resetPutsBack();
    void noSecretAnywhere();

private:
    void useKeys(int count);
    void failNext(FaultClass fault, const QString &reason);

    std::unique_ptr<FakeClock> clock_;
    std::unique_ptr<KeyPool> pool_;
    std::unique_ptr<AccessLog> log_;
    std::unique_ptr<StatusReport> report_;
};

void TestStatusReport::init()
{
    clock_ = std::make_unique<FakeClock>();
    pool_ = std::make_unique<KeyPool>(*clock_, [] { return 0.5; });
    log_ = std::make_unique<AccessLog>();
    report_ = std::make_unique<StatusReport>(*pool_, *log_, *clock_, QStringLiteral("1.2.3"));
}

void TestStatusReport::cleanup()
{
    report_.reset();
    pool_.reset();
}

void TestStatusReport::useKeys(int count)
{
    QList<ApiKey> keys;
    for (int i = 0; i < count; ++i)
        keys.append({Secret + QByteArray::number(i), 10 + i, QString()});
    pool_->setKeys(keys);
}

void TestStatusReport::failNext(FaultClass fault, const QString &reason)
{
    const auto lease = pool_->lease();
    QVERIFY(lease);
    pool_->release(*lease, verdict(fault, reason));
}

void TestStatusReport::healthOfGoodKeys()
{
    useKeys(3);
    clock_->advance(std::chrono::seconds(12));
    const QJsonObject health = report_->health();
    QCOMPARE(health.value(QStringLiteral("status")).toString(), QStringLiteral("healthy"));
    QCOMPARE(health.value(QStringLiteral("uptime")).toString(), QStringLiteral("12s"));
    QCOMPARE(health.value(QStringLiteral("requestCount")).toInt(-1), 0);
    const QJsonObject expected{{QStringLiteral("total"), 3},
                               {QStringLiteral("healthy"), 3},
                               {QStringLiteral("blacklisted"), 0},
                               {QStringLiteral("disabled"), 0}};
    QCOMPARE(health.value(QStringLiteral("keysStatus")).toObject(), expected);
    QVERIFY(isTime(health.value(QStringLiteral("timestamp"))));
}

void TestStatusReport::healthFollowsTheKeys()
{
    useKeys(2);
    failNext(FaultClass::Permanent, QStringLiteral("invalid"));
    QCOMPARE(report_->health().value(QStringLiteral("status")).toString(),
             QStringLiteral("degraded"));
    failNext(FaultClass::Permanent, QStringLiteral("invalid"));
    QCOMPARE(report_->health().value(QStringLiteral("status")).toString(),
             QStringLiteral("unhealthy"));
}

void TestStatusReport::healthWithoutKeys()
{
    QCOMPARE(report_->health().value(QStringLiteral("status")).toString(),
             QStringLiteral("unhealthy"));
}

void TestStatusReport::stats()
{
    useKeys(2);
    failNext(FaultClass::Success, {});
    failNext(FaultClass::Quota, QStringLiteral("quota"));
    RequestRecord record;
    record.status = 200;
    record.firstByte = std::chrono::milliseconds(100);
    record.bytesIn = 7;
    record.bytesOut = 11;
    log_->begin();
    log_->finish(record);

    const QJsonObject stats = report_->stats();
    const QJsonObject server = stats.value(QStringLiteral("server")).toObject();
    QCOMPARE(server.value(QStringLiteral("uptime")).toString(), QStringLiteral("0s"));
    QCOMPARE(server.value(QStringLiteral("requestCount")).toInt(), 1);
    QVERIFY(isTime(server.value(QStringLiteral("startTime"))));
    QCOMPARE(server.value(QStringLiteral("version")).toString(), QStringLiteral("1.2.3"));

    const QJsonObject keys = stats.value(QStringLiteral("keys")).toObject();
    QCOMPARE(keys.value(QStringLiteral("currentIndex")).toInt(-1), 0);
    QCOMPARE(keys.value(QStringLiteral("totalKeys")).toInt(), 2);
    QCOMPARE(keys.value(QStringLiteral("healthyKeys")).toInt(), 1);
    QCOMPARE(keys.value(QStringLiteral("blacklistedKeys")).toInt(), 1);
    QCOMPARE(keys.value(QStringLiteral("successCount")).toInt(), 1);
    QCOMPARE(keys.value(QStringLiteral("failureCount")).toInt(), 1);
    const QJsonObject memory{{QStringLiteral("failureCountsSize"), 1},
                             {QStringLiteral("blacklistSize"), 1}};
    QCOMPARE(keys.value(QStringLiteral("memoryUsage")).toObject(), memory);
    QVERIFY(keys.value(QStringLiteral("brakeUntil")).isNull());
    const QJsonObject row = keys.value(QStringLiteral("rows")).toArray().first().toObject();
    QCOMPARE(row.value(QStringLiteral("preview")).toString(), QStringLiteral("sk-te…def0"));
    QCOMPARE(row.value(QStringLiteral("state")).toString(), QStringLiteral("healthy"));
    QCOMPARE(row.value(QStringLiteral("successes")).toInt(), 1);
    QVERIFY(isTime(row.value(QStringLiteral("lastUsed"))));

    const QJsonObject requests = stats.value(QStringLiteral("requests")).toObject();
    QCOMPARE(requests.value(QStringLiteral("bytesIn")).toInt(), 7);
    QCOMPARE(requests.value(QStringLiteral("bytesOut")).toInt(), 11);
    const double p50 = stats.value(QStringLiteral("firstByteMs"))
                           .toObject()
                           .value(QStringLiteral("p50"))
                           .toDouble();
    QVERIFY2(p50 > 93 && p50 < 107, qPrintable(QString::number(p50)));
    QVERIFY(isTime(stats.value(QStringLiteral("timestamp"))));
}

void TestStatusReport::countsRequestsUnderWay()
{
    log_->begin();
    QCOMPARE(report_->health().value(QStringLiteral("requestCount")).toInt(), 1);
    QCOMPARE(report_->stats()
                 .value(QStringLiteral("requests"))
                 .toObject()
                 .value(QStringLiteral("active"))
                 .toInt(),
             1);
}

void TestStatusReport::blacklistRows()
{
    useKeys(4);
    failNext(FaultClass::Permanent, QStringLiteral("invalid api key"));
    failNext(FaultClass::Quota, QStringLiteral("no money left"));
    failNext(FaultClass::Temporary, QStringLiteral("rate limit"));
    const QJsonObject blacklist = report_->blacklist();
    QCOMPARE(blacklist.value(QStringLiteral("totalBlacklisted")).toInt(), 3);
    QCOMPARE(blacklist.value(QStringLiteral("totalKeys")).toInt(), 4);
    QCOMPARE(blacklist.value(QStringLiteral("healthyKeys")).toInt(), 1);
    const QJsonArray rows = blacklist.value(QStringLiteral("blacklistedKeys")).toArray();
    QCOMPARE(rows.size(), 3);
    const QStringList kinds{QStringLiteral("permanent"), QStringLiteral("quota"),
                            QStringLiteral("temporary")};
    for (int i = 0; i < 3; ++i) {
        const QJsonObject row = rows.at(i).toObject();
        QCOMPARE(row.value(QStringLiteral("index")).toInt(-1), i);
        QCOMPARE(row.value(QStringLiteral("lineNumber")).toInt(), 10 + i);
        QCOMPARE(row.value(QStringLiteral("keyPreview")).toString(),
                 QStringLiteral("sk-te…def%1").arg(i));
        QCOMPARE(row.value(QStringLiteral("fingerprint")).toString().size(), 16);
        QCOMPARE(row.value(QStringLiteral("kind")).toString(), kinds.at(i));
        QVERIFY(isTime(row.value(QStringLiteral("since"))));
        QCOMPARE(isTime(row.value(QStringLiteral("until"))), i == 2);
    }
    QCOMPARE(rows.at(1).toObject().value(QStringLiteral("reason")).toString(),
             QStringLiteral("no money left"));
}

void TestStatusReport::aDisabledKeyIsShownAsSuch()
{
    useKeys(2);
    pool_->setDisabled(pool_->keys().at(0).fingerprint, true);
    const QJsonObject health = report_->health();
    QCOMPARE(health.value(QStringLiteral("status")).toString(), QStringLiteral("healthy"));
    const QJsonObject expected{{QStringLiteral("total"), 2},
                               {QStringLiteral("healthy"), 1},
                               {QStringLiteral("blacklisted"), 1},
                               {QStringLiteral("disabled"), 1}};
    QCOMPARE(health.value(QStringLiteral("keysStatus")).toObject(), expected);
    const QJsonArray rows = report_->blacklist().value(QStringLiteral("blacklistedKeys")).toArray();
    QCOMPARE(rows.size(), 1);
    const QJsonObject row = rows.first().toObject();
    QCOMPARE(row.value(QStringLiteral("kind")).toString(), QStringLiteral("disabled"));
    QVERIFY(isTime(row.value(QStringLiteral("since"))));
    const QJsonObject keys = report_->stats().value(QStringLiteral("keys")).toObject();
    QCOMPARE(keys.value(QStringLiteral("disabledKeys")).toInt(), 1);
    const QJsonObject stats = keys.value(QStringLiteral("rows")).toArray().first().toObject();
    QCOMPARE(stats.value(QStringLiteral("state")).toString(), QStringLiteral("disabled"));
    QVERIFY(!stats.value(QStringLiteral("reason")).toString().isEmpty());
}

void TestStatusReport::keysThatShareLimits()
{
    useKeys(3);
    for (const char *name : {"org-a", "org-b", "org-a"}) {
        const auto lease = pool_->lease();
        pool_->noteAnswer(*lease, {{"openai-organization", name}});
        pool_->release(*lease, {});
    }
    const QJsonArray rows = report_->stats()
                                .value(QStringLiteral("keys"))
                                .toObject()
                                .value(QStringLiteral("rows"))
                                .toArray();
    const QList<int> sharing{1, 0, 1};
    for (int i = 0; i < 3; ++i) {
        const QJsonObject row = rows.at(i).toObject();
        QCOMPARE(row.value(QStringLiteral("sharesLimitsWith")).toInt(-1), sharing.at(i));
        QCOMPARE(row.value(QStringLiteral("organization")).toString(),
                 i == 1 ? QStringLiteral("org-b") : QStringLiteral("org-a"));
        QCOMPARE(row.value(QStringLiteral("lastChoice")).toString(), QStringLiteral("round-robin"));
    }
}

void TestStatusReport::rowsComeInParts()
{
    useKeys(5);
    failNext(FaultClass::Permanent, QStringLiteral("invalid"));
    failNext(FaultClass::Quota, QStringLiteral("no money left"));
    failNext(FaultClass::Temporary, QStringLiteral("rate limit"));
    const auto indices = [](const QJsonValue &rows) {
        QList<int> found;
        for (const QJsonValue row : rows.toArray())
            found += row[QStringLiteral("index")].toInt(-1);
        return found;
    };
    const QJsonValue keys = report_->stats({3, 2})[QStringLiteral("keys")];
    QCOMPARE(indices(keys[QStringLiteral("rows")]), (QList<int>{3, 4}));
    QCOMPARE(keys[QStringLiteral("totalKeys")].toInt(), 5);
    QCOMPARE(keys[QStringLiteral("offset")].toInt(), 3);
    QVERIFY(
        indices(report_->stats({5, 1})[QStringLiteral("keys")][QStringLiteral("rows")]).isEmpty());
    const QJsonObject blacklist = report_->blacklist({1, 1});
    QCOMPARE(indices(blacklist[QStringLiteral("blacklistedKeys")]), QList<int>{1});
    QCOMPARE(blacklist[QStringLiteral("totalBlacklisted")].toInt(), 3);
    useKeys(RowRange::Most + 1);
    QCOMPARE(indices(report_->stats()[QStringLiteral("keys")][QStringLiteral("rows")]).size(),
             RowRange::Most);
}

void TestStatusReport::resetPutsBack()
{
    useKeys(2);
    failNext(FaultClass::Permanent, QStringLiteral("invalid"));
    const QJsonObject reset = report_->resetKeys();
    QVERIFY(reset.value(QStringLiteral("success")).toBool());
    QVERIFY(!reset.value(QStringLiteral("message")).toString().isEmpty());
    QCOMPARE(reset.value(QStringLiteral("clearedCount")).toInt(), 1);
    QCOMPARE(reset.value(QStringLiteral("totalKeys")).toInt(), 2);
    QCOMPARE(pool_->available(), 2);
    QCOMPARE(report_->resetKeys().value(QStringLiteral("clearedCount")).toInt(-1), 0);
}

void TestStatusReport::noSecretAnywhere()
{
    useKeys(3);
    failNext(FaultClass::Permanent, QStringLiteral("invalid"));
    const QJsonObject all{{QStringLiteral("health"), report_->health()},
                          {QStringLiteral("stats"), report_->stats()},
                          {QStringLiteral("blacklist"), report_->blacklist()},
                          {QStringLiteral("reset"), report_->resetKeys()}};
    QVERIFY(!QJsonDocument(all).toJson().contains(Secret.mid(5, 10)));
}

QTEST_GUILESS_MAIN(TestStatusReport)
#include "test_statusreport.moc"
