// SPDX-License-Identifier: GPL-3.0-or-later
// Conformance over raw sockets: each case is sent at once and byte by byte.
#include "core/server/conformancecases.h"
#include "core/server/serverfixture.h"

#include <QTest>

using namespace keywheel;

namespace {

ServerConfig config()
{
    ServerConfig config;
    config.maxBodySize = ConformanceMaxBody;
    return config;
}

} // namespace

class TestConformance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void refusesWhileBytesComeIn_data();
    void refusesWhileBytesComeIn();
};

void TestConformance::accepts_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("seen");
    for (const ConformanceCase &one : acceptedCases())
        QTest::newRow(one.name.constData()) << one.request << one.seen;
}

void TestConformance::accepts()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, seen);
    ServerFixture fixture(config());
    RawClient client(fixture.server.port());

    client.send(request);
    const QByteArray whole = client.answer();
    QCOMPARE(statusOf(whole), 200);
    QCOMPARE(bodyOf(whole), seen);

    client.sendSlowly(request); // on the same connection: what was before it left nothing behind
    const QByteArray slow = client.answer();
    QCOMPARE(statusOf(slow), 200);
    QCOMPARE(bodyOf(slow), seen);
    QCOMPARE(fixture.handler.requests.size(), size_t(2));
    QVERIFY(client.received().isEmpty());
}

void TestConformance::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    for (const ConformanceCase &one : refusedCases())
        QTest::newRow(one.name.constData()) << one.request << one.status;
}

void TestConformance::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    ServerFixture fixture(config());

    for (const bool slowly : {false, true}) {
        RawClient client(fixture.server.port());
        // What follows must never be taken for a request of its own.
        const QByteArray bytes = request + "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";
        if (slowly)
            client.sendSlowly(bytes);
        else
            client.send(bytes);
        QVERIFY(client.isClosed());
        QCOMPARE(statusOf(client.received()), status);
        QCOMPARE(fieldOf(client.received(), "Connection"), QByteArray("close"));
        QVERIFY(fieldOf(client.received(), "x-request-id").startsWith("kw-"));
        QVERIFY(client.received().contains("\"error\":{\"code\":"));
        QCOMPARE(client.received().count("x-request-id: "), 1);
    }
    QVERIFY(fixture.handler.requests.empty());
}

void TestConformance::refusesWhileBytesComeIn_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<int>("status");
    QTest::newRow("request line") << QByteArray("GET /") << 414;
    QTest::newRow("one header") << QByteArray("GET / HTTP/1.1\r\nX-A: ") << 431;
    QTest::newRow("first byte") << QByteArray(1, '\x16') << 400;
}

void TestConformance::refusesWhileBytesComeIn()
{
    QFETCH(QByteArray, start);
    QFETCH(int, status);
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.send(start);
    for (int sent = 0; sent < 20 && client.received().isEmpty(); ++sent) {
        client.send(QByteArray(16 * 1024, 'a')); // no line ever ends
        QCoreApplication::processEvents();
    }
    QVERIFY(client.receive([](const QByteArray &bytes) { return bytes.contains("\r\n\r\n"); }));
    QCOMPARE(statusOf(client.received()), status);
    QVERIFY(client.isClosed());
}

QTEST_GUILESS_MAIN(TestConformance)
#include "test_conformance.moc"
