// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/keypool/poolfixture.h"
#include "keystate/keystatestore.h"
#include "keystate/statedatabase.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

/// What a pool knows comes back in the next run; when it is written.
class TestKeyStateStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void theNextRunKnowsWhatHappened()
    {
        {
            PoolFixture f(0);
            KeyStateStore store(f.pool, f.clock);
            store.open(folder_->path());
            f.pool.setKeys(testKeys(5));
            f.fail(invalidKey());
            f.fail(rateLimited(60s));
            f.use();
            f.pool.setDisabled(f.at(3).fingerprint, true);
            f.pool.setLabel(f.at(4).fingerprint, QStringLiteral("mine"));
        }
        PoolFixture f(0);
        KeyStateStore store(f.pool, f.clock);
        store.open(folder_->path());
        f.clock.advance(30s);
        f.pool.setKeys(testKeys(5));
        QCOMPARE(f.at(0).state, KeyState::Permanent);
        QCOMPARE(f.at(0).reason, QStringLiteral("reason of invalid_key"));
        QCOMPARE(f.at(0).failures, 1u);
        QCOMPARE(f.at(1).state, KeyState::CoolingDown);
        QCOMPARE(f.at(2).successes, 1u);
        QVERIFY(f.at(2).lastUsed.isValid());
        QCOMPARE(f.at(3).state, KeyState::Disabled);
        QCOMPARE(f.at(4).label, QStringLiteral("mine"));
        QCOMPARE(f.pool.available(), 2);
        QCOMPARE(f.pool.snapshot().keysWithFailures, 2);
        f.clock.advance(30s);
        QCOMPARE(f.putBack.count(), 1);
        QCOMPARE(f.at(1).state, KeyState::Available);
    }

    void aCooldownThatEndedMeanwhileIsOver()
    {
        {
            PoolFixture f(0);
            KeyStateStore store(f.pool, f.clock);
            store.open(folder_->path());
            f.pool.setKeys(testKeys(1));
            f.fail(rateLimited(60s));
        }
        PoolFixture f(0);
        f.clock.advance(61s);
        KeyStateStore store(f.pool, f.clock);
        store.open(folder_->path());
        f.pool.setKeys(testKeys(1));
        QCOMPARE(f.at(0).state, KeyState::Available);
        QCOMPARE(f.at(0).reason, QStringLiteral("its cooldown has ended"));
        QCOMPARE(f.use(), 0);
    }

    void itWritesOnceAnIntervalAtMost()
    {
        PoolFixture f(3);
        KeyStateStore store(f.pool, f.clock);
        store.open(folder_->path());
        QSignalSpy written(&store, &KeyStateStore::written);
        f.use(3);
        QCOMPARE(f.clock.untilNext(), 0ms); // nothing was written lately
        f.clock.advance(0ms);
        QVERIFY(written.wait());
        f.use();
        f.clock.advance(KeyStateStore::Interval - 1ms);
        f.use();
        QCOMPARE(stored().size(), 3);
        QCOMPARE(stored().at(f.at(0).fingerprint).successes, 1u);
        f.clock.advance(1ms);
        QVERIFY(written.wait());
        QCOMPARE(stored().at(f.at(0).fingerprint).successes, 2u);
        QCOMPARE(stored().at(f.at(1).fingerprint).successes, 2u);
        QCOMPARE(f.clock.waiting(), 0); // nothing changes, nothing is written
        QCOMPARE(written.count(), 2);
    }

    void aRemovedKeyIsForgotten()
    {
        PoolFixture f(3);
        KeyStateStore store(f.pool, f.clock);
        store.open(folder_->path());
        QSignalSpy written(&store, &KeyStateStore::written);
        f.fail(invalidKey());
        f.use();
        f.pool.setDisabled(f.at(2).fingerprint, true);
        const auto before = f.pool.keys();
        f.pool.setKeys({}); // as an editor that truncates before it writes
        f.clock.advance(0ms);
        QVERIFY(written.wait());
        QCOMPARE(stored().size(), 1);
        f.pool.setKeys(testKeys(3));
        QCOMPARE(f.at(0).state, KeyState::Available);
        QCOMPARE(f.at(1).successes, 0u);
        QCOMPARE(f.at(2).state, KeyState::Disabled);
        QCOMPARE(f.at(2).fingerprint, before.at(2).fingerprint);
    }

    void withoutAFileItGoesOn()
    {
        PoolFixture f(2);
        KeyStateStore store(f.pool, f.clock);
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("forgotten when")));
        store.open(QStringLiteral("/proc/no/such/folder"));
        QCOMPARE(f.use(2), (QList<int>{0, 1}));
        QCOMPARE(f.clock.waiting(), 0);
    }

private:
    std::map<QString, KeyRecord> stored() const
    {
        StateDatabase database;
        std::map<QString, KeyRecord> result;
        const auto opened = database.open(folder_->path());
        if (!opened)
            qFatal("%s", qPrintable(opened.error().message));
        for (const KeyRecord &record : opened->records)
            result.emplace(record.fingerprint, record);
        return result;
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_GUILESS_MAIN(TestKeyStateStore)
#include "test_keystatestore.moc"
