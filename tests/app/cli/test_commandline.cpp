// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandline.h"
#include "settings/settingstable.h"

#include <QTest>

using namespace keywheel;
using Command = CommandLine::Command;

namespace {

Expected<CommandLine> parse(const QString &arguments)
{
    return parseCommandLine(
        (QStringLiteral("keywheel ") + arguments).split(QLatin1Char(' '), Qt::SkipEmptyParts));
}

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void commands_data();
    void commands();
    void refuses_data();
    void refuses();
    void shortcutsAreSettings();
    void valuesMayHoldAnything();
    void portZeroIsNoSetting();
    void demoNeedsNoWindow();
    void wishesForTheDesktop_data();
    void wishesForTheDesktop();
    void urls();
    void noPasswordInErrors();
    void helpNamesEverySetting();
};

void TestCommandLine::commands_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("command");
    QTest::newRow("none") << QString() << int(Command::Serve);
    QTest::newRow("headless") << QStringLiteral("--headless") << int(Command::Serve);
    QTest::newRow("health") << QStringLiteral("health") << int(Command::Health);
    QTest::newRow("stats") << QStringLiteral("stats --json") << int(Command::Stats);
    QTest::newRow("blacklist") << QStringLiteral("--json blacklist") << int(Command::Blacklist);
    QTest::newRow("reset") << QStringLiteral("reset-keys --env-file x") << int(Command::ResetKeys);
    QTest::newRow("show") << QStringLiteral("config show") << int(Command::ConfigShow);
    QTest::newRow("check") << QStringLiteral("config check --json") << int(Command::ConfigCheck);
    QTest::newRow("import") << QStringLiteral("keys import --dry-run -")
                            << int(Command::KeysImport);
    QTest::newRow("list") << QStringLiteral("keys list --json") << int(Command::KeysList);
    QTest::newRow("remove") << QStringLiteral("keys remove 01 23") << int(Command::KeysRemove);
    QTest::newRow("clear") << QStringLiteral("keys clear --yes") << int(Command::KeysClear);
    QTest::newRow("check") << QStringLiteral("keys check") << int(Command::KeysCheck);
    QTest::newRow("label") << QStringLiteral("keys label 01 my key") << int(Command::KeysLabel);
    QTest::newRow("help") << QStringLiteral("--help") << int(Command::Help);
    QTest::newRow("help of a command") << QStringLiteral("stats -h") << int(Command::Help);
    QTest::newRow("version") << QStringLiteral("--version") << int(Command::Version);
}

void TestCommandLine::commands()
{
    QFETCH(QString, arguments);
    const auto line = parse(arguments);
    QVERIFY(line);
    QTEST(int(line->command), "command");
}

void TestCommandLine::refuses_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("named");
    QTest::newRow("option") << QStringLiteral("--headles") << QStringLiteral("headles");
    QTest::newRow("command") << QStringLiteral("halth") << QStringLiteral("halth");
    QTest::newRow("further word") << QStringLiteral("health now") << QStringLiteral("health now");
    QTest::newRow("config alone") << QStringLiteral("config") << QStringLiteral("config show");
    QTest::newRow("keys alone") << QStringLiteral("keys") << QStringLiteral("keys list");
    QTest::newRow("no fingerprint")
        << QStringLiteral("keys remove") << QStringLiteral("keys remove FINGERPRINT...");
    QTest::newRow("two files") << QStringLiteral("keys import a b")
                               << QStringLiteral("keys import [FILE|-]");
    QTest::newRow("shred of a list")
        << QStringLiteral("keys list --shred-source") << QStringLiteral("shred-source");
    QTest::newRow("conversion of a list")
        << QStringLiteral("keys list --convert") << QStringLiteral("convert");
    QTest::newRow("missing value") << QStringLiteral("--port") << QStringLiteral("port");
    QTest::newRow("value for a switch")
        << QStringLiteral("--headless=1") << QStringLiteral("headless");
    QTest::newRow("set without value")
        << QStringLiteral("--set PORT") << QStringLiteral("NAME=VALUE");
    QTest::newRow("set without name") << QStringLiteral("--set =1") << QStringLiteral("NAME=VALUE");
    QTest::newRow("unknown setting") << QStringLiteral("--set PROT=1") << QStringLiteral("PROT");
    QTest::newRow("json for the server")
        << QStringLiteral("--headless --json") << QStringLiteral("json");
    QTest::newRow("demo of a command") << QStringLiteral("stats --demo") << QStringLiteral("demo");
    QTest::newRow("url for config")
        << QStringLiteral("config show --url http://h") << QStringLiteral("url");
    QTest::newRow("two wishes") << QStringLiteral("--start --stop") << QStringLiteral("--stop");
    QTest::newRow("no window to toggle")
        << QStringLiteral("--headless --toggle") << QStringLiteral("--toggle");
    QTest::newRow("url scheme") << QStringLiteral("stats --url ftp://h")
                                << QStringLiteral("ftp://h");
    QTest::newRow("url without host")
        << QStringLiteral("stats --url http://") << QStringLiteral("http://");
}

