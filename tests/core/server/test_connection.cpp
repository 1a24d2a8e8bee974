// SPDX-License-Identifier: GPL-3.0-or-later
// A connection over raw sockets; what is accepted and refused on it has its test_conformance.
#include "core/server/serverfixture.h"

#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

const QByteArray Host = "Host: localhost\r\n";

QByteArray get(const QByteArray &target, const QByteArray &fields = {})
{
    return "GET " + target + " HTTP/1.1\r\n" + Host + fields + "\r\n";
}

QByteArray post(const QByteArray &fields, const QByteArray &body)
{
    return "POST /v1/x HTTP/1.1\r\n" + Host + fields + "\r\n" + body;
}

/// Turns the event loop until `done`. QTest::qWaitFor() sleeps between two looks, which a thousand
/// rounds would notice.
template <class Done>
bool spinUntil(Done done)
{
    const QDeadlineTimer limit(10s);
    while (!done() && !limit.hasExpired())
        QCoreApplication::processEvents();
    return done();
}

} // namespace

class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void handsOverTheRequestAsItCame();
    void answersPipelinedRequestsInOrder();
    void pipelinedRequestsWaitForTheSlowFirst();
    void theSlowFirstComesFirstEveryTime();
    void aBrokenAnswerDoesNotTakeTheOneBeforeWithIt();
    void aFloodOfPipelinedRequestsIsNotRead();
    void closesWhenAsked_data();
    void closesWhenAsked();
    void asksForTheBodyOnce();
    void doesNotAskForABodyThatItRefuses();
    void answersHalfClosedClients();
    void halfClosedCountsAsGone();
    void slowHeadersGet408();
    void stalledBodyGets408();
    void trickledBodyIsAccepted();
    void idleConnectionsClose();
    void aClientThatDoesNotCloseIsDropped();
    void waitingForAnAnswerHasNoTimeOut();
    void nothingIsDueWithoutConnections();
    void noticesThatTheClientLeft();
    void noticesThatAFloodingClientLeft();
};

