// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/blacklist.h"
#include "poolfixture.h"

#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

/// How keys are blacklisted and put back.
class TestBlacklist : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBadKeyStaysOut_data()
    {
        QTest::addColumn<FaultClass>("fault");
        QTest::newRow("permanent") << FaultClass::Permanent;
        QTest::newRow("quota") << FaultClass::Quota;
    }

    void aBadKeyStaysOut()
    {
        QFETCH(FaultClass, fault);
        PoolFixture f(2, {.threshold = 5});
        const KeyId id = f.fail(failed(fault, "some_code"));
        QCOMPARE(f.blacklisted.count(), 1);
        const auto told = f.blacklisted.at(0).at(0).value<KeySnapshot>();
        QCOMPARE(told.id, id);
        QCOMPARE(told.state, KeyState::Permanent);
        QCOMPARE(told.fault, fault);
        QCOMPARE(told.code, QByteArray("some_code"));
        QCOMPARE(told.reason, QStringLiteral("reason of some_code"));
        QCOMPARE(told.since, f.clock.wallNow());
        QVERIFY(told.until.isNull());
        QCOMPARE(told.failures, 1u);
        f.clock.advance(1000h);
        QCOMPARE(f.use(3), (QList<int>{1, 1, 1}));
        QCOMPARE(f.pool.blacklisted().size(), 1);
        QCOMPARE(f.putBack.count(), 0);
        QCOMPARE(f.clock.waiting(), 0);
    }

    void whatIsNotTheKeysFaultLeavesNoTrace_data()
    {
        QTest::addColumn<FaultClass>("fault");
        QTest::newRow("upstream") << FaultClass::Upstream;
        QTest::newRow("client") << FaultClass::Client;
        QTest::newRow("cancelled") << FaultClass::Cancelled;
    }

    void whatIsNotTheKeysFaultLeavesNoTrace()
    {
        QFETCH(FaultClass, fault);
        PoolFixture f(1);
        for (int i = 0; i < 10; ++i)
            f.fail(failed(fault, "code"));
        QCOMPARE(f.pool.available(), 1);
        QCOMPARE(f.at(0).failures, 0u);
        QCOMPARE(f.at(0).successes, 0u);
        QCOMPARE(f.at(0).active, 0);
        QCOMPARE(f.at(0).fault, FaultClass::Success);
        QCOMPARE(f.pool.snapshot().keysWithFailures, 0);
        QCOMPARE(f.braked.count(), 0);
    }

    void aRateLimitedKeyCoolsDownAsLongAsAsked()
    {
        PoolFixture f(2);
        f.fail(rateLimited(1500ms));
        const auto told = f.blacklisted.at(0).at(0).value<KeySnapshot>();
        QCOMPARE(told.state, KeyState::CoolingDown);
        QCOMPARE(told.until, f.clock.wallNow().addMSecs(1500));
        QCOMPARE(f.use(2), (QList<int>{1, 1}));
        f.clock.advance(1499ms);
        QCOMPARE(f.pool.available(), 1);
        QCOMPARE(f.putBack.count(), 0);
        f.clock.advance(1ms);
        QCOMPARE(f.putBack.count(), 1);
        const auto back = f.putBack.at(0).at(0).value<KeySnapshot>();
        QCOMPARE(back.state, KeyState::Available);
        QVERIFY(back.since.isNull());
        QVERIFY(back.until.isNull());
        QCOMPARE(back.code, QByteArray("rate_limit")); // of the last failure that counted
        QCOMPARE(f.use(2), (QList<int>{0, 1}));
    }

    void withoutAnAskedWaitItBacksOffLongerEachTime_data()
    {
        QTest::addColumn<bool>("zero");
        QTest::newRow("no wait asked") << false;
        QTest::newRow("a wait of 0 asked") << true;
    }

    void withoutAnAskedWaitItBacksOffLongerEachTime()
    {
        QFETCH(bool, zero);
        PoolFixture f(1, {.resetWhenNoneLeft = false});
        const Verdict verdict = zero ? rateLimited(0ms) : rateLimited();
        for (const auto expected : {1s, 2s, 4s, 8s}) {
            QVERIFY(f.fail(verdict) != 0);
            QCOMPARE(f.pool.lease().error().soonest, expected);
            f.clock.advance(expected);
        }
        QCOMPARE(f.use(), 0); // a success begins anew
        f.fail(verdict);
        QCOMPARE(f.pool.lease().error().soonest, 1s);
    }

    void itTakesAThresholdOfFailuresInARow()
    {
        PoolFixture f(1, {.threshold = 3, .resetWhenNoneLeft = false});
        f.fail(rateLimited(60s));
        f.fail(rateLimited(60s));
        QCOMPARE(f.at(0).failuresInRow, 2);
        QCOMPARE(f.at(0).state, KeyState::Available);
        QCOMPARE(f.use(), 0);
        QCOMPARE(f.at(0).failuresInRow, 0);
        f.fail(rateLimited(60s));
        f.fail(rateLimited(60s));
        QCOMPARE(f.pool.available(), 1);
        f.fail(rateLimited(60s));
        QCOMPARE(f.pool.available(), 0);
        QCOMPARE(f.at(0).failures, 5u);
        // without a success between, one more is enough
        f.clock.advance(60s);
        QCOMPARE(f.pool.available(), 1);
        f.fail(rateLimited(60s));
        QCOMPARE(f.pool.available(), 0);
    }

    void failuresAtTheSameTimeCountAsOne()
    {
        PoolFixture f(1, {.resetWhenNoneLeft = false});
        const auto a = f.pool.lease();
        const auto b = f.pool.lease();
        const auto c = f.pool.lease();
        f.pool.release(*a, rateLimited());
        f.pool.release(*b, rateLimited());
        QCOMPARE(f.at(0).failures, 2u);
        QCOMPARE(f.at(0).failuresInRow, 1);
        QCOMPARE(f.blacklisted.count(), 1);
        QCOMPARE(f.pool.lease().error().soonest, 1s);
        f.clock.advance(1s);
        f.pool.release(*c, rateLimited()); // late: the key is good again
        QCOMPARE(f.pool.available(), 1);
        f.fail(rateLimited());
        QCOMPARE(f.pool.lease().error().soonest, 2s);
    }

    void aLaterAnswerMayAskForALongerWait()
    {
        PoolFixture f(1, {.resetWhenNoneLeft = false});
        const auto a = f.pool.lease();
        const auto b = f.pool.lease();
        const auto c = f.pool.lease();
        f.pool.release(*a, rateLimited(5s));
        f.pool.release(*b, rateLimited(60s));
        f.pool.release(*c, rateLimited(10s));
        QCOMPARE(f.pool.lease().error().soonest, 60s);
        QCOMPARE(f.at(0).until, f.clock.wallNow().addSecs(60));
        f.clock.advance(59s);
        QCOMPARE(f.putBack.count(), 0);
        f.clock.advance(1s);
        QCOMPARE(f.putBack.count(), 1);
    }

    void aSuccessThatBeganBeforeDoesNotPutItBack()
    {
        PoolFixture f(1, {.resetWhenNoneLeft = false});
        const auto slow = f.pool.lease();
        f.fail(rateLimited());
        f.pool.release(*slow, Verdict{});
        QCOMPARE(f.at(0).successes, 1u);
        QCOMPARE(f.at(0).state, KeyState::CoolingDown);
        f.clock.advance(1s);
        f.fail(rateLimited()); // nor does it shorten the next wait
        QCOMPARE(f.pool.lease().error().soonest, 2s);

        const auto late = f.pool.lease();
        QVERIFY(!late);
        f.clock.advance(2s);
        const auto before = f.pool.lease();
        f.fail(invalidKey());
        f.pool.release(*before, Verdict{});
        QCOMPARE(f.at(0).state, KeyState::Permanent);
    }

    void badForGoodOutweighsCoolingDown()
    {
        PoolFixture f(2);
        const auto a = f.pool.lease();
        f.use();
        const auto b = f.pool.lease();
        f.use();
        const auto c = f.pool.lease();
        QCOMPARE(b->id, a->id);
        QCOMPARE(c->id, a->id);
        f.pool.release(*a, rateLimited(5s));
        f.pool.release(*b, invalidKey());
        f.pool.release(*c, rateLimited(5s));
        QCOMPARE(f.at(0).state, KeyState::Permanent);
        QCOMPARE(f.at(0).code, QByteArray("invalid_key"));
        QVERIFY(f.at(0).until.isNull());
        QCOMPARE(f.blacklisted.count(), 2);
        f.clock.advance(1h);
        QCOMPARE(f.at(0).state, KeyState::Permanent);
        QCOMPARE(f.putBack.count(), 0);
    }

    void aResetPutsEveryKeyBack()
    {
        PoolFixture f(4, {.resetWhenNoneLeft = false});
        f.blacklist(1, invalidKey());
        f.blacklist(2, rateLimited(60s));
        QCOMPARE(f.pool.available(), 1);
        QCOMPARE(f.pool.resetBlacklist(), 3);
        QCOMPARE(f.pool.available(), 4);
        QCOMPARE(f.putBack.count(), 3);
        QCOMPARE(f.pool.blacklisted().size(), 0);
        QCOMPARE(f.at(1).failuresInRow, 0);
        QCOMPARE(f.at(1).failures, 1u);
        QCOMPARE(f.pool.resetBlacklist(), 0);
        QCOMPARE(f.putBack.count(), 3);
        f.clock.advance(1h); // ends that were reset do not come
        QCOMPARE(f.putBack.count(), 3);
    }

    // ---- waking

    void itWakesForTheSoonestEndAndOnlyThen()
    {
        PoolFixture f(3);
        QCOMPARE(f.clock.waiting(), 0);
        f.blacklist(1, rateLimited(60s)); // ends in 58 s
        f.blacklist(1, rateLimited(10s)); // ends in 8 s
        QCOMPARE(f.clock.untilNext(), 8s);
        f.clock.advance(8s);
        QCOMPARE(f.putBack.count(), 1);
        QCOMPARE(f.clock.untilNext(), 48s);
        f.clock.advance(48s);
        QCOMPARE(f.putBack.count(), 2);
        f.clock.advance(24h);
        QCOMPARE(f.clock.waiting(), 0);
        QCOMPARE(f.putBack.count(), 2);
    }

    void manyCooldownsTakeOneCall()
    {
        PoolFixture f(500);
        for (int i = 0; i < 500; ++i)
            f.fail(failed(FaultClass::Temporary, QByteArray::number(i).constData(), 60s));
        QCOMPARE(f.pool.available(), 0);
        QCOMPARE(f.clock.waiting(), 1);
        f.clock.advance(60s);
        QCOMPARE(f.putBack.count(), 500);
        QCOMPARE(f.clock.waiting(), 0);
    }

    void aLookAtThePoolNeedsNoWaking()
    {
        // a machine that slept: the clock is ahead of its calls
        class SleepyClock : public Clock
        {
        public:
            Instant now() const override { return instant; }
            QDateTime wallNow() const override { return fake.wallNow(); }
            void callLater(Milliseconds delay, QObject *context,
                           std::function<void()> call) override
            {
                fake.callLater(delay, context, std::move(call));
            }
            FakeClock fake;
            Instant instant = fake.now();
        } clock;
        KeyPool pool(clock, [] { return 0.5; });
        pool.setKeys(testKeys(1));
        QSignalSpy putBack(&pool, &KeyPool::keyPutBack);
        const auto lease = pool.lease();
        pool.release(*lease, rateLimited(5s));
        clock.instant += 5s;
        QCOMPARE(pool.snapshot().available, 1);
        QCOMPARE(pool.keys().at(0).state, KeyState::Available);
        QCOMPARE(putBack.count(), 0); // a const look tells nobody
        clock.fake.advance(5s);
        QCOMPARE(putBack.count(), 1);
    }

    // ---- the brake

    void threeKeysThatFailAlikeAreNotBlamed()
    {
        PoolFixture f(6);
        f.fail(invalidKey());
        f.fail(invalidKey());
        QCOMPARE(f.braked.count(), 0);
        f.fail(invalidKey());
        QCOMPARE(f.braked.count(), 1);
        const QDateTime until = f.clock.wallNow().addSecs(10);
        QCOMPARE(f.braked.at(0).at(0).toDateTime(), until);
        QCOMPARE(f.pool.snapshot().brakeUntil, until);
        QCOMPARE(f.pool.available(), 6); // those that were blamed before are put back
        QCOMPARE(f.at(0).reason,
                 QStringLiteral("other keys failed alike, so the upstream is suspected"));
        f.clock.advance(9s);
        f.fail(rateLimited());
        QCOMPARE(f.pool.available(), 6);
        QCOMPARE(f.pool.snapshot().failures, 2u);
        QCOMPARE(f.pool.snapshot().keysWithFailures, 2);
        QCOMPARE(f.at(3).failuresInRow, 0);
        QCOMPARE(f.at(3).active, 0);
        f.clock.advance(1s);
        QVERIFY(f.pool.snapshot().brakeUntil.isNull());
        f.fail(rateLimited());
        QCOMPARE(f.pool.available(), 5);
    }

    void whatNamesTheKeyIsBelievedEvenThen()
    {
        PoolFixture f(6);
        f.use(6); // some key has been answered well
        for (int i = 0; i < 5; ++i)
            f.fail(named(invalidKey()));
        QCOMPARE(f.braked.count(), 0);
        QCOMPARE(f.pool.available(), 1);
    }

    void whileNoKeyWasAnsweredTheAddressIsSuspected()
    {
        PoolFixture f(6);
        for (int i = 0; i < 4; ++i)
            f.fail(named(invalidKey()));
        QCOMPARE(f.at(1).state, KeyState::Permanent);
        QCOMPARE(f.at(2).state, KeyState::CoolingDown);
        QCOMPARE(f.at(3).until, f.clock.wallNow().addSecs(10));
        QCOMPARE(f.braked.count(), 1);
        QVERIFY(f.pool.snapshot().brakeReason.contains(QLatin1String("base URL")));
        f.use(); // the first good answer: the address is right
        for (int i = 0; i < 4; ++i)
            QCOMPARE(f.at(i).state, KeyState::Permanent);
        QVERIFY(f.pool.snapshot().brakeReason.isEmpty());
    }

    void anotherAddressForgetsWhatTheOldOneSaid()
    {
        PoolFixture f(4);
        f.use(4);
        f.fail(named(invalidKey()));
        f.fail(named(outOfQuota()));
        f.pool.upstreamChanged();
        QCOMPARE(f.at(0).state, KeyState::Available);
        QCOMPARE(f.at(1).state, KeyState::Permanent); // money is no matter of the address
        for (int i = 0; i < 3; ++i)
            f.fail(named(invalidKey()));
        QCOMPARE(f.pool.available(), 0);
        QCOMPARE(f.braked.count(), 1); // the last one is blacklisted for a short time only
    }

    // ---- refusals without a reason

    void oneRefusalWithoutAReasonCondemnsNoKeyThatSucceeded()
    {
        PoolFixture f(1);
        f.use();
        f.fail(weak(invalidKey()));
        QCOMPARE(f.at(0).state, KeyState::Available);
        QCOMPARE(f.at(0).failures, 0u);
        f.use();
        f.fail(weak(invalidKey()));
        QCOMPARE(f.at(0).state, KeyState::Available);
        f.fail(weak(invalidKey())); // the second in a row
        QCOMPARE(f.at(0).state, KeyState::Permanent);
    }

    void refusalsThatWereUnderWayTogetherCountOnce()
    {
        PoolFixture f(1);
        f.use();
        const auto one = f.pool.lease();
        const auto other = f.pool.lease();
        f.pool.release(*one, weak(invalidKey()));
        f.pool.release(*other, weak(invalidKey()));
        QCOMPARE(f.at(0).state, KeyState::Available);
    }

    void aKeyThatNeverSucceededIsCondemnedByOne()
    {
        PoolFixture f(2);
        f.fail(weak(invalidKey()));
        QCOMPARE(f.at(0).state, KeyState::Permanent);
    }

    // ---- money

    void aQuotaWithAnEndComesBackThen()
    {
        PoolFixture f(2, {.threshold = 5});
        Verdict verdict = named(outOfQuota());
        verdict.cooldown = 20s;
        f.fail(verdict);
        QCOMPARE(f.at(0).state, KeyState::CoolingDown);
        QCOMPARE(f.at(0).fault, FaultClass::Quota);
        f.clock.advance(20s);
        QCOMPARE(f.at(0).state, KeyState::Available);
    }

    void nowAndThenOneRequestTriesAKeyWithoutMoney()
    {
        PoolFixture f(3, {.tryAgainAfter = 1h});
        f.fail(named(outOfQuota()));
        QCOMPARE(f.use(3), (QList<int>{1, 2, 1}));
        f.clock.advance(1h);
        const auto trial = f.pool.lease();
        QCOMPARE(trial->index, 0);
        QVERIFY(trial->reason.trial);
        QCOMPARE(f.pool.lease()->index, 2); // only one
        f.pool.release(*trial, named(outOfQuota()));
        QCOMPARE(f.blacklisted.count(), 1); // quietly
        QCOMPARE(f.at(0).state, KeyState::Permanent);
        f.clock.advance(1h);
        QCOMPARE(f.use(), 0);
        QCOMPARE(f.at(0).state, KeyState::Available);
    }

    void aModelListSaysNothingAboutMoney()
    {
        PoolFixture f(2);
        f.fail(named(outOfQuota()));
        f.pool.noteCheck(f.at(0).fingerprint, Verdict{});
        QCOMPARE(f.at(0).state, KeyState::Permanent);
    }

    void aSuccessBetweenKeepsTheBrakeOff()
    {
        PoolFixture f(6);
        f.fail(invalidKey());
        f.fail(invalidKey());
        f.use();
        f.fail(invalidKey());
        QCOMPARE(f.pool.available(), 3);
        QCOMPARE(f.braked.count(), 0);
    }

    void aResetEndsTheBrake()
    {
        PoolFixture f(4);
        for (int i = 0; i < 3; ++i)
            f.fail(rateLimited(60s));
        QCOMPARE(f.braked.count(), 1);
        f.pool.resetBlacklist();
        QVERIFY(f.pool.snapshot().brakeUntil.isNull());
        f.fail(rateLimited(60s));
        QCOMPARE(f.pool.available(), 3);
    }

    void backsOffWithJitter_data()
    {
        QTest::addColumn<int>("n");
        QTest::addColumn<double>("random");
        QTest::addColumn<qint64>("ms");
        QTest::newRow("first") << 0 << 0.5 << qint64(1000);
        QTest::newRow("half down") << 0 << 0.0 << qint64(500);
        QTest::newRow("half up") << 0 << 0.999 << qint64(1499);
        QTest::newRow("fourth") << 3 << 0.5 << qint64(8000);
        QTest::newRow("ninth") << 8 << 0.5 << qint64(256'000);
        QTest::newRow("at most") << 9 << 0.5 << qint64(300'000);
        QTest::newRow("at most, with jitter") << 8 << 0.9 << qint64(300'000);
        QTest::newRow("huge") << 2'000'000'000 << 0.0 << qint64(300'000);
        QTest::newRow("negative") << -1 << 0.5 << qint64(1000);
    }

    void backsOffWithJitter()
    {
        QFETCH(int, n);
        QFETCH(double, random);
        QTEST(qint64(backoff(n, [random] { return random; }).count()), "ms");
    }
};

QTEST_APPLESS_MAIN(TestBlacklist)
#include "test_blacklist.moc"
