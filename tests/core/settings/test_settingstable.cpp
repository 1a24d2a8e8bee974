// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settingstable.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;

namespace {

QString str(const char *text)
{
    return QString::fromUtf8(text);
}

/// The value as it is printed after parsing, or `refused` with the reason.
QString parsed(const char *name, const QString &text)
{
    Settings settings{};
    const SettingSpec *spec = findSetting(str(name));
    const auto done = spec->parse(text, settings);
    return done ? spec->print(settings) : (str("refused ") + done.error()).trimmed();
}

/// A self-signed certificate for tests; its key was thrown away.
const char *const Certificate = "-----BEGIN CERTIFICATE-----\n"
                                "MIIBhzCCAS2gAwIBAgIUTN20fbnoPQt/3MW/YRV6HVQqob8wCgYIKoZIzj0EAwIw\n"
                                "GDEWMBQGA1UEAwwNS2V5d2hlZWwgdGVzdDAgFw0yNjExMjQwNjA1MzFaGA8yMTI2\n"
                                "MTAzMTA2MDUzMVowGDEWMBQGA1UEAwwNS2V5d2hlZWwgdGVzdDBZMBMGByqGSM49\n"
                                "AgEGCCqGSM49AwEHA0IABAsQq6n231g5d+grqdfcLcEUJGX0dvxlfYiVk3jjiUTo\n"
                                "69ZDxNhsBS0S2VAJJcdbZf2V/ptn+RcQn6+70UikCXujUzBRMB0GA1UdDgQWBBTb\n"
                                "7AgI77ZK53Ylg/tnM6YlCFTqZzAfBgNVHSMEGDAWgBTb7AgI77ZK53Ylg/tnM6Yl\n"
                                "CFTqZzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIDVsOH7TmXMi\n"
                                "fU9w7EQswHE/j4FkV/HZJzYOtI5ekZkBAiEAxa4cUfEIunMAA1eI1ruT2eElKlrM\n"
                                "jO4qHTLInr9y12o=\n"
                                "-----END CERTIFICATE-----\n";

} // namespace

class TestSettingsTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void names();
    void everyRowIsComplete();
    void defaultsAreValid();
    void defaults();
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void boundsAreInclusive_data();
    void boundsAreInclusive();
    void typedFields();
    void proxy();
    void certificateFile();
    void refusedValueLeavesTheSettingsAlone();
    void shownValues_data();
    void shownValues();
    void shownBadValues_data();
    void shownBadValues();
};

void TestSettingsTable::names()
{
    QStringList names;
    for (const SettingSpec &spec : settingsTable())
        names.append(spec.name);
    names.sort();
    const QStringList expected{str("ALLOWED_ORIGINS"),
                               str("ALLOW_OPEN"),
                               str("ALL_KEYS_BLACKLISTED"),
                               str("AUTH_KEY"),
                               str("BLACKLIST_THRESHOLD"),
                               str("ENABLE_CORS"),
                               str("HOST"),
                               str("KEYS_FILE"),
                               str("KEY_CHECK_INTERVAL"),
                               str("KEY_STORE"),
                               str("KEY_STRATEGY"),
                               str("LOG_FORMAT"),
                               str("LOG_LEVEL"),
                               str("MAX_BODY_SIZE"),
                               str("MAX_CONNECTIONS"),
                               str("MAX_FREE_SOCKETS"),
                               str("MAX_RETRIES"),
                               str("MAX_SOCKETS"),
                               str("OPENAI_BASE_URL"),
                               str("PORT"),
                               str("REQUEST_TIMEOUT"),
                               str("RESPONSE_TIMEOUT"),
                               str("START_INDEX"),
                               str("UPSTREAM_CA_FILE"),
                               str("UPSTREAM_HTTP2"),
                               str("UPSTREAM_PROXY")};
    QCOMPARE(names, expected);
    QVERIFY(!findSetting(str("port")));
    QVERIFY(!findSetting(QString()));
}

