// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/signalwatcher.h"

#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <unistd.h>

using namespace keywheel;

class TestSignalWatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hangUp_data();
    void hangUp();
};

void TestSignalWatcher::hangUp_data()
{
    QTest::addColumn<bool>("terminal");
    QTest::newRow("terminal") << true;
    QTest::newRow("no terminal") << false;
}

/// SIGHUP ends what runs in a terminal, and makes a service read its settings.
void TestSignalWatcher::hangUp()
{
    QFETCH(const bool, terminal);
    const int master = ::posix_openpt(O_RDWR | O_NOCTTY);
    QVERIFY(master >= 0 && ::grantpt(master) == 0 && ::unlockpt(master) == 0);
    const int input = ::open(terminal ? ::ptsname(master) : "/dev/null", O_RDWR | O_NOCTTY);
    const int before = ::dup(STDIN_FILENO);
    QVERIFY(input >= 0 && ::dup2(input, STDIN_FILENO) == STDIN_FILENO);
    {
        SignalWatcher watcher;
        QSignalSpy stop(&watcher, &SignalWatcher::stopRequested);
        QSignalSpy reload(&watcher, &SignalWatcher::reloadRequested);
        QCOMPARE(::raise(SIGHUP), 0);
        QTRY_COMPARE(stop.size() + reload.size(), 1);
        QCOMPARE(stop.size(), terminal ? 1 : 0);
    }
    if (before >= 0)
        ::dup2(before, STDIN_FILENO);
    for (const int descriptor : {before, input, master})
        ::close(descriptor);
}

QTEST_GUILESS_MAIN(TestSignalWatcher)
#include "test_signalwatcher.moc"
