// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"

#include <QJsonDocument>
#include <QTest>

using namespace keywheel;

namespace {

const QList<QByteArray> Keys{"sk-test-client-alpha-1", "sk-test-client-beta-2"};
const QByteArray AuthKey = "local-secret-for-clients";

QByteArray errorField(const Fetched &answer, const char *name)
{
    return QJsonDocument::fromJson(answer.body)[QStringLiteral("error")][QLatin1String(name)]
        .toString()
        .toUtf8();
}

} // namespace

/// Who may use it, and from where: AUTH_KEY, browsers' origins, the Host, the limits.
class TestClients : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void authKey_data();
    void authKey();
    void authKeyNeverGoesUpstream();
    void keyInTheQuery();
    void shortAuthKeys_data();
    void shortAuthKeys();
    void healthNeedsNoKey();
    void origins_data();
    void origins();
    void preflight();
    void corsTurnedOff();
    void foreignHost_data();
    void foreignHost();
    void browserCannotResetByGet();
    void limits_data();
    void limits();
    void connectionLimit();
    void pipelinedRequestsAreAnsweredInOrder();
};

void TestClients::authKey_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<QByteArray>("code"); ///< empty: let through
    const auto row = [](const char *name, const Headers &headers, const char *code) {
        QTest::newRow(name) << headers << QByteArray(code);
    };
    row("bearer", {{"Authorization", "Bearer " + AuthKey}}, "");
    row("bearer in lower case", {{"authorization", "bearer " + AuthKey}}, "");
    row("x-api-key", {{"x-api-key", AuthKey}}, "");
    row("api-key", {{"api-key", AuthKey}}, "");
    row("x-goog-api-key", {{"x-goog-api-key", AuthKey}}, "");
    row("wrong x-goog-api-key", {{"x-goog-api-key", "wrong"}}, "invalid_authorization");
    row("none", {}, "missing_authorization");
    row("basic", {{"Authorization", "Basic abc"}}, "invalid_authorization_format");
    row("bare", {{"Authorization", AuthKey}}, "invalid_authorization_format");
    row("wrong", {{"Authorization", "Bearer wrong"}}, "invalid_authorization");
    row("longer", {{"Authorization", "Bearer " + AuthKey + "x"}}, "invalid_authorization");
    row("wrong x-api-key", {{"x-api-key", "wrong"}}, "invalid_authorization");
}

void TestClients::authKey()
{
    QFETCH(const Headers, headers);
    QFETCH(const QByteArray, code);
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("AUTH_KEY", AuthKey);
    QVERIFY(keywheel.start());
    for (const QByteArray path : {"/v1/models", "/stats", "/blacklist"}) {
        const Fetched got = keywheel.fetch("GET", path, headers);
        QCOMPARE(got.status, code.isEmpty() ? 200 : 401);
        QCOMPARE(errorField(got, "code"), code);
        if (!code.isEmpty()) {
            QCOMPARE(errorField(got, "type"), QByteArray("authentication_error"));
            QVERIFY(!got.headers.value("x-request-id").isEmpty());
            QVERIFY(!errorField(got, "timestamp").isEmpty());
        }
    }
    QCOMPARE(upstream.requestCount(), code.isEmpty() ? 1 : 0);
}

void TestClients::authKeyNeverGoesUpstream()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("AUTH_KEY", AuthKey);
    QVERIFY(keywheel.start());
    const Headers all{{"x-api-key", AuthKey},
                      {"Authorization", "Bearer " + AuthKey},
                      {"api-key", AuthKey},
                      {"X-Goog-Api-Key", AuthKey},
                      {"Sec-WebSocket-Protocol", "openai-insecure-api-key." + AuthKey}};
    QCOMPARE(keywheel.fetch("GET", "/v1/models?a=b&api_key=" + AuthKey, all).status, 200);
    const Received &got = upstream.request(1);
    QVERIFY(!got.rawHead.contains(AuthKey));
    QCOMPARE(got.rawHead.count(Keys[0]), 6);
    QVERIFY(got.target.startsWith("/v1/models?a=b&api_key=sk-test-"));
}