void TestSettingsTable::everyRowIsComplete()
{
    for (const SettingSpec &spec : settingsTable()) {
        QVERIFY2(!spec.type.isEmpty() && !spec.type.contains(u' '), qPrintable(spec.name));
        QVERIFY2(!spec.accepted.isEmpty() && !spec.accepted.endsWith(u'.'), qPrintable(spec.name));
        const QString description = str(spec.description);
        QVERIFY2(description.endsWith(u'.') && description.count(str(". ")) == 0,
                 qPrintable(spec.name));
    }
}

void TestSettingsTable::defaultsAreValid()
{
    for (const SettingSpec &spec : settingsTable()) {
        Settings settings{};
        QVERIFY2(spec.parse(spec.defaultText, settings), qPrintable(spec.name));
        QCOMPARE(spec.print(settings), spec.defaultText);
    }
}

void TestSettingsTable::defaults()
{
    Settings settings{};
    for (const SettingSpec &spec : settingsTable())
        QVERIFY(spec.parse(spec.defaultText, settings));
    QCOMPARE(settings.port, quint16(3000));
    QCOMPARE(settings.host, QHostAddress(QHostAddress::LocalHost));
    QCOMPARE(settings.keysFile, str("keys.txt"));
    QVERIFY(settings.keyStore == KeyStoreKind::File);
    QCOMPARE(settings.startIndex, 0);
    QCOMPARE(settings.blacklistThreshold, 1);
    QCOMPARE(settings.baseUrl, QUrl(str("https://api.openai.com")));
    QCOMPARE(settings.requestTimeout, std::chrono::seconds(30));
    QCOMPARE(settings.responseTimeout, std::chrono::minutes(10));
    QCOMPARE(settings.maxRetries, 3);
    QVERIFY(settings.authKey.isEmpty());
    QVERIFY(!settings.allowOpen);
    QVERIFY(settings.enableCors);
    QVERIFY(!settings.bothLoopbacks);
    QCOMPARE(settings.allowedOrigins.size(), 15);
    QCOMPARE(settings.maxSockets, 50);
    QCOMPARE(settings.maxFreeSockets, 10);
    QCOMPARE(settings.maxBodySize, 104857600);
    QCOMPARE(settings.maxConnections, 10000);
    QCOMPARE(settings.upstreamProxy.type(), QNetworkProxy::DefaultProxy);
    QVERIFY(settings.allKeysBlacklisted == WhenNoKeyLeft::Reset);
    QVERIFY(settings.upstreamCaFile.isEmpty());
    QVERIFY(!settings.upstreamHttp2);
    QVERIFY(settings.logLevel == LogLevel::Info);
    QVERIFY(settings.logFormat == LogFormat::Text);
}

