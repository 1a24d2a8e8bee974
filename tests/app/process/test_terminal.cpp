// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/terminal.h"

#include <QTest>

#include <memory>

using namespace keywheel;

class TestTerminal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void escapesWhatCouldForgeALine_data();
    void escapesWhatCouldForgeALine();
    void alignsColumns();
    void keepsCellsOnTheirLine();
    void sizesAndTimesForPeople();
    void noColourInAFile();
};

void TestTerminal::escapesWhatCouldForgeALine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("safe");
    QTest::newRow("plain") << QStringLiteral("GET /v1/models ü 中")
                           << QStringLiteral("GET /v1/models ü 中");
    QTest::newRow("line feed") << QStringLiteral("a\nb") << QStringLiteral("a\\nb");
    QTest::newRow("return") << QStringLiteral("a\rb") << QStringLiteral("a\\rb");
    QTest::newRow("tab") << QStringLiteral("a\tb") << QStringLiteral("a\\tb");
    QTest::newRow("escape") << QStringLiteral("\x1b[2J") << QStringLiteral("\\u001b[2J");
    QTest::newRow("C1 control") << QString(QChar(0x9b)) << QStringLiteral("\\u009b");
    QTest::newRow("line separator") << QString(QChar(0x2028)) << QStringLiteral("\\u2028");
    QTest::newRow("right-to-left override") << QString(QChar(0x202e)) << QStringLiteral("\\u202e");
    QTest::newRow("isolate") << QString(QChar(0x2066)) << QStringLiteral("\\u2066");
}

void TestTerminal::escapesWhatCouldForgeALine()
{
    QFETCH(QString, text);
    QTEST(escapeControls(text), "safe");
}

void TestTerminal::alignsColumns()
{
    const QString table =
        textTable({QStringLiteral("#"), QStringLiteral("KEY"), QStringLiteral("USES")},
                  {{QStringLiteral("9"), QStringLiteral("sk-ab…wxyz"), QStringLiteral("1")},
                   {QStringLiteral("10"), QStringLiteral("…yz"), QStringLiteral("123456")}});
    QCOMPARE(table, QStringLiteral(" #  KEY           USES\n"
                                   " 9  sk-ab…wxyz       1\n"
                                   "10  …yz         123456\n"));
}

void TestTerminal::keepsCellsOnTheirLine()
{
    const QString table = textTable({QStringLiteral("REASON")}, {{QStringLiteral("bad\nkey")}});
    QCOMPARE(table, QStringLiteral("REASON\nbad\\nkey\n"));
}

void TestTerminal::sizesAndTimesForPeople()
{
    QCOMPARE(humanBytes(0), QStringLiteral("0 bytes"));
    QCOMPARE(humanBytes(1'400'000), QStringLiteral("1.4 MB"));
    QCOMPARE(humanSeconds(5), QStringLiteral("5 s"));
    QCOMPARE(humanSeconds(725), QStringLiteral("12 min 5 s"));
    QCOMPARE(humanSeconds(3 * 3600 + 12 * 60 + 59), QStringLiteral("3 h 12 min"));
    QCOMPARE(humanSeconds(51 * 3600), QStringLiteral("2 d 3 h"));
}

void TestTerminal::noColourInAFile()
{
    const std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(std::tmpfile(), &std::fclose);
    QVERIFY(file);
    QVERIFY(!takesColour(file.get()));
}

QTEST_APPLESS_MAIN(TestTerminal)
#include "test_terminal.moc"
