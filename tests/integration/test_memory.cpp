// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace keywheel;

namespace {

constexpr qint64 MiB = qint64{1024} * 1024;
constexpr qint64 LargeBody = 500 * MiB;
const QList<QByteArray> Keys{"sk-test-memory-alpha-1"};

/// Memory of the process in bytes, as the system counts it.
qint64 residentBytes(const KeywheelProcess &keywheel)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(keywheel.pid()));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    const QByteArray text = status.readAll();
    const qsizetype at = text.indexOf("VmRSS:") + 6;
    return text.mid(at, text.indexOf("kB", at) - at).trimmed().toLongLong() * 1024;
}

/// An upstream that answers each request with LargeBody bytes as fast as they are taken.
class LargeUpstream : public QTcpServer
{
    Q_OBJECT

public:
    LargeUpstream()
    {
        if (!listen(QHostAddress::LocalHost))
            qFatal("no port to listen on");
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { begin(*socket); });
            connect(socket, &QTcpSocket::bytesWritten, this, [this, socket] { goOn(*socket); });
        });
    }

    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(serverPort())); }
    /// What the system has taken of the body.
    qint64 taken() const { return taken_; }

Q_SIGNALS:
    void advanced();

private:
    void begin(QTcpSocket &socket)
    {
        if (!socket.readAll().endsWith("\r\n\r\n"))
            return;
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(LargeBody) +
                     "\r\n\r\n");
    }
    void goOn(QTcpSocket &socket)
    {
        if (socket.bytesToWrite() > 0)
            return;
        taken_ = written_;
        Q_EMIT advanced();
        const QByteArray piece(qMin(LargeBody - written_, MiB), 'x');
        written_ += piece.size();
        socket.write(piece);
    }

    qint64 written_ = 0;
    qint64 taken_ = 0;
};

} // namespace

/// How much memory clients and upstreams can make the program use. Figures are those of Linux.
class TestMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aClientThatDoesNotRead();
    void endlessHeaders_data();
    void endlessHeaders();
    void largeBodiesLeaveNothing();
};

void TestMemory::initTestCase()
{
#if !defined(Q_OS_LINUX) || defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    QSKIP("needs Linux, and no sanitizer, whose own memory would count");
#endif
}

void TestMemory::aClientThatDoesNotRead()
{
    LargeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("GET", "/stats").status, 200);
    const qint64 before = residentBytes(keywheel);

    QTcpSocket client;
    client.setReadBufferSize(1); // takes next to nothing from the system
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), keywheel.port());
    client.write(HttpClient::message("GET", "/v1/files/content"));
    QSignalSpy advanced(&upstream, &LargeUpstream::advanced);
    QTRY_VERIFY(upstream.taken() > 0);
    while (upstream.taken() < LargeBody && advanced.wait(1000)) // until it stalls
        ;
    const qint64 taken = upstream.taken();
    QVERIFY(taken < LargeBody / 10);
    const qint64 stalled = residentBytes(keywheel) - before;

    qint64 received = 0;
    connect(&client, &QTcpSocket::readyRead, &client, [&] { received += client.readAll().size(); });
    client.setReadBufferSize(0);
    received += client.readAll().size();
    QTRY_VERIFY_WITH_TIMEOUT(received > LargeBody, 60'000);
    const qint64 done = residentBytes(keywheel) - before;

    const QByteArray figures = "stalled after " + QByteArray::number(taken / MiB) +
                               " MiB; memory grew by " + QByteArray::number(stalled / 1024) +
                               " KiB then, " + QByteArray::number(done / 1024) + " KiB in the end";
    qInfo("%s", figures.constData());
    QVERIFY2(stalled < 8 * MiB && done < 8 * MiB, figures.constData());
}

void TestMemory::endlessHeaders_data()
{
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<QByteArray>("piece");
    const QByteArray begun = "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n";
    QTest::newRow("one line") << begun + "X-Long: " << QByteArray(MiB, 'x');
    QTest::newRow("many fields") << begun << QByteArray("X-Field: value\r\n").repeated(64 * 1024);
    QTest::newRow("request line") << QByteArray("GET /") << QByteArray(MiB, 'x');
    QTest::newRow("empty lines") << QByteArray() << QByteArray("\r\n").repeated(MiB / 2);
    QTest::newRow("chunk extension")
        << QByteArray(
               "POST /v1/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1;")
        << QByteArray(MiB, 'x');
    QTest::newRow("trailers")
        << QByteArray(
               "POST /v1/x HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n")
        << QByteArray("X-Field: value\r\n").repeated(64 * 1024);
}

void TestMemory::endlessHeaders()
{
    QFETCH(const QByteArray, start);
    QFETCH(const QByteArray, piece);
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("POST", "/v1/models", {}, "{}").status, 200);
    const qint64 before = residentBytes(keywheel);

    QTcpSocket client;
    QByteArray received;
    connect(&client, &QTcpSocket::readyRead, &client, [&] { received += client.readAll(); });
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), keywheel.port());
    QVERIFY(client.waitForConnected());
    client.write(start);
    for (int sent = 0; sent < 20 && client.state() == QAbstractSocket::ConnectedState; ++sent) {
        client.write(piece);
        QTRY_VERIFY_WITH_TIMEOUT(client.bytesToWrite() == 0 ||
                                     client.state() != QAbstractSocket::ConnectedState,
                                 15'000);
    }
    QTRY_VERIFY(received.contains("\r\n\r\n"));
    const qint64 grown = residentBytes(keywheel) - before;
    const QByteArray figures = received.left(30).simplified() + "; memory grew by " +
                               QByteArray::number(grown / 1024) + " KiB";
    qInfo("%s", figures.constData());
    QVERIFY2(received.startsWith("HTTP/1.1 4"), figures.constData());
    QVERIFY2(grown < MiB, figures.constData());
    QCOMPARE(upstream.requestCount(), 1);
}

/// What a body took goes back to the system, also when something lasting came after it: here
/// connections that were made meanwhile.
void TestMemory::largeBodiesLeaveNothing()
{
    const QByteArray body(8 * MiB, 'x');
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("POST", "/v1/models", {}, "{}").status, 200);
    const qint64 before = residentBytes(keywheel);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(keywheel.fetch("POST", "/v1/files", {}, body).status, 200);

    QTcpSocket sender;
    sender.connectToHost(QHostAddress(QHostAddress::LocalHost), keywheel.port());
    const QByteArray message = HttpClient::message("POST", "/v1/files", {}, body);
    sender.write(message.first(message.size() - 1));
    QTRY_COMPARE(sender.bytesToWrite(), 0);
    std::vector<std::unique_ptr<HttpClient>> others;
    for (int i = 0; i < 20; ++i) {
        others.push_back(std::make_unique<HttpClient>(keywheel.port()));
        others.back()->get("/v1/models");
        QVERIFY(others.back()->waitForEnd());
    }
    sender.write(message.last(1));
    QByteArray received;
    connect(&sender, &QTcpSocket::readyRead, &sender, [&] { received += sender.readAll(); });
    QTRY_VERIFY(received.startsWith("HTTP/1.1 200"));

    // The exchange ends after its answer is here.
    QTRY_VERIFY(residentBytes(keywheel) - before < 4 * MiB);
    qInfo("memory grew by %lld KiB", (residentBytes(keywheel) - before) / 1024);
}

QTEST_GUILESS_MAIN(TestMemory)
#include "test_memory.moc"
