// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/server/serverfixture.h"

#include <QJsonDocument>
#include <QTest>

using namespace keywheel;

class TestOwnEndpoints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answers_data();
    void answers();
    void resetIsRefusedToOtherSites();
    void resetIsRefusedByReferer_data();
    void resetIsRefusedByReferer();
    void headHasNoBody();
};

void TestOwnEndpoints::answers_data()
{
    QTest::addColumn<QByteArray>("request"); // method and target
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("contains");
    QTest::addColumn<QByteArray>("allow");
    const auto row = [](const QByteArray &request, int status, const QByteArray &contains,
                        const QByteArray &allow = {}) {
        QTest::addRow("%s", request.constData()) << request << status << contains << allow;
    };
    row("GET /health", 200, "\"healthy\"");
    row("GET /health?x=1", 200, "\"healthy\"");
    row("GET /stats", 200, "\"stats\"");
    row("GET /blacklist", 200, "\"blacklist\"");
    row("GET /stats?x=1", 200, "\"1000 from 0\"");
    row("GET /stats?limit=5&offset=10", 200, "\"5 from 10\"");
    row("GET /blacklist?limit=0", 200, "\"0 from 0\"");
    row("GET /blacklist?limit=999999", 200, "\"1000 from 0\"");
    row("GET /stats?limit=all", 400, "invalid_request");
    row("GET /stats?offset=-1", 400, "invalid_request");
    row("GET /stats?offset=", 400, "invalid_request");
    row("GET /reset-keys", 200, "\"success\":true");
    row("POST /reset-keys", 200, "\"success\":true");
    row("POST /health", 405, "method_not_allowed", "GET, HEAD");
    row("DELETE /stats", 405, "method_not_allowed", "GET, HEAD");
    row("PUT /blacklist", 405, "method_not_allowed", "GET, HEAD");
    row("DELETE /reset-keys", 405, "method_not_allowed", "GET, POST");
    row("OPTIONS *", 204, {}, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    // Forwarded: only the exact path is Keywheel's own.
    row("GET /health/", 200, "GET /health/ ");
    row("GET /Health", 200, "GET /Health ");
    row("GET /v1/health", 200, "GET /v1/health ");
    row("GET //health", 200, "GET //health ");
    row("GET /statsx", 200, "GET /statsx ");
}

void TestOwnEndpoints::answers()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(QByteArray, contains);
    QFETCH(QByteArray, allow);
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.send(request + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const QByteArray answer = client.answer();
    QCOMPARE(statusOf(answer), status);
    QVERIFY2(bodyOf(answer).contains(contains), answer.constData());
    QCOMPARE(fieldOf(answer, "Allow"), allow);
    QCOMPARE(fixture.management.resets, request.endsWith("T /reset-keys") ? 1 : 0);
    if (fixture.handler.requests.empty()) {
        QVERIFY(fieldOf(answer, "x-request-id").startsWith("kw-"));
        QVERIFY(status == 204 || !QJsonDocument::fromJson(bodyOf(answer)).isNull());
    }
}

void TestOwnEndpoints::resetIsRefusedToOtherSites()
{
    ServerConfig config;
    config.allowedOrigins = {QStringLiteral("http://localhost:*")};
    ServerFixture fixture(config);
    RawClient client(fixture.server.port());
    const QByteArray head = " /reset-keys HTTP/1.1\r\nHost: localhost:3000\r\n";
    const QByteArray page = "Origin: http://localhost:5173\r\n\r\n";
    for (const QByteArray &fields : {QByteArray("Sec-Fetch-Site: cross-site\r\n\r\n"),
                                     QByteArray("Sec-Fetch-Site: same-site\r\n\r\n"), page}) {
        client.send("GET" + head + fields);
        const QByteArray answer = client.answer();
        QCOMPARE(statusOf(answer), 403);
        QVERIFY(answer.contains("forbidden_origin"));
    }
    QCOMPARE(fixture.management.resets, 0);
    client.send("GET" + head + "Sec-Fetch-Site: none\r\n\r\n");
    QCOMPARE(statusOf(client.answer()), 200);
    client.send("POST" + head + page); // an allowed page may, by POST
    QCOMPARE(statusOf(client.answer()), 200);
    QCOMPARE(fixture.management.resets, 2);
}

void TestOwnEndpoints::resetIsRefusedByReferer_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("referer");
    QTest::addColumn<int>("status");
    const QByteArray get("GET");
    QTest::newRow("other site") << get << QByteArray("http://evil.example/page") << 403;
    QTest::newRow("other port") << get << QByteArray("http://192.168.1.7:3001/") << 403;
    QTest::newRow("no port") << get << QByteArray("http://192.168.1.7/") << 403;
    QTest::newRow("our name as prefix")
        << get << QByteArray("http://192.168.1.7:3000.evil/") << 403;
    QTest::newRow("our name as user") << get << QByteArray("http://192.168.1.7:3000@evil/") << 403;
    QTest::newRow("our name in the query") << get << QByteArray("http://e?192.168.1.7:3000") << 403;
    QTest::newRow("no address") << get << QByteArray("about:blank") << 403;
    QTest::newRow("own page") << get << QByteArray("http://192.168.1.7:3000/stats?x#y") << 200;
    QTest::newRow("own origin") << get << QByteArray("http://192.168.1.7:3000") << 200;
    QTest::newRow("behind TLS") << get << QByteArray("https://192.168.1.7:3000/") << 200;
    QTest::newRow("by POST") << QByteArray("POST") << QByteArray("http://evil.example/") << 200;
}

/// What an image's request looks like to an address for which browsers send no Sec-Fetch-Site.
void TestOwnEndpoints::resetIsRefusedByReferer()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, referer);
    QFETCH(int, status);
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.send(method + " /reset-keys HTTP/1.1\r\nHost: 192.168.1.7:3000\r\nReferer: " + referer +
                "\r\n\r\n");
    const QByteArray answer = client.answer();
    QCOMPARE(statusOf(answer), status);
    QCOMPARE(answer.contains("\"forbidden_origin\""), status == 403);
    QCOMPARE(fixture.management.resets, status == 200 ? 1 : 0);
}

void TestOwnEndpoints::headHasNoBody()
{
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.send("HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(client.receive([](const QByteArray &bytes) { return bytes.endsWith("\r\n\r\n"); }));
    QVERIFY(fieldOf(client.received(), "Content-Length").toInt() > 0);
}

QTEST_GUILESS_MAIN(TestOwnEndpoints)
#include "test_ownendpoints.moc"
