// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keyimport.h"

#include <QStringEncoder>
#include <QTest>

#include <ctime>
#include <limits>

using namespace keywheel;

namespace {

const QByteArray KeyA("sk-test-aaaaaaaaaaaaaaa1");
const QByteArray KeyB("sk-test-bbbbbbbbbbbbbbb2");
const QByteArray KeyC("sk-test-ccccccccccccccc3");

/// `line:X` of each key, X being a, b or c or else the key; with `(label)` if there is one.
QByteArray keysOf(const KeyImport &found)
{
    static const QHash<QByteArray, QByteArray> names{{KeyA, "a"}, {KeyB, "b"}, {KeyC, "c"}};
    QByteArrayList keys;
    for (const ApiKey &key : found.keys) {
        const QByteArray label = key.label.isEmpty() ? "" : '(' + key.label.toUtf8() + ')';
        keys.append(QByteArray::number(key.lineNumber) + ':' + names.value(key.secret, key.secret) +
                    label);
    }
    return keys.join(' ');
}

QByteArray linesOf(const ImportRemarks &remarks)
{
    QByteArrayList lines;
    for (const ImportRemark &remark : remarks.kept)
        lines.append(QByteArray::number(remark.line));
    return lines.join(' ');
}

/// `text` with a, b and c in braces replaced by keys.
QByteArray filled(QByteArray text)
{
    return text.replace("<a>", KeyA).replace("<b>", KeyB).replace("<c>", KeyC);
}

QByteArray utf16(const QByteArray &text, QStringConverter::Encoding encoding)
{
    QStringEncoder encode(encoding, QStringConverter::Flag::WriteBom);
    return encode(QString::fromUtf8(text));
}

} // namespace

class TestKeyImport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lines_data();
    void lines();
    void tables_data();
    void tables() { lines(); }
    void json_data();
    void json() { lines(); }
    void rejected_data();
    void rejected();
    void warnings_data();
    void warnings();
    void duplicates();
    void remarksHoldNoContents();
    void remarksAreLimited();
    void labelsHoldNoSecrets();
    void labelsAreShort();
    void linearTime_data();
    void linearTime();
};

/// Each row: a text that is understood without a remark.
void TestKeyImport::lines_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("keys");
    const auto row = [](const char *name, const QByteArray &text, const char *keys) {
        QTest::newRow(name) << filled(text) << QByteArray(keys);
    };
    row("empty", "", "");
    row("one a line", "<a>\n<b>\n", "1:a 2:b");
    row("CRLF", "<a>\r\n<b>\r\n", "1:a 2:b");
    row("CR", "<a>\r<b>\r", "1:a 2:b");
    row("BOM", "\xEF\xBB\xBF<a>\n<b>", "1:a 2:b");
    QTest::newRow("UTF-16 LE") << utf16(filled("<a>\r\n<b>\r\n"), QStringConverter::Utf16LE)
                               << QByteArray("1:a 2:b");
    QTest::newRow("UTF-16 BE") << utf16(filled("<a>\n<b>"), QStringConverter::Utf16BE)
                               << QByteArray("1:a 2:b");
    row("comments", "# keys\n\n  # more\n<a>\n#<b>\n", "4:a");
    row("comment behind a key", "<a> # mine\n<b>,<c>\t# both #2\n", "1:a(mine) 2:b 2:c(both #2)");
    row("commas", "<a>,<b> , <c>,", "1:a 1:b 1:c");
    row("semicolons", "<a>;<b>; <c>;\n", "1:a 1:b 1:c");
    row("blanks and tabs", "<a> <b>\t<c>", "1:a 1:b 1:c");
    row("several lines of several", "<a>,<b>\n<c>", "1:a 1:b 2:c");
    row("quotes", "\"<a>\", '<b>' \n ' <c> '", "1:a 1:b 2:c");
    row("list of a program", "\"<a>\",\n\"<b>\",\n", "1:a 2:b");
    row("bullets", "- <a>\n* <b>\n", "1:a 2:b");
    row("label", "<a> work laptop\n<b>\thome # old", "1:a(work laptop) 2:b(home)");
    row("label that is no word of a key", "<a> account-of-my-team", "1:a(account-of-my-team)");
    row("label of each", "<a> work <b> home", "1:a(work) 1:b(home)");
    row("label behind a comma", "<a>,work\n<b>, my home", "1:a(work) 2:b(my home)");
    row("label in quotes", "<a> \"my work\"", "1:a(my work)");
    row("label not in ASCII", "<a> d\xC3\xA9pos\xC3\xA9", "1:a(d\xC3\xA9pos\xC3\xA9)");
    row("variable", "OPENAI_API_KEY=<a>", "1:a");
    row("numbered variables", "OPENAI_API_KEY_1=<a>\nOPENAI_API_KEY2=<b>\nAPI_KEY_03=<c>",
        "1:a 2:b 3:c");
    row("exported variables", "export OPENAI_API_KEY='<a>' # mine\nset KEY=<b>\n", "1:a(mine) 2:b");
    row("PowerShell", "$env:OPENAI_API_KEY = \"<a>\"", "1:a");
    row("variable with a list", "OPENAI_API_KEYS=<a>,<b>\n", "1:a 1:b");
    row("lower case and blanks", "api_key = \"<a>\"\nopenai-key: <b>", "1:a 2:b");
    row("YAML", "api_key: <a>\n", "1:a");
    row("any visible ASCII", "!\"$%&'()*+-./:<=>?@[\\]^_`{|}~",
        "1:!\"$%&'()*+-./:<=>?@[\\]^_`{|}~");
    row("base64", "ABCDEF012345==\n", "1:ABCDEF012345==");
    row("a hash inside", "abcdef#gh", "1:abcdef#gh");
    row("shortest", "abcdefg8", "1:abcdefg8");
    QTest::newRow("longest") << QByteArray(512, 'a') << "1:" + QByteArray(512, 'a');
}

