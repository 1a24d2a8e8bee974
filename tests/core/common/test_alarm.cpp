// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/alarm.h"
#include "support/fakeclock.h"

#include <QTest>

#include <memory>

using namespace std::chrono_literals;

namespace keywheel {

class TestAlarm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ringsOnce()
    {
        alarm_.setIn(10ms);
        clock_.advance(9ms);
        QCOMPARE(rung_, 0);
        clock_.advance(1ms);
        clock_.advance(1h);
        QCOMPARE(rung_, 1);
        QVERIFY(!alarm_.isSet());
    }

    void movesSooner()
    {
        alarm_.setIn(10ms);
        alarm_.setIn(5ms);
        clock_.advance(5ms);
        QCOMPARE(rung_, 1);
        clock_.advance(1h);
        QCOMPARE(rung_, 1);
    }

    void movesLaterWithoutAnotherCallOfTheClock()
    {
        alarm_.setIn(10ms);
        alarm_.setIn(15ms);
        alarm_.setIn(20ms);
        QCOMPARE(clock_.waiting(), 1);
        clock_.advance(19ms);
        QCOMPARE(rung_, 0);
        clock_.advance(1ms);
        QCOMPARE(rung_, 1);
    }

    void isTakenBack()
    {
        alarm_.setIn(10ms);
        alarm_.cancel();
        QVERIFY(!alarm_.isSet());
        clock_.advance(1h);
        QCOMPARE(rung_, 0);
    }

    void isSetAgainAfterCancel()
    {
        alarm_.setIn(10ms);
        alarm_.cancel();
        alarm_.setIn(30ms);
        clock_.advance(29ms);
        QCOMPARE(rung_, 0);
        clock_.advance(1ms);
        QCOMPARE(rung_, 1);
    }

    void keepsTheSoonerOfTwo()
    {
        alarm_.setNoLaterThan(clock_.now() + 10ms);
        alarm_.setNoLaterThan(clock_.now() + 20ms);
        clock_.advance(10ms);
        QCOMPARE(rung_, 1);
        clock_.advance(1h);
        QCOMPARE(rung_, 1);
    }

    void ringsSoonForADeadlineThatIsOver()
    {
        alarm_.setAt(clock_.now() - 1s);
        QCOMPARE(rung_, 0);
        clock_.advance(0ms);
        QCOMPARE(rung_, 1);
    }

    void mayBeSetWhileItRings()
    {
        int rounds = 0;
        std::unique_ptr<Alarm> round;
        round = std::make_unique<Alarm>(clock_, [&] {
            if (++rounds < 3)
                round->setIn(1s);
        });
        round->setIn(1s);
        clock_.advance(1h);
        QCOMPARE(rounds, 3);
    }

    void isTakenBackByItsDestruction()
    {
        int calls = 0;
        auto gone = std::make_unique<Alarm>(clock_, [&] { ++calls; });
        gone->setIn(1s);
        gone.reset();
        clock_.advance(1h);
        QCOMPARE(calls, 0);
    }

    void init() { rung_ = 0; }
    void cleanup() { alarm_.cancel(); }

private:
    FakeClock clock_;
    int rung_ = 0;
    Alarm alarm_{clock_, [this] {
                     ++rung_;
                 }};
};

} // namespace keywheel

QTEST_GUILESS_MAIN(keywheel::TestAlarm)
#include "test_alarm.moc"
