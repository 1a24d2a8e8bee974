// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/epolldispatcher.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <array>
#include <fcntl.h>
#include <unistd.h>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

class Pipe
{
public:
    Pipe() { [[maybe_unused]] const int made = ::pipe2(ends_.data(), O_NONBLOCK); }
    ~Pipe()
    {
        ::close(ends_[0]);
        ::close(ends_[1]);
    }
    int out() const { return ends_[0]; }
    int in() const { return ends_[1]; }
    void put() const { [[maybe_unused]] const auto n = ::write(in(), "x", 1); }
    bool take() const
    {
        char byte = 0;
        return ::read(out(), &byte, 1) == 1;
    }

private:
    std::array<int, 2> ends_{};
};

void turn()
{
    QCoreApplication::processEvents();
}

} // namespace

/// Runs on it: main() below makes it the application's.
class TestEpollDispatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isInUse();
    void timersFireInOrderAndAgain();
    void aTimerThatIsStoppedByAnotherDoesNotFire();
    void aTimerDoesNotInterruptItself();
    void idleTimersLetOthersIn();
    void remainingTimeIsRoundedUp();
    void notifiersFollowTheirDescriptor();
    void aNotifierThatIsRemovedByAnotherIsSilent();
    void aNumberUsedAgainGetsNoOldEvents();
    void readAndWriteShareADescriptor();
    void socketsTalk();
    void anotherThreadWakesTheLoop();
    void quitsFromWithinAnEvent();
};

void TestEpollDispatcher::isInUse()
{
    QVERIFY(qobject_cast<EpollDispatcher *>(QCoreApplication::eventDispatcher()));
}

void TestEpollDispatcher::timersFireInOrderAndAgain()
{
    QByteArray order;
    QEventLoop loop;
    QTimer again;
    connect(&again, &QTimer::timeout, &loop, [&] {
        order += 'r';
        if (order.count('r') == 3)
            loop.quit();
    });
    again.start(10ms);
    QTimer::singleShot(2ms, &loop, [&] { order += 'b'; });
    QTimer::singleShot(1ms, &loop, [&] { order += 'a'; });
    loop.exec();
    QVERIFY(order.startsWith("ab"));
    QCOMPARE(order.count('a'), 1);
    QVERIFY(again.isActive());
}

void TestEpollDispatcher::aTimerThatIsStoppedByAnotherDoesNotFire()
{
    QTimer first;
    QTimer second;
    int fired = 0;
    const auto stopOther = [&] {
        ++fired;
        first.stop();
        second.stop();
    };
    connect(&first, &QTimer::timeout, this, stopOther);
    connect(&second, &QTimer::timeout, this, stopOther);
    first.start(1ms);
    second.start(1ms);
    QTRY_COMPARE(fired, 1);
    QEventLoop loop;
    QTimer::singleShot(5ms, &loop, &QEventLoop::quit);
    loop.exec();
    QCOMPARE(fired, 1);
}

void TestEpollDispatcher::aTimerDoesNotInterruptItself()
{
    QTimer timer;
    int depth = 0;
    int deepest = 0;
    int fired = 0;
    connect(&timer, &QTimer::timeout, this, [&] {
        deepest = std::max(deepest, ++depth);
        ++fired;
        QEventLoop inner;
        QTimer::singleShot(3ms, &inner, &QEventLoop::quit);
        inner.exec();
        --depth;
    });
    timer.start(1ms);
    QTRY_VERIFY(fired >= 2);
    timer.stop();
    QCOMPARE(deepest, 1);
}

void TestEpollDispatcher::idleTimersLetOthersIn()
{
    const Pipe pipe;
    QSocketNotifier notifier(pipe.out(), QSocketNotifier::Read);
    bool got = false;
    connect(&notifier, &QSocketNotifier::activated, this, [&] { got = pipe.take(); });
    QTimer idle;
    int turns = 0;
    connect(&idle, &QTimer::timeout, this, [&] { ++turns; });
    idle.start(0ms);
    turn();
    QCOMPARE(turns, 1);
    pipe.put();
    turn();
    QVERIFY(got);
    QCOMPARE(turns, 2);
}

void TestEpollDispatcher::remainingTimeIsRoundedUp()
{
    QTimer timer;
    timer.start(1h);
    QVERIFY(timer.remainingTimeAsDuration() > 59min && timer.remainingTimeAsDuration() <= 1h);
    const auto timers = QCoreApplication::eventDispatcher()->registeredTimers(&timer);
    QCOMPARE(timers.size(), 1);
    QCOMPARE(timers.first().interval, 3'600'000);
    timer.stop();
    QCOMPARE(timer.remainingTime(), -1);
}

