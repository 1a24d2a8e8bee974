// SPDX-License-Identifier: GPL-3.0-or-later
// Counts what the engine's thread allocates while a stream runs through it. Both ends of the stream
// run in another thread, over blocking sockets: each chunk has arrived before the next is sent.
#include "engine/engine.h"
#include "process/logsetup.h"
#include "secrets/inmemorykeystore.h"
#include "settings/settingsloader.h"
#include "support/capturedlog.h"

#include <QEventLoop>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <atomic>
#include <future>
#include <memory>
#include <thread>

#if defined(Q_OS_LINUX) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define KEYWHEEL_COUNTS // elsewhere malloc() is not ours to replace
extern "C" {
// NOLINTBEGIN: the names are glibc's.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
// NOLINTEND
}

namespace {
thread_local bool counting = false;
std::atomic<int> allocations{0};

void countOne()
{
    if (counting)
        ++allocations;
}
} // namespace

extern "C" {
void *malloc(size_t size)
{
    countOne();
    return __libc_malloc(size);
}
void *calloc(size_t count, size_t size)
{
    countOne();
    return __libc_calloc(count, size);
}
void *realloc(void *memory, size_t size)
{
    countOne();
    return __libc_realloc(memory, size);
}
}
#endif

using namespace keywheel;

#ifdef KEYWHEEL_COUNTS
namespace {

const QByteArray Event = "data: {\"choices\":[{\"delta\":{\"content\":\"token\"}}]}\n\n";
constexpr int WarmUp = 50;
constexpr int Chunks = 1000;

/// Sends one chunk into the stream and waits until all of it has come out at the other end.
void pass(QTcpSocket &upstream, QTcpSocket &client)
{
    upstream.write(QByteArray::number(Event.size(), 16) + "\r\n" + Event + "\r\n");
    upstream.waitForBytesWritten();
    QByteArray got;
    while (!got.endsWith("\n\n\r\n") && client.waitForReadyRead())
        got += client.readAll();
}

/// Both ends. What was counted is in `allocations` when it returns.
void runStream(QTcpServer &listener, quint16 port)
{
    QTcpSocket client;
    client.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    client.write("GET /v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.waitForBytesWritten();
    listener.waitForNewConnection(10'000);
    const std::unique_ptr<QTcpSocket> upstream(listener.nextPendingConnection());
    upstream->waitForReadyRead();
    upstream->readAll();
    upstream->write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                    "Transfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < WarmUp; ++i)
        pass(*upstream, client);
    allocations = 0;
    for (int i = 0; i < Chunks; ++i)
        pass(*upstream, client);
}

} // namespace
#endif

class TestStreamAllocations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChunkCostsItsOwnBytesOnly();
};

void TestStreamAllocations::aChunkCostsItsOwnBytesOnly()
{
#ifndef KEYWHEEL_COUNTS
    QSKIP("malloc() cannot be counted here");
#else
    std::promise<quint16> upstreamPort;
    std::promise<quint16> proxyPort;
    QEventLoop loop;
    std::thread ends([&] {
        QTcpServer listener;
        listener.listen(QHostAddress::LocalHost, 0);
        upstreamPort.set_value(listener.serverPort());
        runStream(listener, proxyPort.get_future().get());
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });

    SystemClock clock;
    Captured err;
    Captured out;
    LogSetup log(err.stream(), out.stream());
    SettingSources sources;
    sources.commandLine = {
        {QStringLiteral("OPENAI_BASE_URL"),
         QStringLiteral("http://127.0.0.1:%1").arg(upstreamPort.get_future().get())},
        {QStringLiteral("LOG_LEVEL"), QStringLiteral("error")}};
    Engine engine(clock, log, std::make_unique<InMemoryKeyStore>(QList<QByteArray>{"sk-test-one"}));
    QSignalSpy listening(&engine, &Engine::listening);
    QVERIFY(engine.start(loadSettings(sources)->settings, true));
    QVERIFY(listening.wait());
    proxyPort.set_value(quint16(engine.url().port()));
    counting = true;
    loop.exec();
    counting = false;
    ends.join();
    QVERIFY2(
        allocations <= Chunks + Chunks / 20,
        qPrintable(QStringLiteral("%1 allocations for %2 chunks").arg(allocations).arg(Chunks)));
#endif
}

QTEST_GUILESS_MAIN(TestStreamAllocations)
#include "test_streamallocations.moc"