void TestSettingsTable::accepts_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("printed");
    auto row = [](const char *name, const char *text, const char *printed) {
        QTest::addRow("%s=%s", name, text) << QByteArray(name) << str(text) << str(printed);
    };
    row("PORT", "0080", "80");
    row("HOST", "localhost", "localhost");
    row("HOST", "LOCALHOST", "localhost");
    row("HOST", "127.0.0.1", "127.0.0.1");
    row("HOST", "0.0.0.0", "0.0.0.0");
    row("HOST", "::", "::");
    row("HOST", "::1", "::1");
    row("HOST", "192.168.1.20", "192.168.1.20");
    for (const char *yes : {"true", "TRUE", "1", "yes", "On"})
        row("ENABLE_CORS", yes, "true");
    for (const char *no : {"false", "False", "0", "NO", "off"})
        row("ENABLE_CORS", no, "false");
    row("KEY_STORE", "File", "file");
    row("KEY_STORE", "KeyChain", "keychain");
    row("ALL_KEYS_BLACKLISTED", "reject", "reject");
    row("LOG_LEVEL", "WARNING", "warning");
    row("LOG_LEVEL", "error", "error");
    row("LOG_LEVEL", "debug", "debug");
    row("LOG_FORMAT", "json", "json");
    row("KEYS_FILE", "/etc/my keys.txt", "/etc/my keys.txt");
    row("OPENAI_BASE_URL", "https://api.example.com/", "https://api.example.com");
    row("OPENAI_BASE_URL", "HTTP://Api.Example.com:8080/v1//", "http://api.example.com:8080/v1");
    row("OPENAI_BASE_URL", "https://x.test/a%20b/openai", "https://x.test/a%20b/openai");
    row("OPENAI_BASE_URL", "http://[2001:db8::1]:8000", "http://[2001:db8::1]:8000");
    row("UPSTREAM_PROXY", "none", "none");
    row("UPSTREAM_PROXY", "http://proxy.test:3128", "http://proxy.test:3128");
    row("UPSTREAM_PROXY", "http://proxy.test:3128/", "http://proxy.test:3128");
    row("UPSTREAM_PROXY", "socks5://u:p%40ss%2F@[::1]:1080", "socks5://u:p%40ss%2F@[::1]:1080");
    row("UPSTREAM_PROXY", "socks5h://u:p@p.test:1080", "socks5://u:p@p.test:1080");
    row("UPSTREAM_PROXY", "socks://p.test:1080", "socks5://p.test:1080");
    row("UPSTREAM_PROXY", "SOCKS5H://p.test:1080", "socks5://p.test:1080");
    row("UPSTREAM_PROXY", "http://@p.test:3128", "http://p.test:3128");
    row("UPSTREAM_PROXY", "http://u:p@ss@p.test:1", "http://u:p%40ss@p.test:1");
    row("AUTH_KEY", "two words & more", "two words & more");
    row("AUTH_KEY", "12345678", "12345678");
    row("AUTH_KEY", "0", "0");
    row("AUTH_KEY", "secret", "secret");
    const QByteArray longKey(10'000, 'x');
    QTest::newRow("long AUTH_KEY")
        << QByteArray("AUTH_KEY") << QString::fromLatin1(longKey) << QString::fromLatin1(longKey);
    for (const char *url :
         {"https://x.test/v1beta/openai", "https://x.test/api/paas/v4", "https://x.test/responses2",
          "https://x.test/v1/account/gateway/openai", "https://x.test/completionsx",
          "https://x.test/openai/deployments/models-of-mine", "https://models.test",
          "https://name.services.ai.azure.com/models"})
        row("OPENAI_BASE_URL", url, url);
    row("ALLOWED_ORIGINS", "*", "*");
    row("ALLOWED_ORIGINS", " https://App.Example.com , app:// ,", "https://app.example.com,app://");
    row("ALLOWED_ORIGINS", "http://10.0.0.1:8080,http://[::1]:*",
        "http://10.0.0.1:8080,http://[::1]:*");
    row("ALLOWED_ORIGINS", "chrome-extension://abcdef", "chrome-extension://abcdef");
}

void TestSettingsTable::accepts()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, text);
    QFETCH(QString, printed);
    QCOMPARE(parsed(name.constData(), text), printed);
    QCOMPARE(parsed(name.constData(), printed), printed);
}

