// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/servicestate.h"

#include <QTest>

using namespace keywheel;

namespace {

BackendSnapshot running(int healthy, int disabled, int total)
{
    BackendSnapshot snapshot;
    snapshot.run = RunState::Running;
    snapshot.address = QUrl(QStringLiteral("http://127.0.0.1:3000"));
    snapshot.pool.available = healthy;
    snapshot.pool.disabled = disabled;
    snapshot.pool.total = total;
    return snapshot;
}

Notice notice(Notice::Kind kind)
{
    return {kind, {}, {}, {}, {}};
}

} // namespace

class TestServiceState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysHowItDoes()
    {
        QCOMPARE(serviceState(running(3, 0, 3)), ServiceState::Running);
        QCOMPARE(serviceState(running(2, 1, 3)), ServiceState::Running);
        QCOMPARE(serviceState(running(2, 0, 3)), ServiceState::Degraded);
        QCOMPARE(serviceState(running(0, 0, 3)), ServiceState::NoKeys);
        QCOMPARE(serviceState(running(0, 0, 0)), ServiceState::NoKeys);
        BackendSnapshot stopped = running(3, 0, 3);
        stopped.run = RunState::Stopped;
        QCOMPARE(serviceState(stopped), ServiceState::Stopped);
        stopped.run = RunState::Failed;
        QCOMPARE(serviceState(stopped), ServiceState::Error);
        stopped.run = RunState::Starting;
        QCOMPARE(serviceState(stopped), ServiceState::Starting);
    }

    void warnsWhileItServes()
    {
        BackendSnapshot open = running(3, 0, 3);
        open.notices = {notice(Notice::Kind::OpenToNetwork)};
        QCOMPARE(serviceState(open), ServiceState::Degraded);
        QVERIFY(serviceStateText(open).contains(QLatin1String("Other machines")));
        BackendSnapshot locked = running(0, 0, 0);
        locked.notices = {notice(Notice::Kind::KeysUnreadable)};
        QCOMPARE(serviceState(locked), ServiceState::Error);
    }

    void everyStateHasWordsAndAShapeOfItsOwn()
    {
        QSet<QString> shapes;
        for (int state = int(ServiceState::Starting); state <= int(ServiceState::Error); ++state)
            shapes.insert(serviceStateSymbol(ServiceState(state)));
        QCOMPARE(shapes.size(), 6);
        for (int run = int(RunState::Stopped); run <= int(RunState::Failed); ++run) {
            BackendSnapshot snapshot = running(1, 0, 1);
            snapshot.run = RunState(run);
            QVERIFY(!serviceStateText(snapshot).isEmpty());
        }
    }

    void givesWhatToolsArePointedAt()
    {
        QCOMPARE(baseUrl(running(1, 0, 1)), QStringLiteral("http://127.0.0.1:3000/v1"));
    }

    void asksForKeysOnlyWhenThereAreNone()
    {
        BackendSnapshot snapshot = running(0, 0, 0);
        QVERIFY(needsFirstKeys(snapshot));
        snapshot.demo = true;
        QVERIFY(!needsFirstKeys(snapshot));
        snapshot.demo = false;
        snapshot.run = RunState::Starting; // the keys are not read yet
        QVERIFY(!needsFirstKeys(snapshot));
        QVERIFY(!needsFirstKeys(running(0, 1, 1)));
    }

    void asksForKeysWithoutAKeychain()
    {
        // The page offers another place for them, and the demo.
        BackendSnapshot unusable = running(0, 0, 0);
        unusable.notices = {notice(Notice::Kind::KeysUnreadable)};
        unusable.keysError = QStringLiteral("There is no keyring yet");
        QVERIFY(needsFirstKeys(unusable));
        BackendSnapshot locked = unusable;
        locked.keysKept = true;
        QVERIFY(!needsFirstKeys(locked));
        locked.notices.clear(); // dismissed
        QVERIFY(!needsFirstKeys(locked));
    }
};

QTEST_GUILESS_MAIN(TestServiceState)
#include "test_servicestate.moc"
