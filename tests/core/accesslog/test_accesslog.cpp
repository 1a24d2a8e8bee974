// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/accesslog.h"
#include "accesslog/recordtext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace keywheel;
using std::chrono::milliseconds;

class TestAccessLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void counts();
    void tellsWhoRecords();
    void keepsTheLastOnes();
    void line_data();
    void line();
    void json();
    void path_data();
    void path();
};

Q_DECLARE_METATYPE(keywheel::RequestRecord)

namespace {

AttemptRecord attempt(int key, int status, FaultClass fault, const QString &reason = {})
{
    return {key, QStringLiteral("sk-ab…wxyz"), status, fault, reason};
}

RequestRecord sample()
{
    RequestRecord record;
    record.id = "kw-000001";
    record.startedAt =
        QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05.060Z"), Qt::ISODateWithMs);
    record.method = "POST";
    record.path = "/v1/chat/completions";
    record.peer = QStringLiteral("127.0.0.1:51234");
    record.status = 200;
    record.firstByte = milliseconds(132);
    record.total = milliseconds(1800);
    record.bytesIn = 10;
    record.bytesOut = 2000;
    record.attempts = {attempt(3, 200, FaultClass::Success)};
    return record;
}

RequestRecord retried()
{
    RequestRecord record = sample();
    record.attempts.prepend(
        attempt(2, 429, FaultClass::Temporary, QStringLiteral("rate limit reached")));
    return record;
}

RequestRecord left()
{
    RequestRecord record = sample();
    record.clientLeft = true;
    record.status = 0;
    record.firstByte = {};
    record.attempts = {attempt(3, 0, FaultClass::Cancelled)};
    return record;
}

RequestRecord broken()
{
    RequestRecord record = sample();
    record.brokenOff = true;
    return record;
}

RequestRecord refused()
{
    RequestRecord record = sample();
    record.status = 503;
    record.attempts.clear();
    return record;
}

} // namespace

