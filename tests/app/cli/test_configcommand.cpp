// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/configcommand.h"
#include "settings/settingstable.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;
using Command = CommandLine::Command;

class TestConfigCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsValuesAndTheirOrigins();
    void showsNoSecret();
    void showsJson();
    void checkSaysOk();
    void checkWarnsOfAShortAuthKey();
    void checkNamesWhatIsIgnored();
    void noSecretInErrors();
    void mistakesAreNamed_data();
    void mistakesAreNamed();

private:
    SettingSources sources(const QByteArray &envFile);
    static CommandLine line(Command command, bool json = false);

    QTemporaryDir folder_;
};

SettingSources TestConfigCommand::sources(const QByteArray &envFile)
{
    SettingSources sources;
    sources.envFilePath = folder_.filePath(QStringLiteral("test.env"));
    QFile file(sources.envFilePath);
    if (file.open(QIODevice::WriteOnly))
        file.write(envFile);
    sources.commandLine.insert(QStringLiteral("PORT"), QStringLiteral("4000"));
    return sources;
}

CommandLine TestConfigCommand::line(Command command, bool json)
{
    CommandLine line;
    line.command = command;
    line.json = json;
    return line;
}

void TestConfigCommand::showsValuesAndTheirOrigins()
{
    const CommandResult result =
        runConfig(line(Command::ConfigShow), sources("MAX_RETRIES=7\nPORT=1\n"));
    QCOMPARE(result.exitCode, int(ExitOk));
    const QString text = QString::fromUtf8(result.output).simplified();
    QVERIFY(text.contains(QLatin1String("PORT command line 4000")));
    QVERIFY(text.contains(QLatin1String("MAX_RETRIES .env file 7")));
    QVERIFY(text.contains(QLatin1String("HOST default 127.0.0.1")));
    QVERIFY(text.contains(folder_.path()));
}

void TestConfigCommand::showsNoSecret()
{
    const QByteArray file = "AUTH_KEY=hunter2hunter2\nUPSTREAM_PROXY=http://me:pass-word@h:1\n";
    for (const bool json : {false, true}) {
        const CommandResult result = runConfig(line(Command::ConfigShow, json), sources(file));
        QCOMPARE(result.exitCode, int(ExitOk));
        QVERIFY(!result.output.contains("hunter2"));
        QVERIFY(!result.output.contains("pass-word"));
        QVERIFY(result.output.contains("set"));
    }
}

void TestConfigCommand::showsJson()
{
    const CommandResult result = runConfig(line(Command::ConfigShow, true), sources(""));
    const QJsonArray rows =
        QJsonDocument::fromJson(result.output).object().value(QStringLiteral("settings")).toArray();
    QCOMPARE(rows.size(), settingsTable().size());
    for (const QJsonValue &row : rows) {
        if (row.toObject().value(QStringLiteral("name")).toString() == QLatin1String("PORT")) {
            QCOMPARE(row.toObject().value(QStringLiteral("value")).toString(),
                     QStringLiteral("4000"));
            QCOMPARE(row.toObject().value(QStringLiteral("origin")).toString(),
                     QStringLiteral("command line"));
        }
    }
}

void TestConfigCommand::checkSaysOk()
{
    const CommandResult text = runConfig(line(Command::ConfigCheck), sources(""));
    QCOMPARE(text.exitCode, int(ExitOk));
    QVERIFY(text.output.contains("ok"));
    const CommandResult json = runConfig(line(Command::ConfigCheck, true), sources(""));
    QVERIFY(QJsonDocument::fromJson(json.output).object().value(QStringLiteral("ok")).toBool());
}

void TestConfigCommand::checkWarnsOfAShortAuthKey()
{
    const QByteArray file = "AUTH_KEY=hunter2\n";
    const CommandResult text = runConfig(line(Command::ConfigCheck), sources(file));
    QCOMPARE(text.exitCode, int(ExitOk));
    QVERIFY(text.output.contains("ok"));
    QCOMPARE(text.errors.size(), 1);
    QVERIFY(text.errors.first().contains(QLatin1String("AUTH_KEY")));
    QVERIFY(!text.errors.first().contains(QLatin1String("hunter2")));
    const CommandResult json = runConfig(line(Command::ConfigCheck, true), sources(file));
    const QJsonObject object = QJsonDocument::fromJson(json.output).object();
    QVERIFY(object.value(QStringLiteral("ok")).toBool());
    QCOMPARE(object.value(QStringLiteral("warnings")).toArray().size(), 1);
    QVERIFY(runConfig(line(Command::ConfigCheck), sources("AUTH_KEY=sixteen-letters!\n"))
                .errors.isEmpty());
    QVERIFY(runConfig(line(Command::ConfigShow), sources(file)).errors.isEmpty());
}

void TestConfigCommand::checkNamesWhatIsIgnored()
{
    SettingSources from = sources("");
    from.environment.insert(QStringLiteral("OPENAI_BASE_URL"),
                            QStringLiteral("http://127.0.0.1:4000/v1"));
    const CommandResult text = runConfig(line(Command::ConfigCheck), from);
    QCOMPARE(text.exitCode, int(ExitOk));
    QVERIFY(text.errors.value(0).contains(QLatin1String("it is ignored here")));
    const CommandResult json = runConfig(line(Command::ConfigCheck, true), from);
    const QJsonObject object = QJsonDocument::fromJson(json.output).object();
    QVERIFY(object.value(QStringLiteral("ok")).toBool());
    QCOMPARE(object.value(QStringLiteral("notices")).toArray().size(), 1);
}

void TestConfigCommand::noSecretInErrors()
{
    for (const bool json : {false, true}) {
        const CommandResult result = runConfig(line(Command::ConfigCheck, json),
                                               sources("MAX_RETRIES=sk-test-0123456789abcdef\n"));
        QCOMPARE(result.exitCode, int(ExitUsage));
        QVERIFY(result.errors.first().contains(QLatin1String("MAX_RETRIES")));
        QVERIFY(!result.errors.first().contains(QLatin1String("0123456789")));
        QVERIFY(!result.output.contains("0123456789"));
    }
}

void TestConfigCommand::mistakesAreNamed_data()
{
    QTest::addColumn<int>("command");
    QTest::addColumn<bool>("json");
    QTest::newRow("show") << int(Command::ConfigShow) << false;
    QTest::newRow("check") << int(Command::ConfigCheck) << false;
    QTest::newRow("check, JSON") << int(Command::ConfigCheck) << true;
}

void TestConfigCommand::mistakesAreNamed()
{
    QFETCH(int, command);
    QFETCH(bool, json);
    const CommandResult result = runConfig(line(Command(command), json),
                                           sources("MAX_RETRIES=many\nBLACKLIST_THRESHOLD=-1\n"));
    QCOMPARE(result.exitCode, int(ExitUsage));
    QCOMPARE(result.errors.size(), 2);
    const QString errors = result.errors.join(QLatin1Char('\n'));
    QVERIFY(errors.contains(QLatin1String("MAX_RETRIES=many")));
    QVERIFY(errors.contains(QLatin1String("BLACKLIST_THRESHOLD")));
    if (json) {
        const QJsonObject answer = QJsonDocument::fromJson(result.output).object();
        QVERIFY(!answer.value(QStringLiteral("ok")).toBool(true));
        QCOMPARE(answer.value(QStringLiteral("errors")).toArray().size(), 2);
    } else {
        QVERIFY(result.output.isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestConfigCommand)
#include "test_configcommand.moc"
