// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/refusals.h"

#include "support/fakeclock.h"

#include <QTest>

#include <algorithm>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

QList<KeyId> sorted(const KeyIds &keys)
{
    QList<KeyId> list(keys.begin(), keys.end());
    std::sort(list.begin(), list.end());
    return list;
}

} // namespace

class TestRefusals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesWhatRequestsHaveInCommon()
    {
        QCOMPARE(Refusals::scopeOf("POST", "/v1/chat/completions", "gpt-5"), "model gpt-5");
        QCOMPARE(Refusals::scopeOf("GET", "/v1/models", {}), "GET /v1/models");
        QCOMPARE(Refusals::scopeOf("GET", "/v1/models/gpt-5?x=1", {}), "GET /v1/models");
        QCOMPARE(Refusals::scopeOf("GET", "/v1/models?limit=1", {}), "GET /v1/models");
        QCOMPARE(Refusals::scopeOf("DELETE", "/v1/files/a/b", {}), "DELETE /v1/files");
        QCOMPARE(Refusals::scopeOf("GET", "/", {}), "GET /");
    }

    void remembersForAnHour()
    {
        FakeClock clock;
        Refusals refusals(clock);
        QVERIFY(refusals.isEmpty());
        refusals.remember("model a", 1);
        clock.advance(30min);
        refusals.remember("model a", 2);
        QCOMPARE(sorted(refusals.refusedFor("model a")), (QList<KeyId>{1, 2}));
        QVERIFY(refusals.refusedFor("model b").isEmpty());
        clock.advance(30min);
        QCOMPARE(sorted(refusals.refusedFor("model a")), QList<KeyId>{2});
    }

    void forgetsAKeyThatIsAnswered()
    {
        FakeClock clock;
        Refusals refusals(clock);
        refusals.remember("model a", 1);
        QVERIFY(!refusals.wasAnswered("model a"));
        refusals.answered("model a", 1);
        QVERIFY(refusals.wasAnswered("model a"));
        QVERIFY(refusals.refusedFor("model a").isEmpty());
    }

    void isBounded()
    {
        FakeClock clock;
        Refusals refusals(clock);
        for (KeyId key = 0; key < KeyId(3 * Refusals::Capacity); ++key)
            refusals.remember("model " + QByteArray::number(key % 100), key);
        QVERIFY(refusals.refusedFor("model 1").size() <= Refusals::Capacity / 100 + 1);
    }
};

QTEST_APPLESS_MAIN(TestRefusals)
#include "test_refusals.moc"
