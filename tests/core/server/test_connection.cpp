// SPDX-License-Identifier: GPL-3.0-or-later
// Conformance over raw sockets: each case is sent whole and byte by byte.
#include "core/server/serverfixture.h"

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

} // namespace

class TestConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void refusesWhileBytesComeIn_data();
    void refusesWhileBytesComeIn();
    void handsOverTheRequestAsItCame();
    void answersPipelinedRequestsInOrder();
    void pipelinedRequestsWaitForTheSlowFirst();
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

void TestConnection::accepts_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("seen"); // method, target, body

    const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
    QTest::newRow("get") << get("/v1/models") << QByteArray("GET /v1/models ");
    QTest::newRow("query") << get("/a?b=c%20d&e") << QByteArray("GET /a?b=c%20d&e ");
    QTest::newRow("double slash") << get("//evil/x") << QByteArray("GET //evil/x ");
    QTest::newRow("dots stay") << get("/a/../b%7E") << QByteArray("GET /a/../b%7E ");
    QTest::newRow("utf-8 target") << get("/\xC3\xA9") << QByteArray("GET /\xC3\xA9 ");
    QTest::newRow("empty line first") << "\r\n" + get("/x") << QByteArray("GET /x ");
    QTest::newRow("unknown method")
        << QByteArray("BREW /pot HTTP/1.1\r\n" + Host + "\r\n") << QByteArray("BREW /pot ");
    QTest::newRow("options of a path")
        << QByteArray("OPTIONS /v1 HTTP/1.1\r\n" + Host + "\r\n") << QByteArray("OPTIONS /v1 ");
    QTest::newRow("delete") << QByteArray("DELETE /v1/files/1 HTTP/1.1\r\n" + Host + "\r\n")
                            << QByteArray("DELETE /v1/files/1 ");
    QTest::newRow("absolute form")
        << QByteArray("GET http://localhost/v1/x?y HTTP/1.1\r\nHost: LOCALHOST\r\n\r\n")
        << QByteArray("GET /v1/x?y ");
    QTest::newRow("absolute form without path")
        << QByteArray("GET HTTP://localhost:1?y HTTP/1.1\r\nHost: localhost:1\r\n\r\n")
        << QByteArray("GET /?y ");
    QTest::newRow("1.0 with host")
        << QByteArray("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n" + Host + "\r\n")
        << QByteArray("GET /x ");
    QTest::newRow("1.0 without host")
        << QByteArray("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n") << QByteArray("GET /x ");
    QTest::newRow("1.0 expectation is ignored")
        << QByteArray("GET /x HTTP/1.0\r\nConnection: keep-alive\r\nExpect: more\r\n\r\n")
        << QByteArray("GET /x ");
    QTest::newRow("value with spaces and tab")
        << get("/x", "X-A: \t a\tb  \r\nX-Empty:\r\n") << QByteArray("GET /x ");
    QTest::newRow("host with port")
        << QByteArray("GET /x HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n") << QByteArray("GET /x ");
    QTest::newRow("empty host") << QByteArray("GET /x HTTP/1.1\r\nHost:\r\n\r\n")
                                << QByteArray("GET /x ");
    QTest::newRow("content-length")
        << post("Content-Length: 5\r\n", "hello") << QByteArray("POST /v1/x hello");
    QTest::newRow("content-length 0")
        << post("Content-Length: 0\r\n", {}) << QByteArray("POST /v1/x ");
    QTest::newRow("equal content-lengths")
        << post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")
        << QByteArray("POST /v1/x hello");
    QTest::newRow("binary body") << post("Content-Length: 4\r\n", QByteArray("\0\r\n\xFF", 4))
                                 << "POST /v1/x " + QByteArray("\0\r\n\xFF", 4);
    QTest::newRow("chunked") << post(chunked, "5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n")
                             << QByteArray("POST /v1/x hello!");
    QTest::newRow("chunked, spelt otherwise")
        << post("transfer-encoding: Chunked\r\n", "A\r\n0123456789\r\n0\r\n\r\n")
        << QByteArray("POST /v1/x 0123456789");
    QTest::newRow("chunk extension")
        << post(chunked, "5;a=b\r\nhello\r\n0\r\n\r\n") << QByteArray("POST /v1/x hello");
    QTest::newRow("trailers are dropped")
        << post(chunked, "5\r\nhello\r\n0\r\nX-T: 1\r\n\r\n") << QByteArray("POST /v1/x hello");
    QTest::newRow("upgrade is only a header")
        << get("/x", "Connection: Upgrade\r\nUpgrade: websocket\r\n") << QByteArray("GET /x ");
}