void TestConnection::handsOverTheRequestAsItCame()
{
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.send("POST /v1/x?a=b HTTP/1.1\r\nhOST: localhost\r\nX-B: 1\r\nX-A: 2\r\nx-b: 3\r\n"
                "Connection: keep-alive, X-A\r\nContent-Length: 2\r\n\r\nhi");
    QCOMPARE(statusOf(client.answer()), 200);
    const Request request = fixture.handler.requests.front();
    const Headers expected{{"hOST", "localhost"},
                           {"X-B", "1"},
                           {"X-A", "2"},
                           {"x-b", "3"},
                           {"Connection", "keep-alive, X-A"},
                           {"Content-Length", "2"}};
    QVERIFY(request.headers == expected);
    QCOMPARE(request.target, QByteArray("/v1/x?a=b"));
    QCOMPARE(request.peer, QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(request.peerPort, client.socket().localPort());
    QVERIFY(request.received == fixture.clock.now());

    client.send(get("/again"));
    QCOMPARE(statusOf(client.answer()), 200);
    QVERIFY(fixture.handler.requests.back().id != request.id);
}

void TestConnection::answersPipelinedRequestsInOrder()
{
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    QByteArray all;
    for (int i = 0; i < 1000; ++i)
        all += get("/" + QByteArray::number(i));
    client.send(all);
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(bodyOf(client.answer()), "GET /" + QByteArray::number(i) + ' ');
}

void TestConnection::aBrokenAnswerDoesNotTakeTheOneBeforeWithIt()
{
    constexpr qsizetype Size = qsizetype{16} * 1024 * 1024; // more than the system takes at once
    ServerFixture fixture;
    fixture.handler.holdRequests();
    RawClient client(fixture.server.port());
    client.socket().setReadBufferSize(1);
    client.send(get("/first") + get("/second") + get("/unread"));
    QTRY_COMPARE(fixture.handler.held.size(), size_t(1));
    respond(*fixture.handler.held.front(), {200, {}, {}}, QByteArray(Size, 'x'));
    QTRY_COMPARE(fixture.handler.held.size(), size_t(2));
    fixture.handler.held[1]->writeHead({200, {}, {{"Content-Length", "9"}}});
    fixture.handler.held[1]->write("half");
    fixture.handler.held[1]->abort();

    client.socket().setReadBufferSize(0);
    QVERIFY(client.isClosed());
    QCOMPARE(client.received().count('x'), Size);
    QVERIFY(client.received().endsWith("\r\n\r\nhalf"));
    QCOMPARE(fixture.handler.requests.size(), size_t(2));
    QTRY_COMPARE(fixture.server.connectionCount(), 0);
}

void TestConnection::pipelinedRequestsWaitForTheSlowFirst()
{
    ServerFixture fixture;
    fixture.handler.holdRequests();
    RawClient client(fixture.server.port());
    client.send(get("/slow") + post("Content-Length: 1\r\n", "x") + get("/health"));
    QTRY_COMPARE(fixture.handler.held.size(), size_t(1));
    QCoreApplication::processEvents();
    QCOMPARE(fixture.handler.requests.size(), size_t(1));

    respond(*fixture.handler.held.front(), {200, {}, {}}, "first");
    QTRY_COMPARE(fixture.handler.held.size(), size_t(2));
    respond(*fixture.handler.held.back(), {201, {}, {}}, "second");
    QCOMPARE(bodyOf(client.answer()), QByteArray("first"));
    QCOMPARE(bodyOf(client.answer()), QByteArray("second"));
    QVERIFY(client.answer().contains("healthy"));
}

void TestConnection::theSlowFirstComesFirstEveryTime()
{
    ServerFixture fixture;
    fixture.handler.holdRequests();
    auto &held = fixture.handler.held;
    RawClient client(fixture.server.port());
    for (int i = 0; i < 1000; ++i) {
        client.send(get("/slow") + get("/next"));
        QVERIFY(spinUntil([&] { return held.size() == 1; }));
        held[0]->writeHead({200, {}, {}});
        held[0]->write("slow");
        QCoreApplication::processEvents();
        QCOMPARE(held.size(), size_t(1)); // the second waits although it has come
        held[0]->finish();
        QVERIFY(spinUntil([&] { return held.size() == 2; }));
        respond(*held[1], {201, {}, {}}, QByteArray::number(i));
        QVERIFY(spinUntil([&] { return client.received().contains("201 Created"); }));
        QVERIFY(client.answer().contains("\r\n\r\n4\r\nslow\r\n0\r\n\r\n"));
        QCOMPARE(bodyOf(client.answer()), QByteArray::number(i));
        held.clear();
    }
}

void TestConnection::aFloodOfPipelinedRequestsIsNotRead()
{
    ServerFixture fixture;
    fixture.handler.holdRequests();
    RawClient client(fixture.server.port());
    client.send(get("/slow"));
    QTRY_COMPARE(fixture.handler.held.size(), size_t(1));

    // More than every buffer between the two: some of it must stay with the client.
    const qint64 sent = 64 * 1024 * 1024;
    client.send(get("/x").repeated(int(sent / get("/x").size())));
    for (int turn = 0; turn < 5000; ++turn)
        QCoreApplication::processEvents();
    QVERIFY(client.socket().bytesToWrite() > sent / 2);
    QCOMPARE(fixture.handler.requests.size(), size_t(1));
}

void TestConnection::closesWhenAsked_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("connection"); // the answer's field
    const QByteArray close("close");
    QTest::newRow("1.1 close") << get("/x", "Connection: close\r\n") << close;
    QTest::newRow("1.1 close in a list") << get("/x", "Connection: TE, Close\r\n") << close;
    QTest::newRow("1.0") << QByteArray("GET /x HTTP/1.0\r\n\r\n") << close;
    QTest::newRow("1.0 close") << QByteArray(
                                      "GET /x HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n")
                               << close;
    QTest::newRow("1.0 keep-alive")
        << QByteArray("GET /x HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
        << QByteArray("keep-alive");
    QTest::newRow("1.1") << get("/x") << QByteArray();
}

void TestConnection::closesWhenAsked()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, connection);
    for (const bool slowly : {false, true}) {
        ServerFixture fixture;
        RawClient client(fixture.server.port());
        const QByteArray bytes = request + get("/next");
        slowly ? client.sendSlowly(bytes) : client.send(bytes);
        const QByteArray answer = client.answer();
        QCOMPARE(statusOf(answer), 200);
        QCOMPARE(fieldOf(answer, "Connection"), connection);
        if (connection == "close") {
            QVERIFY(client.isClosed());
            QVERIFY(client.received().isEmpty());
            QTRY_COMPARE(fixture.server.connectionCount(), 0);
        } else {
            QCOMPARE(bodyOf(client.answer()), QByteArray("GET /next "));
        }
    }
}

