// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/clientauth.h"

#include <QTest>

using namespace keywheel;

class TestClientAuth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void check_data();
    void check();
    void noKeyNoCheck();
};

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
    QTest::newRow("many candidates") << Headers{{"x-api-key", "1"},
                                                {"x-api-key", "2"},
                                                {"x-api-key", "3"},
                                                {"x-api-key", "test-auth-key"}}
                                     << wrong;
    QTest::newRow("empty x-api-key") << Headers{{"x-api-key", ""}} << wrong;
}

void TestClientAuth::check()
{
    QFETCH(Headers, headers);
    QFETCH(QByteArray, code);
    ClientAuth auth;
    auth.setKey("test-auth-key");
    const auto refusal = auth.check(headers);
    QCOMPARE(refusal ? refusal->code : QByteArray(), code);
    if (refusal) {
        QCOMPARE(refusal->status, 401);
        QCOMPARE(refusal->extraHeaders.value("WWW-Authenticate"), QByteArray("Bearer"));
        QVERIFY(!refusal->message.contains(QStringLiteral("test-auth")));
    }
}

void TestClientAuth::noKeyNoCheck()
{
    ClientAuth auth;
    QVERIFY(!auth.isRequired());
    QVERIFY(!auth.check({}));
    QVERIFY(!auth.check({{"Authorization", "Basic x"}}));
}

QTEST_GUILESS_MAIN(TestClientAuth)
#include "test_clientauth.moc"
