// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"
#include "support/testcertificate.h"

#include <QTest>

using namespace keywheel;

namespace {

const QList<QByteArray> Keys{"sk-test-forward-alpha-1", "sk-test-forward-beta-2",
                             "sk-test-forward-gamma-3"};

QByteArray everyByte(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char((i * 31 + i / 256) & 0xff);
    return bytes;
}

} // namespace

/// What goes through Keywheel arrives as it was.
class TestForwarding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keysTakeTurns();
    void startIndexComesFirst();
    void keyGoesWhereTheClientHadItsOwn_data();
    void keyGoesWhereTheClientHadItsOwn();
    void requestIsUnchanged();
    void hopByHopFieldsStay();
    void responseIsUnchanged();
    void binaryBodies();
    void chunkedRequestArrives();
    void baseUrlWithPath_data();
    void baseUrlWithPath();
    void methodsAndBodylessAnswers_data();
    void methodsAndBodylessAnswers();
    void interimAnswersDoNotEndTheWait();
    void keepAliveClosedWithoutNotice();
    void truncatedBodyIsNotFaked_data();
    void truncatedBodyIsNotFaked();
    void upstreamOverTls();
};

void TestForwarding::keysTakeTurns()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    for (int i = 0; i < 7; ++i)
        QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    const QList<QByteArray> expected{Keys[0], Keys[1], Keys[2], Keys[0], Keys[1], Keys[2], Keys[0]};
    QCOMPARE(upstream.keysUsed(), expected);
}

void TestForwarding::startIndexComesFirst()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("START_INDEX", "2");
    QVERIFY(keywheel.start());
    for (int i = 0; i < 2; ++i)
        QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    QCOMPARE(upstream.keysUsed(), QList<QByteArray>({Keys[2], Keys[0]}));
}

void TestForwarding::keyGoesWhereTheClientHadItsOwn_data()
{
    QTest::addColumn<QByteArray>("sent");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("used");
    const QByteArray bearer = "Bearer " + Keys[0];
    QTest::newRow("none") << QByteArray("X-None") << QByteArray("x") << QByteArray("Authorization");
    QTest::newRow("bearer") << QByteArray("Authorization") << QByteArray("Bearer own")
                            << QByteArray("Authorization");
    QTest::newRow("x-api-key") << QByteArray("x-api-key") << QByteArray("own")
                               << QByteArray("x-api-key");
    QTest::newRow("api-key") << QByteArray("api-key") << QByteArray("own") << QByteArray("api-key");
    QTest::newRow("x-goog-api-key")
        << QByteArray("x-goog-api-key") << QByteArray("own") << QByteArray("x-goog-api-key");
}

void TestForwarding::keyGoesWhereTheClientHadItsOwn()
{
    QFETCH(const QByteArray, sent);
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArray, used);
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("GET", "/v1/models", {{sent, value}}).status, 200);
    const Headers &got = upstream.request(1).headers;
    for (const QByteArray name : {"Authorization", "x-api-key", "api-key", "x-goog-api-key"})
        QCOMPARE(got.values(name).size(), equalsIgnoreCase(name, used) ? 1 : 0);
    QVERIFY(got.value(used).endsWith(Keys[0]));
    QVERIFY(!upstream.request(1).rawHead.contains("own\r\n"));
}

void TestForwarding::requestIsUnchanged()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    const QByteArray target = "/v1/a/../b//c/%7Euser%2fx?q=1&q=%20+;&empty=";
    const Headers sent{{"User-Agent", "test/1"},
                       {"X-Twice", "one"},
                       {"X-Between", ""},
                       {"X-Twice", "two"},
                       {"Accept-Encoding", "br, gzip"},
                       {"Content-Type", "text/x"},
                       {"Cookie", "a=1"},
                       {"Cookie", "b=2"}};
    QCOMPARE(keywheel.fetch("PATCH", target, sent, "body").status, 200);
    const Received &got = upstream.request(1);
    QCOMPARE(got.method, QByteArray("PATCH"));
    QCOMPARE(got.target, target);
    QCOMPARE(got.body, QByteArray("body"));
    Headers rest = got.headers;
    for (const QByteArray name : {"Host", "Authorization", "Content-Length", "Connection"})
        rest.removeIf([&](const HeaderField &field) { return equalsIgnoreCase(field.name, name); });
    // What Keywheel cannot read is not asked for.
    Headers expected;
    for (const HeaderField &field : sent)
        expected.append(field.name, field.name == "Accept-Encoding" ? "gzip" : field.value);
    QCOMPARE(rest, expected);
    QCOMPARE(got.headers.value("Host"), upstream.url().authority().toLatin1());
}

