// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/server/serverfixture.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/socket.h>

#include <cerrno>

using namespace keywheel;

namespace {

const QByteArray Get = "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n";
const QByteArray Head = "HEAD /x HTTP/1.1\r\nHost: localhost\r\n\r\n";
const QByteArray Old = "GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";

/// A client with a request whose writer waits.
struct Waiting
{
    explicit Waiting(const QByteArray &request = Get, bool slowly = false)
        : client(fixture.server.port())
    {
        fixture.handler.holdRequests();
        slowly ? client.sendSlowly(request) : client.send(request);
        if (!QTest::qWaitFor([this] { return !fixture.handler.held.empty(); }))
            qFatal("the request did not arrive");
    }
    ResponseWriter &writer() { return *fixture.handler.held.front(); }

    ServerFixture fixture;
    RawClient client;
};

} // namespace

class TestConnectionWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void frames_data();
    void frames();
    void framesForAClientThatSendsSlowly_data() { frames_data(); }
    void framesForAClientThatSendsSlowly() { checkFrames(true); }
    void headLeavesByItself();
    void eachChunkLeavesAtOnce();
    void repeatedFieldsKeepOrderAndCase();
    void brokenOffMeansNoCleanEnd_data();
    void brokenOffMeansNoCleanEnd();
    void tooManyBytesAreCut();
    void aClientThatReadsNothingHoldsTheWriterBack();
    void aLongHeadHoldsTheWriterBackAndLetsItGoOn_data();
    void aLongHeadHoldsTheWriterBackAndLetsItGoOn();
    void destroyedWriterBreaksOff();
    void leavingWhileWriting();

private:
    void checkFrames(bool slowly);
};

void TestConnectionWriter::frames_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("length"); // the head's Content-Length
    QTest::addColumn<QByteArray>("sent");   // all after the status line
    QTest::addColumn<bool>("closes");

    const QByteArray chunked = "Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n3\r\ncde\r\n0\r\n\r\n";
    QTest::newRow("length") << Get << 200 << QByteArray("5")
                            << QByteArray("Content-Length: 5\r\n\r\nabcde") << false;
    QTest::newRow("chunked") << Get << 200 << QByteArray() << chunked << false;
    QTest::newRow("head with length")
        << Head << 200 << QByteArray("5") << QByteArray("Content-Length: 5\r\n\r\n") << false;
    QTest::newRow("head without length")
        << Head << 200 << QByteArray() << QByteArray("\r\n") << false;
    QTest::newRow("204") << Get << 204 << QByteArray() << QByteArray("\r\n") << false;
    QTest::newRow("204 with length")
        << Get << 204 << QByteArray("0") << QByteArray("\r\n") << false;
    QTest::newRow("304") << Get << 304 << QByteArray("5") << QByteArray("Content-Length: 5\r\n\r\n")
                         << false;
    QTest::newRow("1.0 with length")
        << Old << 200 << QByteArray("5")
        << QByteArray("Content-Length: 5\r\nConnection: keep-alive\r\n\r\nabcde") << false;
    QTest::newRow("1.0 until close")
        << Old << 200 << QByteArray() << QByteArray("Connection: close\r\n\r\nabcde") << true;
}

void TestConnectionWriter::frames()
{
    checkFrames(false);
}

void TestConnectionWriter::checkFrames(bool slowly)
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    QFETCH(QByteArray, length);
    QFETCH(QByteArray, sent);
    QFETCH(bool, closes);
    Waiting waiting(request, slowly);
    ResponseHead head{status, "Fine", {}};
    if (!length.isNull())
        head.headers.append("Content-Length", length);
    waiting.writer().writeHead(head);
    waiting.writer().write("ab");
    waiting.writer().write({});
    waiting.writer().write("cde");
    waiting.writer().finish();

    const QByteArray expected = "HTTP/1.1 " + QByteArray::number(status) + " Fine\r\n" + sent;
    QVERIFY(waiting.client.receive(
        [&](const QByteArray &bytes) { return bytes.size() >= expected.size(); }));
    QCOMPARE(waiting.client.received(), expected);
    if (closes) {
        QVERIFY(waiting.client.isClosed());
    } else {
        waiting.client.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QVERIFY(waiting.client.receive(
            [](const QByteArray &bytes) { return bytes.contains("healthy"); }));
    }
    QCOMPARE(waiting.client.received().left(expected.size()), expected);
}