void TestKeyImport::lines()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, keys);
    const KeyImport found = parseKeyImport(text);
    QCOMPARE(keysOf(found), keys);
    QCOMPARE(found.duplicates.count, 0);
}

void TestKeyImport::tables_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("keys");
    const auto row = [](const char *name, const QByteArray &text, const char *keys) {
        QTest::newRow(name) << filled(text) << QByteArray(keys);
    };
    row("key first", "key,name\n<a>,work\n<b>,\n", "2:a(work) 3:b");
    row("key last", "Name,Created,API Key\nwork,2024,<a>\n,2025,<b>", "2:a(work) 3:b");
    row("semicolons", "label;api_key\nwork;<a>\n", "2:a(work)");
    row("tabs", "api-key\tnote\n<a>\twork\n", "2:a(work)");
    row("quoted fields", "\"name\",\"key\"\r\n\"my, \"\"own\"\"\",\"<a>\"\r\n", "2:a(my, \"own\")");
    row("no label column", "id,key\n17,<a>\n", "2:a");
    row("one column", "api_key\n<a>\n<b>\n", "2:a 3:b");
    row("one quoted column", "\"openai_api_key\"\n\"<a>\"\n", "2:a");
    row("comments and blank lines", "# exported\nkey,name\n\n# old\n<a>,work\n", "5:a(work)");
    row("header behind a BOM", "\xEF\xBB\xBFkey,name\n<a>,work\n", "2:a(work)");
}

void TestKeyImport::json_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("keys");
    const auto row = [](const char *name, const QByteArray &text, const char *keys) {
        QTest::newRow(name) << filled(text) << QByteArray(keys);
    };
    row("array", R"(["<a>", "<b>"])", "1:a 1:b");
    row("array over lines", "\n [\n\"<a>\",\n\"<b>\"\n]\n", "3:a 4:b");
    row("array of arrays", R"([["<a>"], ["<b>"]])", "1:a 1:b");
    row("key", R"({"key": "<a>"})", "1:a");
    row("api_key", R"({"api_key": "<a>"})", "1:a");
    row("apiKey", R"({"apiKey": "<a>"})", "1:a");
    row("keys", R"({"keys": ["<a>", "<b>"]})", "1:a 1:b");
    row("credentials", R"({"credentials": ["<a>"]})", "1:a");
    row("nested",
        "{\"credentials\": {\"openai\": {\n\"api_key\": \"<a>\"}},\n\"x\": [{\"key\": "
        "\"<b>\"}]}",
        "2:a 3:b");
    row("objects with labels",
        R"([{"name": "work", "key": "<a>"}, {"key": "<b>", "label": "home"}, {"key": "<c>"}])",
        "1:a(work) 1:b(home) 1:c");
    row("label of several", R"({"name": "team", "keys": ["<a>", {"key": "<b>", "name": "own"}]})",
        "1:a(team) 1:b(own)");
    row("order of the text", R"({"zeta": {"key": "<a>"}, "alpha": {"key": "<b>"}})", "1:a 1:b");
    row("escapes", R"({"k\u0065y": "sk-test\/\u0061aaaaaa", "label": "a \"b\""})",
        "1:sk-test/aaaaaaa(a \"b\")");
    row("other members", R"({"models": ["gpt-test-model-1"], "id": "org-1234567890", "key": null})",
        "");
    row("one value a line", "{\"key\": \"<a>\"}\n\n{\"key\": \"<b>\"}\n", "1:a 3:b");
    row("arrays a line", "[\"<a>\"]\n[\"<b>\"]\n", "1:a 2:b");
}

