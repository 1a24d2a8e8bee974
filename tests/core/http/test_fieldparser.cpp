// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/fieldparser.h"

#include <QTest>

using namespace keywheel;

class TestFieldParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void refusesEachControlCharacter();
    void limitsFields();
    void errorsHoldNoValue();
    void contentLength_data();
    void contentLength();
    void refusesContentLength_data();
    void refusesContentLength();
    void tokens();
};

Q_DECLARE_METATYPE(keywheel::Headers)

void TestFieldParser::accepts_data()
{
    QTest::addColumn<QByteArray>("section");
    QTest::addColumn<Headers>("expected");
    QTest::newRow("none") << QByteArray() << Headers{};
    QTest::newRow("two") << QByteArray("Host: a\r\nX-B: c d\r\n")
                         << Headers{{"Host", "a"}, {"X-B", "c d"}};
    QTest::newRow("repeated") << QByteArray("a:1\r\nA:2\r\n") << Headers{{"a", "1"}, {"A", "2"}};
    QTest::newRow("white space") << QByteArray("a: \t x\ty \t\r\n") << Headers{{"a", "x\ty"}};
    QTest::newRow("empty value") << QByteArray("a:\r\nb: \r\n") << Headers{{"a", ""}, {"b", ""}};
    QTest::newRow("colons in it") << QByteArray("a:b:c\r\n") << Headers{{"a", "b:c"}};
    QTest::newRow("obs-text") << QByteArray("a: \xE9\x80\xFF\r\n")
                              << Headers{{"a", "\xE9\x80\xFF"}};
    QTest::newRow("odd name") << QByteArray("!#$%&'*+-.^_`|~9: x\r\n")
                              << Headers{{"!#$%&'*+-.^_`|~9", "x"}};
}

void TestFieldParser::accepts()
{
    QFETCH(QByteArray, section);
    const auto headers = parseFields(section, 10);
    QVERIFY(headers);
    QTEST(*headers, "expected");
}

void TestFieldParser::refuses_data()
{
    QTest::addColumn<QByteArray>("section");
    QTest::addColumn<QString>("why");
    const auto row = [](const char *name, const QByteArray &section, const char *why) {
        QTest::newRow(name) << section << QString::fromLatin1(why);
    };
    row("space before the colon", "a : b\r\n", "white space");
    row("tab before the colon", "a\t: b\r\n", "white space");
    row("folded", "a: b\r\n c\r\n", "folded");
    row("leading space", " a: b\r\n", "folded");
    row("no name", ": b\r\n", "name");
    row("no colon", "ab\r\n", "name");
    row("name at the end", "ab", "name");
    row("empty line", "\r\n", "name");
    row("empty line inside", "a: b\r\n\r\nc: d\r\n", "line 2");
    row("name with obs-text", "\xC3\xA4: b\r\n", "name");
    row("name with a bracket", "a(b): c\r\n", "name");
    row("bare LF", "a: b\nc: d\r\n", "control");
    row("bare CR", "a: b\rc: d\r\n", "control");
    row("CR CR LF", "a: b\r\r\n", "control");
    row("no line end", "a: b", "CR LF");
    row("half a line end", "a: b\r", "CR LF");
    row("NUL in the value", QByteArray("a: b\0c\r\n", 8), "control");
    row("NUL in the name", QByteArray("a\0b: c\r\n", 8), "name");
}

void TestFieldParser::refuses()
{
    QFETCH(QByteArray, section);
    QFETCH(QString, why);
    const auto headers = parseFields(section, 10);
    QVERIFY(!headers);
    QVERIFY2(headers.error().message.contains(why), qPrintable(headers.error().message));
}

void TestFieldParser::refusesEachControlCharacter()
{
    for (int c = 0; c < 256; ++c) {
        const QByteArray section = "a: x" + QByteArray(1, static_cast<char>(c)) + "y\r\n";
        const bool allowed = c == '\t' || (c >= 0x20 && c != 0x7F);
        QVERIFY2(parseFields(section, 10).has_value() == allowed,
                 QByteArray::number(c).constData());
    }
}

void TestFieldParser::limitsFields()
{
    QVERIFY(parseFields("a:1\r\nb:2\r\n", 2));
    QVERIFY(!parseFields("a:1\r\nb:2\r\nc:3\r\n", 2));
    QVERIFY(!parseFields("a:1\r\n", 0));
    QVERIFY(parseFields("", 0));
}

void TestFieldParser::errorsHoldNoValue()
{
    const auto headers = parseFields("Authorization: hidden\x01\r\n", 10);
    QVERIFY(!headers);
    QVERIFY(!headers.error().message.contains(QLatin1String("hidden")));
}

void TestFieldParser::contentLength_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<qint64>("expected"); // -1: absent
    QTest::newRow("absent") << Headers{{"X", "1"}} << qint64(-1);
    QTest::newRow("zero") << Headers{{"content-length", "0"}} << qint64(0);
    QTest::newRow("one") << Headers{{"Content-Length", "42"}} << qint64(42);
    QTest::newRow("the same twice")
        << Headers{{"Content-Length", "42"}, {"CONTENT-LENGTH", "42"}} << qint64(42);
    QTest::newRow("largest") << Headers{{"Content-Length", "9223372036854775807"}}
                             << std::numeric_limits<qint64>::max();
}

void TestFieldParser::contentLength()
{
    QFETCH(Headers, headers);
    const auto length = keywheel::contentLength(headers);
    QVERIFY(length);
    QTEST(length->value_or(-1), "expected");
}

void TestFieldParser::refusesContentLength_data()
{
    QTest::addColumn<Headers>("headers");
    for (const char *value : {"", "+1", "-1", "1,1", "1, 2", "0x10", "1 2", "1a", "1.0", "١",
                              "9223372036854775808", "99999999999999999999999"})
        QTest::newRow(*value ? value : "empty") << Headers{{"Content-Length", value}};
    QTest::newRow("differing") << Headers{{"Content-Length", "1"}, {"content-length", "2"}};
    QTest::newRow("differing spelling")
        << Headers{{"Content-Length", "1"}, {"content-length", "01"}};
}

void TestFieldParser::refusesContentLength()
{
    QFETCH(Headers, headers);
    QVERIFY(!keywheel::contentLength(headers));
}

void TestFieldParser::tokens()
{
    QVERIFY(isToken("GET"));
    QVERIFY(isToken("M-SEARCH"));
    for (const QByteArray bad : {"", "a b", "a:b", "a\"", "ä", "(a)", "a\r"})
        QVERIFY2(!isToken(bad), bad.constData());
    QVERIFY(!isToken(QByteArray(1, '\0')));
}

QTEST_APPLESS_MAIN(TestFieldParser)
#include "test_fieldparser.moc"
