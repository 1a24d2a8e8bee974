// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/monitor.h"
#include "engine/engine.h"
#include "process/logsetup.h"
#include "secrets/inmemorykeystore.h"
#include "settings/settingsloader.h"
#include "support/fakeclock.h"

#include <QElapsedTimer>
#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

Settings settings(const QMap<QString, QString> &given = {})
{
    SettingSources sources;
    sources.commandLine = given;
    return loadSettings(sources)->settings;
}

RequestRecord finished(int number)
{
    RequestRecord record;
    record.id = QByteArray::number(number);
    record.status = 200;
    record.firstByte = 100ms;
    return record;
}

RequestRecord failing()
{
    RequestRecord record = finished(0);
    record.status = 502;
    AttemptRecord attempt;
    attempt.fault = FaultClass::Upstream;
    attempt.reason = QStringLiteral("no connection");
    record.attempts = {attempt};
    return record;
}

/// An engine that listens, and its monitor, whose snapshots are taken at once.
struct Fixture
{
    explicit Fixture(const QMap<QString, QString> &given = {},
                     const QList<QByteArray> &keys = {"sk-test-0000000000000001",
                                                      "sk-test-0000000000000002"})
        : engine(clock, log, std::make_unique<InMemoryKeyStore>(keys)),
          monitor(engine, clock)
    {
        QObject::connect(&monitor, &Monitor::published, &monitor,
                         [this](const BackendSnapshot &snapshot) {
                             seen.append(snapshot);
                             if (takes)
                                 monitor.taken();
                         });
        started = engine.start(settings(given), true).has_value() &&
                  QTest::qWaitFor([this] { return engine.isListening(); });
        clock.advance(1s);
    }

    void request(int number = 0)
    {
        engine.accessLog().begin();
        engine.accessLog().finish(finished(number));
    }
    int count() { return int(std::exchange(seen, {}).size()); }
    QList<Notice::Kind> kinds() const
    {
        QList<Notice::Kind> found;
        for (const Notice &notice : seen.last().notices)
            found.append(notice.kind);
        return found;
    }

    FakeClock clock;
    LogSetup log{std::tmpfile(), std::tmpfile()};
    Engine engine;
    Monitor monitor;
    QList<BackendSnapshot> seen;
    bool takes = true;
    bool started = false;
};

} // namespace

class TestMonitor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsARunningEngine();
    void fourTimesASecondWhileWatched();
    void nothingHappensWithoutEvents();
    void countsFadeWhileWatched();
    void seldomWhileHidden();
    void sleepsWhileHiddenAfterLoad();
    void hiddenHealthComesSoon();
    void requestsComeOnce();
    void requestsWaitForAWatcher();
    void aFrozenWindowIsNotFlooded();
    void upstreamDownAndUp();
    void stoppedAndStarted();
    void dismissedNoticeStaysAway();
    void theBrakeEnds();
    void isCheap();
};

void TestMonitor::showsARunningEngine()
{
    Fixture f;
    QVERIFY(f.started);
    const BackendSnapshot &shown = f.seen.last();
    QCOMPARE(shown.run, RunState::Running);
    QCOMPARE(shown.address, f.engine.url());
    QCOMPARE(shown.pool.available, 2);
    QCOMPARE(shown.keys.size(), 2);
    QVERIFY(shown.notices.isEmpty());
    QVERIFY(!shown.needsAuth);
}

void TestMonitor::fourTimesASecondWhileWatched()
{
    Fixture f;
    f.monitor.setWatched(true);
    f.count();
    for (int i = 0; i < 1000; ++i) {
        f.request();
        f.clock.advance(1ms);
    }
    QVERIFY(f.count() <= 4);
    f.clock.advance(1s); // the last of them
    QCOMPARE(f.seen.last().counters.requests, 1000U);
    QCOMPARE(f.seen.last().requestsPerMinute, 1000);
}

void TestMonitor::nothingHappensWithoutEvents()
{
    Fixture f;
    f.monitor.setWatched(true);
    f.clock.advance(1s);
    f.count();
    f.clock.advance(1h);
    QCOMPARE(f.count(), 0);
}

void TestMonitor::countsFadeWhileWatched()
{
    Fixture f;
    f.monitor.setWatched(true);
    f.request();
    f.clock.advance(1s);
    QCOMPARE(f.seen.last().requestsPerMinute, 1);
    f.clock.advance(60s);
    QCOMPARE(f.seen.last().requestsPerMinute, 0);
    QVERIFY(f.seen.last().successShare);
    f.clock.advance(5min);
    QVERIFY(!f.seen.last().successShare);
    QVERIFY(f.count() < 60 + 40);
    f.clock.advance(1h);
    QCOMPARE(f.count(), 0);
}

void TestMonitor::seldomWhileHidden()
{
    Fixture f;
    f.clock.advance(10s);
    f.count();
    for (int i = 0; i < 20; ++i) {
        f.request();
        f.clock.advance(1s);
    }
    const int count = f.count();
    QVERIFY2(count >= 3 && count <= 5, QByteArray::number(count).constData());
    f.clock.advance(2min);
    QCOMPARE(f.seen.last().requestsPerMinute, 0);
    f.count();
    f.clock.advance(1h);
    QCOMPARE(f.count(), 0);
}

