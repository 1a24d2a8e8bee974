// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/clientauth.h"
#include "support/fakeclock.h"

#include <QLoggingCategory>
#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

class TestClientAuth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("keywheel.server=false"));
    }
    void check_data();
    void check();
    void keyInTheQuery_data();
    void keyInTheQuery();
    void noKeyNoCheck();
    void delaysGrow();
    void countsEachAddressAlone();
    void countsANetworkOfIPv6AsOne();
    void forgetsAfterAWhile();
    void forgetsTheOldestWhenFull();

private:
    static QList<qint64> delays(GuessBrake &brake, const QHostAddress &from, int count)
    {
        QList<qint64> all;
        for (int i = 0; i < count; ++i)
            all.append(brake.noteWrongKey(from).count());
        return all;
    }
};

namespace {

const QHostAddress Here(QHostAddress::LocalHost);
const QList<qint64> Free(GuessBrake::FreeTries, 0);

} // namespace

void TestClientAuth::check_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<QByteArray>("code"); // empty: may go on
    const QByteArray none;
    const QByteArray missing("missing_authorization");
    const QByteArray format("invalid_authorization_format");
    const QByteArray wrong("invalid_authorization");

    QTest::newRow("bearer") << Headers{{"Authorization", "Bearer test-auth-key"}} << none;
    QTest::newRow("bearer, other case")
        << Headers{{"authorization", "bEARER test-auth-key"}} << none;
    QTest::newRow("x-api-key") << Headers{{"X-Api-Key", "test-auth-key"}} << none;
    QTest::newRow("api-key") << Headers{{"api-key", "test-auth-key"}} << none;
    QTest::newRow("one of two") << Headers{{"Authorization", "Bearer other"},
                                           {"x-api-key", "test-auth-key"}}
                                << none;
    QTest::newRow("nothing") << Headers{{"Accept", "*/*"}} << missing;
    QTest::newRow("basic") << Headers{{"Authorization", "Basic dGVzdA=="}} << format;
    QTest::newRow("bare key") << Headers{{"Authorization", "test-auth-key"}} << format;
    QTest::newRow("bearer without key") << Headers{{"Authorization", "Bearer"}} << format;
    QTest::newRow("bearer and spaces") << Headers{{"Authorization", "Bearer   "}} << format;
    QTest::newRow("empty") << Headers{{"Authorization", ""}} << format;
    QTest::newRow("other key") << Headers{{"Authorization", "Bearer test-auth-kez"}} << wrong;
    QTest::newRow("shorter") << Headers{{"Authorization", "Bearer test-auth-ke"}} << wrong;
    QTest::newRow("longer") << Headers{{"Authorization", "Bearer test-auth-keyt"}} << wrong;
    QTest::newRow("twice the key")
        << Headers{{"Authorization", "Bearer test-auth-keytest-auth-key"}} << wrong;
    QTest::newRow("other case") << Headers{{"x-api-key", "Test-auth-key"}} << wrong;
    Headers many;
    for (int i = 0; i < ClientAuth::MaxCandidates; ++i)
        many.append("x-api-key", "1");
    many.append("x-api-key", "test-auth-key");
    QTest::newRow("many candidates") << many << wrong;
    QTest::newRow("x-goog-api-key") << Headers{{"X-Goog-Api-Key", "test-auth-key"}} << none;
    QTest::newRow("wrong x-goog-api-key") << Headers{{"X-Goog-Api-Key", "other"}} << wrong;
    QTest::newRow("subprotocol") << Headers{{"Sec-WebSocket-Protocol",
                                             "openai-insecure-api-key.test-auth-key, realtime"}}
                                 << none;
    QTest::newRow("wrong subprotocol")
        << Headers{{"Sec-WebSocket-Protocol", "openai-insecure-api-key.test"}} << wrong;
    QTest::newRow("empty x-api-key") << Headers{{"x-api-key", ""}} << wrong;
}

void TestClientAuth::check()
{
    QFETCH(Headers, headers);
    QFETCH(QByteArray, code);
    ClientAuth auth;
    auth.setKey("test-auth-key");
    const auto refusal = auth.check(headers, "/v1/models");
    QCOMPARE(refusal ? refusal->code : QByteArray(), code);
    if (refusal) {
        QCOMPARE(refusal->status, 401);
        QCOMPARE(refusal->extraHeaders.value("WWW-Authenticate"), QByteArray("Bearer"));
        QVERIFY(!refusal->message.contains(QStringLiteral("test-auth")));
    }
}

