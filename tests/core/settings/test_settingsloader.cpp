// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settingsloader.h"

#include "settings/settingstable.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

SettingSources environment(const QMap<QString, QString> &variables)
{
    SettingSources sources;
    for (auto it = variables.cbegin(); it != variables.cend(); ++it)
        sources.environment.insert(it.key(), it.value());
    return sources;
}

/// The messages, one a line; empty when the settings are good.
QString errorsOf(const SettingSources &sources)
{
    const auto loaded = loadSettings(sources);
    if (loaded)
        return {};
    QStringList messages;
    for (const Error &error : loaded.error())
        messages.append(error.message);
    return messages.join(u'\n');
}

} // namespace

class TestSettingsLoader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaults();
    void precedence_data();
    void precedence();
    void emptyMeansDefault();
    void emptyAuthKeyInTheEnvironmentIsNone();
    void unknownVariablesAreIgnored();
    void whereTheKeysFileStands();
    void oneLinePerBadVariable();
    void whereABadValueComesFrom();
    void secretsAreNotInMessages();
    void malformedEnvFile();
    void envFileMissing();
    void loop_data();
    void loop();
    void noLoop_data();
    void noLoop();
    void ownAddressInTheEnvironmentIsIgnored_data() { loop_data(); }
    void ownAddressInTheEnvironmentIsIgnored();
    void ownAddressInTheEnvFileIsAnError();
    void otherAddressesInTheEnvironmentCount();
    void aFreePortIsNoLoop();
    void loopBesideOtherErrors();
    void openContainer_data();
    void openContainer();
    void rows();

private:
    QString envFile(const QByteArray &text);
    QTemporaryDir dir_;
};

QString TestSettingsLoader::envFile(const QByteArray &text)
{
    QFile file(dir_.filePath(str(".env")));
    return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName()
                                                                              : QString();
}

void TestSettingsLoader::defaults()
{
    const auto loaded = loadSettings({});
    QVERIFY(loaded);
    QCOMPARE(loaded->values.size(), settingsTable().size());
    for (const SettingSpec &spec : settingsTable()) {
        QVERIFY(loaded->values.value(spec.name).origin == SettingOrigin::Default);
        QCOMPARE(loaded->values.value(spec.name).text, spec.defaultText);
        QCOMPARE(spec.print(loaded->settings), spec.defaultText);
    }
}

void TestSettingsLoader::precedence_data()
{
    QTest::addColumn<QString>("commandLine");
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("envFile");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("origin");
    QTest::newRow("none") << QString() << QString() << QString() << 3000 << str("default");
    QTest::newRow("file") << QString() << QString() << str("3") << 3 << str(".env file");
    QTest::newRow("environment") << QString() << str("2") << str("3") << 2 << str("environment");
    QTest::newRow("command line") << str("1") << str("2") << str("3") << 1 << str("command line");
    QTest::newRow("a bad weaker one does not matter")
        << str("1") << str("x") << str("y") << 1 << str("command line");
}

void TestSettingsLoader::precedence()
{
    QFETCH(QString, commandLine);
    QFETCH(QString, environment);
    QFETCH(QString, envFile);
    QFETCH(int, port);
    QFETCH(QString, origin);
    SettingSources sources;
    if (!commandLine.isNull())
        sources.commandLine.insert(str("PORT"), commandLine);
    if (!environment.isNull())
        sources.environment.insert(str("PORT"), environment);
    if (!envFile.isNull())
        sources.envFilePath = this->envFile("PORT=" + envFile.toUtf8());
    const auto loaded = loadSettings(sources);
    QVERIFY(loaded);
    QCOMPARE(int(loaded->settings.port), port);
    const SettingValue value = loaded->values.value(str("PORT"));
    QCOMPARE(originName(value.origin), origin);
    QCOMPARE(value.text, QString::number(port));
}