void TestAccessLog::counts()
{
    AccessLog log;
    for (const RequestRecord &record : {sample(), retried(), left(), broken(), refused()}) {
        log.begin();
        QCOMPARE(log.counters().active, 1);
        log.finish(record);
        QCOMPARE(log.counters().active, 0);
    }
    const AccessCounters &counters = log.counters();
    QCOMPARE(counters.requests, 5U);
    QCOMPARE(counters.succeeded, 2U);
    QCOMPARE(counters.failed, 2U);
    QCOMPARE(counters.clientLeft, 1U);
    QCOMPARE(counters.retries, 1U);
    QCOMPARE(counters.bytesIn, 50U);
    QCOMPARE(counters.bytesOut, 10'000U);
    QCOMPARE(log.firstByte().count(), 4U); // nothing came of the one whose client left
}

void TestAccessLog::tellsWhoRecords()
{
    AccessLog log;
    QSignalSpy recorded(&log, &AccessLog::recorded);
    log.begin();
    QCOMPARE(recorded.size(), 0);
    log.finish(sample());
    QCOMPARE(recorded.size(), 1);
    QCOMPARE(recorded.first().first().value<RequestRecord>().id, QByteArray("kw-000001"));
}

void TestAccessLog::keepsTheLastOnes()
{
    AccessLog log;
    RequestRecord record = sample();
    for (std::size_t i = 0; i <= AccessLog::Capacity; ++i) {
        record.bytesIn = static_cast<qint64>(i);
        log.begin();
        log.finish(record);
    }
    QCOMPARE(log.recent().size(), AccessLog::Capacity);
    QCOMPARE(log.recent().front().bytesIn, 1);
    QCOMPARE(log.recent().back().bytesIn, static_cast<qint64>(AccessLog::Capacity));
    QCOMPARE(log.counters().requests, AccessLog::Capacity + 1);
}

void TestAccessLog::line_data()
{
    QTest::addColumn<RequestRecord>("record");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << sample()
                           << QStringLiteral(
                                  "POST /v1/chat/completions 200 first 132 ms total 1.8 s"
                                  " 1 attempt key #3 sk-ab…wxyz from 127.0.0.1:51234"
                                  " id kw-000001");
    RequestRecord named = refused();
    named.upstreamId = "req_\n1";
    QTest::newRow("upstream's id")
        << named
        << QStringLiteral("POST /v1/chat/completions 503 first 132 ms total 1.8 s"
                          " from 127.0.0.1:51234 id kw-000001 upstream id req_ 1");
    QTest::newRow("retried") << retried()
                             << QStringLiteral(
                                    "POST /v1/chat/completions 200 first 132 ms total 1.8 s"
                                    " 2 attempts (429 rate limit reached) key #3 sk-ab…wxyz"
                                    " from 127.0.0.1:51234 id kw-000001");
    QTest::newRow("client left") << left()
                                 << QStringLiteral(
                                        "POST /v1/chat/completions - client left total 1.8 s"
                                        " 1 attempt key #3 sk-ab…wxyz from 127.0.0.1:51234"
                                        " id kw-000001");
    QTest::newRow("broken off") << broken()
                                << QStringLiteral(
                                       "POST /v1/chat/completions 200 broken off first 132 ms"
                                       " total 1.8 s 1 attempt key #3 sk-ab…wxyz"
                                       " from 127.0.0.1:51234 id kw-000001");
    QTest::newRow("no attempt") << refused()
                                << QStringLiteral("POST /v1/chat/completions 503 first 132 ms"
                                                  " total 1.8 s from 127.0.0.1:51234 id kw-000001");
    RequestRecord forged = refused();
    forged.path = "/a\r\nGET /b\x1b[31m";
    forged.attempts = {
        attempt(0, 500, FaultClass::Upstream, QStringLiteral("x\n\n") + QString(200, u'y'))};
    QTest::newRow("text of others stays in its line")
        << forged
        << QStringLiteral("POST /a GET /b [31m 503 first 132 ms total 1.8 s 1 attempt (500 x ") +
               QString(78, u'y') +
               QStringLiteral("…) key #0 sk-ab…wxyz from 127.0.0.1:51234 id kw-000001");
}

void TestAccessLog::line()
{
    QFETCH(RequestRecord, record);
    QTEST(toLine(record), "expected");
}

void TestAccessLog::json()
{
    RequestRecord record = retried();
    record.upstreamId = "req_1";
    record.attempts.first().began = milliseconds(1);
    record.attempts.first().queuedUntil = milliseconds(2);
    record.attempts.first().sent = std::chrono::microseconds(2500);
    record.attempts.first().ended = milliseconds(40);
    const QByteArray text = toJson(record);
    QVERIFY(!text.contains('\n'));
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    const auto value = [&object](const char *name) {
        return object.value(QLatin1String(name));
    };
    QCOMPARE(value("id").toString(), QStringLiteral("kw-000001"));
    QCOMPARE(value("startedAt").toString(), QStringLiteral("2026-01-02T03:04:05.060Z"));
    QCOMPARE(value("method").toString(), QStringLiteral("POST"));
    QCOMPARE(value("path").toString(), QStringLiteral("/v1/chat/completions"));
    QCOMPARE(value("peer").toString(), QStringLiteral("127.0.0.1:51234"));
    QCOMPARE(value("status").toInt(), 200);
    QCOMPARE(value("clientLeft"), QJsonValue(false));
    QCOMPARE(value("brokenOff"), QJsonValue(false));
    QCOMPARE(value("firstByteMs").toDouble(), 132.0);
    QCOMPARE(value("totalMs").toDouble(), 1800.0);
    QCOMPARE(value("bytesIn").toInt(), 10);
    QCOMPARE(value("bytesOut").toInt(), 2000);
    QCOMPARE(value("upstreamId").toString(), QStringLiteral("req_1"));
    const QJsonObject first{
        {QStringLiteral("keyIndex"), 2},
        {QStringLiteral("keyPreview"), QStringLiteral("sk-ab…wxyz")},
        {QStringLiteral("status"), 429},
        {QStringLiteral("fault"), QStringLiteral("temporary")},
        {QStringLiteral("reason"), QStringLiteral("rate limit reached")},
        {QStringLiteral("choice"), QStringLiteral("round-robin")},
        {QStringLiteral("beganMs"), 1.0},
        {QStringLiteral("queuedUntilMs"), 2.0},
        {QStringLiteral("sentMs"), 2.5},
        {QStringLiteral("answeredMs"), QJsonValue(QJsonValue::Null)},
        {QStringLiteral("endedMs"), 40.0},
    };
    QCOMPARE(value("attempts").toArray().size(), 2);
    QCOMPARE(value("attempts").toArray().first().toObject(), first);

    const QJsonObject none = QJsonDocument::fromJson(toJson(left())).object();
    QVERIFY(none.value(QLatin1String("firstByteMs")).isNull());
}

void TestAccessLog::path_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *target, const char *expected) {
        QTest::newRow(target) << QByteArray(target) << QByteArray(expected);
    };
    row("/v1/models", "/v1/models");
    row("/v1/models?", "/v1/models?");
    row("/v1/models?limit=5&after=x", "/v1/models?limit=5&after=x");
    row("/?key=abc", "/?key=…");
    row("/?n=1&API-Key=abc&m=2", "/?n=1&API-Key=…&m=2");
    row("/?a;token=abc;b", "/?a;token=…;b");
    row("/?k%65y=abc", "/?k%65y=…");
    row("/?key=a=b&x", "/?key=…&x");
    row("/?key&x=1&", "/?key&x=1&");
    row("/key=abc", "/key=abc");
    row("*", "*");
}

void TestAccessLog::path()
{
    QFETCH(QByteArray, target);
    QTEST(loggablePath(target), "expected");
}

QTEST_APPLESS_MAIN(TestAccessLog)
#include "test_accesslog.moc"
