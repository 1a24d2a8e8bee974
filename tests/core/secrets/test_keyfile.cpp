// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keyfile.h"

#include <QTest>

using namespace keywheel;

namespace {

const QByteArray KeyA("sk-test-aaaaaaaa");
const QByteArray KeyB("sk-test-bbbbbbbb");

/// `line:key` of each key.
QByteArray keysOf(const KeyList &list)
{
    QByteArrayList keys;
    for (const ApiKey &key : list.keys)
        keys.append(QByteArray::number(key.lineNumber) + ':' + key.secret);
    return keys.join(' ');
}

} // namespace

class TestKeyFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void format_data();
    void format();
    void leftOut_data();
    void leftOut();
    void warningsHoldNoContents();
    void warningsAreLimited();
    void manyKeys();
    void commentIsTheLabel();
};

void TestKeyFile::format_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("keys");
    const QByteArray both = "1:" + KeyA + " 2:" + KeyB;
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("LF") << KeyA + "\n" + KeyB + "\n" << both;
    QTest::newRow("no line end") << KeyA + "\n" + KeyB << both;
    QTest::newRow("CRLF") << KeyA + "\r\n" + KeyB + "\r\n" << both;
    QTest::newRow("CR") << KeyA + "\r" + KeyB + "\r" << both;
    QTest::newRow("BOM") << "\xEF\xBB\xBF" + KeyA + "\n" + KeyB << both;
    QTest::newRow("white space") << "  " + KeyA + "\t\n\t" + KeyB + "  " << both;
    QTest::newRow("quotes") << " \"" + KeyA + "\" \n' " + KeyB + " '" << both;
    QTest::newRow("blank and comment lines")
        << "# keys\n\n  # more\n\t\n" + KeyA + "\n#" + KeyB << QByteArray("5:" + KeyA);
    QTest::newRow("comment after a key") << KeyA + " # mine\n" + KeyB + "\t#" << both;
    QTest::newRow("hash inside a key") << QByteArray("sk-test#aa") << QByteArray("1:sk-test#aa");
    QTest::newRow("any visible ASCII") << QByteArray("!\"$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
                                       << QByteArray("1:!\"$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
    QTest::newRow("shortest") << QByteArray(8, 'a') << QByteArray("1:aaaaaaaa");
    QTest::newRow("longest") << QByteArray(512, 'a') << "1:" + QByteArray(512, 'a');
}

void TestKeyFile::format()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, keys);
    const KeyList list = parseKeyFile(text);
    QCOMPARE(keysOf(list), keys);
    QCOMPARE(list.warnings, QStringList());
}

void TestKeyFile::leftOut_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QString>("warning");
    const QString size =
        QStringLiteral("line %1 is left out: a key has 8 to 512 characters, not %2");
    const QString bad = QStringLiteral(
        "line %1 is left out: it holds a space or a character that is not plain ASCII");
    QTest::newRow("too short") << "1234567\n" + KeyA << "2:" + KeyA << size.arg(1).arg(7);
    QTest::newRow("too long") << KeyA + "\n" + QByteArray(513, 'a') << "1:" + KeyA
                              << size.arg(2).arg(513);
    QTest::newRow("space inside") << "\n" + KeyA + " " + KeyB << QByteArray() << bad.arg(2);
    QTest::newRow("not ASCII") << QByteArray("sk-test-\xC3\xA4\xC3\xA4") << QByteArray()
                               << bad.arg(1);
    QTest::newRow("NUL") << QByteArray("sk-test-\0aaa", 12) << QByteArray() << bad.arg(1);
    QTest::newRow("DEL") << QByteArray("sk-test-\x7F") << QByteArray() << bad.arg(1);
    QTest::newRow("repeated") << KeyA + "\n" + KeyB + "\n\n'" + KeyA + "' # again"
                              << "1:" + KeyA + " 2:" + KeyB
                              << QStringLiteral("line 4 is left out: it repeats the key of line 1");
}

void TestKeyFile::leftOut()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, keys);
    QFETCH(QString, warning);
    const KeyList list = parseKeyFile(text);
    QCOMPARE(keysOf(list), keys);
    QCOMPARE(list.warnings, QStringList{warning});
}

void TestKeyFile::warningsHoldNoContents()
{
    const KeyList list =
        parseKeyFile("x-seckey\nseckey\nsk seckey\n\"seckey\nx-seckey\nseckey\xFF\xFF");
    QCOMPARE(list.warnings.size(), 5);
    for (const QString &warning : list.warnings)
        QVERIFY2(!warning.contains(QLatin1String("seck")), qPrintable(warning));
}

void TestKeyFile::warningsAreLimited()
{
    const KeyList list = parseKeyFile(QByteArray("no key\n").repeated(1000) + KeyA);
    QCOMPARE(list.warnings.size(), 21);
    QCOMPARE(list.warnings.constLast(), QStringLiteral("980 more lines are left out"));
    QCOMPARE(keysOf(list), "1001:" + KeyA);
}

void TestKeyFile::manyKeys()
{
    QByteArray text;
    for (int i = 0; i < 50000; ++i)
        text += "sk-test-" + QByteArray::number(i) + '\n';
    const KeyList list = parseKeyFile(text);
    QCOMPARE(list.keys.size(), 50000);
    QCOMPARE(list.keys.constLast().secret, QByteArray("sk-test-49999"));
    QCOMPARE(list.keys.constLast().lineNumber, 50000);
}

void TestKeyFile::commentIsTheLabel()
{
    const KeyList list = parseKeyFile(KeyA + " #  M\xC3\xBCller # old \n" + KeyB + "\n" +
                                      "sk-test-cccccccc # was sk-test-abcdefghijklmnop1234\n");
    QCOMPARE(list.keys.at(0).label, QStringLiteral("Müller # old"));
    QCOMPARE(list.keys.at(1).label, QString());
    QCOMPARE(list.keys.at(2).label, QStringLiteral("was sk-te…1234"));
}

QTEST_GUILESS_MAIN(TestKeyFile)
#include "test_keyfile.moc"