void TestSettingsLoader::emptyMeansDefault()
{
    SettingSources sources = environment({{str("PORT"), QString()},
                                          {str("UPSTREAM_CA_FILE"), str("")},
                                          {str("ALLOWED_ORIGINS"), str("")}});
    sources.envFilePath = envFile("PORT=4000\n");
    const auto loaded = loadSettings(sources);
    QVERIFY(loaded);
    QCOMPARE(loaded->settings.port, quint16(3000));
    QVERIFY(loaded->settings.upstreamCaFile.isEmpty());
    QCOMPARE(loaded->settings.allowedOrigins.size(), 15);
    QVERIFY(loaded->values.value(str("PORT")).origin == SettingOrigin::Environment);
}

void TestSettingsLoader::emptyAuthKeyInTheEnvironmentIsNone()
{
    SettingSources sources = environment({{str("AUTH_KEY"), str("")}});
    sources.envFilePath = envFile("AUTH_KEY=sk-test-auth\n");
    auto loaded = loadSettings(sources);
    QVERIFY(loaded);
    QCOMPARE(loaded->settings.authKey, QByteArray("sk-test-auth"));
    sources.commandLine.insert(str("AUTH_KEY"), QString());
    loaded = loadSettings(sources);
    QVERIFY(loaded);
    QVERIFY(loaded->settings.authKey.isEmpty());
}

void TestSettingsLoader::whereTheKeysFileStands()
{
    SettingSources sources;
    QCOMPARE(loadSettings(sources)->settings.keysFile, str("keys.txt"));
    sources.keysFolder = str("/home/me/.config/keywheel");
    QCOMPARE(loadSettings(sources)->settings.keysFile, str("/home/me/.config/keywheel/keys.txt"));
    sources.envFilePath = envFile("KEYS_FILE=../my-keys\n");
    QCOMPARE(loadSettings(sources)->settings.keysFile, str("/home/me/.config/my-keys"));
    sources.envFilePath = envFile("KEYS_FILE=/srv/keys\n");
    QCOMPARE(loadSettings(sources)->settings.keysFile, str("/srv/keys"));
    sources.commandLine.insert(str("KEYS_FILE"), str("here.txt")); // a person's, in a folder
    QCOMPARE(loadSettings(sources)->settings.keysFile, QDir::current().filePath(str("here.txt")));
}

void TestSettingsLoader::unknownVariablesAreIgnored()
{
    SettingSources sources = environment({{str("PATH"), str("/bin")}, {str("port"), str("x")}});
    sources.envFilePath = envFile("OTHER=\"1\"\nport=x\n");
    QCOMPARE(errorsOf(sources), QString());
}

void TestSettingsLoader::oneLinePerBadVariable()
{
    const SettingSources sources = environment({{str("PORT"), str("70000")},
                                                {str("HOST"), str("example.com")},
                                                {str("OPENAI_BASE_URL"), str("https://x.test/?a")},
                                                {str("ENABLE_CORS"), str("maybe\nnot")},
                                                {str("LOG_LEVEL"), str("loud")}});
    QCOMPARE(
        errorsOf(sources),
        str("PORT=70000 (environment) is not valid; accepted: 1 to 65535\n"
            "HOST=example.com (environment) is not valid; accepted: an IP address such as "
            "127.0.0.1, 0.0.0.0 or ::1, or localhost\n"
            "OPENAI_BASE_URL=https://x.test/?[redacted] (environment) is not valid: it has a query "
            "or fragment; accepted: http://HOST or https://HOST, with a port and path if need be\n"
            "ENABLE_CORS=maybe\\u000anot (environment) is not valid; accepted: true, false, 1, 0, "
            "yes, no, on, off\n"
            "LOG_LEVEL=loud (environment) is not valid; accepted: debug, info, warning, error"));
}

