// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/keypool.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace keywheel;

/// What a lease costs with few keys and with very many of which most are set aside: it should be
/// about the same.
class BenchKeyPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leaseAndRelease_data()
    {
        QTest::addColumn<int>("total");
        QTest::addColumn<int>("healthyEach");
        QTest::addColumn<KeyStrategy>("strategy");
        const std::pair<const char *, KeyStrategy> strategies[] = {
            {"round-robin", KeyStrategy::RoundRobin},
            {"least-used", KeyStrategy::LeastUsed},
            {"fill-first", KeyStrategy::FillFirst},
            {"headroom", KeyStrategy::Headroom}};
        for (const auto &[name, strategy] : strategies) {
            QTest::addRow("%s: 100 keys, all healthy", name) << 100 << 1 << strategy;
            QTest::addRow("%s: 100,000 keys, all healthy", name) << 100'000 << 1 << strategy;
            QTest::addRow("%s: 100,000 keys, 99 %% set aside", name) << 100'000 << 100 << strategy;
            QTest::addRow("%s: 100,000 keys, one healthy", name) << 100'000 << 100'000 << strategy;
        }
    }

    void leaseAndRelease()
    {
        QFETCH(int, total);
        QFETCH(int, healthyEach);
        FakeClock clock;
        KeyPool pool(clock, [] { return 0.5; });
        fill(pool, clock, total, healthyEach);
        QFETCH(KeyStrategy, strategy);
        KeyPoolConfig config;
        config.strategy = strategy;
        pool.setConfig(config);
        const Headers head{{"x-ratelimit-remaining-requests", "50"}};
        QBENCHMARK
        {
            const auto lease = pool.lease();
            pool.noteAnswer(*lease, head);
            pool.release(*lease, Verdict{});
        }
    }

    void reload()
    {
        FakeClock clock;
        KeyPool pool(clock, [] { return 0.5; });
        const auto list = keys(100'000);
        QBENCHMARK
        {
            pool.setKeys(list);
        }
    }

private:
    static QList<ApiKey> keys(int count)
    {
        QList<ApiKey> list;
        for (int i = 0; i < count; ++i)
            list.append({"sk-test-bench-" + QByteArray::number(i), i + 1, {}});
        return list;
    }

    static void fill(KeyPool &pool, FakeClock &clock, int total, int healthyEach)
    {
        pool.setKeys(keys(total));
        Verdict bad;
        bad.fault = FaultClass::Permanent;
        QList<Lease> leases;
        for (int i = 0; i < total; ++i)
            leases.append(*pool.lease());
        for (const auto &lease : leases) {
            pool.release(lease, lease.index % healthyEach == 0 ? Verdict{} : bad);
            clock.advance(std::chrono::seconds(3)); // slowly, for the brake
        }
    }
};

QTEST_GUILESS_MAIN(BenchKeyPool)
#include "bench_keypool.moc"