void TestClientAuth::keyInTheQuery_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("code");
    const QByteArray wrong("invalid_authorization");
    QTest::newRow("key") << QByteArray("/v1/x?key=test%20auth%2Bkey") << QByteArray();
    QTest::newRow("as in a form") << QByteArray("/v1/x?key=test+auth%2Bkey") << QByteArray();
    QTest::newRow("api_key") << QByteArray("/stats?a&api_key=test%20auth+key") << QByteArray();
    QTest::newRow("second") << QByteArray("/?key=other&api_key=test%20auth%2bkey") << QByteArray();
    QTest::newRow("wrong") << QByteArray("/v1/x?key=test") << wrong;
    QTest::newRow("empty") << QByteArray("/v1/x?key=") << wrong;
    QTest::newRow("other parameter")
        << QByteArray("/v1/x?token=test%20auth%2Bkey") << QByteArray("missing_authorization");
}

void TestClientAuth::keyInTheQuery()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, code);
    ClientAuth auth;
    auth.setKey("test auth+key");
    const auto refusal = auth.check({}, target);
    QCOMPARE(refusal ? refusal->code : QByteArray(), code);
}

void TestClientAuth::noKeyNoCheck()
{
    ClientAuth auth;
    QVERIFY(!auth.isRequired());
    QVERIFY(!auth.check({}, "/"));
    QVERIFY(!auth.check({{"Authorization", "Basic x"}}, "/?key=x"));
}

void TestClientAuth::delaysGrow()
{
    FakeClock clock;
    GuessBrake brake(clock);
    QCOMPARE(delays(brake, Here, 11), Free + QList<qint64>({1000, 2000, 4000, 8000, 8000, 8000}));
    delays(brake, Here, 100);
    QCOMPARE(brake.noteWrongKey(Here), 8000ms);
}

void TestClientAuth::countsEachAddressAlone()
{
    FakeClock clock;
    GuessBrake brake(clock);
    delays(brake, Here, 20);
    QCOMPARE(delays(brake, QHostAddress(QStringLiteral("192.0.2.1")), 5), Free);
}

void TestClientAuth::countsANetworkOfIPv6AsOne()
{
    FakeClock clock;
    GuessBrake brake(clock);
    QCOMPARE(delays(brake, QHostAddress(QStringLiteral("2001:db8:1:2::1")), 5), Free);
    QCOMPARE(brake.noteWrongKey(QHostAddress(QStringLiteral("2001:db8:1:2:ffff::2"))), 1000ms);
    QCOMPARE(brake.noteWrongKey(QHostAddress(QStringLiteral("2001:db8:1:3::1"))), 0ms);
}

void TestClientAuth::forgetsAfterAWhile()
{
    FakeClock clock;
    GuessBrake brake(clock);
    delays(brake, Here, 7);
    clock.advance(GuessBrake::Memory - 1ms);
    QCOMPARE(brake.noteWrongKey(Here), 4000ms);
    clock.advance(GuessBrake::Memory);
    QCOMPARE(delays(brake, Here, 5), Free);
}

void TestClientAuth::forgetsTheOldestWhenFull()
{
    FakeClock clock;
    GuessBrake brake(clock);
    const auto address = [](qsizetype n) {
        return QHostAddress(static_cast<quint32>(0x0A000000 + n));
    };
    for (qsizetype i = 0; i < GuessBrake::MaxAddresses; ++i) {
        delays(brake, address(i), 6);
        clock.advance(1ms);
    }
    QCOMPARE(brake.noteWrongKey(address(0)), 2000ms); // the second is the oldest now
    clock.advance(1ms);
    QCOMPARE(brake.noteWrongKey(Here), 0ms);
    QCOMPARE(brake.noteWrongKey(address(0)), 4000ms);
    QCOMPARE(brake.noteWrongKey(address(2)), 2000ms);
    QCOMPARE(brake.noteWrongKey(address(1)), 0ms);
}

QTEST_GUILESS_MAIN(TestClientAuth)
#include "test_clientauth.moc"