void TestConnectionWriter::headLeavesByItself()
{
    Waiting waiting;
    waiting.writer().writeHead({200, {}, {}});
    QVERIFY(waiting.client.receive([](const QByteArray &bytes) {
        return bytes == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    }));
}

void TestConnectionWriter::eachChunkLeavesAtOnce()
{
    Waiting waiting;
    waiting.writer().writeHead({200, {}, {}});
    waiting.writer().write("one");
    QCOMPARE(waiting.writer().bytesPending(), 0); // the system has it before write() returns
    waiting.writer().write("two");
    QCOMPARE(waiting.writer().bytesPending(), 0);
    QVERIFY(waiting.client.receive(
        [](const QByteArray &bytes) { return bytes.endsWith("3\r\none\r\n3\r\ntwo\r\n"); }));
}

void TestConnectionWriter::repeatedFieldsKeepOrderAndCase()
{
    Waiting waiting;
    const Headers headers{
        {"Set-Cookie", "a=1"}, {"x-B", "2"}, {"SET-cookie", "c=3"}, {"Content-Length", "0"}};
    respond(waiting.writer(), {299, "Odd Reason", headers}, {});
    QCOMPARE(waiting.client.answer(),
             QByteArray("HTTP/1.1 299 Odd Reason\r\nSet-Cookie: a=1\r\nx-B: 2\r\n"
                        "SET-cookie: c=3\r\nContent-Length: 0\r\n\r\n"));
}

void TestConnectionWriter::brokenOffMeansNoCleanEnd_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("length");
    QTest::addColumn<bool>("byFinish");
    QTest::newRow("chunked") << Get << QByteArray() << false;
    QTest::newRow("length") << Get << QByteArray("5") << false;
    QTest::newRow("finish before the promised length") << Get << QByteArray("5") << true;
    QTest::newRow("until close") << Old << QByteArray() << false;
}

void TestConnectionWriter::brokenOffMeansNoCleanEnd()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, length);
    QFETCH(bool, byFinish);
    Waiting waiting(request);
    ResponseHead head{200, {}, {}};
    if (!length.isNull())
        head.headers.append("Content-Length", length);
    waiting.writer().writeHead(head);
    waiting.writer().write("abc");
    QVERIFY(waiting.client.receive([](const QByteArray &bytes) { return bytes.contains("abc"); }));
    if (byFinish)
        waiting.writer().finish();
    else
        waiting.writer().abort();
    // Where only the connection's end marks the body's, it must be a reset.
    char byte = 0;
    const auto fd = static_cast<int>(waiting.client.socket().socketDescriptor());
    QCOMPARE(::recv(fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT), request == Old ? -1 : 0);
    QVERIFY(request != Old || errno == ECONNRESET);
    QVERIFY(waiting.client.isClosed());
    QVERIFY(!waiting.client.received().endsWith("0\r\n\r\n"));
    QCOMPARE(waiting.fixture.server.activeCount(), 0);
}