void TestSettingsTable::refuses_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("reason");
    auto row = [](const char *name, const char *text, const char *reason = "") {
        QTest::addRow("%s=%s", name, text) << QByteArray(name) << str(text) << str(reason);
    };
    for (const char *text : {"0", "65536", "-1", "+80", " 80", "80 ", "8e3", "0x50", "80.0",
                             "1_000", "http", "\xD9\xA3", "99999999999999999999"})
        row("PORT", text);
    for (const char *text : {"3000", "127.1", "0x7f.0.0.1", "example.com", "[::1]", "127.0.0.1:80",
                             "127.0.0.256", ":::", "*"})
        row("HOST", text);
    for (const char *text : {"2", "y", "true ", "enabled", "-1"})
        row("ENABLE_CORS", text);
    row("KEY_STORE", "keyring");
    row("ALL_KEYS_BLACKLISTED", "clear");
    row("LOG_LEVEL", "trace");
    row("LOG_FORMAT", "xml");
    for (const char *text :
         {"api.openai.com", "ftp://x.test", "https://", "https:///v1", "//x.test",
          "https://x y.test", "https://x.test:0", "https://x.test:99999", "localhost:80"})
        row("OPENAI_BASE_URL", text);
    row("OPENAI_BASE_URL", "https://u:p@x.test", "it holds a user name or password");
    row("OPENAI_BASE_URL", "https://u@x.test", "it holds a user name or password");
    row("OPENAI_BASE_URL", "https://x.test/v1?a=b", "it has a query or fragment");
    row("OPENAI_BASE_URL", "https://x.test/?", "it has a query or fragment");
    row("OPENAI_BASE_URL", "https://x.test/#top", "it has a query or fragment");
    for (const char *text : {"direct", "System", "https://x.test:1", "socks4://x.test:1",
                             "x.test:3128", "http://", "http://u:p:x.test:1"})
        row("UPSTREAM_PROXY", text);
    for (const char *text : {"socks4a://x.test:1", "socks5h://", "http://x.test:0", "http://@"})
        row("UPSTREAM_PROXY", text);
    row("UPSTREAM_PROXY", "http://x.test", "it names no port");
    row("UPSTREAM_PROXY", "socks5://u:p@x.test", "it names no port");
    row("UPSTREAM_PROXY", "http://x.test:3128/path", "it has more than a host and port");
    row("UPSTREAM_PROXY", "http://x.test:3128?q", "it has more than a host and port");
    const auto endpoint = [&row](const char *url, const char *base) {
        row("OPENAI_BASE_URL", url,
            qPrintable(str("it ends in an endpoint; the base URL is ") + str(base)));
    };
    endpoint("https://x.test/v1/chat/completions", "https://x.test/v1");
    endpoint("https://x.test/v1/chat/completions/", "https://x.test/v1");
    endpoint("https://x.test//v1//Chat/Completions", "https://x.test//v1");
    endpoint("https://x.test/chat/completions", "https://x.test");
    endpoint("http://x.test:8080/api/paas/v4/completions", "http://x.test:8080/api/paas/v4");
    endpoint("https://x.test/v1/responses", "https://x.test/v1");
    endpoint("https://x.test/v1/embeddings", "https://x.test/v1");
    endpoint("https://x.test/v1/messages", "https://x.test/v1");
    endpoint("https://x.test/v1/messages/batches", "https://x.test/v1");
    endpoint("https://x.test/v1beta/openai/models", "https://x.test/v1beta/openai");
    endpoint("https://name.services.ai.azure.com/v1/models",
             "https://name.services.ai.azure.com/v1");
    endpoint("https://x.test/v1/images/generations", "https://x.test/v1");
    for (const char *text :
         {" 12345678", "12345678 ", "1234\t5678", "1234\n5678", "gr\xC3\xBC\xC3\x9F-12345"})
        row("AUTH_KEY", text);
    row("ALLOWED_ORIGINS", " , ", "the list is empty");
    for (const char *text : {"example.com", "https://x.test/", "https://x.test/a",
                             "https://x.test:0", "https://x.test:65536", "https://*.x.test",
                             "https://[::g]", "://x", "https:", "null", "https://u@x.test"})
        row("ALLOWED_ORIGINS", text, "entry 1 of the list is no origin");
    row("ALLOWED_ORIGINS", "app://,,nonsense", "entry 2 of the list is no origin");
}

void TestSettingsTable::refuses()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, text);
    QFETCH(QString, reason);
    QCOMPARE(parsed(name.constData(), text), (str("refused ") + reason).trimmed());
}

