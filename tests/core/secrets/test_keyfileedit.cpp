// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keyfileedit.h"

#include "common/redact.h"
#include "secrets/keyfile.h"

#include <QTest>

using namespace keywheel;

namespace {

const QByteArray KeyA("sk-test-aaaaaaaa");
const QByteArray KeyB("sk-test-bbbbbbbb");
const QByteArray Bom("\xEF\xBB\xBF");

} // namespace

class TestKeyFileEdit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void adds_data();
    void adds();
    void addedKeysAreReadBack_data();
    void addedKeysAreReadBack();
    void refusesWhatIsNoKey();
    void removes_data();
    void removes();
    void converts_data();
    void converts();
    void convertsNothingThatIsMoreThanKeys();
};

void TestKeyFileEdit::adds_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("empty") << QByteArray() << QString() << KeyB + "\n";
    QTest::newRow("BOM only") << Bom << QString() << Bom + KeyB + "\n";
    QTest::newRow("after others") << "# mine\n" + KeyA + "\n"
                                  << QString() << "# mine\n" + KeyA + "\n" + KeyB + "\n";
    QTest::newRow("last line not ended") << KeyA << QString() << KeyA + "\n" + KeyB + "\n";
    QTest::newRow("CRLF") << KeyA + "\r\n" << QString() << KeyA + "\r\n" + KeyB + "\r\n";
    QTest::newRow("already there")
        << "'" + KeyB + "' # b" << QStringLiteral("new") << "'" + KeyB + "' # b";
    QTest::newRow("label") << QByteArray() << QStringLiteral(" of\nTeam # 1 ")
                           << KeyB + " # of Team # 1\n";
}

void TestKeyFileEdit::adds()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, label);
    QFETCH(QByteArray, after);
    const auto text = withKeys(before, {{KeyB, 0, label}, {KeyB, 0, QStringLiteral("again")}});
    QVERIFY(text);
    QCOMPARE(*text, after);
}

void TestKeyFileEdit::addedKeysAreReadBack_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("plain") << KeyA;
    QTest::newRow("like a comment") << QByteArray("#sk-test-a");
    QTest::newRow("in quotes") << QByteArray("'sk-test-a'");
    QTest::newRow("with a hash") << QByteArray("sk-test#aa");
    QTest::newRow("shortest, in quotes") << QByteArray("\"345678\"");
}

void TestKeyFileEdit::addedKeysAreReadBack()
{
    QFETCH(QByteArray, key);
    const auto text = withKeys(KeyB, {{key, 0, QStringLiteral("label")}});
    QVERIFY(text);
    const KeyList list = parseKeyFile(*text);
    QCOMPARE(list.keys.size(), 2);
    QCOMPARE(list.keys.at(1).secret, key);
    QCOMPARE(list.keys.at(1).label, QStringLiteral("label"));
    QCOMPARE(list.warnings, QStringList());
    QCOMPARE(withoutKeys(*text, {keyFingerprint(key)}), KeyB + "\n");
}

void TestKeyFileEdit::refusesWhatIsNoKey()
{
    for (const QByteArray &key :
         {QByteArray(), QByteArray("short"), QByteArray("sk-test aaaaaaaaaaaaaaa"),
          QByteArray("sk-test-a\nsk-test-bbbbbbb"), QByteArray(513, 'a')}) {
        const auto text = withKeys(KeyA, {{key, 0, {}}});
        QVERIFY(!text);
        QVERIFY(key.isEmpty() || !text.error().message.contains(QString::fromLatin1(key)));
    }
}

void TestKeyFileEdit::removes_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("not there") << "# b\n" + KeyB << "# b\n" + KeyB;
    QTest::newRow("first") << KeyA + "\n" + KeyB << KeyB;
    QTest::newRow("last") << KeyB + "\n" + KeyA << KeyB + "\n";
    QTest::newRow("CRLF") << "# x\r\n" + KeyA + "\r\n\r\n" + KeyB + "\r\n"
                          << "# x\r\n\r\n" + KeyB + "\r\n";
    QTest::newRow("CR") << KeyA + "\r" + KeyB + "\r" << KeyB + "\r";
    QTest::newRow("with comment, quotes, again")
        << "#" + KeyA + "\n \"" + KeyA + "\" # mine\nxx\n\t" + KeyA + "\n"
        << "#" + KeyA + "\nxx\n";
    QTest::newRow("BOM") << Bom + KeyA + "\n" + KeyB << Bom + KeyB;
    QTest::newRow("longer one stays") << KeyA + "a\n" + KeyA << KeyA + "a\n";
}

void TestKeyFileEdit::removes()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QCOMPARE(withoutKeys(before, {keyFingerprint(KeyA), QStringLiteral("unknown")}), after);
}

void TestKeyFileEdit::converts_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const QByteArray usual("sk-test-cccccccccccccccc3333");
    QTest::newRow("is one already") << Bom + "# x\r\n" + KeyA << Bom + "# x\r\n" + KeyA;
    QTest::newRow("variables") << "# x\nexport OPENAI_API_KEY=" + KeyA + " # work\nKEY_2=" + KeyB
                               << KeyA + " # work\n" + KeyB + "\n";
    QTest::newRow("table") << "name,key\nwork," + KeyA + "\n" << KeyA + " # work\n";
    QTest::newRow("list") << usual + "," + usual + "\n" << usual + "\n";
    QTest::newRow("UTF-16") << QByteArray::fromHex("fffe") + QByteArray("s\0k\0-\0t\0e\0s\0t\0-\0"
                                                                        "1\0\n\0",
                                                                        20)
                            << QByteArray("sk-test-1\n");
}

void TestKeyFileEdit::converts()
{
    QFETCH(QByteArray, before);
    const auto text = asOneKeyALine(before);
    QVERIFY(text);
    QTEST(*text, "after");
    QVERIFY(readKeyFile(*text).oneALine);
}

void TestKeyFileEdit::convertsNothingThatIsMoreThanKeys()
{
    const auto text = asOneKeyALine("PORT=3000\nOPENAI_API_KEY=" + KeyA);
    QVERIFY(!text);
    QVERIFY(text.error().message.startsWith(QLatin1String("Line 1 of the key file")));
}

QTEST_GUILESS_MAIN(TestKeyFileEdit)
#include "test_keyfileedit.moc"