void TestSettingsLoader::whereABadValueComesFrom()
{
    SettingSources sources;
    sources.commandLine.insert(str("MAX_RETRIES"), str("-1"));
    sources.environment.insert(str("MAX_SOCKETS"), str("0"));
    sources.envFilePath = envFile("# one\nSTART_INDEX=1\nSTART_INDEX=first\n");
    QCOMPARE(errorsOf(sources),
             str("START_INDEX=first (%1, line 3) is not valid; accepted: 0 to 1000000\n"
                 "MAX_RETRIES=-1 (command line) is not valid; accepted: 0 to 100\n"
                 "MAX_SOCKETS=0 (environment) is not valid; accepted: 1 to 20000")
                 .arg(QDir::toNativeSeparators(sources.envFilePath)));
}

void TestSettingsLoader::secretsAreNotInMessages()
{
    SettingSources sources =
        environment({{str("AUTH_KEY"), str("top\tsecret")},
                     {str("UPSTREAM_PROXY"), str("http://me:secret@p.test")},
                     {str("OPENAI_BASE_URL"), str("http://me:secret@x.test")}});
    sources.envFilePath = envFile("AUTH_KEY=\"secret\nsk-secret\n");
    const QString errors = errorsOf(sources);
    QCOMPARE(errors.count(u'\n'), 4);
    QVERIFY2(!errors.contains(str("secret")), qPrintable(errors));
    QVERIFY(errors.contains(str("AUTH_KEY (environment) is not valid; accepted: printable")));
    QVERIFY(errors.contains(
        str("UPSTREAM_PROXY=http://[redacted]@p.test (environment) is not valid: it "
            "names no port; accepted: system, none, http://host:port or ")));
}

void TestSettingsLoader::malformedEnvFile()
{
    SettingSources sources;
    sources.envFilePath = envFile("PORT=1\nwhat is this\nHOST='x\n");
    const QString path = QDir::toNativeSeparators(sources.envFilePath);
    QCOMPARE(errorsOf(sources), path + str(", line 2 is not of the form NAME=value\n") + path +
                                    str(", line 3 (HOST) has no closing quote"));
}

void TestSettingsLoader::envFileMissing()
{
    SettingSources sources;
    sources.envFilePath = dir_.filePath(str("missing"));
    QCOMPARE(errorsOf(sources), QString());
    sources.envFileMustExist = true;
    QVERIFY(errorsOf(sources).startsWith(QDir::toNativeSeparators(sources.envFilePath) +
                                         str(" cannot be read: ")));
}

void TestSettingsLoader::loop_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("port");
    QTest::addColumn<QString>("url");
    auto row = [](const char *host, const char *port, const char *url) {
        QTest::addRow("%s %s %s", host, port, url) << str(host) << str(port) << str(url);
    };
    row("127.0.0.1", "3000", "http://localhost:3000");
    row("127.0.0.1", "3000", "https://LOCALHOST.:3000/v1");
    row("127.0.0.1", "3000", "http://127.0.0.1:3000/");
    row("127.0.0.1", "3000", "http://0.0.0.0:3000");
    row("127.8.9.1", "3000", "http://127.8.9.1:3000");
    row("::1", "3000", "http://localhost:3000");
    row("0.0.0.0", "3000", "http://127.8.9.1:3000");
    row("127.0.0.1", "3000", "http://[::ffff:127.0.0.1]:3000");
    row("::1", "3000", "http://[::]:3000");
    row("0.0.0.0", "3000", "http://[::]:3000");
    row("192.168.1.20", "3000", "http://192.168.1.20:3000");
    row("127.0.0.1", "80", "http://localhost");
    row("127.0.0.1", "443", "https://localhost");
}

void TestSettingsLoader::loop()
{
    QFETCH(QString, host);
    QFETCH(QString, port);
    QFETCH(QString, url);
    SettingSources sources = environment({{str("HOST"), host}, {str("PORT"), port}});
    sources.commandLine = {{str("OPENAI_BASE_URL"), url}};
    QCOMPARE(errorsOf(sources),
             str("OPENAI_BASE_URL=%1 (command line) is not valid: it is Keywheel itself (HOST=%2, "
                 "PORT=%3); accepted: http://HOST or https://HOST, with a port and path if need be")
                 .arg(url, host, port));
}