void TestSettingsTable::boundsAreInclusive_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<qint64>("least");
    QTest::addColumn<qint64>("most");
    auto row = [](const char *name, qint64 least, qint64 most) {
        QTest::newRow(name) << QByteArray(name) << least << most;
    };
    row("PORT", 1, 65535);
    row("START_INDEX", 0, 1000000);
    row("BLACKLIST_THRESHOLD", 1, 1000);
    row("REQUEST_TIMEOUT", 1, 86400000);
    row("RESPONSE_TIMEOUT", 1, 86400000);
    row("MAX_RETRIES", 0, 100);
    row("MAX_SOCKETS", 1, 20000);
    row("MAX_FREE_SOCKETS", 0, 20000);
    row("MAX_BODY_SIZE", 1, Q_INT64_C(10737418240));
    row("MAX_CONNECTIONS", 1, 1000000);
}

void TestSettingsTable::boundsAreInclusive()
{
    QFETCH(QByteArray, name);
    QFETCH(qint64, least);
    QFETCH(qint64, most);
    for (const qint64 good : {least, most})
        QCOMPARE(parsed(name.constData(), QString::number(good)), QString::number(good));
    for (const qint64 bad : {least - 1, most + 1})
        QCOMPARE(parsed(name.constData(), QString::number(bad)), str("refused"));
    QCOMPARE(findSetting(QString::fromLatin1(name))->accepted,
             QString::number(least) + str(" to ") + QString::number(most));
}

void TestSettingsTable::typedFields()
{
    Settings settings{};
    auto give = [&](const char *name, const char *text) {
        return findSetting(str(name))->parse(str(text), settings).has_value();
    };
    QVERIFY(give("ALL_KEYS_BLACKLISTED", "reject"));
    QVERIFY(settings.allKeysBlacklisted == WhenNoKeyLeft::Reject);
    QVERIFY(give("LOG_LEVEL", "warning"));
    QVERIFY(settings.logLevel == LogLevel::Warning);
    QVERIFY(give("LOG_FORMAT", "json"));
    QVERIFY(settings.logFormat == LogFormat::Json);
    QVERIFY(give("REQUEST_TIMEOUT", "1500"));
    QCOMPARE(settings.requestTimeout, std::chrono::milliseconds(1500));
    QVERIFY(give("MAX_BODY_SIZE", "10737418240"));
    QCOMPARE(settings.maxBodySize, Q_INT64_C(10737418240));
    QVERIFY(give("AUTH_KEY", "sk-test-auth"));
    QCOMPARE(settings.authKey, QByteArray("sk-test-auth"));
}

void TestSettingsTable::proxy()
{
    Settings settings{};
    const SettingSpec *spec = findSetting(str("UPSTREAM_PROXY"));
    QVERIFY(spec->parse(str("socks5://user:p%40ss@proxy.test:1080"), settings));
    QCOMPARE(settings.upstreamProxy.type(), QNetworkProxy::Socks5Proxy);
    QCOMPARE(settings.upstreamProxy.hostName(), str("proxy.test"));
    QCOMPARE(settings.upstreamProxy.port(), quint16(1080));
    QCOMPARE(settings.upstreamProxy.user(), str("user"));
    QCOMPARE(settings.upstreamProxy.password(), str("p@ss"));
    QVERIFY(spec->parse(str("http://proxy.test:3128"), settings));
    QCOMPARE(settings.upstreamProxy.type(), QNetworkProxy::HttpProxy);
    QVERIFY(settings.upstreamProxy.user().isEmpty());
    QVERIFY(spec->parse(str("none"), settings));
    QCOMPARE(settings.upstreamProxy.type(), QNetworkProxy::NoProxy);
}

