// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/envfile.h"

#include "support/fulldisk.h"

#include <QDir>
#include <QRandomGenerator>
#include <QStringEncoder>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace keywheel;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// A row's name on one line.
QByteArray tag(const char *text)
{
    return QByteArray(text).replace("\n", "\\n").replace("\r", "\\r");
}

QByteArray asText(const EnvFile &file)
{
    QByteArray text;
    for (const EnvEntry &entry : file.entries())
        text += entry.name.toUtf8() + "=[" + entry.value.toUtf8() + "]";
    return text;
}

QByteArray errorsOf(const EnvFile &file)
{
    QStringList messages;
    for (const Error &error : file.errors())
        messages.append(error.message);
    return messages.join(u'|').toUtf8();
}

QByteArray pieces(QRandomGenerator &random, int count)
{
    static const QByteArrayList parts{"A",       "PORT",     "AUTH_KEY", "=",
                                      ":",       " ",        "\t",       "\"",
                                      "'",       "\\",       "$",        "\n",
                                      "\r\n",    "\r",       "#",        " #",
                                      "export ", "${A}",     "$A",       "\\\"",
                                      "{",       "}",        "---",      "\xEF\xBB\xBF",
                                      "\xFF",    "\xC3\xA4", "1",        QByteArray(1, '\0'),
                                      "`",       "\\n",      "-"};
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += parts.at(random.bounded(static_cast<int>(parts.size())));
    return text;
}

} // namespace

class TestEnvFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void syntax_data();
    void syntax();
    void malformedLines_data();
    void malformedLines();
    void variablesCannotBlowUpTheFile();
    void errorsHoldNoValue();
    void lineNumbers();
    void roundTripOfRandomBytes();
    void set_data();
    void set();
    void setAnyValueIsReadBack_data();
    void setAnyValueIsReadBack();
    void setLeavesTheRestAlone();
    void setIsRefused();
    void remove_data();
    void remove();
    void readsUtf16_data();
    void readsUtf16();
    void saveNewFile();
    void saveKeepsMode();
    void saveFollowsLinks();
    void saveFails();
    void saveOnAFullDiskKeepsTheOldFile();
    void loadFails();
};

void TestEnvFile::syntax_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    auto row = [](const char *name, const char *text, const char *expected) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(expected);
    };
    row("empty file", "", "");
    row("only a BOM", "\xEF\xBB\xBF", "");
    row("plain", "A=1", "A=[1]");
    row("yaml", "A: 1\nB:2", "A=[1]B=[2]");
    row("yaml with equals sign", "A: x=y", "A=[x=y]");
    row("colon in the value", "A=1:B", "A=[1:B]");
    row("export", "export A=1\n  export\tB=2", "A=[1]B=[2]");
    row("names that begin with export", "exportA=1\nexport_B=2\nexport.C =3",
        "exportA=[1]export_B=[2]export.C=[3]");
    row("space around", "  A  =  b c  \n\tB=\t2", "A=[b c]B=[2]");
    row("blank and comment lines", "\n \t\n# A=1\n  # x\nB=2\n", "B=[2]");
    row("yaml document line", "---\nA=1\n---\n", "A=[1]");
    row("empty values", "A=\nB=   \nC=\"\"\nD=''\nE:", "A=[]B=[]C=[]D=[]E=[]");
    row("several equals signs", "A=b==c=", "A=[b==c=]");
    row("dot, digit, lower case", "a.B_1=x", "a.B_1=[x]");
    row("trailing comment", "A=1 # one\nB=2\t#two", "A=[1]B=[2]");
    row("the first hash after a space counts", "A=1 # see # 5", "A=[1]");
    row("hash inside", "A=a#b\nB=#c", "A=[a#b]B=[#c]");
    row("comment in place of a value", "A= # set me\nB=2", "A=[]B=[2]");
    row("quoted with comment", "A=\"a # b\" # c\nB='a # b'#c", "A=[a # b]B=[a # b]");
    row("single quotes are raw", "X=1\nA='$X ${X} \\n \\\\ '", "X=[1]A=[$X ${X} \\n \\\\ ]");
    row("escaped quote in single quotes stays as it is", "A='it\\'s'", "A=[it\\'s]");
    row("double quotes in single", "A='\"x\"'", "A=[\"x\"]");
    row("escapes in double quotes", "A=\"a\\nb\\rc\\td\\\\e\\\"f\\$X\"", "A=[a\nb\rc\td\\e\"f$X]");
    row("unknown escapes", "A=\"\\a\\ b\"", "A=[a b]");
    row("escapes not undone without quotes", "A=C:\\new\\$X", "A=[C:\\new$X]");
    row("value ends in a backslash", "A=\"C:\\\\\"\nB=2", "A=[C:\\]B=[2]");
    row("over several lines", "A=\"one\ntwo\"\nB='three\r\nfour'\nC=5",
        "A=[one\ntwo]B=[three\nfour]C=[5]");
    row("quote inside an unquoted value", "A=it's\nB=a\"b\"", "A=[it's]B=[a\"b\"]");
    row("backticks are no quotes", "A=`x`", "A=[`x`]");
    row("variables", "A=1\nB=$A\nC=${A}2\nD=\"x $A\"", "A=[1]B=[1]C=[12]D=[x 1]");
    row("variables only from earlier lines", "B=x$A\nA=1", "B=[x]A=[1]");
    row("nothing from the environment", "B=[$PATH$HOME]", "B=[[]]");
    row("lower case and others are no variables", "A=pa$word$\nB=${a}\nC=${A\nD=$(A)",
        "A=[pa$word$]B=[${a}]C=[${A]D=[$(A)]");
    row("variable of the last duplicate", "A=1\nA=2\nB=$A", "A=[1]A=[2]B=[2]");
    row("BOM",
        "\xEF\xBB\xBF"
        "A=1\nB=2",
        "A=[1]B=[2]");
    row("CRLF", "A=1\r\nB=\"2\"\r\n\r\nC=3 # x\r\n", "A=[1]B=[2]C=[3]");
    row("CR alone", "A=1\rB=2\r", "A=[1]B=[2]");
    row("UTF-8", "A=\xC3\xA4\xE4\xBD\xA0", "A=[\xC3\xA4\xE4\xBD\xA0]");
}