void TestSettingsLoader::noLoop_data()
{
    loop_data();
    QTest::newRow("other address")
        << str("192.168.1.20") << str("2999") << str("http://192.168.1.21:2999");
    QTest::newRow("other loopback address")
        << str("127.0.0.1") << str("2999") << str("http://127.0.0.2:2999");
    QTest::newRow("other family") << str("127.0.0.1") << str("2999") << str("http://[::1]:2999");
    QTest::newRow("name") << str("0.0.0.0") << str("2999")
                          << str("http://localhost.example.com:2999");
}

/// The same addresses, with a different port.
void TestSettingsLoader::noLoop()
{
    QFETCH(QString, host);
    QFETCH(QString, port);
    QFETCH(QString, url);
    const QString otherPort = port == str("2999") ? port : str("2998");
    SettingSources sources = environment({{str("HOST"), host}, {str("PORT"), otherPort}});
    sources.commandLine = {{str("OPENAI_BASE_URL"), url}};
    QCOMPARE(errorsOf(sources), QString());
}

/// What people export for their tools.
void TestSettingsLoader::ownAddressInTheEnvironmentIsIgnored()
{
    QFETCH(QString, host);
    QFETCH(QString, port);
    QFETCH(QString, url);
    SettingSources sources =
        environment({{str("HOST"), host}, {str("PORT"), port}, {str("OPENAI_BASE_URL"), url}});
    const auto loaded = loadSettings(sources);
    QVERIFY2(loaded, qPrintable(errorsOf(sources)));
    QCOMPARE(loaded->settings.baseUrl, QUrl(str("https://api.openai.com")));
    QCOMPARE(loaded->values.value(str("OPENAI_BASE_URL")).origin, SettingOrigin::Default);
    QCOMPARE(loaded->notices,
             QStringList{str("OPENAI_BASE_URL=%1 (environment) is Keywheel's own address, which is "
                             "for your tools: it is ignored here")
                             .arg(url)});

    sources.envFilePath = envFile("OPENAI_BASE_URL=https://x.test/v1\n");
    const auto next = loadSettings(sources);
    QVERIFY(next);
    QCOMPARE(next->settings.baseUrl, QUrl(str("https://x.test/v1")));
    QCOMPARE(next->values.value(str("OPENAI_BASE_URL")).origin, SettingOrigin::EnvFile);
    QCOMPARE(next->notices.size(), 1);
}

void TestSettingsLoader::ownAddressInTheEnvFileIsAnError()
{
    SettingSources sources =
        environment({{str("OPENAI_BASE_URL"), str("http://localhost:3000/v1")}});
    sources.envFilePath = envFile("\nOPENAI_BASE_URL=http://127.0.0.1:3000/v1\n");
    QVERIFY(errorsOf(sources).contains(str(", line 2) is not valid: it is Keywheel itself")));
}

/// HOST and PORT may come from anywhere; other addresses and bad ones count as before.
void TestSettingsLoader::otherAddressesInTheEnvironmentCount()
{
    SettingSources sources = environment({{str("OPENAI_BASE_URL"), str("http://[::1]:4000/v1")}});
    auto loaded = loadSettings(sources);
    QVERIFY(loaded);
    QCOMPARE(loaded->settings.baseUrl, QUrl(str("http://[::1]:4000/v1")));
    QCOMPARE(loaded->notices, QStringList());

    sources.envFilePath = envFile("PORT=4000\n");
    loaded = loadSettings(sources);
    QVERIFY(loaded);
    QCOMPARE(loaded->settings.baseUrl, QUrl(str("https://api.openai.com")));

    sources.commandLine = {{str("OPENAI_BASE_URL"), str("https://y.test")}};
    loaded = loadSettings(sources);
    QVERIFY(loaded);
    QCOMPARE(loaded->settings.baseUrl, QUrl(str("https://y.test")));
    QCOMPARE(loaded->notices, QStringList());

    QVERIFY(errorsOf(environment({{str("OPENAI_BASE_URL"), str("localhost:3000")}}))
                .startsWith(str("OPENAI_BASE_URL (environment) is not valid")));
}

