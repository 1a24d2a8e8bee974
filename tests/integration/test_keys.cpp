// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace keywheel;

namespace {

const QByteArray KeyA("sk-test-aaaaaaaaaaaaaaa1");
const QByteArray KeyB("sk-test-bbbbbbbbbbbbbbb2");
const QByteArray KeyC("sk-test-ccccccccccccccc3");

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

} // namespace

/// The commands `keys …` of the real program: each with a running Keywheel, which must take a
/// change over at once, and without one.
class TestKeys : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void commands_data();
    void commands();
    void keyFileInAnotherForm_data() { commands_data(); }
    void keyFileInAnotherForm();
    void importTakesEffectAtOnce();
    void disabledKeyIsNotLeased();
    void removedKeyIsNotLeased();
    void checkAsksTheApi_data() { commands_data(); }
    void checkAsksTheApi();
    void stateOutlivesTheCommand();
    void importFormats();
    void importReports();
    void importReadsTheInput();
    void dryRunStoresNothing();
    void importOfManyKeys_data() { commands_data(); }
    void importOfManyKeys();
    void interruptedImportKeepsWhatWasStored();
    void shredsTheSource();
    void keepsASourceThatIsNotWhole();
    void refuses_data();
    void refuses();
    void unknownKeyChangesNothing();
    void listOfMany();
    void channelMovesWithThePort();
    void crashLeavesNoObstacle();

private:
    void start()
    {
        QVERIFY(server_->start());
        tool_->controls(*server_);
    }
    /// Runs `keywheel keys …` and checks that it prints no key.
    int keys(const QStringList &arguments, const QByteArray &input = {});
    int keys(const char *arguments) { return keys(words(arguments)); }
    /// The rows of `keys list --json`.
    QJsonArray list();
    QString fingerprint(int index)
    {
        return list().at(index)[QStringLiteral("fingerprint")].toString();
    }
    QString state(int index) { return list().at(index)[QStringLiteral("state")].toString(); }
    /// The keys that the next requests go out with, in order.
    QByteArrayList usedKeys(int requests);

    std::unique_ptr<FakeUpstream> upstream_;
    std::unique_ptr<KeywheelProcess> server_;
    std::unique_ptr<KeywheelProcess> tool_; ///< with the store of its own when there is no server
};

void TestKeys::init()
{
    upstream_ = std::make_unique<FakeUpstream>();
    server_ = std::make_unique<KeywheelProcess>(upstream_->url(), QList<QByteArray>{KeyA, KeyB});
    tool_ = std::make_unique<KeywheelProcess>(upstream_->url(), QList<QByteArray>{KeyA, KeyB});
    // Where nothing listens on, unless start() says where.
    tool_->set("PORT", "1");
}

int TestKeys::keys(const QStringList &arguments, const QByteArray &input)
{
    const int code = tool_->run(QStringList{QStringLiteral("keys")} + arguments, input);
    for (const char *part : {"aaaaaaaa", "bbbbbbbb", "cccccccc", "sk-test-many-"}) {
        if (tool_->everythingPrinted().contains(part))
            qFatal("a key was printed");
    }
    return code;
}

QJsonArray TestKeys::list()
{
    if (keys("list --json") != 0)
        return {};
    return QJsonDocument::fromJson(tool_->standardOutput())[QStringLiteral("keys")].toArray();
}

QByteArrayList TestKeys::usedKeys(int requests)
{
    for (int i = 0; i < requests; ++i)
        server_->fetch("GET", "/v1/models");
    return upstream_->keysUsed().last(requests);
}

void TestKeys::commands_data()
{
    QTest::addColumn<bool>("running");
    QTest::newRow("running") << true;
    QTest::newRow("not running") << false;
}