void TestEnvFile::syntax()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    const EnvFile file = EnvFile::parse(text);
    QCOMPARE(asText(file), expected);
    QCOMPARE(errorsOf(file), QByteArray());
    QCOMPARE(file.toText(), text);
}

void TestEnvFile::malformedLines_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    QTest::addColumn<QByteArray>("errors");
    auto row = [](const char *text, const char *expected, const char *errors) {
        QTest::newRow(tag(text).constData())
            << QByteArray(text) << QByteArray(expected) << QByteArray(errors);
    };
    row("A=1\nwords\nB=2", "A=[1]B=[2]", "line 2 is not of the form NAME=value");
    row("=x", "", "line 1 is not of the form NAME=value");
    row("A B=1", "", "line 1 is not of the form NAME=value");
    row("A-B=1", "", "line 1 is not of the form NAME=value");
    row("export", "", "line 1 is not of the form NAME=value");
    row("export =1", "", "line 1 is not of the form NAME=value");
    row("A=\"x\nB=2", "B=[2]", "line 1 (A) has no closing quote");
    row("A='x", "", "line 1 (A) has no closing quote");
    row("A=\"x\\\"", "", "line 1 (A) has no closing quote");
    row("A=\"x\"y\nB=2", "B=[2]", "line 1 (A) has text after the closing quote");
    row("A=\"x\nB=\"y\"", "B=[y]", "line 1 (A) has text after the closing quote");
    row("\n\r\n\r?\n!", "",
        "line 4 is not of the form NAME=value|line 5 is not of the form NAME=value");
}

void TestEnvFile::malformedLines()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    QFETCH(QByteArray, errors);
    const EnvFile file = EnvFile::parse(text);
    QCOMPARE(asText(file), expected);
    QCOMPARE(errorsOf(file), errors);
    QCOMPARE(file.toText(), text);
}

void TestEnvFile::variablesCannotBlowUpTheFile()
{
    // Each line is sixteen times as long as the one before, the last would have 16^21.
    QByteArray text = "V0=0123456789abcdef\nPORT=1\n";
    for (int i = 1; i <= 20; ++i)
        text += "V" + QByteArray::number(i) + '=' +
                ("$V" + QByteArray::number(i - 1)).repeated(16) + '\n';
    const EnvFile file = EnvFile::parse(text + "HOST=::1\nPORT=2$PORT\n");
    QCOMPARE(file.value(str("V1"))->size(), 256);
    QCOMPARE(file.errors().first().message,
             str("line 6 (V4) puts in more than 1000000 characters of other variables"));
    QCOMPARE(file.value(str("HOST")), str("::1"));
    QCOMPARE(file.value(str("PORT")), str("21"));
    QCOMPARE(file.toText(), text + "HOST=::1\nPORT=2$PORT\n");
}