void TestConnection::accepts()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, seen);
    ServerFixture fixture;
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

void TestConnection::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");

    const auto row = [](const char *name, const QByteArray &request, int status) {
        QTest::newRow(name) << request << status;
    };
    const QByteArray chunked = "Transfer-Encoding: chunked\r\n";
    row("length and chunked", post(chunked + "Content-Length: 5\r\n", "0\r\n\r\n"), 400);
    row("chunked and length", post("Content-Length: 5\r\n" + chunked, "0\r\n\r\n"), 400);
    row("differing lengths", post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello"), 400);
    row("list of lengths", post("Content-Length: 5, 5\r\n", "hello"), 400);
    row("signed length", post("Content-Length: +5\r\n", "hello"), 400);
    row("negative length", post("Content-Length: -5\r\n", "hello"), 400);
    row("hex length", post("Content-Length: 0x5\r\n", "hello"), 400);
    row("empty length", post("Content-Length:\r\n", "hello"), 400);
    row("length with space inside", post("Content-Length: 5 5\r\n", "hello"), 400);
    row("length overflows", post("Content-Length: 18446744073709551621\r\n", "hello"), 400);
    row("gzip", post("Transfer-Encoding: gzip\r\n", {}), 501);
    row("gzip, chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n"), 501);
    row("chunked, chunked", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n"), 501);
    row("identity", post("Transfer-Encoding: identity\r\n", {}), 501);
    row("xchunked", post("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n"), 501);
    row("vertical tab chunked",
        post("Transfer-Encoding: \x0B"
             "chunked\r\n",
             "0\r\n\r\n"),
        400);
    row("two codings", post(chunked + chunked, "0\r\n\r\n"), 400);
    row("chunked in 1.0", "POST /x HTTP/1.0\r\n" + Host + chunked + "\r\n0\r\n\r\n", 400);
    row("chunk size no hex", post(chunked, "g\r\n"), 400);
    row("chunk size signed", post(chunked, "+5\r\nhello\r\n0\r\n\r\n"), 400);
    row("chunk size 0x", post(chunked, "0x5\r\nhello\r\n0\r\n\r\n"), 400);
    row("chunk size empty", post(chunked, "\r\n"), 400);
    row("chunk size overflows", post(chunked, "11111111111111111\r\n"), 400);
    row("chunk size with space", post(chunked, "5 \r\nhello\r\n0\r\n\r\n"), 400);
    row("chunk with bare LF", post(chunked, "5\nhello\r\n0\r\n\r\n"), 400);
    row("chunk longer than said", post(chunked, "3\r\nhello\r\n0\r\n\r\n"), 400);
    row("space before colon", get("/x", "X-A : b\r\n"), 400);
    row("space before name", get("/x", " X-A: b\r\n"), 400);
    row("folded line", get("/x", "X-A: b\r\n c\r\n"), 400);
    row("folded by tab", get("/x", "X-A: b\r\n\tc\r\n"), 400);
    row("no colon", get("/x", "nonsense\r\n"), 400);
    row("no name", get("/x", ": b\r\n"), 400);
    row("NUL in value", get("/x", QByteArray("X-A: a\0b\r\n", 10)), 400);
    row("NUL in name", get("/x", QByteArray("X\0A: b\r\n", 8)), 400);
    row("bare CR in value", get("/x", "X-A: a\rb\r\n"), 400);
    row("control character", get("/x", "X-A: a\x01\r\n"), 400);
    row("DEL", get("/x", "X-A: a\x7F\r\n"), 400);
    row("bare LF after the line", "GET /x HTTP/1.1\n" + Host + "\r\n", 400);
    row("bare LF after a field", get("/x", "X-A: b\n"), 400);
    row("no host", "GET /x HTTP/1.1\r\n\r\n", 400);
    row("two hosts", get("/x", Host), 400);
    row("two hosts in 1.0", "GET /x HTTP/1.0\r\n" + Host + Host + "\r\n", 400);
    row("host with path", "GET /x HTTP/1.1\r\nHost: localhost/a\r\n\r\n", 400);
    row("host with user", "GET /x HTTP/1.1\r\nHost: a@localhost\r\n\r\n", 400);
    row("host list", "GET /x HTTP/1.1\r\nHost: localhost, evil\r\n\r\n", 400);
    row("foreign absolute form", "GET http://evil.com/ HTTP/1.1\r\n" + Host + "\r\n", 400);
    row("absolute form with user", "GET http://localhost@evil/ HTTP/1.1\r\n" + Host + "\r\n", 400);
    row("https absolute form", "GET https://localhost/ HTTP/1.1\r\n" + Host + "\r\n", 400);
    row("absolute form without host", "GET http://localhost/ HTTP/1.0\r\n\r\n", 400);
    row("connect", "CONNECT api.openai.com:443 HTTP/1.1\r\n" + Host + "\r\n", 501);
    row("trace", "TRACE / HTTP/1.1\r\n" + Host + "\r\n", 501);
    row("asterisk of a get", get("*"), 400);
    row("target without slash", get("v1/models"), 400);
    row("fragment", get("/x#y"), 400);
    row("space in target", get("/x y"), 400);
    row("control in target", get("/x\x01"), 400);
    row("two spaces", "GET  /x HTTP/1.1\r\n" + Host + "\r\n", 400);
    row("tab for space", "GET\t/x HTTP/1.1\r\n" + Host + "\r\n", 400);
    row("space after version", "GET /x HTTP/1.1 \r\n" + Host + "\r\n", 400);
    row("0.9", "GET /x\r\n", 400);
    row("2.0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
    row("1.2", "GET /x HTTP/1.2\r\n" + Host + "\r\n", 505);
    row("0.9 by name", "GET /x HTTP/0.9\r\n" + Host + "\r\n", 505);
    row("lower-case version", "GET /x http/1.1\r\n" + Host + "\r\n", 400);
    row("long version", "GET /x HTTP/1.10\r\n" + Host + "\r\n", 400);
    row("not http", "HELO mail.example.com\r\n", 400);
    row("two empty lines first", "\r\n\r\n" + get("/x"), 400);
    row("leading space", " " + get("/x"), 400);
    row("tls hello", QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400);
    row("expectation unknown", post("Expect: 200-ok\r\nContent-Length: 1\r\n", "x"), 417);
    row("201 fields", get("/x", QByteArray("X-A: b\r\n").repeated(200)), 431);
    row("body too large", post("Content-Length: 1001\r\n", {}), 413);
    row("chunks too large", post(chunked, "3e9\r\n" + QByteArray(1001, 'x') + "\r\n"), 413);
}

void TestConnection::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    ServerConfig config;
    config.maxBodySize = 1000;
    ServerFixture fixture(config);

    for (const bool slowly : {false, true}) {
        RawClient client(fixture.server.port());
        // What follows must never be taken for a request of its own.
        const QByteArray bytes = request + get("/smuggled");
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

void TestConnection::refusesWhileBytesComeIn_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<int>("status");
    QTest::newRow("request line") << QByteArray("GET /") << 414;
    QTest::newRow("one header") << QByteArray("GET / HTTP/1.1\r\nX-A: ") << 431;
    QTest::newRow("first byte") << QByteArray(1, '\x16') << 400;
}

void TestConnection::refusesWhileBytesComeIn()
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
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.send(request + get("/next"));
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

void TestConnection::asksForTheBodyOnce()
{
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.sendSlowly(post("Expect: 100-Continue\r\nContent-Length: 5\r\n", {}));
    QCOMPARE(client.answer(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    client.sendSlowly("hello");
    QCOMPARE(bodyOf(client.answer()), QByteArray("POST /v1/x hello"));
    QVERIFY(client.received().isEmpty());
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
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.send(get("/health") + get("/stats"));
    ::shutdown(int(client.socket().socketDescriptor()), SHUT_WR);
    QVERIFY(client.answer().contains("healthy"));
    QVERIFY(client.answer().contains("stats"));
    QVERIFY(client.isClosed());
    QTRY_COMPARE(fixture.server.connectionCount(), 0);
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
