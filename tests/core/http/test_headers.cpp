// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/headers.h"

#include <QTest>

using namespace keywheel;

class TestHeaders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsOrderSpellingAndRepeats();
    void looksUpWithoutCase();
    void tellsEmptyFromAbsent();
    void removes();
    void findsTokens_data();
    void findsTokens();
    void comparesWithoutCase_data();
    void comparesWithoutCase();
    void removesHopByHop();
};

void TestHeaders::keepsOrderSpellingAndRepeats()
{
    Headers headers;
    headers.append("Set-Cookie", "a=1");
    headers.append("X-other", "o");
    headers.append("set-cookie", "b=2");
    QList<HeaderField> seen(headers.begin(), headers.end());
    const QList<HeaderField> expected{
        {"Set-Cookie", "a=1"}, {"X-other", "o"}, {"set-cookie", "b=2"}};
    QCOMPARE(seen, expected);
    QCOMPARE(headers.values("SET-COOKIE"), (QList<QByteArray>{"a=1", "b=2"}));
    QVERIFY(headers.values("cookie").isEmpty());
}

void TestHeaders::looksUpWithoutCase()
{
    const Headers headers{{"Content-TYPE", "a"}, {"content-type", "b"}};
    QCOMPARE(headers.value("content-type"), QByteArray("a"));
    QVERIFY(headers.contains("CONTENT-TYPE"));
    QVERIFY(!headers.contains("content-typ"));
    QVERIFY(!headers.contains("content-types"));
}

void TestHeaders::tellsEmptyFromAbsent()
{
    Headers headers;
    headers.append("Empty", {});
    QVERIFY(headers.value("Empty").isEmpty());
    QVERIFY(!headers.value("Empty").isNull());
    QVERIFY(headers.value("Absent").isNull());
}

void TestHeaders::removes()
{
    Headers headers{{"A", "1"}, {"B", "2"}, {"a", "3"}};
    headers.removeIf([](const HeaderField &field) { return field.value != "2"; });
    QCOMPARE(headers, (Headers{{"B", "2"}}));
    headers.removeIf([](const HeaderField &field) { return field.value == "2"; });
    QVERIFY(headers.isEmpty());
    QCOMPARE(headers.size(), 0);
}

void TestHeaders::findsTokens_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::addColumn<bool>("expected");
    QTest::newRow("first") << QByteArray("close") << true;
    QTest::newRow("with white space") << QByteArray("x-a") << true;
    QTest::newRow("in a further line") << QByteArray("upgrade") << true;
    QTest::newRow("part of one") << QByteArray("clos") << false;
    QTest::newRow("of another field") << QByteArray("other") << false;
    QTest::newRow("empty") << QByteArray("") << false;
}

void TestHeaders::findsTokens()
{
    const Headers headers{
        {"Connection", "Close,, \tX-A "}, {"X", "other"}, {"connection", "Upgrade"}};
    QFETCH(QByteArray, token);
    QTEST(headers.hasToken("connection", token), "expected");
}

void TestHeaders::comparesWithoutCase_data()
{
    QTest::addColumn<QByteArray>("a");
    QTest::addColumn<QByteArray>("b");
    QTest::addColumn<bool>("expected");
    QTest::newRow("case") << QByteArray("aBc-1") << QByteArray("AbC-1") << true;
    QTest::newRow("length") << QByteArray("abc") << QByteArray("abcd") << false;
    QTest::newRow("both empty") << QByteArray("") << QByteArray() << true;
    QTest::newRow("@ is not `") << QByteArray("@") << QByteArray("`") << false;
    QTest::newRow("[ is not {") << QByteArray("[") << QByteArray("{") << false;
    QTest::newRow("ASCII only") << QByteArray("\xC4") << QByteArray("\xE4") << false;
}

void TestHeaders::comparesWithoutCase()
{
    QFETCH(QByteArray, a);
    QFETCH(QByteArray, b);
    QTEST(equalsIgnoreCase(a, b), "expected");
}

void TestHeaders::removesHopByHop()
{
    Headers headers{
        {"Host", "h"},
        {"Connection", "keep-alive, X-Once"},
        {"Keep-Alive", "timeout=5"},
        {"x-once", "1"},
        {"TE", "trailers"},
        {"Trailer", "X"},
        {"transfer-encoding", "chunked"},
        {"Upgrade", "h2c"},
        {"Proxy-Connection", "close"},
        {"Proxy-Authorization", "Basic x"},
        {"Proxy-Authenticate", "Basic"},
        {"connection", "x-twice"},
        {"X-Twice", "2"},
        {"X-Kept", "3"},
    };
    removeHopByHop(headers);
    QCOMPARE(headers, (Headers{{"Host", "h"}, {"X-Kept", "3"}}));
}

QTEST_APPLESS_MAIN(TestHeaders)
#include "test_headers.moc"
