// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/accesslog.h"
#include "core/keypool/poolfixture.h"
#include "proxy/keychecker.h"
#include "upstream/accessmanager.h"

#include "support/fakeupstream.h"

#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

QByteArray key(int index)
{
    return testKeys(10).at(index).secret;
}

Answer badKey()
{
    return Answer::error(401, "invalid_api_key", "Incorrect API key provided");
}

struct Fixture : PoolFixture
{
    explicit Fixture(int count) : PoolFixture(count)
    {
        upstream.forKey(KeyChecker::ImpossibleKey.toByteArray()).reply(badKey());
        checker.setConfig(upstream.url(), 1h);
    }

    /// Checks one key and returns what came of it.
    Verdict check(int index)
    {
        const auto before = checked.count();
        if (!checker.check(at(index).fingerprint))
            qFatal("no such key");
        clock.advance(0ms);
        if (checked.count() == before && !checked.wait())
            qFatal("no answer");
        return checked.last().at(1).value<Verdict>();
    }

    FakeUpstream upstream;
    AccessManager network{clock};
    AccessLog log;
    Redactor redactor;
    KeyChecker checker{{network, pool, log, clock, redactor, [] {
                            return 0.5;
                        }}};
    QSignalSpy checked{&checker, &KeyChecker::checked};
};

} // namespace