void TestEnvFile::errorsHoldNoValue()
{
    for (const char *text :
         {"sk-test-0123456789", "AUTH_KEY \"sk-test-0123456789", "sk-test-0123456789=x",
          "AUTH_KEY=\"sk-test-0123456789", "AUTH_KEY='a'sk-test-0123456789"}) {
        const QByteArray errors = errorsOf(EnvFile::parse(text));
        QVERIFY(!errors.isEmpty());
        QVERIFY2(!errors.contains("sk-test"), errors.constData());
    }
}

void TestEnvFile::lineNumbers()
{
    const EnvFile file = EnvFile::parse("# x\r\nA=1\r\nB=\"one\r\ntwo\"\r\n\rC=3\n");
    QCOMPARE(file.find(str("A"))->line, 2);
    QCOMPARE(file.find(str("B"))->line, 3);
    QCOMPARE(file.find(str("C"))->line, 6);
}

/// The invariants: no byte is lost, and each entry stands where it says it does.
void TestEnvFile::roundTripOfRandomBytes()
{
    QRandomGenerator random(20260102);
    for (int i = 0; i < 20000; ++i) {
        QByteArray text = pieces(random, random.bounded(40));
        if (i % 4 == 0)
            for (char &c : text)
                c = static_cast<char>(random.bounded(256));
        const EnvFile file = EnvFile::parse(text);
        QCOMPARE(file.toText(), text);
        qsizetype last = 0;
        for (const EnvEntry &entry : file.entries()) {
            QVERIFY(entry.begin >= last && entry.begin < entry.valueBegin);
            QVERIFY(entry.valueBegin <= entry.valueEnd && entry.valueEnd <= entry.end);
            QVERIFY(entry.end <= text.size());
            last = entry.end;
        }
    }
}

void TestEnvFile::set_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("after");
    auto row = [](const char *before, const char *value, const char *after) {
        QTest::newRow(tag(before).constData())
            << QByteArray(before) << str(value) << QByteArray(after);
    };
    row("", "1", "A=1\n");
    row("\xEF\xBB\xBF", "1",
        "\xEF\xBB\xBF"
        "A=1\n");
    row("# no line end", "1", "# no line end\nA=1\n");
    row("B=2\r\n", "1", "B=2\r\nA=1\r\n");
    row("B=2\r\nC=3", "1", "B=2\r\nC=3\r\nA=1\r\n");
    row("A=1\n", "2", "A=2\n");
    row("A=1", "", "A=");
    row("A=", "x", "A=x");
    row("A=   # c", "x", "A=x   # c");
    row("  export A =  1   # one\r\nB=2\r\n", "2", "  export A =  2   # one\r\nB=2\r\n");
    row("A: 1 # c", "2", "A: 2 # c");
    row("A='1' # c", "$x", "A='$x' # c");
    row("A=\"1\" # c", "$x", "A=\"\\$x\" # c");
    row("A='1'", "it's", "A=\"it's\"");
    row("A='1' #2", "C:\\", "A=\"C:\\\\\" #2");
    row("A=1 # c", "a # b", "A='a # b' # c");
    row("A=b#c", "c#d", "A=c#d");
    row("A=1 ", " x", "A=' x' ");
    row("A=0 #", "x\ny", "A=\"x\\ny\" #");
    row("A=\"one\ntwo\"\nB=2", "three", "A=\"three\"\nB=2");
    row("A=1\nA=2\n", "3", "A=1\nA=3\n");
    row("B=1\nA=${B} # same value, so nothing is to do", "1",
        "B=1\nA=${B} # same value, so nothing is to do");
    row("A=1\nnonsense\n", "2", "A=2\nnonsense\n");
}

void TestEnvFile::set()
{
    QFETCH(QByteArray, before);
    QFETCH(QString, value);
    QFETCH(QByteArray, after);
    EnvFile file = EnvFile::parse(before);
    QVERIFY(file.set(str("A"), value));
    QCOMPARE(file.toText(), after);
    QCOMPARE(file.value(str("A")), value);
}

void TestEnvFile::setAnyValueIsReadBack_data()
{
    QTest::addColumn<QByteArray>("file");
    for (const char *text : {"", "A=x # c\nB=$A", "A='x' # c\r\nB=2", "A=\"x\"\nB=2", "export A: x",
                             "B=\"left open\nA=1", "B='left open\nA=1"})
        QTest::newRow(tag(text).constData()) << QByteArray(text);
}