void TestEpollDispatcher::notifiersFollowTheirDescriptor()
{
    const Pipe pipe;
    QSocketNotifier notifier(pipe.out(), QSocketNotifier::Read);
    int seen = 0;
    connect(&notifier, &QSocketNotifier::activated, this, [&] { ++seen; });
    turn();
    QCOMPARE(seen, 0);
    pipe.put();
    turn();
    turn();
    QCOMPARE(seen, 2); // as long as it is not read
    notifier.setEnabled(false);
    turn();
    QCOMPARE(seen, 2);
    notifier.setEnabled(true);
    turn();
    QCOMPARE(seen, 3);
    QVERIFY(pipe.take());
    turn();
    QCOMPARE(seen, 3);
}

void TestEpollDispatcher::aNotifierThatIsRemovedByAnotherIsSilent()
{
    const Pipe one;
    const Pipe two;
    auto a = std::make_unique<QSocketNotifier>(one.out(), QSocketNotifier::Read);
    auto b = std::make_unique<QSocketNotifier>(two.out(), QSocketNotifier::Read);
    int seen = 0;
    connect(a.get(), &QSocketNotifier::activated, this, [&] {
        ++seen;
        b.reset();
        a->setEnabled(false);
    });
    connect(b.get(), &QSocketNotifier::activated, this, [&] {
        ++seen;
        a.reset();
        b->setEnabled(false);
    });
    one.put();
    two.put();
    turn();
    turn();
    QCOMPARE(seen, 1);
}

void TestEpollDispatcher::aNumberUsedAgainGetsNoOldEvents()
{
    auto first = std::make_unique<Pipe>();
    auto second = std::make_unique<Pipe>();
    std::unique_ptr<Pipe> third;
    std::unique_ptr<QSocketNotifier> late;
    int stale = 0;
    // Whichever comes first closes both and opens another with the same numbers.
    const auto replace = [&] {
        first.reset();
        second.reset();
        third = std::make_unique<Pipe>();
        late = std::make_unique<QSocketNotifier>(third->out(), QSocketNotifier::Read);
        connect(late.get(), &QSocketNotifier::activated, this, [&] { ++stale; });
    };
    auto a = std::make_unique<QSocketNotifier>(first->out(), QSocketNotifier::Read);
    auto b = std::make_unique<QSocketNotifier>(second->out(), QSocketNotifier::Read);
    for (QSocketNotifier *notifier : {a.get(), b.get()}) {
        connect(notifier, &QSocketNotifier::activated, this, [&] {
            a->setEnabled(false);
            b->setEnabled(false);
            replace();
        });
    }
    first->put();
    second->put();
    turn();
    QVERIFY(third != nullptr);
    turn();
    QCOMPARE(stale, 0);
    third->put();
    turn();
    QCOMPARE(stale, 1);
}

void TestEpollDispatcher::readAndWriteShareADescriptor()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QTcpSocket client;
    client.connectToHost(server.serverAddress(), server.serverPort());
    QVERIFY(client.waitForConnected());
    const int descriptor = ::dup(int(client.socketDescriptor()));
    {
        QSocketNotifier read(descriptor, QSocketNotifier::Read);
        QSocketNotifier write(descriptor, QSocketNotifier::Write);
        int writes = 0;
        int reads = 0;
        connect(&write, &QSocketNotifier::activated, this, [&] { ++writes; });
        connect(&read, &QSocketNotifier::activated, this, [&] { ++reads; });
        turn();
        QCOMPARE(writes, 1);
        QCOMPARE(reads, 0);
        write.setEnabled(false);
        turn();
        QCOMPARE(writes, 1);
    }
    ::close(descriptor);
}

void TestEpollDispatcher::socketsTalk()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    QByteArray echoed;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *peer = server.nextPendingConnection();
        connect(peer, &QTcpSocket::readyRead, peer, [peer] { peer->write(peer->readAll()); });
    });
    const QByteArray sent(4 * 1024 * 1024, 'x');
    QTcpSocket client;
    connect(&client, &QTcpSocket::readyRead, this, [&] { echoed += client.readAll(); });
    client.connectToHost(server.serverAddress(), server.serverPort());
    client.write(sent);
    QTRY_COMPARE(echoed.size(), sent.size());
}

void TestEpollDispatcher::anotherThreadWakesTheLoop()
{
    QEventLoop loop;
    int calls = 0;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        for (int i = 0; i < 1000; ++i)
            QMetaObject::invokeMethod(
                &loop, [&] { ++calls; }, Qt::QueuedConnection);
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    }));
    thread->start();
    loop.exec();
    thread->wait();
    QCOMPARE(calls, 1000);
}

void TestEpollDispatcher::quitsFromWithinAnEvent()
{
    QEventLoop loop;
    QTimer::singleShot(0ms, &loop, [&] { loop.exit(7); });
    QCOMPARE(loop.exec(), 7);
}

int main(int argc, char *argv[])
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    const QCoreApplication application(argc, argv);
    TestEpollDispatcher test;
    return QTest::qExec(&test, argc, argv);
}

#include "test_epolldispatcher.moc"
