// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"

#include <QEventLoop>
#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>
#include <QTimer>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

const QList<QByteArray> Keys{"sk-test-stream-alpha-1", "sk-test-stream-beta-2"};
using SteadyClock = std::chrono::steady_clock;

/// The successes and failures of all keys, as text.
QByteArray keyCounts(const KeywheelProcess &keywheel)
{
    const QJsonObject keys = keywheel.endpoint("/stats")[QStringLiteral("keys")].toObject();
    return QByteArray::number(keys[QStringLiteral("successCount")].toInt(-1)) + '/' +
           QByteArray::number(keys[QStringLiteral("failureCount")].toInt(-1));
}

} // namespace

class TestStreaming : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chunksComeAtOnce();
    void headComesBeforeTheFirstEvent();
    void errorAsFirstEventIsRetriedUnseen();
    void errorLaterIsPassedOn();
    void slowClientGetsEverything();
    void upstreamEndsWhenTheClientLeaves_data();
    void upstreamEndsWhenTheClientLeaves();
    void silentStreamIsCut();
    void manyAtOnce();
};

void TestStreaming::chunksComeAtOnce()
{
    constexpr int Chunks = 20;
    FakeUpstream upstream;
    upstream.always(Answer::stream());
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    HttpClient client(keywheel.port());
    client.post("/v1/chat/completions", "{\"stream\":true}");
    QTRY_COMPARE(upstream.requestCount(), 1);

    int inTime = 0;
    for (int i = 0; i < Chunks; ++i) {
        QEventLoop loop;
        std::optional<SteadyClock::time_point> came;
        connect(&client, &HttpClient::data, &loop, [&] {
            came = SteadyClock::now();
            loop.quit();
        });
        QTimer::singleShot(10s, &loop, &QEventLoop::quit);
        const auto sent = SteadyClock::now();
        upstream.push(1, "data: " + QByteArray::number(i) + "\n\n");
        loop.exec();
        QVERIFY2(came, "the chunk did not come before the next was sent");
        if (*came - sent <= 50ms)
            ++inTime;
    }
    // A loaded machine may make one or two late.
    QVERIFY2(inTime >= Chunks - 2, QByteArray::number(inTime).constData());
    upstream.end(1);
    QVERIFY(client.waitForEnd());
    QVERIFY(client.response().complete);
    QCOMPARE(client.response().body.count("data: "), Chunks);
}

void TestStreaming::headComesBeforeTheFirstEvent()
{
    FakeUpstream upstream;
    upstream.always(Answer::stream());
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    HttpClient client(keywheel.port());
    client.get("/v1/events");
    QTRY_COMPARE(upstream.requestCount(), 1);
    upstream.push(1, ": keep-alive\n\n"); // a comment begins a stream
    QVERIFY(client.waitForBody(14));
    QCOMPARE(client.response().status, 200);
    QCOMPARE(client.response().headers.value("Content-Type"), QByteArray("text/event-stream"));
    upstream.push(1, "data: {\"error\":{\"code\":\"rate_limit_exceeded\"}}\n\n");
    upstream.end(1);
    QTRY_COMPARE(upstream.requestCount(), 2); // the next key's stream goes on under that head
    upstream.push(2, "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n");
    upstream.end(2);
    QVERIFY(client.waitForEnd());
    QVERIFY(client.response().complete);
    QVERIFY(client.response().body.contains("hi"));
    QVERIFY(!client.response().body.contains("error"));
}

void TestStreaming::errorAsFirstEventIsRetriedUnseen()
{
    FakeUpstream upstream;
    upstream.forKey(Keys[0]).reply(Answer::stream());
    upstream.forKey(Keys[1]).reply(Answer::sse({"good", "[DONE]"}));
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    HttpClient client(keywheel.port());
    client.post("/v1/chat/completions", "{\"stream\":true}");
    QTRY_COMPARE(upstream.requestCount(), 1);
    // In two pieces: the event must be held until it is whole.
    upstream.push(1, "event: error\ndata: {\"error\":{\"code\":\"rate_limit");
    upstream.push(1, "_exceeded\",\"message\":\"Slow\"}}\n\n");
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.response().status, 200);
    QCOMPARE(client.response().body, QByteArray("data: good\n\ndata: [DONE]\n\n"));
    QCOMPARE(keywheel.blacklist(), QByteArray("0:temporary"));
    QTRY_VERIFY(upstream.request(1).closedAt); // the first stream does not run on
}