void TestKeyImport::rejected_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("keys");
    QTest::addColumn<QByteArray>("rejectedLines");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char *name, const QByteArray &text, const char *keys,
                        const char *rejected, const char *reason) {
        QTest::newRow(name) << filled(text) << QByteArray(keys) << QByteArray(rejected)
                            << QString::fromLatin1(reason);
    };
    const char *const size = "a key has 8 to 512 characters, not 7";
    const char *const ascii = "it holds a space or a character that is not plain ASCII";
    const char *const variable = "it sets a variable that is not named KEY, API_KEY or "
                                 "OPENAI_API_KEY, perhaps with a number";
    row("too short", "1234567\n<a>", "2:a", "1", size);
    row("too long", "<a>\n" + QByteArray(513, 'a'), "1:a", "2",
        "a key has 8 to 512 characters, not 513");
    row("only that of a list", "1234567,<a>,<b>\n<c>", "1:a 1:b 2:c", "1", size);
    row("prose", "<a>\nCe sont de mes propres", "1:a", "2", "a key has 8 to 512 characters, not 2");
    row("space in quotes", "\"sk-test 123\"", "", "1", ascii);
    row("not ASCII", "sk-test-\xC3\xA4\xC3\xA4", "", "1", ascii);
    row("NUL", QByteArray("sk-test-\0aaa", 12), "", "1", ascii);
    row("other variables", "PORT=3000\nOPENAI_BASE_URL=https://example.org\nAPI_KEY=<a>", "3:a",
        "1 2", variable);
    row("keys of others", "AUTH_KEY=local-secret-1234\nOTHER_API_KEY=<a>\n", "", "1 2", variable);
    row("exported other", "export path=/usr/local/bin", "", "1", variable);
    row("empty variable", "API_KEY=\n<a>", "2:a", "1", "it names a key and holds none");
    row("empty variable in quotes", "API_KEY=''", "", "1", "a key has 8 to 512 characters, not 0");
    row("empty column", "name,key\nwork,\nhome\nx,<a>", "4:a(x)", "2 3",
        "its column of the key is empty");
    row("bad field", "name,key\nwork,1234567\n", "", "2", size);
    row("string in JSON", R"({"keys": ["1234567", "<a>"]})", "1:a", "1", size);
    row("broken JSON", "\n{\"key\": \"<a>\",\n\"key\": \"<b>\"", "", "2",
        "it begins as JSON and is none");
    row("broken JSON in a line", "[\"<a>\"]\n[\"<b>\"\n[\"<c>\"]", "1:a 3:c", "2",
        "it begins as JSON and is none");
}

void TestKeyImport::rejected()
{
    QFETCH(QByteArray, text);
    const KeyImport found = parseKeyImport(text);
    QTEST(keysOf(found), "keys");
    QTEST(linesOf(found.rejected), "rejectedLines");
    QTEST(found.rejected.kept.constFirst().reason, "reason");
    QCOMPARE(found.rejected.count, found.rejected.kept.size());
}

void TestKeyImport::warnings_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("reason");
    const QString unusual = QStringLiteral("this key is unusual: ");
    QTest::newRow("short") << QByteArray("sk-test-1")
                           << unusual + QStringLiteral("it has only 9 characters");
    QTest::newRow("placeholder") << QByteArray("your-openai-api-key-here")
                                 << unusual + QStringLiteral("it holds no digit");
    QTest::newRow("masked") << QByteArray("sk-test-1234************")
                            << unusual +
                                   QStringLiteral(
                                       "it holds other characters than letters, digits, - _ and .");
}

void TestKeyImport::warnings()
{
    QFETCH(QByteArray, text);
    const KeyImport found = parseKeyImport(KeyA + '\n' + text);
    QCOMPARE(found.keys.size(), 2);
    QCOMPARE(linesOf(found.warnings), QByteArray("2"));
    QTEST(found.warnings.kept.constFirst().reason, "reason");
}