void TestEnvFile::setAnyValueIsReadBack()
{
    QFETCH(QByteArray, file);
    QRandomGenerator random(7);
    for (int i = 0; i < 3000; ++i) {
        const QString value = QString::fromLatin1(pieces(random, random.bounded(8)));
        EnvFile env = EnvFile::parse(file);
        const auto done = env.set(str("A"), value);
        QVERIFY2(done, value.toUtf8().toHex().constData());
        QCOMPARE(env.value(str("A")), value);
        QCOMPARE(EnvFile::parse(env.toText()).value(str("A")), value);
    }
}

void TestEnvFile::setLeavesTheRestAlone()
{
    QRandomGenerator random(99);
    const QStringList values{str("1"), str("a b"), str("\"#"), str("'"), str(" # x"), str("$A\n")};
    for (int i = 0; i < 5000; ++i) {
        const QByteArray text = pieces(random, random.bounded(30));
        const EnvFile before = EnvFile::parse(text);
        EnvFile after = before;
        const QString value = values.at(i % values.size());
        if (!after.set(str("PORT"), value)) {
            QCOMPARE(after.toText(), text);
            continue;
        }
        QCOMPARE(after.value(str("PORT")), value);
        QCOMPARE(after.errors().size(), before.errors().size());
        const EnvEntry *entry = before.find(str("PORT"));
        const qsizetype head = entry ? entry->valueBegin : text.size();
        QCOMPARE(after.toText().left(head), text.left(head));
        if (entry)
            QVERIFY(after.toText().endsWith(text.mid(entry->valueEnd)));
    }
}

void TestEnvFile::setIsRefused()
{
    EnvFile file = EnvFile::parse("A=1\n");
    const auto badName = file.set(str("A B"), str("2"));
    QVERIFY(!badName);
    QCOMPARE(badName.error().message, str("A B cannot stand in a .env file with this value"));

    // Whatever stands in B, the quote left open in line 1 finds its end in line 3 then.
    file = EnvFile::parse("A='x\nB='y'\nC='#z'\n");
    QCOMPARE(errorsOf(file), QByteArray("line 1 (A) has text after the closing quote"));
    const QByteArray before = file.toText();
    const auto refused = file.remove(str("B"));
    QVERIFY(!refused);
    QCOMPARE(
        refused.error().message,
        str("B cannot be changed safely: line 1 (A) has text after the closing quote of the .env "
            "file; correct that first"));
    QCOMPARE(file.toText(), before);
}

void TestEnvFile::remove_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    auto row = [](const char *before, const char *after) {
        QTest::newRow(tag(before).constData()) << QByteArray(before) << QByteArray(after);
    };
    row("", "");
    row("B=1", "B=1");
    row("A=1", "");
    row("\xEF\xBB\xBF"
        "A=1\r\nB=2\r\n",
        "\xEF\xBB\xBF"
        "B=2\r\n");
    row("# c\n  export A=\"one\ntwo\" # gone too\nB=2", "# c\nB=2");
    row("A=1\nB=2\nA=3\n", "B=2\n");
    row("A=1\nnonsense\nC=2", "nonsense\nC=2");
}

void TestEnvFile::remove()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    EnvFile file = EnvFile::parse(before);
    QVERIFY(file.remove(str("A")));
    QCOMPARE(file.toText(), after);
    QVERIFY(!file.value(str("A")));
}

void TestEnvFile::readsUtf16_data()
{
    QTest::addColumn<QStringConverter::Encoding>("encoding");
    QTest::addColumn<bool>("bom");
    for (const bool bom : {true, false}) {
        QTest::addRow("LE, BOM: %d", bom) << QStringConverter::Utf16LE << bom;
        QTest::addRow("BE, BOM: %d", bom) << QStringConverter::Utf16BE << bom;
    }
}

/// As Windows' Notepad and PowerShell write it. It stays so when it is changed.
void TestEnvFile::readsUtf16()
{
    QFETCH(QStringConverter::Encoding, encoding);
    QFETCH(bool, bom);
    const auto encoded = [&](const QString &text) {
        QStringEncoder encoder(encoding, bom ? QStringConverter::Flag::WriteBom
                                             : QStringConverter::Flag::Default);
        return QByteArray(encoder.encode(text));
    };
    QTemporaryDir dir;
    const QString path = dir.filePath(str(".env"));
    EnvFile file = EnvFile::parse(encoded(str("# mine\r\nPORT=4000\r\nA=\xC3\xA4\r\n")));
    QCOMPARE(file.errors().size(), 0);
    QCOMPARE(file.find(str("PORT"))->line, 2);
    QCOMPARE(file.value(str("A")), str("\xC3\xA4"));
    QVERIFY(file.set(str("PORT"), str("5000")));
    QVERIFY(file.save(path));
    const auto saved = EnvFile::load(path);
    QCOMPARE(saved->toText(), encoded(str("# mine\r\nPORT=5000\r\nA=\xC3\xA4\r\n")));
    QCOMPARE(saved->value(str("PORT")), str("5000"));
}

