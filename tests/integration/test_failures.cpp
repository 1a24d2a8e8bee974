// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"
#include "support/httpclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace keywheel;

namespace {

const QByteArray First = "sk-test-failure-first-1";
const QByteArray Second = "sk-test-failure-second-2";
const QByteArray Good = "{\"from\":\"second\"}";

QByteArray errorCode(const Fetched &answer)
{
    return QJsonDocument::fromJson(answer.body)[QStringLiteral("error")][QStringLiteral("code")]
        .toString()
        .toUtf8();
}

} // namespace

/// Whose fault a failure is: behaviour.md §4, row by row, over real sockets.
class TestFailures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void policy_data();
    void policy();
    void lastAnswerIsPassedOnAsItWas();
    void unreachableUpstream();
    void unknownHost();
    void responseTimeoutIsNotRetried();
    void handOverTimeout();
    void noConnectionBecomesFree();
    void thresholdCountsFailuresInARow();
    void cooldownEnds();
    void retriesAreLimited();
    void noKeyLeft_data();
    void noKeyLeft();
    void noKeys();
    void nobodyIsBlamedWhenAllKeysFailAlike();
    void nothingSecretIsPrinted();

private:
    void addPermanentRows();
    void addTemporaryRows();
    void addUpstreamRows();
    void addClientRows();
};

// Columns: what the first key's request gets; the status the client sees; requests that went
// upstream; the blacklist afterwards.

void TestFailures::addPermanentRows()
{
    const auto row = [](const QByteArray &name, const Answer &answer, const char *kind) {
        QTest::newRow(name.constData()) << answer << 200 << 2 << "0:" + QByteArray(kind);
    };
    row("401", Answer::error(401, "invalid_api_key", "Incorrect API key provided"), "permanent");
    row("401 without a body", Answer::status(401), "permanent");
    row("403 account", Answer::error(403, "account_deactivated", "Account deactivated"),
        "permanent");
    row("400 with a code of the list", Answer::error(400, "invalid_api_key", "Bad key"),
        "permanent");
    row("400 with a text of the list", Answer::error(400, "x", "API key not found. Pass another"),
        "permanent");
    row("402", Answer::error(402, "payment_required", "Pay"), "quota");
    for (const char *code :
         {"insufficient_quota", "billing_hard_limit_reached", "credit_balance_exhausted",
          "monthly_spend_limit_exceeded", "organization_usage_limit_exceeded"})
        row(QByteArray("429 ") + code, Answer::error(429, code, "No more"), "quota");
    row("429 by type", Answer::error(429, "x", "No more", "insufficient_quota"), "quota");
    row("stream error: quota",
        Answer::sse({}).event("error",
                              R"({"error":{"code":"insufficient_quota","message":"No more"}})"),
        "quota");
}

void TestFailures::addTemporaryRows()
{
    const auto row = [](const char *name, const Answer &answer) {
        QTest::newRow(name) << answer << 200 << 2 << QByteArray("0:temporary");
    };
    const Answer limited = Answer::error(429, "rate_limit_exceeded", "Slow down", "requests");
    row("429", limited);
    row("429 without a body", Answer::status(429));
    row("429 Retry-After", limited.header("Retry-After", "30"));
    row("429 HTTP date", limited.header("Retry-After", "Fri, 31 Dec 2100 23:59:59 GMT"));
    row("429 retry-after-ms", limited.header("retry-after-ms", "30000"));
    row("429 x-ratelimit-reset", limited.header("x-ratelimit-remaining-requests", "0")
                                     .header("x-ratelimit-reset-requests", "6m0s"));
    row("stream error: rate limit",
        Answer::sse({}).event("error",
                              R"({"error":{"code":"rate_limit_exceeded","message":"Slow down"}})"));
}

void TestFailures::addUpstreamRows()
{
    const auto row = [](const QByteArray &name, const Answer &answer, int status = 200) {
        QTest::newRow(name.constData())
            << answer << status << (status == 200 ? 2 : 1) << QByteArray();
    };
    for (const int status : {500, 502, 503, 520, 529})
        row(QByteArray::number(status), Answer::error(status, "server_error", "Oops"));
    for (const int status : {504, 524}) // a POST that may have been billed
        row(QByteArray::number(status), Answer::error(status, "server_error", "Oops"), status);
    row("403 key", Answer::error(403, "permission_denied", "Your key has no permission"));
    row("404 model",
        Answer::error(404, "model_not_found", "It does not exist or you do not have access to it"));
    row("429 overloaded", Answer::error(429, "engine_overloaded_error", "Try again later"));
    row("401 HTML", Answer::text(401, "<html>Sign in</html>", "text/html"), 401);
    row("403 content", Answer::error(403, "x", "Content violates usage guidelines"), 403);
    row("reset", Answer::reset());
    row("closed", Answer::close());
    row("garbage", Answer::garbage());
    row("401 IP", Answer::error(401, "ip_not_authorized", "Your IP is not authorized"), 401);
    row("403 region",
        Answer::error(403, "unsupported_country_region_territory",
                      "Country, region, or territory not supported"),
        403);
}

