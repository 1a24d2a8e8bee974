// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/failurebrake.h"

#include <QTest>

using namespace keywheel;
using Decision = FailureBrake::Decision;
using std::chrono::milliseconds;

class TestFailureBrake : public QObject
{
    Q_OBJECT

private:
    FailureBrake brake_;
    Clock::Instant now_;

    Decision fail(KeyId key, FaultClass fault = FaultClass::Temporary,
                  const char *code = "rate_limit")
    {
        return brake_.failed(key, fault, code, now_);
    }

private Q_SLOTS:
    void init()
    {
        brake_ = {};
        now_ = Clock::Instant(std::chrono::hours(1));
    }

    void thirdKeyThatFailsAlikeAppliesIt()
    {
        QCOMPARE(fail(1), Decision::Blame);
        now_ += milliseconds(1000);
        QCOMPARE(fail(2), Decision::Blame);
        now_ += milliseconds(1000);
        QVERIFY(!brake_.isOn(now_));
        QCOMPARE(fail(3), Decision::Applied);
        QVERIFY(brake_.isOn(now_));
        now_ += milliseconds(9999);
        QCOMPARE(fail(4, FaultClass::Permanent, "invalid_key"), Decision::Braked);
        now_ += milliseconds(1);
        QVERIFY(!brake_.isOn(now_));
        QCOMPARE(fail(5), Decision::Blame);
        QCOMPARE(fail(6), Decision::Blame);
        QCOMPARE(fail(7), Decision::Applied);
    }

    void slowFailuresDoNot()
    {
        for (KeyId key = 1; key < 10; ++key) {
            QCOMPARE(fail(key), Decision::Blame);
            now_ += milliseconds(1001);
        }
    }

    void failuresOfOtherKindsDoNot()
    {
        QCOMPARE(fail(1), Decision::Blame);
        QCOMPARE(fail(2), Decision::Blame);
        QCOMPARE(fail(3, FaultClass::Permanent, "invalid_key"), Decision::Blame);
        QCOMPARE(fail(4, FaultClass::Permanent, "account"), Decision::Blame);
        QCOMPARE(fail(5, FaultClass::Quota, "quota"), Decision::Blame);
        QCOMPARE(fail(6), Decision::Applied);
    }

    void oneKeyCountsOnce()
    {
        for (int i = 0; i < 10; ++i) {
            QCOMPARE(fail(1), Decision::Blame);
            QCOMPARE(fail(2), Decision::Blame);
        }
        QCOMPARE(fail(3), Decision::Applied);
    }

    void aSuccessBetweenClearsTheSuspicion()
    {
        fail(1);
        fail(2);
        brake_.succeeded();
        QCOMPARE(fail(3), Decision::Blame);
        QCOMPARE(fail(4), Decision::Blame);
        QCOMPARE(fail(5), Decision::Applied);
        brake_.succeeded();
        QVERIFY2(brake_.isOn(now_), "a success does not end the brake");
    }

    void releaseEndsIt()
    {
        fail(1);
        fail(2);
        fail(3);
        brake_.release();
        QVERIFY(!brake_.isOn(now_));
        QCOMPARE(fail(4), Decision::Blame);
    }
};

QTEST_APPLESS_MAIN(TestFailureBrake)
#include "test_failurebrake.moc"