void TestConnection::asksForTheBodyOnce()
{
    const QByteArray head = post("Expect: 100-Continue\r\nContent-Length: 5\r\n", {});
    for (const bool slowly : {false, true}) {
        ServerFixture fixture;
        RawClient client(fixture.server.port());
        slowly ? client.sendSlowly(head) : client.send(head);
        QCOMPARE(client.answer(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
        slowly ? client.sendSlowly("hello") : client.send("hello");
        QCOMPARE(bodyOf(client.answer()), QByteArray("POST /v1/x hello"));
        QVERIFY(client.received().isEmpty());
    }
}

void TestConnection::doesNotAskForABodyThatItRefuses()
{
    ServerConfig config;
    config.authKey = "test-auth";
    ServerFixture fixture(config);
    RawClient client(fixture.server.port());
    client.send(post("Expect: 100-continue\r\nContent-Length: 5\r\n", {}));
    QCOMPARE(statusOf(client.answer()), 401);
    QVERIFY(client.isClosed());
}

void TestConnection::answersHalfClosedClients()
{
    for (const bool slowly : {false, true}) {
        ServerFixture fixture;
        RawClient client(fixture.server.port());
        const QByteArray requests = get("/health") + get("/stats");
        slowly ? client.sendSlowly(requests) : client.send(requests);
        ::shutdown(int(client.socket().socketDescriptor()), SHUT_WR);
        QVERIFY(client.answer().contains("healthy"));
        QVERIFY(client.answer().contains("stats"));
        QVERIFY(client.isClosed());
        QTRY_COMPARE(fixture.server.connectionCount(), 0);
    }
}

void TestConnection::halfClosedCountsAsGone()
{
    ServerFixture fixture;
    fixture.handler.holdRequests();
    RawClient client(fixture.server.port());
    client.send(get("/slow"));
    QTRY_COMPARE(fixture.handler.held.size(), size_t(1));
    QSignalSpy gone(fixture.handler.held.front().get(), &ResponseWriter::clientGone);
    ::shutdown(int(client.socket().socketDescriptor()), SHUT_WR);
    QTRY_COMPARE(gone.count(), 1);
}

void TestConnection::slowHeadersGet408()
{
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.send("GET / HTTP/1.1\r\n");
    QTRY_VERIFY(fixture.clock.untilNext() <= 10s && fixture.clock.untilNext() > 0s);
    fixture.clock.advance(9s);
    client.sendSlowly("X-A: b\r\n"); // does not buy more time
    fixture.clock.advance(500ms);
    QVERIFY(client.received().isEmpty());
    fixture.clock.advance(1s);
    QVERIFY(client.isClosed());
    QCOMPARE(statusOf(client.received()), 408);
    QVERIFY(client.received().contains("\"request_timeout\""));
}

void TestConnection::stalledBodyGets408()
{
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.send(post("Content-Length: 5\r\n", "he"));
    QTRY_VERIFY(fixture.clock.untilNext() <= 30s);
    fixture.clock.advance(31s);
    QVERIFY(client.isClosed());
    QCOMPARE(statusOf(client.received()), 408);
    QVERIFY(fixture.handler.requests.empty());
}

void TestConnection::trickledBodyIsAccepted()
{
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.sendSlowly(post("Content-Length: 5\r\n", {}));
    for (const char byte : QByteArray("hello")) {
        fixture.clock.advance(29s);
        client.sendSlowly(QByteArray(1, byte));
        QCoreApplication::processEvents();
    }
    QCOMPARE(bodyOf(client.answer()), QByteArray("POST /v1/x hello"));
}

void TestConnection::idleConnectionsClose()
{
    ServerFixture fixture;
    RawClient used(fixture.server.port());
    used.send(get("/x"));
    QCOMPARE(statusOf(used.answer()), 200);
    RawClient fresh(fixture.server.port());
    QTRY_COMPARE(fixture.server.connectionCount(), 2);
    fixture.clock.advance(74s);
    QCoreApplication::processEvents();
    QVERIFY(used.isOpen() && fresh.isOpen());
    fixture.clock.advance(2s);
    QVERIFY(used.isClosed());
    QVERIFY(fresh.isClosed());
    QVERIFY(used.received().isEmpty() && fresh.received().isEmpty());
}

void TestConnection::aClientThatDoesNotCloseIsDropped()
{
    ServerFixture fixture;
    // A QTcpSocket would close at the server's FIN.
    const int client = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(fixture.server.port());
    QCOMPARE(::connect(client, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    const QByteArray request = get("/x", "Connection: close\r\n");
    QCOMPARE(::send(client, request.data(), size_t(request.size()), 0), request.size());
    QTRY_COMPARE(fixture.handler.requests.size(), size_t(1));
    QCOMPARE(fixture.server.activeCount(), 0);
    QCOMPARE(fixture.server.connectionCount(), 1);
    fixture.clock.advance(6s);
    QTRY_COMPARE(fixture.server.connectionCount(), 0);
    ::close(client);
}

void TestConnection::waitingForAnAnswerHasNoTimeOut()
{
    ServerFixture fixture;
    fixture.handler.holdRequests();
    RawClient client(fixture.server.port());
    client.send(get("/slow"));
    QTRY_COMPARE(fixture.handler.held.size(), size_t(1));
    fixture.clock.advance(1h);
    QCoreApplication::processEvents();
    QVERIFY(client.isOpen());
    respond(*fixture.handler.held.front(), {200, {}, {}}, "late");
    QCOMPARE(bodyOf(client.answer()), QByteArray("late"));
}

void TestConnection::nothingIsDueWithoutConnections()
{
    ServerFixture fixture;
    QCOMPARE(fixture.clock.waiting(), 0);
    for (int i = 0; i < 20; ++i) {
        RawClient client(fixture.server.port());
        client.send(get("/x"));
        QCOMPARE(statusOf(client.answer()), 200);
    }
    QTRY_COMPARE(fixture.server.connectionCount(), 0);
    QVERIFY(fixture.clock.waiting() < 5); // not one for each connection or request
    fixture.clock.advance(80s);
    QCOMPARE(fixture.clock.waiting(), 0);
}

void TestConnection::noticesThatTheClientLeft()
{
    ServerFixture fixture;
    fixture.handler.holdRequests();
    RawClient client(fixture.server.port());
    client.send(get("/slow"));
    QTRY_COMPARE(fixture.handler.held.size(), size_t(1));
    QSignalSpy gone(fixture.handler.held.front().get(), &ResponseWriter::clientGone);
    client.socket().abort();
    QTRY_COMPARE(gone.count(), 1);
    QCOMPARE(fixture.server.activeCount(), 0);
    QCOMPARE(fixture.server.connectionCount(), 0);
    fixture.handler.held.front()->writeHead({200, {}, {}}); // does nothing any more
    fixture.handler.held.front()->finish();
    QCOMPARE(gone.count(), 1);
}

void TestConnection::noticesThatAFloodingClientLeft()
{
    ServerFixture fixture;
    fixture.handler.holdRequests();
    RawClient client(fixture.server.port());
    client.send(get("/slow"));
    QTRY_COMPARE(fixture.handler.held.size(), size_t(1));
    QSignalSpy gone(fixture.handler.held.front().get(), &ResponseWriter::clientGone);
    // An honest next request, larger than what is read ahead: the end behind it is not read either.
    client.send(post("Content-Length: 100000\r\n", QByteArray(100'000, 'x')));
    QTRY_COMPARE(client.socket().bytesToWrite(), 0);
    QTRY_VERIFY(fixture.clock.untilNext() <= 1s);
    fixture.clock.advance(1h);
    QCOMPARE(gone.count(), 0);
    QVERIFY(client.isOpen());

    ::shutdown(int(client.socket().socketDescriptor()), SHUT_WR);
    QVERIFY(QTest::qWaitFor([&] {
        fixture.clock.advance(1s);
        return gone.count() == 1;
    }));
    QCOMPARE(fixture.server.activeCount(), 0);
    QCOMPARE(fixture.server.connectionCount(), 0);
}

QTEST_GUILESS_MAIN(TestConnection)
#include "test_connection.moc"