void TestFailures::addClientRows()
{
    for (const int status : {400, 404, 405, 408, 409, 413, 415, 418, 422})
        QTest::addRow("%d", status)
            << Answer::error(status, "bad", "Your mistake") << status << 1 << QByteArray();
    QTest::newRow("501") << Answer::error(501, "no", "Not here") << 501 << 1 << QByteArray();
    QTest::newRow("204") << Answer::status(204) << 204 << 1 << QByteArray();
    QTest::newRow("307") << Answer::status(307).header("Location", "/x") << 307 << 1
                         << QByteArray();
}

void TestFailures::policy_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("requests");
    QTest::addColumn<QByteArray>("blacklist");
    addPermanentRows();
    addTemporaryRows();
    addUpstreamRows();
    addClientRows();
}

void TestFailures::policy()
{
    QFETCH(const Answer, answer);
    QFETCH(const int, status);
    QFETCH(const int, requests);
    QFETCH(const QByteArray, blacklist);
    FakeUpstream upstream;
    upstream.forKey(First).reply(answer);
    upstream.forKey(Second).reply(Answer::json(200, Good));
    KeywheelProcess keywheel(upstream.url(), {First, Second});
    QVERIFY(keywheel.start());
    const Fetched got = keywheel.fetch("POST", "/v1/chat/completions", {}, "{\"a\":1}");
    QCOMPARE(got.status, status);
    if (requests == 2) {
        // The client sees the second key's answer and nothing of the first's.
        QCOMPARE(got.body, Good);
        QCOMPARE(upstream.request(2).body, QByteArray("{\"a\":1}"));
    }
    QCOMPARE(upstream.requestCount(), requests);
    QCOMPARE(upstream.keysUsed(), QList<QByteArray>({First, Second}).first(requests));
    QCOMPARE(keywheel.blacklist(), blacklist);
}

void TestFailures::lastAnswerIsPassedOnAsItWas()
{
    FakeUpstream upstream;
    upstream.forKey(First).reply(Answer::error(500, "first", "First failure"));
    upstream.forKey(Second).reply(Answer::text(503, "<odd>\xff\x00</odd>", "text/x-odd")
                                      .reason("Quite Busy")
                                      .header("X-Twice", "1")
                                      .header("X-Twice", "2")
                                      .header("Retry-After", "7")
                                      .header("x-request-id", "req_upstream"));
    KeywheelProcess keywheel(upstream.url(), {First, Second});
    QVERIFY(keywheel.start());
    const Fetched got = keywheel.fetch("GET", "/v1/models");
    QCOMPARE(got.status, 503);
    QCOMPARE(got.reason, QByteArray("Quite Busy"));
    QCOMPARE(got.body, QByteArray("<odd>\xff\x00</odd>"));
    QCOMPARE(got.headers.value("Content-Type"), QByteArray("text/x-odd"));
    QCOMPARE(got.headers.values("X-Twice"), QList<QByteArray>({"1", "2"}));
    QCOMPARE(got.headers.value("Retry-After"), QByteArray("7"));
    QCOMPARE(got.headers.values("x-request-id"), QList<QByteArray>({"req_upstream"}));
    QCOMPARE(upstream.requestCount(), 2);
}

void TestFailures::unreachableUpstream()
{
    FakeUpstream upstream;
    upstream.stopListening();
    QTcpServer reserved; // a port that nobody answers on
    QVERIFY(reserved.listen(QHostAddress::LocalHost));
    const quint16 port = reserved.serverPort();
    reserved.close();
    KeywheelProcess keywheel(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)),
                             {First, Second});
    QVERIFY(keywheel.start());
    const Fetched got = keywheel.fetch("GET", "/v1/models");
    QCOMPARE(got.status, 502);
    QCOMPARE(errorCode(got), QByteArray("upstream_unreachable"));
    QVERIFY(!got.headers.value("x-request-id").isEmpty());
    QCOMPARE(keywheel.blacklist(), QByteArray());
}

