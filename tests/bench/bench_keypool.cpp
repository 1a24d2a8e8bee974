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
        fillOnce();
        const Headers head{{"x-ratelimit-remaining-requests", "50"}};
        QBENCHMARK
        {
            const auto lease = pool_->lease();
            pool_->noteAnswer(*lease, head);
            pool_->release(*lease, Verdict{});
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

    /// QBENCHMARK calls the test again and again until the time is long enough to be measured.
    void fillOnce()
    {
        if (std::exchange(filled_, QTest::currentDataTag()) == QTest::currentDataTag())
            return;
        QFETCH(int, total);
        QFETCH(int, healthyEach);
        QFETCH(KeyStrategy, strategy);
        pool_ = std::make_unique<KeyPool>(clock_, [] { return 0.5; });
        fill(*pool_, clock_, total, healthyEach);
        KeyPoolConfig config;
        config.strategy = strategy;
        pool_->setConfig(config);
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

    FakeClock clock_;
    std::unique_ptr<KeyPool> pool_;
    QByteArray filled_; ///< the row that the pool is for
};

QTEST_GUILESS_MAIN(BenchKeyPool)
#include "bench_keypool.moc"