void TestKeys::commands()
{
    QFETCH(const bool, running);
    if (running)
        start();
    const QString store = (running ? server_ : tool_)->path(QStringLiteral("keys.txt"));
    QCOMPARE(list().size(), 2);
    QCOMPARE(QJsonDocument::fromJson(tool_->standardOutput())[QStringLiteral("running")].toBool(),
             running);
    QCOMPARE(keys({QStringLiteral("import"), QStringLiteral("-")}, KeyC + " my third"), 0);
    QCOMPARE(contents(store), KeyA + '\n' + KeyB + '\n' + KeyC + " # my third\n");
    QCOMPARE(list().at(2)[QStringLiteral("label")].toString(), QStringLiteral("my third"));

    const QString third = fingerprint(2);
    QCOMPARE(keys({QStringLiteral("label"), third.left(8), QStringLiteral("the"),
                   QStringLiteral("last")}),
             0);
    QCOMPARE(list().at(2)[QStringLiteral("label")].toString(), QStringLiteral("the last"));
    QCOMPARE(keys({QStringLiteral("disable"), third, fingerprint(0)}), 0);
    QVERIFY(tool_->standardOutput().startsWith("2 keys disabled\n"));
    QCOMPARE(state(2), QStringLiteral("disabled"));
    QVERIFY(!list().at(2)[QStringLiteral("since")].isNull());
    QCOMPARE(keys({QStringLiteral("enable"), third, QStringLiteral("--json")}), 0);
    QCOMPARE(QJsonDocument::fromJson(tool_->standardOutput())[QStringLiteral("count")].toInt(), 1);
    QCOMPARE(state(2), QStringLiteral("healthy"));
    QCOMPARE(state(0), QStringLiteral("disabled"));

    QCOMPARE(keys({QStringLiteral("remove"), fingerprint(1).toUpper()}), 0);
    QCOMPARE(contents(store), KeyA + '\n' + KeyC + " # my third\n");
    QCOMPARE(list().size(), 2);
    QCOMPARE(keys("clear"), 0);
    QVERIFY(tool_->standardOutput().startsWith("2 keys removed\n"));
    QCOMPARE(contents(store), QByteArray());
    QCOMPARE(keys("list"), 0);
    QCOMPARE(tool_->standardOutput(), QByteArray("No keys are stored.\n"));
}

/// It is read as it is; a change asks for --convert first.
void TestKeys::keyFileInAnotherForm()
{
    QFETCH(const bool, running);
    const QByteArray before = "OPENAI_API_KEY=" + KeyA + "\nOPENAI_API_KEY_2=" + KeyB + '\n';
    const QString store = (running ? server_ : tool_)->path(QStringLiteral("keys.txt"));
    write(store, before);
    if (running) {
        start();
        QCOMPARE(usedKeys(2), (QByteArrayList{KeyA, KeyB}));
    }
    QCOMPARE(list().size(), 2);
    const QString second = fingerprint(1);
    QCOMPARE(keys({QStringLiteral("import"), QStringLiteral("-")}, KeyC), 1);
    QVERIFY(tool_->standardError().contains("`keywheel keys import --convert`"));
    QCOMPARE(keys({QStringLiteral("remove"), second}), 1);
    QVERIFY(tool_->standardError().contains("`keywheel keys import --convert`"));
    QCOMPARE(contents(store), before);

    QCOMPARE(keys({QStringLiteral("remove"), second, QStringLiteral("--convert")}), 0);
    QCOMPARE(contents(store), KeyA + '\n');
    QCOMPARE(contents(store + QStringLiteral(".bak")), before);
    QCOMPARE(keys({QStringLiteral("import"), QStringLiteral("-")}, KeyC), 0);
    QCOMPARE(contents(store), KeyA + '\n' + KeyC + '\n');
}

void TestKeys::importTakesEffectAtOnce()
{
    server_->setKeys({});
    start();
    QCOMPARE(server_->fetch("GET", "/v1/models").status, 503);
    QCOMPARE(keys({QStringLiteral("import"), QStringLiteral("-")}, KeyC), 0);
    QCOMPARE(usedKeys(1), QByteArrayList{KeyC});
}

void TestKeys::disabledKeyIsNotLeased()
{
    start();
    QCOMPARE(keys({QStringLiteral("disable"), fingerprint(0)}), 0);
    QCOMPARE(usedKeys(3), QByteArrayList(3, KeyB));
    QCOMPARE(keys({QStringLiteral("enable"), fingerprint(0)}), 0);
    QVERIFY(usedKeys(2).contains(KeyA));
}

