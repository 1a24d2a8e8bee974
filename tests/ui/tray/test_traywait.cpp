// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakeclock.h"
#include "tray/traywait.h"

#include <QSignalSpy>
#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

class FakeHost : public TrayHost
{
public:
    bool isThere() const override { return there_; }
    void come()
    {
        there_ = true;
        Q_EMIT changed();
    }

    bool there_ = false;
};

} // namespace

class TestTrayWait : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsATrayThatIsThere()
    {
        FakeHost host;
        host.there_ = true;
        FakeClock clock;
        TrayWait wait(host, clock);
        const QSignalSpy done(&wait, &TrayWait::done);
        wait.start();
        QCOMPARE(done.count(), 0);
        clock.advance(0ms);
        QCOMPARE(done, (QList<QVariantList>{{true}}));
    }

    void takesOneThatComesLate()
    {
        FakeHost host;
        FakeClock clock;
        TrayWait wait(host, clock);
        const QSignalSpy done(&wait, &TrayWait::done);
        wait.start();
        clock.advance(7s);
        QVERIFY(!wait.isOver());
        host.come();
        QCOMPARE(done, (QList<QVariantList>{{true}}));
        clock.advance(60s);
        QCOMPARE(done.count(), 1);
    }

    void noticesOneThatSaysNothing()
    {
        FakeHost host;
        FakeClock clock;
        TrayWait wait(host, clock);
        const QSignalSpy done(&wait, &TrayWait::done);
        wait.start();
        clock.advance(3s);
        host.there_ = true;
        clock.advance(1s);
        QCOMPARE(done, (QList<QVariantList>{{true}}));
    }

    void doesNotWaitForEver()
    {
        FakeHost host;
        FakeClock clock;
        TrayWait wait(host, clock);
        const QSignalSpy done(&wait, &TrayWait::done);
        wait.start();
        clock.advance(24s);
        QCOMPARE(done.count(), 0);
        clock.advance(2s);
        QCOMPARE(done, (QList<QVariantList>{{false}}));
        QCOMPARE(clock.waiting(), 0);
        host.come();
        QCOMPARE(done.count(), 1);
    }
};

QTEST_GUILESS_MAIN(TestTrayWait)
#include "test_traywait.moc"