void TestClients::keyInTheQuery()
{
    const QByteArray odd = "key/with+marks&of=all kinds";
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("AUTH_KEY", '\'' + odd + '\'');
    keywheel.set("LOG_LEVEL", "debug");
    QVERIFY(keywheel.start());
    const QByteArray path = "/v1beta/models/m:generateContent?alt=sse&key=";
    QCOMPARE(keywheel.fetch("POST", path + odd.toPercentEncoding(), {}, "{}").status, 200);
    QCOMPARE(upstream.request(1).target, path + Keys[0]);
    for (const QByteArray name : {"Authorization", "x-api-key", "x-goog-api-key"})
        QVERIFY2(!upstream.request(1).headers.contains(name), name.constData());
    const Fetched wrong = keywheel.fetch("POST", path + "wrong-own-secret", {}, "{}");
    QCOMPARE(errorField(wrong, "code"), QByteArray("invalid_authorization"));
    QCOMPARE(keywheel.fetch("GET", "/stats?key=" + odd.toPercentEncoding()).status, 200);
    QTRY_VERIFY(keywheel.everythingPrinted().contains(":generateContent?alt=sse&key="));
    for (const QByteArray &secret : {odd, odd.toPercentEncoding(), QByteArray("own-secret")})
        QVERIFY2(!keywheel.everythingPrinted().contains(secret), secret.constData());
}

void TestClients::shortAuthKeys_data()
{
    QTest::addColumn<QByteArray>("key");
    for (const char *key : {"x", "1234", "secret", "fifteen-letters"})
        QTest::newRow(key) << QByteArray(key);
}

void TestClients::shortAuthKeys()
{
    QFETCH(const QByteArray, key);
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("AUTH_KEY", key);
    QVERIFY(keywheel.start());
    QTRY_VERIFY(keywheel.everythingPrinted().contains("easily guessed"));
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 401);
    QCOMPARE(keywheel.fetch("GET", "/v1/models", {{"x-api-key", key}}).status, 200);
}

void TestClients::healthNeedsNoKey()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("AUTH_KEY", AuthKey);
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.endpoint("/health")[QStringLiteral("status")].toString(),
             QStringLiteral("healthy"));
}

void TestClients::origins_data()
{
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("allowed");
    for (const char *origin :
         {"http://localhost:5173", "https://127.0.0.1", "http://[::1]:8080", "app://obsidian.md",
          "tauri://localhost", "vscode-webview://abc123", "http://tauri.localhost",
          "https://tauri.localhost", "capacitor://localhost", "ionic://localhost"})
        QTest::newRow(origin) << QByteArray(origin) << true;
    for (const char *origin :
         {"https://example.org", "http://localhost.example.org", "http://127.0.0.1.example.org",
          "null", "https://localhost@example.org", "http://tauri.localhost.example.org",
          "http://xtauri.localhost", "capacitor://localhost.example.org", "ionic://example.org"})
        QTest::newRow(origin) << QByteArray(origin) << false;
}

void TestClients::origins()
{
    QFETCH(const QByteArray, origin);
    QFETCH(const bool, allowed);
    FakeUpstream upstream;
    // The upstream's own CORS fields must not double ours.
    upstream.always(Answer::json(200, "{}").header("Access-Control-Allow-Origin", "*"));
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    const Fetched got = keywheel.fetch("POST", "/v1/chat/completions", {{"Origin", origin}}, "{}");
    if (allowed) {
        QCOMPARE(got.status, 200);
        QCOMPARE(got.headers.values("Access-Control-Allow-Origin"), QList<QByteArray>({origin}));
        QVERIFY(got.headers.hasToken("Vary", "Origin"));
    } else {
        QCOMPARE(got.status, 403);
        QCOMPARE(errorField(got, "code"), QByteArray("forbidden_origin"));
        QVERIFY(!got.headers.contains("Access-Control-Allow-Origin"));
        QCOMPARE(upstream.requestCount(), 0);
    }
}

void TestClients::preflight()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("AUTH_KEY", AuthKey); // browsers send no credentials with a preflight
    QVERIFY(keywheel.start());
    const Headers ask{{"Origin", "http://localhost:5173"},
                      {"Access-Control-Request-Method", "POST"},
                      {"Access-Control-Request-Headers", "authorization, x-stainless-os"}};
    const Fetched got = keywheel.fetch("OPTIONS", "/v1/chat/completions", ask);
    QVERIFY(got.status == 204 || got.status == 200);
    QCOMPARE(got.headers.value("Access-Control-Allow-Origin"), QByteArray("http://localhost:5173"));
    QVERIFY(got.headers.hasToken("Access-Control-Allow-Methods", "POST"));
    QVERIFY(got.headers.hasToken("Access-Control-Allow-Headers", "x-stainless-os"));
    QCOMPARE(upstream.requestCount(), 0);
}

void TestClients::corsTurnedOff()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("ENABLE_CORS", "false");
    QVERIFY(keywheel.start());
    const Fetched got = keywheel.fetch("GET", "/v1/models", {{"Origin", "http://localhost:5173"}});
    QVERIFY(!got.headers.contains("Access-Control-Allow-Origin"));
}

