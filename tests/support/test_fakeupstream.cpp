// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakeupstream.h"
#include "support/httpclient.h"
#include "support/testcertificate.h"

#include <QSignalSpy>
#include <QSslSocket>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#endif

using namespace keywheel;
using namespace std::chrono_literals;

/// The faults must be what they say, or the tests that rely on them prove nothing.
class TestFakeUpstream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void scriptsByKeyAndNumber();
    void recordsWhatCame();
    void framings_data();
    void framings();
    void faults_data();
    void faults();
    void resetIsAReset();
    void streamIsPushedByHand();
    void noticesWhenThePeerLeaves();
    void closesIdleConnections();
    void answersBeforeTheBody();
    void speaksTls();
};

void TestFakeUpstream::scriptsByKeyAndNumber()
{
    FakeUpstream upstream;
    upstream.forKey("sk-test-a").reply(Answer::status(500)).then(Answer::json(200, "1"));
    upstream.always(Answer::status(404));
    upstream.onRequest(4, Answer::status(418));
    const Headers key{{"Authorization", "Bearer sk-test-a"}};
    QCOMPARE(fetch(upstream.port(), "GET", "/", key).status, 500);
    QCOMPARE(fetch(upstream.port(), "GET", "/", key).status, 200);
    QCOMPARE(fetch(upstream.port(), "GET", "/", key).status, 200);
    QCOMPARE(fetch(upstream.port(), "GET", "/", key).status, 418);
    QCOMPARE(fetch(upstream.port(), "GET", "/", {{"x-api-key", "sk-test-b"}}).status, 404);
    QCOMPARE(upstream.keysUsed().mid(3), QList<QByteArray>({"sk-test-a", "sk-test-b"}));
}

void TestFakeUpstream::recordsWhatCame()
{
    FakeUpstream upstream;
    HttpClient client(upstream.port());
    client.send("POST /v1/x?a=%20b HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-a: 2\r\n"
                "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    QVERIFY(client.waitForEnd());
    client.get("/second");
    QVERIFY(client.waitForEnd());
    const Received &first = upstream.request(1);
    QCOMPARE(first.method, QByteArray("POST"));
    QCOMPARE(first.target, QByteArray("/v1/x?a=%20b"));
    QCOMPARE(first.headers.values("x-a"), QList<QByteArray>({"1", "2"}));
    QCOMPARE(first.body, QByteArray("abcde"));
    QVERIFY(first.rawHead.startsWith("POST /v1/x?a=%20b HTTP/1.1\r\nHost: h\r\n"));
    QCOMPARE(upstream.request(2).connection, 1);
    QCOMPARE(upstream.connectionsAccepted(), 1);
}

void TestFakeUpstream::framings_data()
{
    QTest::addColumn<Answer>("answer");
    const Answer plain = Answer::json(200, "[1,2,3]");
    QTest::newRow("content-length") << plain;
    QTest::newRow("chunked") << plain.chunked();
    QTest::newRow("until close") << plain.untilClose();
    QTest::newRow("interim first") << plain.interim(103, {{"Link", "</a>"}}).interim(102);
    QTest::newRow("late") << plain.delayHead(5ms).delayBody(5ms);
    QTest::newRow("close") << plain.end(Answer::End::Close);
    QTest::newRow("drop") << plain.end(Answer::End::Drop);
}

void TestFakeUpstream::framings()
{
    QFETCH(const Answer, answer);
    FakeUpstream upstream;
    upstream.always(answer);
    const Fetched got = fetch(upstream.port(), "GET", "/");
    QCOMPARE(got.status, 200);
    QCOMPARE(got.body, QByteArray("[1,2,3]"));
    QVERIFY(got.complete);
    const Fetched head = fetch(upstream.port(), "HEAD", "/");
    QCOMPARE(head.status, 200);
    QVERIFY(head.body.isEmpty());
}

void TestFakeUpstream::faults_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    const Answer plain = Answer::json(200, "0123456789");
    QTest::newRow("close") << Answer::close() << 0 << QByteArray();
    QTest::newRow("reset") << Answer::reset() << 0 << QByteArray();
    QTest::newRow("garbage") << Answer::garbage() << 0 << QByteArray();
    QTest::newRow("truncated") << plain.truncated(4) << 200 << QByteArray("0123");
    QTest::newRow("truncated chunks") << plain.chunked().truncated(4) << 200 << QByteArray("0123");
}

