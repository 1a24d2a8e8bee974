// SPDX-License-Identifier: GPL-3.0-or-later
#include "poolfixture.h"

#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

/// Clocks that jump, machines that sleep, networks that are down.
class TestClockChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aCooldownEndsWhileTheMachineSleeps()
    {
        PoolFixture f(2);
        f.fail(rateLimited(600s));
        f.clock.jump(700s);
        f.pool.release(*f.pool.lease(), Verdict{});
        QCOMPARE(f.at(0).state, KeyState::Available);
        QCOMPARE(f.putBack.count(), 1);
    }

    void aShortSleepShortensACooldown()
    {
        PoolFixture f(2, {.resetWhenNoneLeft = false});
        f.fail(rateLimited(600s));
        const QDateTime until = f.at(0).until;
        f.clock.jump(400s);
        QCOMPARE(f.use(), 1);
        QCOMPARE(f.at(0).until, until);
        f.clock.advance(199s);
        QCOMPARE(f.at(0).state, KeyState::CoolingDown);
        f.clock.advance(1s); // the timer that was set for later does not matter
        QCOMPARE(f.putBack.count(), 1);
    }

    void aClockThatIsSetBackProlongsNothing()
    {
        PoolFixture f(2);
        f.fail(rateLimited(600s));
        f.clock.jump(-3600s);
        QCOMPARE(f.use(), 1);
        QCOMPARE(f.at(0).until, f.clock.wallNow().addSecs(600));
        f.clock.advance(600s);
        QCOMPARE(f.at(0).state, KeyState::Available);
        QCOMPARE(f.braked.count(), 0);
    }

    void noKeyIsBlamedRightAfterWaking()
    {
        PoolFixture f(3);
        const auto lease = f.pool.lease();
        f.clock.jump(3600s);
        f.pool.release(*lease, invalidKey());
        QCOMPARE(f.braked.count(), 1);
        QCOMPARE(f.at(0).state, KeyState::Available);
        QVERIFY(f.pool.snapshot().brakeReason.contains(QStringLiteral("woken")));
        QCOMPARE(f.pool.snapshot().brakeUntil, f.clock.wallNow().addSecs(10));
        f.clock.advance(9s);
        f.fail(invalidKey());
        QCOMPARE(f.pool.available(), 3);
        f.clock.advance(1s);
        QVERIFY(f.pool.snapshot().brakeReason.isEmpty());
        f.fail(invalidKey());
        QCOMPARE(f.pool.available(), 2);
    }

    void wakingIsNoticedWithoutARequest()
    {
        PoolFixture f(1);
        f.pool.watchClock();
        f.clock.jump(3600s);
        f.clock.advance(12s);
        QCOMPARE(f.braked.count(), 1);
        f.clock.advance(60s);
        f.fail(invalidKey());
        QCOMPARE(f.pool.available(), 0); // long awake
    }

    void wakingIsNoticedWhereTheClockGoesOn()
    {
        PoolFixture f(1);
        f.pool.watchClock();
        f.clock.advance(12s);
        QCOMPARE(f.braked.count(), 0);
        f.clock.sleep(3600s);
        f.fail(invalidKey());
        QCOMPARE(f.braked.count(), 1);
        QCOMPARE(f.pool.available(), 1);
    }

    void slowCorrectionsAreFollowed()
    {
        PoolFixture f(1);
        for (int i = 0; i < 10; ++i) {
            f.clock.jump(4s);
            f.use();
        }
        QCOMPARE(f.braked.count(), 0);
    }

    void noKeyIsBlamedWhileTheNetworkIsDown()
    {
        PoolFixture f(2);
        f.pool.setOffline(true);
        f.pool.setOffline(true);
        QCOMPARE(f.braked.count(), 1);
        QVERIFY(f.braked.at(0).at(0).toDateTime().isNull());
        f.fail(invalidKey());
        f.fail(rateLimited(60s));
        QCOMPARE(f.pool.available(), 2);
        QVERIFY(f.pool.snapshot().brakeReason.contains(QStringLiteral("network")));
        f.pool.setOffline(false);
        QVERIFY(f.pool.snapshot().brakeReason.isEmpty());
        f.fail(invalidKey());
        QCOMPARE(f.pool.available(), 1);
    }
};

QTEST_GUILESS_MAIN(TestClockChanges)
#include "test_clockchanges.moc"