void TestClients::foreignHost_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("allowed");
    for (const char *host : {"localhost", "localhost:3000", "127.0.0.1", "[::1]:80", "LOCALHOST",
                             "host.docker.internal:3000", "host.containers.internal"})
        QTest::newRow(host) << QByteArray(host) << true;
    for (const char *host :
         {"example.org", "example.org:3000", "127.0.0.1.example.org", "localhost.example.org",
          "169.254.169.254", "xhost.docker.internal", "host.docker.internal.example.org"})
        QTest::newRow(host) << QByteArray(host) << false;
}

void TestClients::foreignHost()
{
    QFETCH(const QByteArray, host);
    QFETCH(const bool, allowed);
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    for (const QByteArray path : {"/v1/models", "/stats"}) {
        const Fetched got = keywheel.fetch("GET", path, {{"Host", host}});
        QCOMPARE(got.status, allowed ? 200 : 403);
        QCOMPARE(errorField(got, "code"), allowed ? QByteArray() : QByteArray("forbidden_host"));
    }
}

void TestClients::browserCannotResetByGet()
{
    FakeUpstream upstream;
    upstream.forKey(Keys[0]).reply(Answer::status(401));
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    const Fetched refused =
        keywheel.fetch("GET", "/reset-keys", {{"Sec-Fetch-Site", "cross-site"}});
    QCOMPARE(refused.status, 403);
    QCOMPARE(keywheel.blacklist(), QByteArray("0:permanent"));
    QCOMPARE(keywheel.fetch("GET", "/reset-keys").status, 200);
    QCOMPARE(keywheel.blacklist(), QByteArray());
}

void TestClients::limits_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    const auto row = [](const char *name, const QByteArray &bytes, int status, const char *code) {
        QTest::newRow(name) << bytes << status << QByteArray(code);
    };
    const QByteArray start = "POST /v1/x HTTP/1.1\r\nHost: localhost\r\n";
    row("not HTTP", "hello there\r\n\r\n", 400, "invalid_request");
    row("no Host", "GET / HTTP/1.1\r\n\r\n", 400, "invalid_request");
    row("space before colon", start + "X : 1\r\n\r\n", 400, "invalid_request");
    row("folded", start + "X: 1\r\n  2\r\n\r\n", 400, "invalid_request");
    row("two lengths", start + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400,
        "invalid_request");
    row("length and chunks",
        start + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
        "invalid_request");
    row("bad chunk", start + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", 400, "invalid_request");
    row("body too large", start + "Content-Length: 1048577\r\n\r\n", 413, "body_too_large");
    row("chunks too large",
        start + "Transfer-Encoding: chunked\r\n\r\n100001\r\n" + QByteArray(0x100001, 'x'), 413,
        "body_too_large");
    row("headers too large", start + "X: " + QByteArray(300'000, 'x') + "\r\n\r\n", 431,
        "headers_too_large");
}

void TestClients::limits()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const int, status);
    QFETCH(const QByteArray, code);
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("MAX_BODY_SIZE", "1048576");
    QVERIFY(keywheel.start());
    HttpClient client(keywheel.port());
    client.send(bytes);
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.response().status, status);
    QCOMPARE(errorField(client.response(), "code"), code);
    QTRY_VERIFY(client.response().closed); // what follows cannot be trusted
    QCOMPARE(upstream.requestCount(), 0);
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
}

void TestClients::connectionLimit()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("MAX_CONNECTIONS", "2");
    QVERIFY(keywheel.start());
    HttpClient first(keywheel.port());
    HttpClient second(keywheel.port());
    for (HttpClient *client : {&first, &second}) {
        client->get("/v1/models");
        QVERIFY(client->waitForEnd());
        QCOMPARE(client->response().status, 200);
    }
    const Fetched third = keywheel.fetch("GET", "/v1/models");
    QCOMPARE(third.status, 503);
    QCOMPARE(errorField(third, "code"), QByteArray("overloaded"));
    first.leave();
    bool served = false; // once is enough: each try takes the free place for a moment
    QTRY_VERIFY(served || (served = keywheel.fetch("GET", "/v1/models").status == 200));
}

void TestClients::pipelinedRequestsAreAnsweredInOrder()
{
    FakeUpstream upstream;
    upstream.onRequest(1, Answer::json(200, "first").delayHead(std::chrono::milliseconds(100)));
    upstream.onRequest(2, Answer::json(200, "second"));
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, keywheel.port());
    socket.write(HttpClient::message("GET", "/1") + HttpClient::message("GET", "/2"));
    QByteArray all;
    connect(&socket, &QTcpSocket::readyRead, this, [&] { all += socket.readAll(); });
    QTRY_VERIFY(all.endsWith("second"));
    QVERIFY(all.indexOf("first") < all.indexOf("HTTP/1.1", 1));
    QCOMPARE(all.count("HTTP/1.1 200"), 2);
}

QTEST_GUILESS_MAIN(TestClients)
#include "test_clients.moc"