void TestKeys::removedKeyIsNotLeased()
{
    start();
    QCOMPARE(keys({QStringLiteral("remove"), fingerprint(1)}), 0);
    QCOMPARE(usedKeys(3), QByteArrayList(3, KeyA));
}

void TestKeys::checkAsksTheApi()
{
    QFETCH(const bool, running);
    if (running)
        start();
    upstream_->forKey(KeyA).reply(Answer::error(401, "invalid_api_key", "Incorrect API key"));
    QCOMPARE(keys("check"), 1);
    QVERIFY2(tool_->standardOutput().startsWith("1 of 2 keys are good\n"),
             tool_->everythingPrinted().constData());
    QCOMPARE(upstream_->requestCount(), 3); // one to see that the list is not open to anybody
    QCOMPARE(upstream_->request(1).target, QByteArray("/v1/models"));
    QCOMPARE(state(0), QStringLiteral("permanent"));
    QCOMPARE(state(1), QStringLiteral("healthy"));

    QCOMPARE(keys({QStringLiteral("check"), fingerprint(1), QStringLiteral("--json")}), 0);
    const QJsonObject report = QJsonDocument::fromJson(tool_->standardOutput()).object();
    QCOMPARE(report[QStringLiteral("good")].toInt(), 1);
    QCOMPARE(report[QStringLiteral("keys")][0][QStringLiteral("check")].toString(),
             QStringLiteral("good"));
    QVERIFY(upstream_->keysUsed().contains(KeyB));

    upstream_->forKey(KeyA).reply(Answer::json(200, "{}"));
    QCOMPARE(keys({QStringLiteral("check"), fingerprint(0)}), 0);
    QCOMPARE(state(0), QStringLiteral("healthy"));
}

/// What a command without a running Keywheel says about a key holds for the one that starts next.
void TestKeys::stateOutlivesTheCommand()
{
    server_->setKeys({KeyA, KeyB});
    QCOMPARE(server_->run(words("keys list --json --port 1")), 0);
    const QString first =
        QJsonDocument::fromJson(
            server_->standardOutput())[QStringLiteral("keys")][0][QStringLiteral("fingerprint")]
            .toString();
    QCOMPARE(server_->run(words("keys disable --port 1") + QStringList{first}), 0);
    start();
    QCOMPARE(usedKeys(3), QByteArrayList(3, KeyB));
    QCOMPARE(state(0), QStringLiteral("disabled"));
}

void TestKeys::importFormats()
{
    start();
    const QString file = tool_->path(QStringLiteral("in"));
    write(file,
          "OPENAI_BASE_URL=https://api.example.org\nexport OPENAI_API_KEY_1='" + KeyC + "'\n");
    QCOMPARE(keys({QStringLiteral("import"), file}), 0);
    QVERIFY(tool_->standardOutput().contains("1 key added, 0 already there\n"));
    QCOMPARE(list().size(), 3);
    write(file, R"({"credentials":[{"name":"work","api_key":"sk-test-many-12345678901"}]})");
    QCOMPARE(keys({QStringLiteral("import"), file}), 0);
    QCOMPARE(list().at(3)[QStringLiteral("label")].toString(), QStringLiteral("work"));
}

void TestKeys::importReports()
{
    const QByteArray text = KeyA + '\n' + KeyC + '\n' + KeyC + "\nsk-x\nsk-test-9\n";
    QCOMPARE(keys(words("import - --dry-run"), text), 0);
    const QByteArray shown = tool_->standardOutput();
    for (const char *part : {"2 keys would be added, 1 already there\n",
                             "Repeated (1):\n  line 3: it repeats the key of line 2\n",
                             "Rejected (1):\n  line 4: a key has 8 to 512 characters, not 4\n",
                             "Worth a look (1):\n  line 5: this key is unusual"})
        QVERIFY2(shown.contains(part), shown.constData());

    QCOMPARE(keys(words("import - --json"), text), 0);
    const QJsonObject report = QJsonDocument::fromJson(tool_->standardOutput()).object();
    QCOMPARE(report[QStringLiteral("added")].toInt(), 2);
    QCOMPARE(report[QStringLiteral("alreadyThere")].toInt(), 1);
    QCOMPARE(report[QStringLiteral("duplicates")][QStringLiteral("count")].toInt(), 1);
    QCOMPARE(report[QStringLiteral("rejected")][QStringLiteral("lines")][0][QStringLiteral("line")]
                 .toInt(),
             4);
    QCOMPARE(report[QStringLiteral("keys")][1][QStringLiteral("preview")].toString(),
             QStringLiteral("sk-te…ccc3"));
    QCOMPARE(report[QStringLiteral("keys")][1][QStringLiteral("added")].toBool(), true);
}