void TestForwarding::hopByHopFieldsStay()
{
    FakeUpstream upstream;
    upstream.always(Answer::json(200, "{}")
                        .header("Connection", "X-Answer-Hop")
                        .header("X-Answer-Hop", "1")
                        .header("Proxy-Authenticate", "Basic")
                        .header("X-End", "kept"));
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    const Fetched answer = keywheel.fetch("GET", "/v1/models",
                                          {{"Connection", "keep-alive, X-Hop"},
                                           {"X-Hop", "1"},
                                           {"Keep-Alive", "timeout=5"},
                                           {"Proxy-Authorization", "Basic x"},
                                           {"TE", "trailers"},
                                           {"X-End", "kept"}});
    QCOMPARE(answer.status, 200);
    const Headers &sent = upstream.request(1).headers;
    for (const QByteArray name : {"X-Hop", "Keep-Alive", "Proxy-Authorization", "TE"})
        QVERIFY2(!sent.contains(name), name.constData());
    QCOMPARE(sent.value("X-End"), QByteArray("kept"));
    for (const QByteArray name : {"X-Answer-Hop", "Proxy-Authenticate"})
        QVERIFY2(!answer.headers.contains(name), name.constData());
    QCOMPARE(answer.headers.value("X-End"), QByteArray("kept"));
}

void TestForwarding::responseIsUnchanged()
{
    FakeUpstream upstream;
    upstream.always(Answer::text(302, "gone", "text/html; charset=x")
                        .reason("Over There")
                        .header("Location", "http://192.0.2.1/elsewhere")
                        .header("Set-Cookie", "a=1, still a; Path=/")
                        .header("X-Middle", "m")
                        .header("Set-Cookie", "b=2")
                        .header("Content-Encoding", "br"));
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    const Fetched answer = keywheel.fetch("GET", "/v1/models");
    QCOMPARE(answer.status, 302);
    QCOMPARE(answer.reason, QByteArray("Over There"));
    QCOMPARE(answer.body, QByteArray("gone"));
    QCOMPARE(answer.headers.values("Set-Cookie"),
             QList<QByteArray>({"a=1, still a; Path=/", "b=2"}));
    QCOMPARE(answer.headers.value("Location"), QByteArray("http://192.0.2.1/elsewhere"));
    QCOMPARE(answer.headers.value("Content-Encoding"), QByteArray("br"));
    QCOMPARE(answer.headers.value("Content-Type"), QByteArray("text/html; charset=x"));
    QCOMPARE(upstream.requestCount(), 1);
}

void TestForwarding::binaryBodies()
{
    const QByteArray question = everyByte(1024 * 1024 + 1);
    const QByteArray reply = everyByte(1024 * 1024 + 77);
    FakeUpstream upstream;
    const Answer answer = Answer::text(200, reply, "application/octet-stream");
    upstream.always(answer).then(answer.chunked()).then(answer.untilClose());
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    for (int i = 1; i <= 3; ++i) {
        const Fetched got = keywheel.fetch("POST", "/v1/files", {}, question);
        QCOMPARE(got.status, 200);
        QVERIFY(got.complete);
        QVERIFY2(got.body == reply, QByteArray::number(i).constData());
        QVERIFY2(upstream.request(i).body == question, QByteArray::number(i).constData());
    }
}

void TestForwarding::chunkedRequestArrives()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    HttpClient client(keywheel.port());
    client.send("POST /v1/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                "4;ext=1\r\nWiki\r\n5\r\npedia\r\n0\r\nTrailer: x\r\n\r\n");
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.response().status, 200);
    QCOMPARE(upstream.request(1).body, QByteArray("Wikipedia"));
}

void TestForwarding::baseUrlWithPath_data()
{
    QTest::addColumn<QString>("base");
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("got");
    const auto row = [](const char *base, const char *asked, const char *got) {
        QTest::addRow("%s %s", base, asked)
            << QString::fromLatin1(base) << QByteArray(asked) << QByteArray(got);
    };
    row("", "/v1/models", "/v1/models");
    row("/", "/v1/models", "/v1/models");
    row("/v1", "/v1/models", "/v1/models");
    row("/v1/", "/v1/models", "/v1/models");
    row("/v1", "/models?a=1", "/v1/models?a=1");
    row("/api/openai", "/v1/models", "/api/openai/v1/models");
    row("/api/v1", "/v1/models", "/api/v1/models");
    row("/api/v1", "/v1beta/models", "/api/v1/v1beta/models");
}