void TestKeyImport::duplicates()
{
    const KeyImport found = parseKeyImport(filled("<a> work\n<b>,<a>\n\n'<b>'"));
    QCOMPARE(keysOf(found), QByteArray("1:a(work) 2:b"));
    QCOMPARE(linesOf(found.duplicates), QByteArray("2 4"));
    QCOMPARE(found.duplicates.kept.at(1).reason, QStringLiteral("it repeats the key of line 2"));
    QCOMPARE(found.rejected.count, 0);
}

void TestKeyImport::remarksHoldNoContents()
{
    const KeyImport found = parseKeyImport(
        "x-seckey\nseckey\n\"sk seckey\"\nseckey=x\nSECKEY=seckey\nseckeyseckey\nseckeyseckey\n"
        "[\"seckey\nseckey\xFF\xFF");
    for (const ImportRemarks &remarks : {found.duplicates, found.rejected, found.warnings}) {
        QVERIFY(remarks.count > 0);
        for (const ImportRemark &remark : remarks.kept)
            QVERIFY2(!remark.reason.contains(QLatin1String("seck"), Qt::CaseInsensitive),
                     qPrintable(remark.reason));
    }
}

void TestKeyImport::remarksAreLimited()
{
    const KeyImport found = parseKeyImport(QByteArray("no key\n").repeated(5000) + KeyA);
    QCOMPARE(found.rejected.count, 5000);
    QCOMPARE(found.rejected.kept.size(), ImportRemarks::MostKept);
    QCOMPARE(keysOf(found), QByteArray("5001:a"));
}

void TestKeyImport::labelsHoldNoSecrets()
{
    const KeyImport found = parseKeyImport(
        R"([{"key": "sk-test-aaaaaaaaaaaaaaa1", "name": "was sk-test-bbbbbbbbbbbbbbb2"}])");
    QVERIFY(found.keys.constFirst().label.startsWith(QLatin1String("was sk-te")));
    QVERIFY(!found.keys.constFirst().label.contains(QString::fromLatin1(KeyB)));
}

void TestKeyImport::labelsAreShort()
{
    const KeyImport found =
        parseKeyImport("key,name\n" + KeyA + ',' + QByteArray("long\tname ").repeated(50));
    QCOMPARE(found.keys.constFirst().label.size(), 100);
    QVERIFY(found.keys.constFirst().label.startsWith(QLatin1String("long name long name")));
}

void TestKeyImport::linearTime_data()
{
    QTest::addColumn<QByteArray>("part");
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("quotes") << QByteArray("' \"") << QByteArray();
    QTest::newRow("quotes in a table") << QByteArray("\" ") << QByteArray("key,name\n");
    QTest::newRow("empty fields") << QByteArray(",") << QByteArray("key,name\n");
    QTest::newRow("separators") << QByteArray(",;") << QByteArray();
    QTest::newRow("one label") << KeyA + " ab " << QByteArray();
    QTest::newRow("open brackets") << QByteArray("[") << QByteArray();
    QTest::newRow("lines of brackets") << QByteArray("[\n") << QByteArray("[]\n");
    QTest::newRow("objects") << QByteArray(R"({"name":"x","key":"abcdefg8"},)") << QByteArray("[");
    QTest::newRow("equals signs") << QByteArray("A=") << QByteArray();
}

/// 16 times the text may take 64 times as long (memory is slower than caches), and quadratic would
/// be 256. In processor time, since the machine may be busy.
void TestKeyImport::linearTime()
{
    QFETCH(QByteArray, part);
    QFETCH(QByteArray, before);
    const auto best = [&](qsizetype size) {
        const QByteArray text = before + part.repeated(size / part.size());
        std::clock_t least = std::numeric_limits<std::clock_t>::max();
        for (int i = 0; i < 3; ++i) {
            const std::clock_t begin = std::clock();
            parseKeyImport(text);
            least = std::min(least, std::clock() - begin);
        }
        return least;
    };
    constexpr std::clock_t Tick = CLOCKS_PER_SEC / 1000;
    const std::clock_t small = best(64 * 1024);
    const std::clock_t large = best(1024 * 1024);
    QVERIFY2(large < 64 * std::max(small, Tick),
             qPrintable(QStringLiteral("%1 and %2 ticks").arg(small).arg(large)));
}

QTEST_GUILESS_MAIN(TestKeyImport)
#include "test_keyimport.moc"