void TestSettingsTable::certificateFile()
{
    QTemporaryDir dir;
    auto write = [&](const char *name, const QByteArray &text) {
        QFile file(dir.filePath(str(name)));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName()
                                                                                  : QString();
    };
    const QString good = write("good.pem", QByteArray("# comment\n") + Certificate);
    QCOMPARE(parsed("UPSTREAM_CA_FILE", good), good);
    QCOMPARE(parsed("UPSTREAM_CA_FILE", QString()), QString());
    QCOMPARE(parsed("UPSTREAM_CA_FILE", write("bad.pem", "no certificate")),
             str("refused it holds no PEM certificate"));
    QCOMPARE(parsed("UPSTREAM_CA_FILE", write("empty.pem", "")),
             str("refused it holds no PEM certificate"));
    QCOMPARE(parsed("UPSTREAM_CA_FILE", dir.filePath(str("missing"))),
             str("refused there is no such file"));
    QCOMPARE(parsed("UPSTREAM_CA_FILE", dir.path()), str("refused it is not a file"));
}

void TestSettingsTable::refusedValueLeavesTheSettingsAlone()
{
    Settings settings{};
    const SettingSpec *spec = findSetting(str("PORT"));
    QVERIFY(spec->parse(str("4000"), settings));
    QVERIFY(!spec->parse(str("70000"), settings));
    QCOMPARE(settings.port, quint16(4000));
}

void TestSettingsTable::shownValues_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    auto row = [](const char *name, const char *text, const char *shown) {
        QTest::addRow("%s=%s", name, text) << QByteArray(name) << str(text) << str(shown);
    };
    row("PORT", "3000", "3000");
    row("AUTH_KEY", "sk-test-auth", "set");
    row("AUTH_KEY", "", "not set");
    row("UPSTREAM_CA_FILE", "", "none");
    row("KEYS_FILE", "/home/me@work/keys?#.txt", "/home/me@work/keys?#.txt");
    row("UPSTREAM_PROXY", "system", "system");
    row("UPSTREAM_PROXY", "http://user:pass@p.test:1", "http://[redacted]@p.test:1");
    row("UPSTREAM_PROXY", "socks5://p.test:1", "socks5://p.test:1");
    row("OPENAI_BASE_URL", "https://x.test/v1", "https://x.test/v1");
}

void TestSettingsTable::shownValues()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(shownValue(*findSetting(QString::fromLatin1(name)), text), shown);
}

void TestSettingsTable::shownBadValues_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    auto row = [](const char *name, const QString &text, const char *shown) {
        QTest::addRow("%s=%s", name, qPrintable(text)) << QByteArray(name) << text << str(shown);
    };
    row("PORT", str("70000"), "70000");
    row("PORT", str("80\r\n\x1b[31m"), "80\\u000d\\u000a\\u001b[31m");
    row("KEYS_FILE", QString(300, u'x'), QByteArray(QByteArray(200, 'x') + "…").constData());
    row("AUTH_KEY", str("secret"), "");
    row("UPSTREAM_PROXY", str("http://user:secret@p.test"), "http://[redacted]@p.test");
    row("UPSTREAM_PROXY", str("http://user:se@cr/et@p.test"), "http://[redacted]@p.test");
    row("UPSTREAM_PROXY", str("user:secret@p.test:1"), "[redacted]@p.test:1");
    row("UPSTREAM_PROXY", str("http://user:secret:p.test:1"), "");
    row("UPSTREAM_PROXY", str("http:/user:secret"), "");
    row("UPSTREAM_PROXY", str("direct"), "direct");
    row("OPENAI_BASE_URL", str("https://x.test/?key=secret"), "https://x.test/?[redacted]");
    row("OPENAI_BASE_URL", str("https://x.test/#secret"), "https://x.test/#[redacted]");
    row("OPENAI_BASE_URL", str("https://user:se?cr#et@x.test/"), "https://[redacted]@x.test/");
    row("OPENAI_BASE_URL", str("api.openai.com"), "api.openai.com");
    row("OPENAI_BASE_URL", str("ftp://x.test"), "ftp://x.test");
}

void TestSettingsTable::shownBadValues()
{
    QFETCH(QByteArray, name);
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QCOMPARE(shownBadValue(*findSetting(QString::fromLatin1(name)), text), shown);
}

QTEST_GUILESS_MAIN(TestSettingsTable)
#include "test_settingstable.moc"