void TestFailures::unknownHost()
{
    KeywheelProcess keywheel(QUrl(QStringLiteral("http://nowhere.invalid")), {First, Second});
    keywheel.set("MAX_RETRIES", "0");
    QVERIFY(keywheel.start());
    const Fetched got = keywheel.fetch("GET", "/v1/models");
    QCOMPARE(got.status, 502);
    QCOMPARE(errorCode(got), QByteArray("upstream_unreachable"));
    QCOMPARE(keywheel.blacklist(), QByteArray());
}

void TestFailures::responseTimeoutIsNotRetried()
{
    FakeUpstream upstream;
    upstream.always(Answer::hang());
    KeywheelProcess keywheel(upstream.url(), {First, Second});
    keywheel.set("RESPONSE_TIMEOUT", "1000");
    QVERIFY(keywheel.start());
    const Fetched got = keywheel.fetch("POST", "/v1/chat/completions", {}, "{}");
    QCOMPARE(got.status, 504);
    QCOMPARE(errorCode(got), QByteArray("upstream_timeout"));
    QCOMPARE(upstream.requestCount(), 1);
    QCOMPARE(keywheel.blacklist(), QByteArray());
}

void TestFailures::handOverTimeout()
{
    FakeUpstream upstream;
    upstream.readSlowly(1000); // 100 kB/s: a large body is not taken in time
    KeywheelProcess keywheel(upstream.url(), {First, Second});
    keywheel.set("REQUEST_TIMEOUT", "1000");
    keywheel.set("MAX_RETRIES", "0");
    QVERIFY(keywheel.start());
    const Fetched got =
        keywheel.fetch("POST", "/v1/files", {}, QByteArray(32LL * 1024 * 1024, 'x'));
    QCOMPARE(got.status, 504);
    QCOMPARE(errorCode(got), QByteArray("upstream_timeout"));
    QCOMPARE(keywheel.blacklist(), QByteArray());
}

void TestFailures::noConnectionBecomesFree()
{
    FakeUpstream upstream;
    upstream.always(Answer::stream());
    KeywheelProcess keywheel(upstream.url(), {First, Second});
    keywheel.set("MAX_SOCKETS", "1");
    keywheel.set("REQUEST_TIMEOUT", "300");
    QVERIFY(keywheel.start());
    HttpClient running(keywheel.port());
    running.post("/v1/chat", "{}");
    QTRY_COMPARE(upstream.requestCount(), 1);
    const Fetched answer = keywheel.fetch("POST", "/v1/chat", {}, "{}");
    QCOMPARE(answer.status, 503);
    QCOMPARE(errorCode(answer), "overloaded");
    QCOMPARE(upstream.requestCount(), 1);
    QCOMPARE(keywheel.blacklist(), "");
    upstream.end(1);
    upstream.always(Answer::json(200, Good));
    QCOMPARE(keywheel.fetch("POST", "/v1/chat", {}, "{}").status, 200);
}

void TestFailures::thresholdCountsFailuresInARow()
{
    const Answer limited = Answer::status(429).header("Retry-After", "60");
    FakeUpstream upstream;
    upstream.forKey(First).reply(limited).then(Answer::json(200, "{}")).then(limited);
    KeywheelProcess keywheel(upstream.url(), {First});
    keywheel.set("BLACKLIST_THRESHOLD", "2");
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 429);
    QCOMPARE(keywheel.blacklist(), QByteArray());
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200); // starts the count anew
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 429);
    QCOMPARE(keywheel.blacklist(), QByteArray());
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 429);
    QCOMPARE(keywheel.blacklist(), QByteArray("0:temporary"));
}

void TestFailures::cooldownEnds()
{
    FakeUpstream upstream;
    upstream.forKey(First)
        .reply(Answer::status(429).header("Retry-After", "1"))
        .then(Answer::json(200, "{}"));
    KeywheelProcess keywheel(upstream.url(), {First, Second});
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    QCOMPARE(keywheel.blacklist(), QByteArray("0:temporary"));
    QCOMPARE(keywheel.endpoint("/health")[QStringLiteral("status")].toString(),
             QStringLiteral("degraded"));
    QTRY_COMPARE(keywheel.blacklist(), QByteArray());
    for (int i = 0; i < 2; ++i)
        QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    QCOMPARE(upstream.keysUsed().last(2).count(First), 1);
}

void TestFailures::retriesAreLimited()
{
    QList<QByteArray> keys;
    for (int i = 0; i < 6; ++i)
        keys += "sk-test-failure-many-" + QByteArray::number(i);
    FakeUpstream upstream;
    upstream.always(Answer::status(500));
    KeywheelProcess keywheel(upstream.url(), keys);
    keywheel.set("MAX_RETRIES", "2");
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 500);
    QCOMPARE(upstream.keysUsed(), keys.first(3));
}