void TestStreaming::errorLaterIsPassedOn()
{
    FakeUpstream upstream;
    upstream.always(
        Answer::sse({"one"}).event("error", R"({"error":{"code":"insufficient_quota"}})"));
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    const Fetched got = keywheel.fetch("GET", "/v1/events");
    QVERIFY(got.complete);
    QVERIFY(got.body.contains("insufficient_quota"));
    QCOMPARE(upstream.requestCount(), 1);
}

void TestStreaming::slowClientGetsEverything()
{
    const QByteArray body(8LL * 1024 * 1024, '~');
    FakeUpstream upstream;
    upstream.always(Answer::text(200, body, "application/octet-stream").chunked());
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    QTcpSocket slow;
    slow.setReadBufferSize(64LL * 1024);
    slow.connectToHost(QHostAddress::LocalHost, keywheel.port());
    slow.write(HttpClient::message("GET", "/v1/files/x/content", {{"Connection", "close"}}));
    qint64 received = 0;
    QTimer reader;
    connect(&reader, &QTimer::timeout, &slow,
            [&] { received += slow.read(128LL * 1024).count('~'); });
    reader.start(1ms);
    QTRY_COMPARE_WITH_TIMEOUT(received, body.size(), 30'000);
}

void TestStreaming::upstreamEndsWhenTheClientLeaves_data()
{
    QTest::addColumn<bool>("crash");
    QTest::addColumn<bool>("afterBytes");
    QTest::newRow("FIN, before the answer") << false << false;
    QTest::newRow("RST, before the answer") << true << false;
    QTest::newRow("FIN, in mid-stream") << false << true;
    QTest::newRow("RST, in mid-stream") << true << true;
}

void TestStreaming::upstreamEndsWhenTheClientLeaves()
{
    QFETCH(const bool, crash);
    QFETCH(const bool, afterBytes);
    FakeUpstream upstream;
    upstream.always(afterBytes ? Answer::stream() : Answer::hang());
    QSignalSpy left(&upstream, &FakeUpstream::peerLeft);
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    HttpClient client(keywheel.port());
    client.post("/v1/chat/completions", "{\"stream\":true}");
    QTRY_COMPARE(upstream.requestCount(), 1);
    if (afterBytes) {
        upstream.push(1, "data: 1\n\n");
        QVERIFY(client.waitForBody(9));
    }
    const auto leftAt = SteadyClock::now();
    crash ? client.crash() : client.leave();
    QVERIFY(left.count() == 1 || left.wait());
    QVERIFY(*upstream.request(1).closedAt - leftAt < 1s);
    QCOMPARE(upstream.requestCount(), 1);
    QCOMPARE(keywheel.blacklist(), QByteArray());
    QVERIFY(keyCounts(keywheel).endsWith("/0"));
    const QJsonObject stats = keywheel.endpoint("/stats");
    QCOMPARE(stats[QStringLiteral("requests")][QStringLiteral("active")].toInt(-1), 0);
}

void TestStreaming::silentStreamIsCut()
{
    FakeUpstream upstream;
    upstream.always(Answer::stream());
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("RESPONSE_TIMEOUT", "1000");
    QVERIFY(keywheel.start());
    HttpClient client(keywheel.port());
    client.get("/v1/events");
    QTRY_COMPARE(upstream.requestCount(), 1);
    // Longer than the limit in all, but never silent for so long.
    QTimer pulse;
    int pulses = 0;
    connect(&pulse, &QTimer::timeout, &upstream, [&] {
        upstream.push(1, "data: x\n\n");
        if (++pulses == 6)
            pulse.stop();
    });
    pulse.start(300ms);
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.response().body.count("data: x"), 6);
    QVERIFY(!client.response().complete);
    QCOMPARE(keywheel.blacklist(), QByteArray());
}

void TestStreaming::manyAtOnce()
{
    FakeUpstream upstream;
    upstream.always(Answer::sse({"1", "2", "3", "4", "[DONE]"}, 20ms));
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("MAX_SOCKETS", "20"); // fewer than clients: the others wait in order
    QVERIFY(keywheel.start());
    std::vector<std::unique_ptr<HttpClient>> clients;
    for (int i = 0; i < 60; ++i) {
        clients.push_back(std::make_unique<HttpClient>(keywheel.port()));
        clients.back()->post("/v1/chat/completions", "{\"stream\":true}");
    }
    for (const auto &client : clients) {
        QVERIFY(client->waitForEnd());
        QVERIFY(client->response().complete);
        QCOMPARE(client->response().body.count("data: "), 5);
    }
    QVERIFY(upstream.connectionsAccepted() <= 20);
    QCOMPARE(keyCounts(keywheel), QByteArray("60/0"));
}

QTEST_GUILESS_MAIN(TestStreaming)
#include "test_streaming.moc"