void TestMonitor::sleepsWhileHiddenAfterLoad()
{
    Fixture f;
    f.request();
    for (int second = 0; second < 60; ++second) {
        f.clock.advance(1s);
        QVERIFY2(f.clock.untilNext() > 10ms, qPrintable(QStringLiteral("after %1 s").arg(second)));
    }
}

void TestMonitor::hiddenHealthComesSoon()
{
    Fixture f;
    f.clock.advance(10s);
    f.request();
    f.count();
    const QString fingerprint = f.engine.pool().keys().first().fingerprint;
    f.engine.pool().setDisabled(fingerprint, true);
    f.clock.advance(250ms);
    QCOMPARE(f.seen.last().pool.available, 1);
}

void TestMonitor::requestsComeOnce()
{
    Fixture f;
    f.monitor.setWatched(true);
    for (int i = 0; i < 5; ++i)
        f.request(i);
    f.seen.clear();
    f.clock.advance(250ms);
    QCOMPARE(f.seen.last().newRequests.size(), 5);
    QCOMPARE(f.seen.last().newRequests.last().id, QByteArray("4"));
    f.request(5);
    f.clock.advance(250ms);
    QCOMPARE(f.seen.last().newRequests.size(), 1);
    QCOMPARE(f.seen.last().newRequests.first().id, QByteArray("5"));
}

void TestMonitor::requestsWaitForAWatcher()
{
    Fixture f;
    for (int i = 0; i < int(AccessLog::Capacity) + 10; ++i)
        f.request(i);
    f.clock.advance(10s);
    QVERIFY(f.seen.last().newRequests.isEmpty());
    f.monitor.setWatched(true);
    QCOMPARE(f.seen.last().newRequests.size(), qsizetype(AccessLog::Capacity));
    QCOMPARE(f.seen.last().newRequests.first().id, QByteArray("10"));
}

void TestMonitor::aFrozenWindowIsNotFlooded()
{
    Fixture f;
    f.monitor.setWatched(true);
    f.clock.advance(1s);
    f.takes = false;
    f.count();
    for (int i = 0; i < 100; ++i) {
        f.request(i);
        f.clock.advance(1s);
    }
    QCOMPARE(f.count(), 1);
    f.takes = true;
    f.monitor.taken();
    f.clock.advance(250ms);
    QCOMPARE(f.seen.first().newRequests.size(), 99);
}

void TestMonitor::upstreamDownAndUp()
{
    Fixture f;
    for (int i = 0; i < UpstreamHealth::Suspicious; ++i) {
        f.engine.accessLog().begin();
        f.engine.accessLog().finish(failing());
    }
    f.clock.advance(250ms);
    QCOMPARE(f.kinds(), QList{Notice::Kind::UpstreamDown});
    QCOMPARE(f.seen.last().notices.first().detail, QStringLiteral("no connection"));
    RequestRecord good = failing();
    good.attempts.first().fault = FaultClass::Success;
    f.engine.accessLog().begin();
    f.engine.accessLog().finish(good);
    f.clock.advance(250ms);
    QVERIFY(f.seen.last().notices.isEmpty());
}

void TestMonitor::stoppedAndStarted()
{
    Fixture f;
    const QUrl address = f.engine.url();
    f.engine.stopListening();
    f.clock.advance(250ms);
    QCOMPARE(f.seen.last().run, RunState::Stopped);
    QCOMPARE(f.seen.last().address, address);
    QVERIFY(f.engine.startListening());
    f.clock.advance(250ms);
    QCOMPARE(f.seen.last().run, RunState::Running);
    QCOMPARE(f.seen.last().address, address);
}

void TestMonitor::dismissedNoticeStaysAway()
{
    Fixture f({}, {});
    QCOMPARE(f.kinds(), QList{Notice::Kind::NoKeys});
    f.monitor.dismiss(f.seen.last().notices.first());
    f.clock.advance(1s);
    QVERIFY(f.seen.last().notices.isEmpty());
}

void TestMonitor::theBrakeEnds()
{
    Fixture f;
    f.engine.pool().setOffline(true);
    f.clock.advance(250ms);
    QCOMPARE(f.kinds(), QList{Notice::Kind::KeysNotBlamed});
    f.engine.pool().setOffline(false);
    f.monitor.noteChange();
    f.clock.advance(250ms);
    QVERIFY(f.seen.last().notices.isEmpty());
}

void TestMonitor::isCheap()
{
    constexpr int Requests = 2000; // a second of a busy Keywheel
    Fixture f;
    f.monitor.setWatched(true);
    QElapsedTimer time;
    time.start();
    for (int i = 0; i < Requests; ++i) {
        f.request(i);
        if (i % (Requests / 4) == 0)
            f.clock.advance(250ms);
    }
    // The log of each line included.
    qInfo("%d requests and 4 snapshots: %lld us", Requests, time.nsecsElapsed() / 1000);
    QVERIFY(time.elapsed() < 1000);
}

QTEST_GUILESS_MAIN(TestMonitor)
#include "test_monitor.moc"