/// Free requests that find out whether a key is good.
class TestKeyChecker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPassPutsTheKeyBack()
    {
        Fixture f(2);
        f.fail(invalidKey());
        QCOMPARE(f.check(0).fault, FaultClass::Success);
        QCOMPARE(f.at(0).state, KeyState::Available);
        QCOMPARE(f.at(0).reason, QStringLiteral("it passed a check"));
        QCOMPARE(f.upstream.request(1).method, "GET");
        QCOMPARE(f.upstream.request(1).target, "/v1/models");
        QCOMPARE(f.upstream.keysUsed(),
                 (QList<QByteArray>{key(0), KeyChecker::ImpossibleKey.toByteArray()}));
        QCOMPARE(f.at(0).successes, 0u); // it is no request of anybody's
    }

    void whatElseComesBack_data()
    {
        QTest::addColumn<Answer>("answer");
        QTest::addColumn<FaultClass>("fault");
        QTest::addColumn<KeyState>("ofHealthy");
        QTest::addColumn<KeyState>("ofBad");
        const auto healthy = KeyState::Available;
        const auto bad = KeyState::Permanent;
        QTest::newRow("invalid") << badKey() << FaultClass::Permanent << bad << bad;
        QTest::newRow("rate limit") << Answer::error(429, "rate_limit_exceeded", "slow")
                                    << FaultClass::Temporary << healthy << bad;
        QTest::newRow("no such path")
            << Answer::status(404) << FaultClass::Client << healthy << bad;
        QTest::newRow("in trouble")
            << Answer::status(503) << FaultClass::Upstream << healthy << bad;
        QTest::newRow("unreachable") << Answer::close() << FaultClass::Upstream << healthy << bad;
        QTest::newRow("a hotel's network") << Answer::status(302).header("Location", "http://x/")
                                           << FaultClass::Upstream << healthy << bad;
        QTest::newRow("restricted key")
            << Answer::error(403, "insufficient_permissions",
                             "You have insufficient permissions for this operation. Missing "
                             "scopes: api.model.read.")
            << FaultClass::Success << healthy << healthy;
    }

    void whatElseComesBack()
    {
        QFETCH(Answer, answer);
        Fixture f(3);
        f.upstream.always(answer);
        f.fail(invalidKey());
        QTEST(f.check(0).fault, "fault");
        QTEST(f.at(0).state, "ofBad");
        QTEST(f.check(1).fault, "fault");
        QTEST(f.at(1).state, "ofHealthy");
    }

    void aDisabledKeyStaysDisabled()
    {
        Fixture f(2);
        f.pool.setDisabled(f.at(0).fingerprint, true);
        QCOMPARE(f.check(0).fault, FaultClass::Success);
        QCOMPARE(f.at(0).state, KeyState::Disabled);
    }

    void anUnknownKeyIsTold()
    {
        Fixture f(1);
        QVERIFY(!f.checker.check(QStringLiteral("0123456789abcdef")));
        QCOMPARE(f.clock.waiting(), 1); // the round
    }

    void badKeysAreCheckedEveryInterval()
    {
        Fixture f(7);
        f.upstream.always(Answer::stream()); // hangs until the test ends it
        f.use(7);                            // so that the address is not suspected
        f.blacklist(5, invalidKey());
        f.clock.advance(1h - 11s);
        QCOMPARE(f.upstream.requestCount(), 0);
        f.clock.advance(1s);
        f.clock.advance(0ms);
        QTRY_COMPARE(f.upstream.requestCount(), 2); // two at a time
        QCOMPARE(f.network.openConnections(), 2);
        f.upstream.always(Answer::json(200, "{}"));
        f.upstream.end(1);
        f.upstream.end(2);
        QTRY_COMPARE(f.checked.count(), 5);
        QCOMPARE(f.upstream.requestCount(), 6); // one to see that the list is not open to anybody
        QCOMPARE(f.pool.available(), 7);
        f.clock.advance(2h);
        QCOMPARE(f.clock.waiting(), 1);
        QCOMPARE(f.upstream.requestCount(), 6); // none is bad any more
    }

    void aListForAnybodyProvesNothing()
    {
        Fixture f(2);
        f.upstream.forKey(KeyChecker::ImpossibleKey.toByteArray()).reply(Answer::json(200, "{}"));
        f.fail(invalidKey());
        const Verdict verdict = f.check(0);
        QCOMPARE(verdict.fault, FaultClass::Upstream);
        QCOMPARE(verdict.reason, QStringLiteral("the list of models is open to anybody"));
        QCOMPARE(f.at(0).state, KeyState::Permanent);
        (void)f.check(1);
        QCOMPARE(f.upstream.requestCount(), 3); // it is asked once
    }

    void aModelListSaysNothingAboutMoney()
    {
        Fixture f(2);
        f.fail(outOfQuota());
        QCOMPARE(f.check(0).fault, FaultClass::Success);
        QCOMPARE(f.at(0).state, KeyState::Permanent);
    }

    void zeroTurnsItOff()
    {
        Fixture f(2);
        f.fail(invalidKey());
        f.checker.setConfig(f.upstream.url(), 0ms);
        f.clock.advance(24h);
        f.clock.advance(0ms);
        QCOMPARE(f.clock.waiting(), 0);
        QCOMPARE(f.upstream.requestCount(), 0);
    }

    void anAnswerIsNotAwaitedForEver()
    {
        Fixture f(2);
        f.upstream.always(Answer::hang());
        f.fail(invalidKey());
        f.checker.check(f.at(0).fingerprint);
        f.checker.check(f.at(0).fingerprint); // once is enough
        f.clock.advance(0ms);
        QTRY_COMPARE(f.upstream.requestCount(), 1);
        f.clock.advance(KeyChecker::Patience);
        QCOMPARE(f.checked.count(), 1);
        QCOMPARE(f.checked.at(0).at(1).value<Verdict>().fault, FaultClass::Upstream);
        QCOMPARE(f.at(0).state, KeyState::Permanent);
    }

    void twoTimeOutsAtOnceEndACheckOnce()
    {
        Fixture f(2);
        f.fail(invalidKey());
        f.checker.check(f.at(0).fingerprint);
        f.clock.advance(0ms);
        f.clock.advance(KeyChecker::Patience); // as long as REQUEST_TIMEOUT; not even connected
        QCOMPARE(f.checked.count(), 1);
        QCOMPARE(f.check(0).fault, FaultClass::Success);
    }
};

QTEST_GUILESS_MAIN(TestKeyChecker)
#include "test_keychecker.moc"
