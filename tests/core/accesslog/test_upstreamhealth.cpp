// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/upstreamhealth.h"

#include <QTest>

using namespace keywheel;

namespace {

RequestRecord exchange(std::initializer_list<FaultClass> outcomes)
{
    RequestRecord record;
    for (const FaultClass fault : outcomes) {
        AttemptRecord attempt;
        attempt.fault = fault;
        attempt.reason = QStringLiteral("reason %1").arg(record.attempts.size());
        record.attempts.append(attempt);
    }
    return record;
}

const RequestRecord Failing = exchange({FaultClass::Upstream, FaultClass::Upstream});

} // namespace

class TestUpstreamHealth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void downAfterThreeExchanges()
    {
        UpstreamHealth health;
        QVERIFY(!health.note(Failing));
        QVERIFY(!health.note(Failing)); // four attempts, but of two exchanges
        QVERIFY(!health.isDown());
        QVERIFY(health.lastReason().isEmpty());
        QVERIFY(health.note(Failing));
        QVERIFY(health.isDown());
        QCOMPARE(health.lastReason(), QStringLiteral("reason 1"));
        QVERIFY(!health.note(Failing)); // no news
    }

    void upAtTheFirstOtherOutcome_data()
    {
        QTest::addColumn<int>("outcome");
        QTest::newRow("success") << int(FaultClass::Success);
        QTest::newRow("a key's fault") << int(FaultClass::Permanent);
        QTest::newRow("a rate limit") << int(FaultClass::Temporary);
        QTest::newRow("the request's fault") << int(FaultClass::Client);
    }

    void upAtTheFirstOtherOutcome()
    {
        QFETCH(int, outcome);
        UpstreamHealth health;
        for (int i = 0; i < UpstreamHealth::Suspicious; ++i)
            health.note(Failing);
        QVERIFY(health.note(exchange({FaultClass::Upstream, FaultClass(outcome)})));
        QVERIFY(!health.isDown());
    }

    void anotherOutcomeBetweenBeginsAnew()
    {
        UpstreamHealth health;
        health.note(Failing);
        health.note(Failing);
        health.note(exchange({FaultClass::Success, FaultClass::Upstream}));
        health.note(Failing);
        QVERIFY(!health.isDown());
        health.note(Failing);
        QVERIFY(health.isDown());
    }

    void cancelledTellsNothing()
    {
        UpstreamHealth health;
        health.note(Failing);
        health.note(exchange({FaultClass::Cancelled}));
        health.note(exchange({}));
        health.note(Failing);
        QVERIFY(!health.isDown());
        health.note(Failing);
        QVERIFY(health.isDown());
        health.note(exchange({FaultClass::Cancelled}));
        QVERIFY(health.isDown());
    }

    void theReasonFollows()
    {
        UpstreamHealth health;
        for (int i = 0; i < UpstreamHealth::Suspicious; ++i)
            health.note(Failing);
        QVERIFY(health.note(exchange({FaultClass::Upstream})));
        QCOMPARE(health.lastReason(), QStringLiteral("reason 0"));
    }
};

QTEST_GUILESS_MAIN(TestUpstreamHealth)
#include "test_upstreamhealth.moc"