void TestForwarding::baseUrlWithPath()
{
    QFETCH(const QString, base);
    QFETCH(const QByteArray, asked);
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(base), Keys);
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("GET", asked).status, 200);
    QTEST(upstream.request(1).target, "got");
}

void TestForwarding::methodsAndBodylessAnswers_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("status");
    QTest::newRow("HEAD") << QByteArray("HEAD") << 200;
    QTest::newRow("DELETE") << QByteArray("DELETE") << 204;
    QTest::newRow("GET 304") << QByteArray("GET") << 304;
    QTest::newRow("OPTIONS without Origin") << QByteArray("OPTIONS") << 200;
    QTest::newRow("unknown method") << QByteArray("BREW") << 200;
}

void TestForwarding::methodsAndBodylessAnswers()
{
    QFETCH(const QByteArray, method);
    QFETCH(const int, status);
    FakeUpstream upstream;
    upstream.always(Answer::json(status, "{\"a\":1}").header("ETag", "\"x\""));
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    HttpClient client(keywheel.port());
    client.send(HttpClient::message(method, "/v1/thing"));
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.response().status, status);
    QCOMPARE(upstream.request(1).method, method);
    // The connection is in step: the next answer is not mistaken for a body.
    client.get("/v1/next");
    QVERIFY(client.waitForEnd());
    QVERIFY(client.response().status == status);
    QCOMPARE(upstream.request(2).target, QByteArray("/v1/next"));
}

void TestForwarding::interimAnswersDoNotEndTheWait()
{
    FakeUpstream upstream;
    upstream.always(Answer::json(200, "{}").interim(103, {{"Link", "</x>"}}).interim(102));
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    const Fetched got = keywheel.fetch("GET", "/v1/models");
    QCOMPARE(got.status, 200);
    QCOMPARE(got.body, QByteArray("{}"));
}

void TestForwarding::keepAliveClosedWithoutNotice()
{
    FakeUpstream upstream;
    upstream.always(Answer::json(200, "{}").end(Answer::End::Drop));
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    for (int i = 0; i < 10; ++i)
        QCOMPARE(keywheel.fetch("POST", "/v1/chat/completions", {}, "{}").status, 200);
    QCOMPARE(upstream.requestCount(), 10); // and none was sent twice
}

void TestForwarding::truncatedBodyIsNotFaked_data()
{
    QTest::addColumn<Answer>("answer");
    const Answer whole = Answer::json(200, QByteArray(50'000, 'x'));
    QTest::newRow("content-length") << whole.truncated(30'000);
    QTest::newRow("chunked") << whole.chunked().truncated(30'000);
    QTest::newRow("content-length, reset") << whole.truncated(30'000, Answer::End::Reset);
    QTest::newRow("stream") << Answer::sse({"one", "two"}).end(Answer::End::Cut);
}

void TestForwarding::truncatedBodyIsNotFaked()
{
    QFETCH(const Answer, answer);
    FakeUpstream upstream;
    upstream.always(answer);
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    const Fetched got = keywheel.fetch("GET", "/v1/models");
    QVERIFY(got.closed);
    QVERIFY(!got.complete);
    QCOMPARE(upstream.requestCount(), 1); // bytes had gone to the client: no retry
    QCOMPARE(keywheel.blacklist(), QByteArray());
}

void TestForwarding::upstreamOverTls()
{
    QTemporaryDir folder;
    const auto certificate = makeTestCertificate(folder.path());
    if (!certificate)
        QSKIP("The openssl command is not installed.");
    FakeUpstream upstream(certificate->configuration);
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("MAX_RETRIES", "0");
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 502); // its authority is not known
    QCOMPARE(upstream.requestCount(), 0);

    keywheel.set("UPSTREAM_CA_FILE", certificate->certificateFile.toUtf8());
    QTRY_COMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    QCOMPARE(keywheel.blacklist(), QByteArray());
}

QTEST_GUILESS_MAIN(TestForwarding)
#include "test_forwarding.moc"
