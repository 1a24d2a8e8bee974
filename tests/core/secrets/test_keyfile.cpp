// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keyfile.h"

#include <QStringEncoder>
#include <QTest>

using namespace keywheel;

namespace {

const QByteArray KeyA("sk-test-aaaaaaaa");
const QByteArray KeyB("sk-test-bbbbbbbb");
/// Long enough, and with digits, as APIs hand them out.
const QByteArray UsualA("sk-test-aaaaaaaaaaaaaaaa1111");
const QByteArray UsualB("sk-test-bbbbbbbbbbbbbbbb2222");

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
    void otherForms_data();
    void otherForms();
    void encodings_data();
    void encodings();
    void neverSent_data();
    void neverSent();
    void whichFormItHas_data();
    void whichFormItHas();
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

void TestKeyFile::otherForms_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("keys");
    const QByteArray a = UsualA;
    const QByteArray b = UsualB;
    const QByteArray both = "1:" + a + " 2:" + b;
    const QByteArray inOne = "1:" + a + " 1:" + b;
    QTest::newRow("variables") << "OPENAI_API_KEY=" + a + "\nOPENAI_API_KEY_2=" + b + "\n" << both;
    QTest::newRow("exported variables")
        << "export OPENAI_API_KEY='" + a + "'\nset API_KEY=" + b << both;
    QTest::newRow("PowerShell and YAML")
        << "$env:OPENAI_API_KEY = \"" + a + "\"\r\napi_key: " + b << both;
    QTest::newRow("variable with a list") << "OPENAI_API_KEYS=" + a + "," + b << inOne;
    QTest::newRow("variable with an unusual key")
        << QByteArray("OPENAI_API_KEY=local-key") << QByteArray("1:local-key");
    QTest::newRow("commas") << a + "," + b + "\n" << inOne;
    QTest::newRow("semicolons and blanks") << a + "; " + b + ";\n" << inOne;
    QTest::newRow("short keys in a list")
        << QByteArray("sk-test1,sk-test2") << QByteArray("1:sk-test1 1:sk-test2");
    QTest::newRow("blanks") << a + " " + b << inOne;
    QTest::newRow("list of a program") << "\"" + a + "\",\n'" + b + "',\n" << both;
    QTest::newRow("bullets") << "- " + a + "\n* " + b << both;
    QTest::newRow("labels") << a + " my work\n" + b + ", home # x" << both;
    QTest::newRow("table") << "name,api_key\nwork," + a + "\nhome," + b << "2:" + a + " 3:" + b;
    QTest::newRow("table behind comments") << "# mine\nkey;name\n" + a + ";production-1\n"
                                           << "3:" + a;
    QTest::newRow("JSON") << "{\"keys\": [\n\"" + a + "\",\n{\"key\": \"" + b + "\"}]}"
                          << "2:" + a + " 3:" + b;
    QTest::newRow("JSON lines") << "[\"" + a + "\"]\n{\"api_key\": \"" + b + "\"}" << both;
    QTest::newRow("INI") << "[work]\nOPENAI_API_KEY=" + a << "2:" + a;
    QTest::newRow("mixed") << a + "\nAPI_KEY=" + b << both;
}

void TestKeyFile::otherForms()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, keys);
    const KeyFile file = readKeyFile(text);
    QCOMPARE(keysOf(file.list), keys);
    QVERIFY(!file.oneALine);
}

void TestKeyFile::encodings_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("oneALine");
    const QString text = QString::fromLatin1(UsualA + "\r\n" + UsualB + "\r\n");
    const auto encoded = [&](QStringConverter::Encoding encoding, bool bom) {
        QStringEncoder encoder(encoding, bom ? QStringConverter::Flag::WriteBom
                                             : QStringConverter::Flag::Default);
        return QByteArray(encoder.encode(text));
    };
    for (const bool bom : {true, false}) {
        QTest::addRow("UTF-8, %d", bom) << encoded(QStringConverter::Utf8, bom) << true;
        QTest::addRow("UTF-16 LE, %d", bom) << encoded(QStringConverter::Utf16LE, bom) << false;
        QTest::addRow("UTF-16 BE, %d", bom) << encoded(QStringConverter::Utf16BE, bom) << false;
    }
    QTest::newRow("UTF-32") << encoded(QStringConverter::Utf32LE, true) << false;
}

void TestKeyFile::encodings()
{
    QFETCH(QByteArray, bytes);
    const KeyFile file = readKeyFile(bytes);
    QCOMPARE(keysOf(file.list), "1:" + UsualA + " 2:" + UsualB);
    QCOMPARE(file.list.warnings, QStringList());
    QTEST(file.oneALine, "oneALine");
}

void TestKeyFile::neverSent_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("taken"); ///< of that line
    const auto row = [](const QByteArray &line, const QByteArray &taken = {}) {
        QTest::newRow(line.constData()) << line << taken;
    };
    row("PORT=3000");
    row("HTTP_PROXY=http://proxy.test:3128");
    row("AUTH_KEY=local-secret-12345678901");
    row("ANTHROPIC_API_KEY=sk-test-0123456789abcdef");
    row("OPENAI_API_KEY=");
    row("OPENAI_BASE_URL=https://api.example.test/v1");
    row("https://api.example.test/v1");
    row("openai_api_key");
    row("[production]");
    row("{\"broken\": \"sk-test-0123456789abcdef\"");
    row("Everybody's own keys, please keep");
    row("username,description");
    row("\"something\",\"everything\",");
    row("production," + UsualB, UsualB);
    row("production " + UsualB, UsualB);
    row("my-team-1: " + UsualB, UsualB);
}

/// A line that holds none, or not only keys, is named; what is taken are keys alone.
void TestKeyFile::neverSent()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, taken);
    const KeyList list = parseKeyFile(UsualA + '\n' + line + '\n');
    QCOMPARE(keysOf(list), "1:" + UsualA + (taken.isEmpty() ? QByteArray() : " 2:" + taken));
    QCOMPARE(list.warnings.size(), 1);
    QVERIFY2(list.warnings.first().contains(QLatin1String("line 2")),
             qPrintable(list.warnings.first()));
    QVERIFY(!list.warnings.first().contains(QLatin1String(line)));
}

void TestKeyFile::whichFormItHas_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("oneALine");
    QTest::addColumn<int>("firstLeftOut");
    QTest::newRow("empty") << QByteArray() << true << 0;
    QTest::newRow("comments") << "# x\n\n" + KeyA + " # y\n'" + KeyB + "'" << true << 0;
    QTest::newRow("repeated") << KeyA + "\n" + KeyA << true << 0;
    QTest::newRow("a bad line") << KeyA + "\nno key\nPORT=3000" << true << 2;
    QTest::newRow("variable") << KeyA + "\nOPENAI_API_KEY=" + UsualA << false << 0;
    QTest::newRow("table with a bad row") << "key,name\n,x\n" + UsualA + ",y" << false << 2;
    QTest::newRow("broken JSON before keys") << "{\n" + KeyA << true << 1;
}

void TestKeyFile::whichFormItHas()
{
    QFETCH(QByteArray, text);
    const KeyFile file = readKeyFile(text);
    QTEST(file.oneALine, "oneALine");
    QTEST(file.firstLeftOut, "firstLeftOut");
}

QTEST_GUILESS_MAIN(TestKeyFile)
#include "test_keyfile.moc"