void TestConnectionWriter::tooManyBytesAreCut()
{
    Waiting waiting;
    ResponseHead head{200, {}, {{"Content-Length", "3"}}};
    waiting.writer().writeHead(head);
    waiting.writer().write("ab");
    waiting.writer().write("cdHTTP/1.1 200 OK\r\n");
    waiting.writer().write("more");
    waiting.writer().finish();
    QCOMPARE(bodyOf(waiting.client.answer()), QByteArray("abc"));
    waiting.client.send("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(statusOf(waiting.client.answer()), 200);
}

void TestConnectionWriter::aClientThatReadsNothingHoldsTheWriterBack()
{
    Waiting waiting;
    ResponseWriter &writer = waiting.writer();
    waiting.client.socket().setReadBufferSize(1);
    QSignalSpy drained(&writer, &ResponseWriter::drained);
    const QByteArray piece(64 * 1024, 'x');
    qint64 total = 0;
    writer.writeHead({200, {}, {}});
    const auto pump = [&] {
        while (total < 64 * 1024 * 1024 && writer.bytesPending() < ResponseWriter::HighWater) {
            writer.write(piece);
            total += piece.size();
        }
    };
    connect(&writer, &ResponseWriter::drained, this, pump);
    for (int turn = 0; turn < 1000; ++turn) {
        pump();
        QCoreApplication::processEvents();
    }
    QVERIFY(total < 32 * 1024 * 1024); // what the system's buffers hold, and no more
    QVERIFY(writer.bytesPending() <= ResponseWriter::HighWater + 2 * piece.size());

    waiting.client.socket().setReadBufferSize(0);
    waiting.client.socket().readAll();
    for (int turn = 0; turn < 100'000 && total < 64 * 1024 * 1024; ++turn)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QVERIFY(total >= 64 * 1024 * 1024);
    QVERIFY(drained.count() > 0);
    writer.finish();
    QVERIFY(waiting.client.receive(
        [](const QByteArray &bytes) { return bytes.endsWith("\r\n0\r\n\r\n"); }));
}

void TestConnectionWriter::aLongHeadHoldsTheWriterBackAndLetsItGoOn_data()
{
    QTest::addColumn<bool>("reads");
    QTest::newRow("the system takes it") << true;
    QTest::newRow("the client reads late") << false;
}

void TestConnectionWriter::aLongHeadHoldsTheWriterBackAndLetsItGoOn()
{
    QFETCH(const bool, reads);
    Waiting waiting;
    ResponseWriter &writer = waiting.writer();
    waiting.client.socket().setReadBufferSize(reads ? 0 : 1);
    // Ends as a caller with the whole body at hand does: at once, or when it is told to go on.
    bool ended = false;
    const auto goOn = [&] {
        if (ended || writer.bytesPending() >= ResponseWriter::HighWater)
            return;
        ended = true;
        writer.write("the end");
        writer.finish();
    };
    connect(&writer, &ResponseWriter::drained, this, goOn);
    ResponseHead head{200, {}, {}};
    head.headers.append("X-Long", QByteArray(reads ? ResponseWriter::HighWater : 16'000'000, 'x'));
    writer.writeHead(head);
    goOn();
    for (int turn = 0; turn < 100; ++turn)
        QCoreApplication::processEvents();
    waiting.client.socket().setReadBufferSize(0);
    waiting.client.socket().readAll();
    QVERIFY(waiting.client.receive(
        [](const QByteArray &bytes) { return bytes.endsWith("the end\r\n0\r\n\r\n"); }));
}

void TestConnectionWriter::destroyedWriterBreaksOff()
{
    Waiting waiting;
    waiting.fixture.handler.held.clear();
    QVERIFY(waiting.client.isClosed());
    QVERIFY(waiting.client.received().isEmpty());
    QTRY_COMPARE(waiting.fixture.server.connectionCount(), 0);
}

void TestConnectionWriter::leavingWhileWriting()
{
    Waiting waiting;
    auto &held = waiting.fixture.handler.held;
    bool gone = false;
    connect(&waiting.writer(), &ResponseWriter::clientGone, this, [&] {
        gone = true;
        held.clear(); // the owner lets go of it inside the signal
    });
    waiting.writer().writeHead({200, {}, {}});
    waiting.client.socket().abort();
    QVERIFY(QTest::qWaitFor([&] {
        if (!held.empty())
            held.front()->write(QByteArray(100'000, 'x'));
        return gone;
    }));
    QCOMPARE(waiting.fixture.server.activeCount(), 0);
}

QTEST_GUILESS_MAIN(TestConnectionWriter)
#include "test_connectionwriter.moc"