void TestSettingsLoader::aFreePortIsNoLoop()
{
    SettingSources sources = environment({{str("OPENAI_BASE_URL"), str("http://localhost:3000")}});
    sources.freePort = true;
    QCOMPARE(errorsOf(sources), QString());
}

void TestSettingsLoader::loopBesideOtherErrors()
{
    SettingSources sources = environment({{str("LOG_LEVEL"), str("loud")}});
    sources.commandLine = {{str("OPENAI_BASE_URL"), str("http://localhost:3000")}};
    QVERIFY(errorsOf(sources).contains(str("OPENAI_BASE_URL")));
    QVERIFY(errorsOf(sources).contains(str("LOG_LEVEL")));
}

void TestSettingsLoader::openContainer_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("inContainer");
    QTest::addColumn<bool>("refused");
    QTest::newRow("open") << QByteArray("HOST=0.0.0.0") << true << true;
    QTest::newRow("one address") << QByteArray("HOST=192.168.1.20") << true << true;
    QTest::newRow("denied") << QByteArray("HOST=::\nALLOW_OPEN=false") << true << true;
    QTest::newRow("allowed") << QByteArray("HOST=0.0.0.0\nALLOW_OPEN=true") << true << false;
    QTest::newRow("with AUTH_KEY")
        << QByteArray("HOST=0.0.0.0\nAUTH_KEY=test-auth-key") << true << false;
    QTest::newRow("loopback") << QByteArray("HOST=::1") << true << false;
    QTest::newRow("elsewhere") << QByteArray("HOST=0.0.0.0") << false << false;
}

void TestSettingsLoader::openContainer()
{
    QFETCH(const QByteArray, text);
    QFETCH(const bool, inContainer);
    QFETCH(const bool, refused);
    SettingSources sources;
    sources.envFilePath = envFile(text);
    sources.refuseOpen = inContainer;
    QCOMPARE(errorsOf(sources).contains(str("AUTH_KEY, or ALLOW_OPEN=true")), refused);
    QCOMPARE(errorsOf(sources).isEmpty(), !refused);
}

void TestSettingsLoader::rows()
{
    SettingSources sources =
        environment({{str("AUTH_KEY"), str("top secret")},
                     {str("UPSTREAM_PROXY"), str("http://me:secret@p.test:1")}});
    sources.commandLine.insert(str("ENABLE_CORS"), str("OFF"));
    sources.envFilePath = envFile("OPENAI_BASE_URL=https://x.test/v1/\n");
    const auto loaded = loadSettings(sources);
    QVERIFY(loaded);
    QMap<QString, QString> shown;
    for (const SettingRow &row : settingRows(*loaded)) {
        QVERIFY(!row.value.contains(str("secret")));
        shown.insert(row.name, row.value + str(" / ") + row.origin);
    }
    QCOMPARE(shown.size(), settingsTable().size());
    QCOMPARE(shown.value(str("AUTH_KEY")), str("set / environment"));
    QCOMPARE(shown.value(str("UPSTREAM_PROXY")), str("http://[redacted]@p.test:1 / environment"));
    QCOMPARE(shown.value(str("ENABLE_CORS")), str("false / command line"));
    QCOMPARE(shown.value(str("OPENAI_BASE_URL")), str("https://x.test/v1 / .env file"));
    QCOMPARE(shown.value(str("UPSTREAM_CA_FILE")), str("none / default"));
    QCOMPARE(shown.value(str("PORT")), str("3000 / default"));
}

QTEST_GUILESS_MAIN(TestSettingsLoader)
#include "test_settingsloader.moc"
