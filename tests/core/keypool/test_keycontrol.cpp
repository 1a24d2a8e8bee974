// SPDX-License-Identifier: GPL-3.0-or-later
#include "poolfixture.h"

#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

/// What people do to single keys: disable, enable, put back, label.
class TestKeyControl : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDisabledKeyIsNotLeased()
    {
        PoolFixture f(3);
        QSignalSpy disabled(&f.pool, &KeyPool::keyDisabled);
        const QString name = f.at(1).fingerprint;
        QVERIFY(f.pool.setDisabled(name, true));
        QVERIFY(f.pool.setDisabled(name, true));
        QCOMPARE(disabled.count(), 1);
        QCOMPARE(f.blacklisted.count(), 0);
        QCOMPARE(f.use(4), (QList<int>{0, 2, 0, 2}));
        QCOMPARE(f.pool.available(), 2);
        QCOMPARE(f.pool.snapshot().disabled, 1);
        const auto seen = f.pool.key(name);
        QCOMPARE(seen->state, KeyState::Disabled);
        QCOMPARE(seen->reason, QStringLiteral("disabled by a person"));
        QCOMPARE(seen->since, f.clock.wallNow());
        QCOMPARE(f.pool.blacklisted().size(), 1);
    }

    void onlyAPersonEnablesIt()
    {
        PoolFixture f(2);
        const QString name = f.at(0).fingerprint;
        f.pool.setDisabled(name, true);
        QCOMPARE(f.pool.resetBlacklist(), 0);
        QVERIFY(f.pool.putBack(name));
        f.pool.setKeys(testKeys(2));
        f.clock.advance(24h);
        QCOMPARE(f.use(2), (QList<int>{1, 1}));
        QVERIFY(f.pool.setDisabled(name, false));
        QCOMPARE(f.pool.snapshot().disabled, 0);
        QCOMPARE(f.putBack.count(), 1);
        QCOMPARE(f.use(2), (QList<int>{0, 1}));
        QCOMPARE(f.at(0).reason, QStringLiteral("enabled by a person"));
    }

    void itsLeasesGoOnAndChangeNothing()
    {
        PoolFixture f(2);
        const auto lease = f.pool.lease();
        f.pool.setDisabled(f.at(0).fingerprint, true);
        f.pool.release(*lease, invalidKey());
        QCOMPARE(f.at(0).state, KeyState::Disabled);
        QCOMPARE(f.at(0).failures, 1u);
        QCOMPARE(f.at(0).active, 0);
    }

    void aCooldownDoesNotEndIt()
    {
        PoolFixture f(2);
        f.fail(rateLimited(5s));
        f.pool.setDisabled(f.at(0).fingerprint, true);
        QVERIFY(f.at(0).until.isNull());
        f.clock.advance(10s);
        QCOMPARE(f.at(0).state, KeyState::Disabled);
        QCOMPARE(f.putBack.count(), 0);
    }

    void withAllDisabledThereIsNoLease()
    {
        PoolFixture f(1);
        f.pool.setDisabled(f.at(0).fingerprint, true);
        QCOMPARE(f.noneLeft.count(), 1);
        const auto refused = f.pool.lease();
        QVERIFY(!refused);
        QCOMPARE(refused.error().reason, LeaseRefusal::Reason::NoneLeft);
        QVERIFY(!refused.error().soonest);
    }

    void oneKeyIsPutBack()
    {
        PoolFixture f(3);
        f.blacklist(2, invalidKey());
        QVERIFY(f.pool.putBack(f.at(1).fingerprint));
        QCOMPARE(f.putBack.count(), 1);
        QCOMPARE(f.at(1).reason, QStringLiteral("put back by a person"));
        QCOMPARE(f.at(1).lastError, QStringLiteral("reason of invalid_key"));
        QCOMPARE(f.at(0).state, KeyState::Permanent);
        QVERIFY(f.pool.putBack(f.at(1).fingerprint));
        QCOMPARE(f.putBack.count(), 1); // it was back already
    }

    void everyStateSaysWhy()
    {
        PoolFixture f(2, {.threshold = 2});
        QVERIFY(f.at(0).reason.isEmpty());
        f.fail(rateLimited(5s));
        f.use();
        QVERIFY(f.at(0).reason.isEmpty()); // not set aside yet
        QCOMPARE(f.at(0).lastError, QStringLiteral("reason of rate_limit"));
        f.fail(rateLimited(5s));
        QCOMPARE(f.at(0).reason, QStringLiteral("reason of rate_limit"));
        f.clock.advance(5s);
        QCOMPARE(f.at(0).reason, QStringLiteral("its cooldown has ended"));
        f.blacklist(1, invalidKey());
        f.pool.resetBlacklist();
        QCOMPARE(f.at(1).reason, QStringLiteral("put back by a reset"));
    }

    void aLabelOutranksThatOfTheList()
    {
        PoolFixture f(1);
        auto list = testKeys(1);
        list[0].label = QStringLiteral("from the list");
        f.pool.setKeys(list);
        const QString name = f.at(0).fingerprint;
        QVERIFY(f.pool.setLabel(name, QStringLiteral("mine")));
        QCOMPARE(f.at(0).label, QStringLiteral("mine"));
        f.pool.setKeys(list);
        QCOMPARE(f.at(0).label, QStringLiteral("mine"));
        f.pool.setLabel(name, {});
        QCOMPARE(f.at(0).label, QStringLiteral("from the list"));
    }

    void unknownKeysAreTold()
    {
        PoolFixture f(1);
        const QString unknown = QStringLiteral("0123456789abcdef");
        QVERIFY(!f.pool.setDisabled(unknown, true));
        QVERIFY(!f.pool.setLabel(unknown, QStringLiteral("x")));
        QVERIFY(!f.pool.putBack(unknown));
        QVERIFY(!f.pool.key(unknown));
    }
};

QTEST_GUILESS_MAIN(TestKeyControl)
#include "test_keycontrol.moc"
