// SPDX-License-Identifier: GPL-3.0-or-later
#include "poolfixture.h"

#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;
using Reason = LeaseRefusal::Reason;

/// Who gets a key, and why not: rotation, retries, refusals, changes of the list.
class TestKeyPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesRound()
    {
        PoolFixture f(3);
        QCOMPARE(f.use(7), (QList<int>{0, 1, 2, 0, 1, 2, 0}));
        QCOMPARE(f.pool.snapshot().currentIndex, 1);
        QCOMPARE(f.pool.snapshot().successes, 7u);
    }

    void aLeaseShowsTheKey()
    {
        PoolFixture f(2);
        const auto lease = f.pool.lease();
        QVERIFY(lease);
        QCOMPARE(lease->secret, QByteArray("sk-test-key-number-000"));
        QCOMPARE(lease->preview, QStringLiteral("sk-te…-000"));
        const auto seen = f.pool.key(lease->id);
        QVERIFY(seen);
        QCOMPARE(seen->active, 1);
        QCOMPARE(seen->lineNumber, 1);
        QCOMPARE(seen->preview, lease->preview);
        QCOMPARE(seen->fingerprint.size(), 16);
        QCOMPARE(seen->lastUsed, f.clock.wallNow());
        QCOMPARE(seen->successes, 0u);
        f.pool.release(*lease, Verdict{});
        QCOMPARE(f.pool.key(lease->id)->active, 0);
        QCOMPARE(f.pool.key(lease->id)->successes, 1u);
        QVERIFY(!f.pool.key(12345));
    }

    void startsAtStartIndex_data()
    {
        QTest::addColumn<int>("start");
        QTest::addColumn<int>("first");
        QTest::newRow("0") << 0 << 0;
        QTest::newRow("2") << 2 << 2;
        QTest::newRow("modulo") << 5 << 2;
        QTest::newRow("negative") << -1 << 0;
    }

    void startsAtStartIndex()
    {
        QFETCH(int, start);
        PoolFixture f(3, {.startIndex = start});
        QTEST(f.use(), "first");
    }

    void startIndexMovesTheRotationOnlyWhenItChanges()
    {
        PoolFixture f(4, {.startIndex = 1});
        QCOMPARE(f.use(), 1);
        f.pool.setConfig({.startIndex = 1, .threshold = 5});
        QCOMPARE(f.use(), 2);
        f.pool.setConfig({.startIndex = 0});
        QCOMPARE(f.use(), 0);
    }

    void aRetryTakesAKeyThatWasNotTried()
    {
        PoolFixture f(3);
        KeyIds tried;
        for (const int expected : {0, 1, 2}) {
            const auto lease = f.pool.lease(tried);
            QVERIFY(lease);
            QCOMPARE(lease->index, expected);
            tried.append(lease->id);
        }
        const auto refused = f.pool.lease(tried);
        QVERIFY(!refused);
        QCOMPARE(refused.error().reason, Reason::AllTried);
        QVERIFY(!refused.error().soonest);
        QVERIFY2(f.pool.lease(), "another exchange is free to use them");
        // tried keys are stepped over wherever the rotation stands
        QCOMPARE(f.pool.lease({tried[1]})->index, 2);
    }

    void withoutKeysThereIsNoLease()
    {
        PoolFixture f(0);
        QCOMPARE(f.pool.lease().error().reason, Reason::NoKeys);
        QCOMPARE(f.pool.snapshot().total, 0);
        QCOMPARE(f.noneLeft.count(), 0);
        f.pool.setKeys({{"", 1, {}}});
        QCOMPARE(f.pool.total(), 0);
    }

    // ---- no key left: one and two keys, reset and reject

    void oneKeyReset()
    {
        PoolFixture f(1);
        const KeyId id = f.fail(rateLimited(60s));
        QCOMPARE(f.pool.available(), 0);
        // the exchange that tried it does not get it again
        QCOMPARE(f.pool.lease({id}).error().reason, Reason::AllTried);
        QCOMPARE(f.noneLeft.count(), 0);
        // the next one does
        QVERIFY(f.pool.lease());
        QCOMPARE(f.noneLeft.count(), 1);
        QCOMPARE(f.noneLeft.at(0).at(0).toBool(), true);
        QCOMPARE(f.putBack.count(), 1);
        QCOMPARE(f.pool.available(), 1);
    }

    void oneKeyReject()
    {
        PoolFixture f(1, {.resetWhenNoneLeft = false});
        const KeyId id = f.fail(rateLimited(60s));
        QCOMPARE(f.pool.lease({id}).error().reason, Reason::AllTried);
        f.clock.advance(10s);
        for (int i = 0; i < 3; ++i) {
            const auto refused = f.pool.lease();
            QVERIFY(!refused);
            QCOMPARE(refused.error().reason, Reason::NoneLeft);
            QCOMPARE(refused.error().soonest, 50s);
        }
        QCOMPARE(f.noneLeft.count(), 1); // once, not per request
        QCOMPARE(f.noneLeft.at(0).at(0).toBool(), false);
        f.clock.advance(50s);
        QCOMPARE(f.use(), 0);
        f.fail(rateLimited(60s));
        QCOMPARE(f.noneLeft.count(), 2);
    }

    void oneKeyForGood_data()
    {
        QTest::addColumn<bool>("reset");
        QTest::newRow("reset") << true;
        QTest::newRow("reject") << false;
    }

    void oneKeyForGood()
    {
        QFETCH(bool, reset);
        PoolFixture f(1, {.resetWhenNoneLeft = reset});
        const KeyId id = f.fail(invalidKey());
        QCOMPARE(f.pool.lease({id}).error().reason, Reason::AllTried);
        for (int i = 0; i < 3; ++i) {
            const auto refused = f.pool.lease();
            QVERIFY(!refused);
            QCOMPARE(refused.error().reason, Reason::NoneLeft);
            QVERIFY(!refused.error().soonest);
        }
        QCOMPARE(f.noneLeft.count(), 1);
        QCOMPARE(f.noneLeft.at(0).at(0).toBool(), false);
        QCOMPARE(f.putBack.count(), 0);
    }

    void twoKeysReset()
    {
        PoolFixture f(2);
        const KeyId first = f.fail(rateLimited(60s));
        const KeyId second = f.fail(rateLimited(60s));
        // tried the second only: cooldowns end, and the first is the way out
        const auto lease = f.pool.lease({second});
        QVERIFY(lease);
        QCOMPARE(lease->id, first);
        QCOMPARE(f.pool.available(), 2);
        QCOMPARE(f.putBack.count(), 2);
        QCOMPARE(f.noneLeft.count(), 1);
        f.pool.release(*lease, rateLimited(60s));
        QCOMPARE(f.pool.lease({first, second}).error().reason, Reason::AllTried);
    }

    void twoKeysReject()
    {
        PoolFixture f(2, {.resetWhenNoneLeft = false});
        const KeyId first = f.fail(rateLimited(60s));
        const KeyId second = f.fail(rateLimited(20s));
        const auto refused = f.pool.lease({second});
        QCOMPARE(refused.error().reason, Reason::NoneLeft);
        QCOMPARE(refused.error().soonest, 20s);
        QCOMPARE(f.pool.lease({first, second}).error().reason, Reason::AllTried);
        QCOMPARE(f.pool.lease().error().reason, Reason::NoneLeft);
    }

    void aTriedHealthyKeyDoesNotEndTheCooldownsOfOthers()
    {
        PoolFixture f(2);
        f.fail(rateLimited(60s));
        const auto lease = f.pool.lease();
        f.pool.release(*lease, failed(FaultClass::Upstream, "upstream"));
        QCOMPARE(f.pool.lease({lease->id}).error().reason, Reason::AllTried);
        QCOMPARE(f.pool.available(), 1);
        QCOMPARE(f.noneLeft.count(), 0);
    }

    void aResetLeavesKeysThatAreBadForGood()
    {
        PoolFixture f(2);
        f.fail(invalidKey());
        const KeyId cooling = f.fail(rateLimited(60s));
        QCOMPARE(f.pool.lease({cooling}).error().reason, Reason::AllTried);
        QCOMPARE(f.pool.lease()->id, cooling);
        QCOMPARE(f.at(0).state, KeyState::Permanent);
        QCOMPARE(f.noneLeft.count(), 1);
        QCOMPARE(f.noneLeft.at(0).at(0).toBool(), true);
    }

    void changingToRejectTellsThatNoneIsLeft()
    {
        PoolFixture f(1);
        f.fail(rateLimited(60s));
        QCOMPARE(f.noneLeft.count(), 0);
        f.pool.setConfig({.resetWhenNoneLeft = false});
        QCOMPARE(f.noneLeft.count(), 1);
    }

    void goodKeysAreFoundAmongMasses()
    {
        FakeClock clock;
        KeyPool pool(clock, [] { return 0.5; });
        pool.setKeys(testKeys(100'000));
        QList<Lease> all;
        for (int i = 0; i < pool.total(); ++i)
            all.append(*pool.lease());
        for (const auto &lease : all) {
            pool.release(lease, lease.index % 1000 == 7 ? Verdict{} : invalidKey());
            clock.advance(3s); // slowly, for the brake
        }
        QCOMPARE(pool.available(), 100);
        for (int i = 0; i < 250; ++i)
            QCOMPARE(pool.lease()->index, i % 100 * 1000 + 7);
    }

    // ---- changes of the list

    void duplicatesAreDropped()
    {
        PoolFixture f(0);
        auto keys = testKeys(2);
        keys.append(testKeys(1));
        keys.last().lineNumber = 3;
        f.pool.setKeys(keys);
        QCOMPARE(f.pool.total(), 2);
        QCOMPARE(f.at(0).lineNumber, 1);
    }

    void aReloadKeepsWhatIsKnown()
    {
        PoolFixture f(3);
        f.fail(invalidKey());
        f.fail(rateLimited(60s));
        const KeyId third = f.at(2).id;
        const auto out = f.pool.lease();

        auto keys = testKeys(4);
        std::reverse(keys.begin(), keys.end());
        keys[1].label = QStringLiteral("mine");
        f.pool.setKeys(keys);
        QCOMPARE(f.pool.total(), 4);
        QCOMPARE(f.pool.available(), 2);
        QCOMPARE(f.at(3).state, KeyState::Permanent);
        QCOMPARE(f.at(3).failures, 1u);
        QCOMPARE(f.at(2).state, KeyState::CoolingDown);
        QCOMPARE(f.at(1).id, third);
        QCOMPARE(f.at(1).label, QStringLiteral("mine"));
        QCOMPARE(f.at(1).active, 1);
        QCOMPARE(f.pool.snapshot().keysWithFailures, 2);
        f.pool.release(*out, Verdict{});
        QCOMPARE(f.at(1).successes, 1u);
        f.clock.advance(60s);
        QCOMPARE(f.putBack.count(), 1);
        QCOMPARE(f.pool.available(), 3);
    }

    void theRotationGoesOnAtTheSameKey()
    {
        PoolFixture f(4);
        QCOMPARE(f.use(2), (QList<int>{0, 1}));
        f.pool.setKeys(testKeys(3, 1)); // 1 2 3: key 2 is now at index 1
        QCOMPARE(f.use(), 1);
    }

    void theRotationGoesOnAtTheNextKeyThatIsStillThere()
    {
        PoolFixture f(4);
        QCOMPARE(f.use(2), (QList<int>{0, 1}));
        f.pool.setKeys({testKeys(4)[3], testKeys(4)[0]}); // key 2 is gone; 3 comes next, at index 0
        QCOMPARE(f.use(), 0);
        f.pool.setKeys({testKeys(4)[1], testKeys(4)[3]}); // key 0 was next and is gone; 3 follows
        QCOMPARE(f.use(), 1);
    }

    void aWhollyNewListStartsAtStartIndex()
    {
        PoolFixture f(3, {.startIndex = 1});
        QCOMPARE(f.use(2), (QList<int>{1, 2}));
        f.pool.setKeys(testKeys(3, 10));
        QCOMPARE(f.use(), 1);
    }

    void theLeaseOfARemovedKeyEndsSilently()
    {
        PoolFixture f(2);
        const auto lease = f.pool.lease();
        f.pool.setKeys(testKeys(1, 1));
        f.pool.release(*lease, invalidKey());
        QCOMPARE(f.pool.available(), 1);
        QCOMPARE(f.blacklisted.count(), 0);
        QCOMPARE(f.pool.snapshot().failures, 0u);
        f.pool.setKeys(testKeys(2));
        QVERIFY2(f.at(0).id != lease->id, "a key that comes back is a new one");
        QCOMPARE(f.at(0).active, 0);
    }

    void removingTheLastGoodKeyTellsThatNoneIsLeft()
    {
        PoolFixture f(2);
        f.fail(invalidKey());
        f.pool.setKeys(testKeys(1));
        QCOMPARE(f.noneLeft.count(), 1);
        f.pool.setKeys(testKeys(1));
        QCOMPARE(f.noneLeft.count(), 1);
    }
};

QTEST_APPLESS_MAIN(TestKeyPool)
#include "test_keypool.moc"