void TestEnvFile::saveNewFile()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(str(".env"));
    const QByteArray bytes("AUTH_KEY=x\r\n\xFF\0garbage", 21);
    QVERIFY(EnvFile::parse(bytes).save(path));
    QCOMPARE(EnvFile::load(path)->toText(), bytes);
#ifdef Q_OS_UNIX
    const QFileDevice::Permissions others = QFileDevice::ReadGroup | QFileDevice::WriteGroup |
                                            QFileDevice::ExeGroup | QFileDevice::ReadOther |
                                            QFileDevice::WriteOther | QFileDevice::ExeOther;
    QCOMPARE(QFile::permissions(path) & others, QFileDevice::Permissions());
#endif
    QCOMPARE(QDir(dir.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
}

void TestEnvFile::saveKeepsMode()
{
#ifdef Q_OS_UNIX
    QTemporaryDir dir;
    const QString path = dir.filePath(str(".env"));
    const QFileDevice::Permissions owner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    for (const QFileDevice::Permissions mode : {owner, owner | QFileDevice::ReadGroup}) {
        QVERIFY(EnvFile::parse("A=1").save(path));
        QVERIFY(QFile::setPermissions(path, mode));
        QVERIFY(EnvFile::parse("A=2").save(path));
        QCOMPARE(EnvFile::load(path)->value(str("A")), str("2"));
        const QFileDevice::Permissions all{0x7077};
        QCOMPARE(QFile::permissions(path) & all, mode);
    }
#endif
}

void TestEnvFile::saveFollowsLinks()
{
    QTemporaryDir dir;
    const QString target = dir.filePath(str("target"));
    const QString link = dir.filePath(str(".env"));
    QVERIFY(EnvFile::parse("A=1").save(target));
    if (!QFile::link(target, link))
        QSKIP("no symbolic links here");
    QVERIFY(EnvFile::parse("A=2").save(link));
    QCOMPARE(EnvFile::load(target)->value(str("A")), str("2"));
    QVERIFY(QFileInfo(link).isSymLink());
}

void TestEnvFile::saveFails()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(str("missing/.env"));
    const auto done = EnvFile::parse("AUTH_KEY=sk-test-0123456789").save(path);
    QVERIFY(!done);
    QVERIFY(done.error().message.startsWith(QDir::toNativeSeparators(path) +
                                            str(" cannot be written: ")));
    QVERIFY(!done.error().message.contains(str("sk-test")));
    QVERIFY(!EnvFile::parse("A=1").save(dir.path()));
}

void TestEnvFile::saveOnAFullDiskKeepsTheOldFile()
{
    if (!FullDisk::IsPossible)
        QSKIP("no limit on the size of files here");
    QTemporaryDir dir;
    const QString path = dir.filePath(str(".env"));
    QVERIFY(EnvFile::parse("AUTH_KEY=test-old-value").save(path));

    std::optional<FullDisk> full(std::in_place);
    const auto done = EnvFile::parse("A=" + QByteArray(10'000, 'x')).save(path);
    full.reset();

    QVERIFY(!done);
    const QString before = QDir::toNativeSeparators(path) + str(" cannot be written: ");
    QVERIFY(done.error().message.startsWith(before));
    QVERIFY(done.error().message.size() > before.size());
    QCOMPARE(EnvFile::load(path)->toText(), QByteArray("AUTH_KEY=test-old-value"));
    QCOMPARE(QDir(dir.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList(str(".env")));
}

void TestEnvFile::loadFails()
{
    QTemporaryDir dir;
    const QString path = dir.filePath(str("missing"));
    const auto file = EnvFile::load(path);
    QVERIFY(!file);
    QVERIFY(
        file.error().message.startsWith(QDir::toNativeSeparators(path) + str(" cannot be read: ")));
    QVERIFY(!EnvFile::load(dir.path()));
}

QTEST_GUILESS_MAIN(TestEnvFile)
#include "test_envfile.moc"