void TestFakeUpstream::faults()
{
    QFETCH(const Answer, answer);
    QFETCH(const int, status);
    QFETCH(const QByteArray, body);
    FakeUpstream upstream;
    upstream.always(answer);
    const Fetched got = fetch(upstream.port(), "GET", "/");
    QCOMPARE(got.status, status);
    QCOMPARE(got.body, body);
    QVERIFY(!got.complete);
    QVERIFY(got.closed);
}

void TestFakeUpstream::resetIsAReset()
{
#ifdef Q_OS_UNIX
    // QTcpSocket shows FIN and RST as the same error; the system call does not.
    FakeUpstream upstream;
    upstream.always(Answer::reset());
    const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(upstream.port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    QCOMPARE(::connect(descriptor, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
    const QByteArray message = HttpClient::message("GET", "/");
    QCOMPARE(::send(descriptor, message.constData(), size_t(message.size()), 0), message.size());
    QTRY_COMPARE(upstream.requestCount(), 1);
    char byte = 0;
    QCOMPARE(::recv(descriptor, &byte, 1, 0), -1);
    QCOMPARE(errno, ECONNRESET);
    ::close(descriptor);
#else
    QSKIP("Needs POSIX sockets.");
#endif
}

void TestFakeUpstream::streamIsPushedByHand()
{
    FakeUpstream upstream;
    upstream.always(Answer::stream());
    HttpClient client(upstream.port());
    client.get("/");
    QVERIFY(client.waitForHead());
    upstream.push(1, "data: 1\n\n");
    QVERIFY(client.waitForBody(9));
    QVERIFY(!client.response().complete);
    upstream.push(1, "data: 2\n\n");
    upstream.end(1);
    QVERIFY(client.waitForEnd());
    QVERIFY(client.response().complete);
    QCOMPARE(client.response().body, QByteArray("data: 1\n\ndata: 2\n\n"));
}

void TestFakeUpstream::noticesWhenThePeerLeaves()
{
    FakeUpstream upstream;
    upstream.always(Answer::stream());
    QSignalSpy left(&upstream, &FakeUpstream::peerLeft);
    HttpClient client(upstream.port());
    client.get("/");
    QVERIFY(client.waitForHead());
    client.leave();
    QVERIFY(left.count() == 1 || left.wait());
    QVERIFY(upstream.request(1).closedAt.has_value());
    upstream.push(1, "too late");
    upstream.end(1);
}

void TestFakeUpstream::closesIdleConnections()
{
    FakeUpstream upstream;
    HttpClient client(upstream.port());
    client.get("/");
    QVERIFY(client.waitForEnd());
    QVERIFY(!client.response().closed);
    upstream.closeIdle();
    QTRY_VERIFY(client.response().closed);
}

void TestFakeUpstream::answersBeforeTheBody()
{
    FakeUpstream upstream;
    upstream.always(Answer::status(413).beforeBody().end(Answer::End::Close));
    HttpClient client(upstream.port());
    client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nabc");
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.response().status, 413);
    QVERIFY(!upstream.request(1).whole);
}

void TestFakeUpstream::speaksTls()
{
    QTemporaryDir folder;
    const auto certificate = makeTestCertificate(folder.path());
    if (!certificate)
        QSKIP("The openssl command is not installed.");
    FakeUpstream upstream(certificate->configuration);
    QSslSocket socket;
    socket.setPeerVerifyMode(QSslSocket::VerifyNone);
    QSignalSpy read(&socket, &QSslSocket::readyRead);
    connect(&socket, &QSslSocket::encrypted, this,
            [&socket] { socket.write(HttpClient::message("GET", "/secure")); });
    socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), upstream.port());
    QVERIFY(read.wait());
    QVERIFY(socket.readAll().startsWith("HTTP/1.1 200 OK\r\n"));
    QCOMPARE(upstream.request(1).target, QByteArray("/secure"));
}

QTEST_GUILESS_MAIN(TestFakeUpstream)
#include "test_fakeupstream.moc"
