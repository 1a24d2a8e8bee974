// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keypool.h"
#include "support/fakeclock.h"

#include <QSignalSpy>

namespace keywheel {

/// Keys sk-test-key-number-000, -001, … on lines 1, 2, …
inline QList<ApiKey> testKeys(int count, int first = 0)
{
    QList<ApiKey> keys;
    for (int i = first; i < first + count; ++i) {
        const QByteArray number = QByteArray::number(i).rightJustified(3, '0');
        keys.append({"sk-test-key-number-" + number, i - first + 1, {}});
    }
    return keys;
}

/// A pool with a clock that stands still, jitter that changes nothing, and its signals recorded.
struct PoolFixture
{
    explicit PoolFixture(int count, const KeyPoolConfig &config = {})
    {
        pool.setConfig(config);
        pool.setKeys(testKeys(count));
    }

    /// The index of the next lease, ended with success at once; -1 when refused.
    int use()
    {
        const auto lease = pool.lease();
        if (!lease)
            return -1;
        pool.release(*lease, Verdict{});
        return lease->index;
    }

    QList<int> use(int times)
    {
        QList<int> indices;
        for (int i = 0; i < times; ++i)
            indices.append(use());
        return indices;
    }

    /// Leases with a fresh exchange and ends it with `verdict`; returns the key.
    KeyId fail(const Verdict &verdict)
    {
        const auto lease = pool.lease();
        if (!lease)
            return 0;
        pool.release(*lease, verdict);
        return lease->id;
    }

    /// Blacklists keys one by one, slowly enough for the brake.
    void blacklist(int count, const Verdict &verdict)
    {
        for (int i = 0; i < count; ++i) {
            fail(verdict);
            clock.advance(std::chrono::seconds(2));
        }
    }

    KeySnapshot at(int index) const { return pool.keys().at(index); }

    FakeClock clock;
    KeyPool pool{clock, [] {
                     return 0.5;
                 }};
    QSignalSpy blacklisted{&pool, &KeyPool::keyBlacklisted};
    QSignalSpy putBack{&pool, &KeyPool::keyPutBack};
    QSignalSpy noneLeft{&pool, &KeyPool::noKeyLeft};
    QSignalSpy braked{&pool, &KeyPool::brakeApplied};
};

inline Verdict failed(FaultClass fault, const char *code,
                      std::optional<std::chrono::milliseconds> cooldown = {})
{
    Verdict verdict;
    verdict.fault = fault;
    verdict.retry = true;
    verdict.code = code;
    verdict.reason = QLatin1String("reason of ") + QLatin1String(code);
    verdict.cooldown = cooldown;
    return verdict;
}

inline Verdict rateLimited(std::optional<std::chrono::milliseconds> cooldown = {})
{
    return failed(FaultClass::Temporary, "rate_limit", cooldown);
}

inline Verdict invalidKey()
{
    return failed(FaultClass::Permanent, "invalid_key");
}

inline Verdict outOfQuota()
{
    return failed(FaultClass::Quota, "quota");
}

/// The answer is about this very key.
inline Verdict named(Verdict verdict)
{
    verdict.namesKey = true;
    return verdict;
}

/// The answer did not say why.
inline Verdict weak(Verdict verdict)
{
    verdict.weak = true;
    return verdict;
}

} // namespace keywheel