void TestKeys::importReadsTheInput()
{
    QCOMPARE(keys(words("import -"), ""), 1);
    QVERIFY(tool_->standardError().contains("no key"));
    QCOMPARE(keys(words("import -"), QByteArray("x\n").repeated(100'000)), 1);
    QVERIFY(tool_->standardOutput().contains("Rejected (100000)"));
    QVERIFY(tool_->standardOutput().size() < 5000);
}

void TestKeys::dryRunStoresNothing()
{
    start();
    const QByteArray before = contents(server_->path(QStringLiteral("keys.txt")));
    QCOMPARE(keys(words("import - --dry-run"), KeyC), 0);
    QCOMPARE(contents(server_->path(QStringLiteral("keys.txt"))), before);
    QCOMPARE(list().size(), 2);
}

void TestKeys::importOfManyKeys()
{
    QFETCH(const bool, running);
    if (running)
        start();
    QByteArray text;
    for (int i = 0; i < 2500; ++i)
        text += "sk-test-many-" + QByteArray::number(1'000'000 + i) + '\n';
    QCOMPARE(keys(words("import -"), text), 0);
    QVERIFY(tool_->standardOutput().contains("2500 keys added, 0 already there\n"));
    QCOMPARE(keys(words("import -"), text), 0);
    QVERIFY(tool_->standardOutput().contains("0 keys added, 2500 already there\n"));
}

void TestKeys::interruptedImportKeepsWhatWasStored()
{
#ifdef Q_OS_UNIX
    const QString file = tool_->path(QStringLiteral("in"));
    QByteArray text;
    for (int i = 0; i < 60'000; ++i)
        text += "sk-test-many-" + QByteArray::number(1'000'000 + i) + '\n';
    write(file, text);
    const QString store = tool_->path(QStringLiteral("keys.txt"));
    tool_->launch({QStringLiteral("keys"), QStringLiteral("import"), file});
    QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(store).size() > 100, 20'000);
    tool_->signal(SIGINT);
    QVERIFY(tool_->waitForExit());
    QCOMPARE(tool_->exitCode(), 128 + SIGINT);
    const QByteArray output = tool_->standardOutput();
    const QByteArray added = output.mid(output.indexOf(": ") + 2).split(' ').first();
    QVERIFY2(added.toInt() > 0, output.constData());
    QVERIFY(output.contains(" not reached\n"));
    QCOMPARE(contents(store).count('\n'), 2 + added.toInt());
#endif
}

void TestKeys::shredsTheSource()
{
    const QString file = tool_->path(QStringLiteral("in"));
    write(file, KeyC);
    QCOMPARE(keys({QStringLiteral("import"), file}), 0);
    QVERIFY(tool_->standardError().contains("--shred-source"));
    QVERIFY(QFileInfo::exists(file));
    // All is there already, and so it is not needed any more.
    QCOMPARE(keys({QStringLiteral("import"), file, QStringLiteral("--shred-source")}), 0);
    QVERIFY(!QFileInfo::exists(file));
    QVERIFY(tool_->standardOutput().contains("overwritten and removed"));
}

void TestKeys::keepsASourceThatIsNotWhole()
{
    const QString file = tool_->path(QStringLiteral("in"));
    write(file, KeyC + "\nsk-x\n");
    QCOMPARE(keys({QStringLiteral("import"), file, QStringLiteral("--shred-source")}), 1);
    QCOMPARE(contents(file), KeyC + "\nsk-x\n");
    QVERIFY(tool_->standardError().contains("stays"));
}

void TestKeys::refuses_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("says");
    const auto row = [](const char *arguments, int code, const char *says) {
        QTest::newRow(arguments) << QString::fromLatin1(arguments) << code << QByteArray(says);
    };
    row("import", 2, "name another file to import");
    row("import keys.txt", 2, "name another file to import");
    row("import - --shred-source", 2, "--shred-source goes with a file");
    row("import - --convert --dry-run", 2, "--convert does not go with --dry-run");
    row("list --convert", 2, "--convert does not go with");
    row("import missing.txt", 1, "missing.txt cannot be read");
    row("import a b", 2, "Usage: keywheel keys import");
    row("remove", 2, "Usage: keywheel keys remove FINGERPRINT...");
    row("label 0123", 2, "Usage: keywheel keys label");
    row("list all", 2, "Unknown command");
    row("list --dry-run", 2, "--dry-run does not go with");
    row("list --yes", 2, "--yes does not go with");
    row("list --port x", 2, "PORT");
    row("disable 0123456789abcdef", 1, "No key has the fingerprint 0123456789abcdef");
    row("disable xyz", 1, "up to 16 hexadecimal digits");
}

void TestKeys::refuses()
{
    QFETCH(QString, arguments);
    QFETCH(int, code);
    QFETCH(QByteArray, says);
    QCOMPARE(keys(arguments.split(QLatin1Char(' '))), code);
    QVERIFY2(tool_->standardError().contains(says), tool_->everythingPrinted().constData());
    QVERIFY(tool_->standardOutput().isEmpty());
}

void TestKeys::unknownKeyChangesNothing()
{
    start();
    QCOMPARE(keys({QStringLiteral("remove"), fingerprint(0), QStringLiteral("ffffffffffffffff")}),
             1);
    QCOMPARE(keys({QStringLiteral("disable"), fingerprint(0), QString::fromLatin1(KeyB)}), 1);
    QCOMPARE(list().size(), 2);
    QCOMPARE(state(0), QStringLiteral("healthy"));
    // Two keys cannot share all beginnings of 17 fingerprints.
    QList<QByteArray> many;
    for (int i = 0; i < 17; ++i)
        many.append("sk-test-many-" + QByteArray::number(i));
    QCOMPARE(keys(words("import -"), many.join(',')), 0);
    int ambiguous = 0;
    for (const char digit : QByteArray("0123456789abcdef")) {
        keys({QStringLiteral("disable"), QString(QLatin1Char(digit))});
        ambiguous += int(tool_->standardError().contains("give more digits"));
    }
    QVERIFY(ambiguous > 0);
}

/// More than go into one answer.
void TestKeys::listOfMany()
{
    QList<QByteArray> many;
    for (int i = 0; i < 2100; ++i)
        many.append("sk-test-many-" + QByteArray::number(i));
    server_->setKeys(many);
    start();
    const QJsonArray rows = list();
    QCOMPARE(rows.size(), 2100);
    QCOMPARE(rows.last()[QStringLiteral("index")].toInt(), 2099);
}

void TestKeys::channelMovesWithThePort()
{
    start();
    const quint16 before = server_->port();
    QVERIFY(QFileInfo::exists(server_->path(QStringLiteral("keywheel/control-%1").arg(before))));
    server_->signal(SIGTERM);
    QVERIFY(server_->waitForExit());
    QVERIFY(!QFileInfo::exists(server_->path(QStringLiteral("keywheel/control-%1").arg(before))));
}

void TestKeys::crashLeavesNoObstacle()
{
    start();
    const QByteArray port = QByteArray::number(server_->port());
    server_->signal(SIGKILL);
    QVERIFY(server_->waitForExit());
    // Without a running Keywheel, though its socket is still there.
    QCOMPARE(list().size(), 2);
    server_->set("PORT", port);
    QVERIFY(server_->startOnPort());
    QCOMPARE(keys({QStringLiteral("disable"), fingerprint(0)}), 0);
    QCOMPARE(usedKeys(2), QByteArrayList(2, KeyB));
}

QTEST_GUILESS_MAIN(TestKeys)
#include "test_keys.moc"