void TestFailures::noKeyLeft_data()
{
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("saysWhen");
    const Answer limited = Answer::status(429).header("Retry-After", "60");
    QTest::newRow("reset") << QByteArray("reset") << limited << 200 << false;
    QTest::newRow("reject") << QByteArray("reject") << limited << 503 << true;
    QTest::newRow("reset, permanent") << QByteArray("reset") << Answer::status(401) << 503 << false;
    QTest::newRow("reject, permanent")
        << QByteArray("reject") << Answer::status(401) << 503 << false;
}

void TestFailures::noKeyLeft()
{
    QFETCH(const QByteArray, policy);
    QFETCH(const Answer, answer);
    QFETCH(const int, status);
    QFETCH(const bool, saysWhen);
    FakeUpstream upstream;
    upstream.forKey(First).reply(answer).then(Answer::json(200, "{}"));
    KeywheelProcess keywheel(upstream.url(), {First});
    keywheel.set("ALL_KEYS_BLACKLISTED", policy);
    QVERIFY(keywheel.start());
    keywheel.fetch("GET", "/v1/models"); // sets the only key aside
    QCOMPARE(keywheel.endpoint("/health")[QStringLiteral("status")].toString(),
             QStringLiteral("unhealthy"));
    const Fetched got = keywheel.fetch("GET", "/v1/models");
    QCOMPARE(got.status, status);
    if (status == 503)
        QCOMPARE(errorCode(got), QByteArray("no_keys_available"));
    if (saysWhen) {
        const int seconds = got.headers.value("Retry-After").toInt();
        QVERIFY2(seconds > 40 && seconds <= 61, QByteArray::number(seconds).constData());
    }
}

void TestFailures::noKeys()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), {});
    QVERIFY(keywheel.start());
    const Fetched got = keywheel.fetch("GET", "/v1/models");
    QCOMPARE(got.status, 503);
    QCOMPARE(errorCode(got), QByteArray("no_keys_configured"));
    QCOMPARE(upstream.requestCount(), 0);
}

void TestFailures::nobodyIsBlamedWhenAllKeysFailAlike()
{
    QList<QByteArray> keys;
    for (int i = 0; i < 8; ++i)
        keys += "sk-test-failure-alike-" + QByteArray::number(i);
    FakeUpstream upstream;
    upstream.always(Answer::error(401, "invalid_api_key", "Incorrect API key provided"));
    KeywheelProcess keywheel(upstream.url(), keys);
    keywheel.set("MAX_RETRIES", "7");
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 401);
    // As long as no key was answered well, the address may be wrong.
    const QJsonArray rows =
        keywheel.endpoint("/blacklist")[QStringLiteral("blacklistedKeys")].toArray();
    int permanent = 0;
    for (const QJsonValue row : rows)
        permanent += row[QStringLiteral("until")].isNull() ? 1 : 0;
    QCOMPARE(permanent, 2);
}

void TestFailures::nothingSecretIsPrinted()
{
    const QByteArray authKey = "local-secret-of-this-test";
    FakeUpstream upstream;
    const QByteArray echo = "Incorrect API key provided: " + First;
    upstream.forKey(First)
        .reply(Answer::error(401, "invalid_api_key", echo))
        .then(Answer::error(429, "x", echo));
    upstream.forKey(Second)
        .reply(Answer::error(500, "x", "key " + Second))
        .then(Answer::garbage())
        .then(Answer::error(403, "x", "Key " + Second + " has no permission"));
    KeywheelProcess keywheel(upstream.url(), {First, Second});
    keywheel.set("AUTH_KEY", authKey);
    keywheel.set("LOG_LEVEL", "debug");
    QVERIFY(keywheel.start());
    const Headers auth{{"Authorization", "Bearer " + authKey}};
    for (int i = 0; i < 4; ++i)
        keywheel.fetch("GET", "/v1/models?key=" + Second + "&api_key=" + authKey, auth);
    keywheel.fetch("GET", "/v1/models", {{"Authorization", "Bearer wrong-" + authKey}});
    QByteArray seen;
    for (const QByteArray path : {"/stats", "/blacklist", "/health", "/reset-keys"})
        seen += keywheel.fetch("GET", path, auth).body;
    QVERIFY(seen.contains("keyPreview"));
    keywheel.signal(15);
    QVERIFY(keywheel.waitForExit());
    seen += keywheel.everythingPrinted();
    for (const QByteArray &secret : {First, Second, authKey})
        QVERIFY(!seen.contains(secret));
}

QTEST_GUILESS_MAIN(TestFailures)
#include "test_failures.moc"
