// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"

#include <QJsonArray>
#include <QTcpServer>
#include <QTest>

using namespace keywheel;

namespace {

const QList<QByteArray> Keys{"sk-test-reload-alpha-1", "sk-test-reload-beta-2"};

} // namespace

/// Edits of the .env file and the keys file take effect while streams go on.
class TestReload : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void upstreamChangesUnderAStream();
    void keysChangeUnderAStream();
    void keptKeysKeepTheirState();
    void badValueKeepsTheOldSettings();
    void authKeyChanges();
    void environmentOutranksTheFile();
    void theStrategyChanges();
    void listenerMoves();
};

void TestReload::upstreamChangesUnderAStream()
{
    FakeUpstream before;
    FakeUpstream after;
    before.always(Answer::stream());
    KeywheelProcess keywheel(before.url(), Keys);
    QVERIFY(keywheel.start());
    HttpClient client(keywheel.port());
    client.get("/v1/events");
    QTRY_COMPARE(before.requestCount(), 1);
    before.push(1, "data: 1\n\n");
    QVERIFY(client.waitForBody(9));

    before.always(Answer::json(200, "{}"));
    keywheel.set("OPENAI_BASE_URL", after.url().toEncoded());
    QTRY_VERIFY((keywheel.fetch("GET", "/v1/models"), after.requestCount() > 0));

    before.push(1, "data: 2\n\n");
    before.end(1);
    QVERIFY(client.waitForEnd());
    QVERIFY(client.response().complete);
    QCOMPARE(client.response().body, QByteArray("data: 1\n\ndata: 2\n\n"));
}

void TestReload::keysChangeUnderAStream()
{
    FakeUpstream upstream;
    upstream.forKey(Keys[0]).reply(Answer::stream());
    KeywheelProcess keywheel(upstream.url(), {Keys[0]});
    QVERIFY(keywheel.start());
    HttpClient client(keywheel.port());
    client.get("/v1/events");
    QTRY_COMPARE(upstream.requestCount(), 1);
    upstream.push(1, "data: 1\n\n");
    QVERIFY(client.waitForBody(9));

    keywheel.setKeys({Keys[1]});
    QTRY_COMPARE(keywheel
                     .endpoint("/stats")[QStringLiteral("keys")][QStringLiteral("rows")][0]
                                        [QStringLiteral("preview")]
                     .toString(),
                 QStringLiteral("sk-te…ta-2"));
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    QCOMPARE(upstream.keysUsed().last(), Keys[1]);

    upstream.push(1, "data: 2\n\n");
    upstream.end(1);
    QVERIFY(client.waitForEnd());
    QVERIFY(client.response().complete);
    QCOMPARE(client.response().body, QByteArray("data: 1\n\ndata: 2\n\n"));
}

void TestReload::keptKeysKeepTheirState()
{
    FakeUpstream upstream;
    upstream.forKey(Keys[0]).reply(Answer::status(401));
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    QCOMPARE(keywheel.blacklist(), QByteArray("0:permanent"));
    keywheel.setKeys({"sk-test-reload-new-3", Keys[0], Keys[1]});
    QTRY_COMPARE(keywheel.blacklist(), QByteArray("1:permanent"));
}

void TestReload::badValueKeepsTheOldSettings()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    keywheel.set("MAX_RETRIES", "many");
    QTRY_VERIFY(keywheel.everythingPrinted().contains("MAX_RETRIES"));
    QVERIFY(keywheel.everythingPrinted().contains("many"));
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    QVERIFY(keywheel.isRunning());
}

void TestReload::theStrategyChanges()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("KEY_STRATEGY", "fill-first");
    QVERIFY(keywheel.start());
    const auto ask = [&] {
        keywheel.fetch("GET", "/v1/models");
        return upstream.keysUsed().last();
    };
    for (int i = 0; i < 3; ++i)
        QCOMPARE(ask(), Keys[0]);
    keywheel.set("KEY_STRATEGY", "least-used");
    QTRY_COMPARE(ask(), Keys[1]);
    QCOMPARE(keywheel
                 .endpoint("/stats")[QStringLiteral("keys")][QStringLiteral("rows")][1]
                                    [QStringLiteral("lastChoice")]
                 .toString(),
             QStringLiteral("least-used"));
}

void TestReload::authKeyChanges()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    keywheel.set("AUTH_KEY", "a-new-local-secret");
    QTRY_COMPARE(keywheel.fetch("GET", "/v1/models").status, 401);
    const Headers auth{{"Authorization", "Bearer a-new-local-secret"}};
    QCOMPARE(keywheel.fetch("GET", "/v1/models", auth).status, 200);
}

void TestReload::environmentOutranksTheFile()
{
    FakeUpstream fixed;
    FakeUpstream other;
    KeywheelProcess keywheel(other.url(), Keys);
    keywheel.setEnvironment(QStringLiteral("OPENAI_BASE_URL"), fixed.url().toString());
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    keywheel.set("AUTH_KEY", "seen-when-the-file-was-read");
    QTRY_COMPARE(keywheel.fetch("GET", "/v1/models").status, 401);
    const int before = fixed.requestCount();
    keywheel.fetch("GET", "/v1/models", {{"Authorization", "Bearer seen-when-the-file-was-read"}});
    QCOMPARE(fixed.requestCount(), before + 1);
    QCOMPARE(other.requestCount(), 0);
}

void TestReload::listenerMoves()
{
    // A free port for certain a moment ago; the second listener keeps its own.
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    const quint16 first = probe.serverPort();
    probe.close();
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("PORT", QByteArray::number(first));
    QVERIFY(keywheel.startOnPort());
    QCOMPARE(keywheel.port(), first);

    keywheel.set("PORT", QByteArray::number(taken.serverPort()));
    QTRY_VERIFY(keywheel.everythingPrinted().contains(QByteArray::number(taken.serverPort())));
    QCOMPARE(fetch(first, "GET", "/health").status, 200); // the old one stays open

    const quint16 second = taken.serverPort();
    taken.close();
    keywheel.set("MAX_RETRIES", "1"); // any edit makes it try again
    QTRY_COMPARE(fetch(second, "GET", "/health").status, 200);
    QTRY_COMPARE(fetch(first, "GET", "/health").status, 0);
}

QTEST_GUILESS_MAIN(TestReload)
#include "test_reload.moc"