void TestCommandLine::refuses()
{
    QFETCH(QString, arguments);
    QFETCH(QString, named);
    const auto line = parse(arguments);
    QVERIFY(!line);
    const QString &message = line.error().message;
    QVERIFY2(message.contains(named), qPrintable(message));
    QVERIFY2(!message.contains(QLatin1Char('\n')), qPrintable(message));
}

void TestCommandLine::shortcutsAreSettings()
{
    const auto line = parse(QStringLiteral(
        "--headless --port 4000 --host ::1 --keys-file k.txt --set MAX_RETRIES=5 --set PORT=1"));
    QVERIFY(line);
    QVERIFY(line->headless);
    const QMap<QString, QString> expected{{QStringLiteral("PORT"), QStringLiteral("4000")},
                                          {QStringLiteral("HOST"), QStringLiteral("::1")},
                                          {QStringLiteral("KEYS_FILE"), QStringLiteral("k.txt")},
                                          {QStringLiteral("MAX_RETRIES"), QStringLiteral("5")}};
    QCOMPARE(line->settings, expected);
    QVERIFY(!line->freePort);
}

void TestCommandLine::valuesMayHoldAnything()
{
    const auto line =
        parse(QStringLiteral("--set OPENAI_BASE_URL=https://h/v1?a=b --set AUTH_KEY="));
    QVERIFY(line);
    QCOMPARE(line->settings.value(QStringLiteral("OPENAI_BASE_URL")),
             QStringLiteral("https://h/v1?a=b"));
    QVERIFY(line->settings.contains(QStringLiteral("AUTH_KEY")));
    QCOMPARE(line->settings.value(QStringLiteral("AUTH_KEY")), QString());
}

void TestCommandLine::portZeroIsNoSetting()
{
    const auto line = parse(QStringLiteral("--headless --port 0"));
    QVERIFY(line);
    QVERIFY(line->freePort);
    QVERIFY(!line->settings.contains(QStringLiteral("PORT")));
}

void TestCommandLine::demoNeedsNoWindow()
{
    const auto line = parse(QStringLiteral("--demo"));
    QVERIFY(line);
    QVERIFY(line->demo);
    QVERIFY(line->headless);
}

void TestCommandLine::wishesForTheDesktop_data()
{
    using Wish = CommandLine::Wish;
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<int>("wish");
    QTest::newRow("none") << QString() << int(Wish::Start);
    QTest::newRow("show") << QStringLiteral("--show") << int(Wish::Show);
    QTest::newRow("toggle") << QStringLiteral("--toggle") << int(Wish::Toggle);
    QTest::newRow("start") << QStringLiteral("--start") << int(Wish::StartServer);
    QTest::newRow("stop") << QStringLiteral("--stop") << int(Wish::StopServer);
    QTest::newRow("quit") << QStringLiteral("--quit") << int(Wish::Quit);
}

void TestCommandLine::wishesForTheDesktop()
{
    QFETCH(QString, arguments);
    const auto line = parse(arguments);
    QVERIFY(line);
    QVERIFY(!line->headless);
    QTEST(int(line->wish), "wish");
    QVERIFY(parse(QStringLiteral("--minimized"))->minimised);
}

void TestCommandLine::urls()
{
    QCOMPARE(parse(QStringLiteral("stats --url localhost:3001"))->url,
             QUrl(QStringLiteral("http://localhost:3001")));
    QCOMPARE(parse(QStringLiteral("stats --url https://h/keywheel/"))->url,
             QUrl(QStringLiteral("https://h/keywheel/")));
    QVERIFY(parse(QStringLiteral("stats"))->url.isEmpty());
}

void TestCommandLine::noPasswordInErrors()
{
    for (const char *url : {"http://user:pa ss@h", "ftp://user:pa ss@h", "http://user:pa ss:h"}) {
        const auto line = parseCommandLine({QStringLiteral("keywheel"), QStringLiteral("health"),
                                            QStringLiteral("--url"), QString::fromLatin1(url)});
        QVERIFY(!line);
        QVERIFY2(!line.error().message.contains(QLatin1String("pa ss")), url);
    }
}

void TestCommandLine::helpNamesEverySetting()
{
    const QString help = helpText();
    const QList<SettingSpec> &table = settingsTable();
    for (const SettingSpec &spec : table)
        QVERIFY2(help.contains(QLatin1String("  ") + spec.name + QLatin1Char('\n')),
                 qPrintable(spec.name));
    QVERIFY(help.contains(QLatin1String("--env-file FILE")));
}

QTEST_GUILESS_MAIN(TestCommandLine)
#include "test_commandline.moc"
