// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/keyrecord.h"
#include "poolfixture.h"

#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

KeyPoolConfig by(KeyStrategy strategy)
{
    KeyPoolConfig config;
    config.strategy = strategy;
    return config;
}

Headers headroom(int requests, const char *reset = "1s")
{
    return {{"x-ratelimit-remaining-requests", QByteArray::number(requests)},
            {"x-ratelimit-reset-requests", reset}};
}

/// Leases, answers with this head, and ends well.
int answer(PoolFixture &f, const Headers &head, const KeyIds &tried = {})
{
    const auto lease = f.pool.lease(tried);
    if (!lease)
        return -1;
    f.pool.noteAnswer(*lease, head);
    f.pool.release(*lease, Verdict{});
    return lease->index;
}

QString reason(PoolFixture &f, const KeyIds &tried = {}, KeyId preferred = 0)
{
    const auto lease = f.pool.lease(tried, preferred);
    if (!lease)
        return {};
    f.pool.release(*lease, Verdict{});
    return toText(lease->reason);
}

} // namespace

/// Which key comes next: strategies, organisations, affinity, and what they say of it.
class TestSelection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leastUsedEvensOut()
    {
        PoolFixture f(3, by(KeyStrategy::LeastUsed));
        QCOMPARE(f.use(4), (QList<int>{0, 1, 2, 0}));
        const KeyId first = f.at(0).id;
        QCOMPARE(f.pool.lease({f.at(1).id, f.at(2).id})->id, first); // a third use
        QCOMPARE(f.use(4), (QList<int>{1, 2, 1, 2}));
        QCOMPARE(f.use(), 0);
    }

    void aNewOrReturningKeyNeedNotCatchUp()
    {
        PoolFixture f(2, by(KeyStrategy::LeastUsed));
        f.use(10);
        const QString name = f.at(0).fingerprint;
        f.pool.setDisabled(name, true);
        f.use(10);
        f.pool.setDisabled(name, false);
        const auto after = f.use(4);
        QCOMPARE(after.count(0), 2);
        f.pool.setKeys(testKeys(3));
        QCOMPARE(f.use(6).count(2), 2);
    }

    void fillFirstStaysUntilTheKeyIsSetAside()
    {
        auto config = by(KeyStrategy::FillFirst);
        config.startIndex = 1;
        PoolFixture f(3, config);
        QCOMPARE(f.use(3), (QList<int>{1, 1, 1}));
        f.fail(rateLimited(10s));
        QCOMPARE(f.use(3), (QList<int>{2, 2, 2}));
        f.fail(rateLimited(60s));
        QCOMPARE(f.use(), 0);
        f.clock.advance(10s);
        QCOMPARE(f.use(), 1);
        QCOMPARE(f.pool.lease({f.at(1).id})->index, 0); // a retry takes another
    }

    void headroomTakesTheKeyWithMostLeft()
    {
        PoolFixture f(3, by(KeyStrategy::Headroom));
        // At first each is asked once.
        QCOMPARE(answer(f, headroom(10)), 0);
        QCOMPARE(answer(f, headroom(30)), 1);
        QCOMPARE(answer(f, headroom(20)), 2);
        QCOMPARE(answer(f, headroom(29)), 1);
        QCOMPARE(answer(f, headroom(5)), 1);
        QCOMPARE(reason(f), QStringLiteral("headroom"));
        QCOMPARE(answer(f, headroom(4)), 2);
        QCOMPARE(answer(f, headroom(3)), 0);
    }

    void requestsUnderWayCountToo()
    {
        PoolFixture f(2, by(KeyStrategy::Headroom));
        answer(f, headroom(5));
        answer(f, headroom(6));
        QList<int> taken;
        for (int i = 0; i < 4; ++i)
            taken.append(f.pool.lease()->index);
        QCOMPARE(taken, (QList<int>{1, 0, 1, 0}));
    }

    void headroomIsForgottenWhenTheLimitsAreWholeAgain()
    {
        PoolFixture f(2, by(KeyStrategy::Headroom));
        answer(f, headroom(1, "30s"));
        answer(f, headroom(100, "90s"));
        QCOMPARE(f.use(2), (QList<int>{1, 1}));
        f.clock.advance(30s);
        QCOMPARE(f.use(), 0);
    }

    void withoutHeadroomItGoesRound()
    {
        PoolFixture f(3, by(KeyStrategy::Headroom));
        QList<int> taken;
        for (int i = 0; i < 7; ++i)
            taken.append(answer(f, {}));
        QCOMPARE(taken, (QList<int>{0, 1, 2, 0, 1, 2, 0}));
        QCOMPARE(reason(f), QStringLiteral("headroom (not told: round-robin)"));
    }

    void keysThatDoNotTellComeLast()
    {
        PoolFixture f(3, by(KeyStrategy::Headroom));
        answer(f, {});
        answer(f, headroom(5));
        answer(f, headroom(7));
        QCOMPARE(f.use(2), (QList<int>{2, 2}));
    }

    void theStrategyCanChange()
    {
        PoolFixture f(3);
        f.use(4);
        f.pool.setConfig(by(KeyStrategy::FillFirst));
        QCOMPARE(f.use(2), (QList<int>{0, 0}));
        f.pool.setConfig(by(KeyStrategy::LeastUsed));
        QCOMPARE(f.use(2), (QList<int>{1, 2}));
        f.pool.setConfig({});
        QCOMPARE(f.use(3), (QList<int>{0, 1, 2}));
    }

    // ---- organisations

    void aRateLimitMovesToAnotherOrganisation_data()
    {
        QTest::addColumn<KeyStrategy>("strategy");
        QTest::newRow("round-robin") << KeyStrategy::RoundRobin;
        QTest::newRow("least-used") << KeyStrategy::LeastUsed;
        QTest::newRow("fill-first") << KeyStrategy::FillFirst;
    }

    void aRateLimitMovesToAnotherOrganisation()
    {
        QFETCH(KeyStrategy, strategy);
        PoolFixture f(4);
        // 0, 1 and 2 share one; 3 has its own
        for (const char *name : {"org-a", "org-a", "org-a", "org-b"})
            answer(f, {{"OpenAI-Organization", name}});
        QCOMPARE(f.at(1).organization, QByteArray("org-a"));
        f.pool.setConfig(by(strategy));
        const KeyId limited = f.fail(rateLimited(60s));
        QCOMPARE(f.pool.key(limited)->index, 0);
        QCOMPARE(f.use(3), (QList<int>{3, 3, 3}));
        QVERIFY(reason(f).endsWith(QStringLiteral(", other organisation")));
        // With nothing else left, its keys are still there.
        QVERIFY(f.pool.lease({f.at(3).id}));
        f.pool.setDisabled(f.at(3).fingerprint, true);
        QVERIFY(f.use() > 0);
        f.pool.setDisabled(f.at(3).fingerprint, false);
        QCOMPARE(f.use(), 3);
        f.clock.advance(60s);
        QVERIFY(!reason(f).contains(QStringLiteral("organisation")));
    }

    void theOrganisationSurvivesANewList()
    {
        PoolFixture f(3);
        for (const char *name : {"org-b", "org-a", "org-a"})
            answer(f, {{"openai-organization", name}});
        auto list = testKeys(3);
        std::swap(list[0], list[2]); // a, a, b
        f.pool.setKeys(list);
        f.pool.setConfig({.startIndex = 1});
        f.fail(rateLimited(60s));
        QCOMPARE(f.use(2), (QList<int>{2, 2}));
    }

    void itLasts()
    {
        PoolFixture f(1);
        answer(f, {{"openai-organization", "org-a"}});
        const KeyChanges changes = f.pool.takeChanges();
        QCOMPARE(changes.records.size(), 1);
        PoolFixture next(0);
        next.pool.remember(changes.records);
        next.pool.setKeys(testKeys(1));
        QCOMPARE(next.at(0).organization, QByteArray("org-a"));
    }

    // ---- affinity

    void aPreferredKeyIsTakenWhileItIsGood()
    {
        PoolFixture f(3);
        const KeyId wanted = f.at(2).id;
        QCOMPARE(f.pool.lease({}, wanted)->index, 2);
        QCOMPARE(reason(f, {}, wanted), QStringLiteral("affinity"));
        QCOMPARE(f.use(), 0); // the rotation did not move
        QCOMPARE(f.pool.lease({wanted}, wanted)->index, 1);
        f.pool.setDisabled(f.at(2).fingerprint, true);
        QCOMPARE(f.pool.lease({}, wanted)->index, 0);
        QCOMPARE(f.pool.lease({}, 12345)->index, 1);
    }

    void everyLeaseSaysWhy()
    {
        PoolFixture f(2);
        QCOMPARE(reason(f), QStringLiteral("round-robin"));
        QCOMPARE(toText(f.at(0).lastReason), QStringLiteral("round-robin"));
        QCOMPARE(reason(f, {f.at(1).id}), QStringLiteral("round-robin, retry"));
        f.pool.setConfig(by(KeyStrategy::LeastUsed));
        QCOMPARE(reason(f), QStringLiteral("least-used"));
        f.pool.setConfig(by(KeyStrategy::FillFirst));
        QCOMPARE(reason(f), QStringLiteral("fill-first"));
    }
};

QTEST_GUILESS_MAIN(TestSelection)
#include "test_selection.moc"
