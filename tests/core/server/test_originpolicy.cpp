// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/originpolicy.h"

#include <QSysInfo>
#include <QTest>

using namespace keywheel;

class TestOriginPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allows_data();
    void allows();
    void host_data();
    void host();
    void origin_data();
    void origin();
    void withoutCorsOnlyOwnPages();
    void everyOriginStillGetsItsOwnName();
    void preflightGrantsWhatWasAsked();
};

void TestOriginPolicy::allows_data()
{
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QByteArray>("origin");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *entry, const char *origin, bool allowed) {
        QTest::addRow("%s for %s", entry, origin)
            << QString::fromLatin1(entry) << QByteArray(origin) << allowed;
    };
    row("*", "https://any.example", true);
    row("*", "null", true);
    row("null", "null", true);
    row("http://localhost:*", "null", false);
    row("http://localhost:*", "http://localhost", true);
    row("http://localhost:*", "http://localhost:5173", true);
    row("http://localhost:*", "https://localhost:5173", false);
    row("http://localhost:*", "http://localhost.evil.com", false);
    row("http://localhost:*", "http://localhost:80@evil.com", false);
    row("http://localhost:*", "http://localhost:", false);
    row("http://localhost:*", "http://localhosts", false);
    row("http://[::1]:*", "http://[::1]:8080", true);
    row("https://app.example", "https://app.example", true);
    row("https://App.example/", "https://app.EXAMPLE", true);
    row("https://app.example:443", "https://app.example", true);
    row("https://app.example", "https://app.example:8443", false);
    row("https://app.example", "https://app.example.evil.com", false);
    row("https://app.example", "https://sub.app.example", false);
    row("https://app.example:8443", "https://app.example:8443", true);
    row("http://app.example:80", "http://app.example", true);
    row("vscode-webview://", "vscode-webview://1a2b", true);
    row("file://", "file://", true);
    row("app://", "http://app", false);
    row("", "https://app.example", false);
}

void TestOriginPolicy::allows()
{
    QFETCH(QString, entry);
    QFETCH(QByteArray, origin);
    QFETCH(bool, allowed);
    QCOMPARE(AllowedOrigins({entry}).allows(origin), allowed);
    QCOMPARE(AllowedOrigins({QStringLiteral("https://other.example"), entry}).allows(origin),
             allowed);
    QVERIFY(!AllowedOrigins().allows(origin));
}

void TestOriginPolicy::host_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<bool>("own");
    const auto row = [](const QByteArray &host, bool own) {
        QTest::addRow("%s", host.constData()) << host << own;
    };
    row("", true);
    row("localhost", true);
    row("LocalHost:3000", true);
    row("keys.localhost:1", true);
    row("127.0.0.1:3000", true);
    row("127.8.9.10", true);
    row("[::1]", true);
    row("[::1]:3000", true);
    row("0.0.0.0:3000", true);
    row("192.168.1.7", true);
    row("10.0.0.1:80", true);
    row("172.16.0.1", true);
    row("172.32.0.1", false);
    row("8.8.8.8", false);
    row("[2001:db8::1]", false);
    row("[::1]:", true);
    row("[::1]evil.com", false);
    row("[::1]:80evil.com", false);
    row("[::1].localhost", false);
    row("[::1", false);
    row("localhost:80evil.com", false);
    row("localhost.", true);
    row("localhost.:3000", true);
    row("localhost..", false);
    row(".", false);
    // Any device of the network may call itself so.
    row("box.local", false);
    row(".local", false);
    row("host.docker.internal", true);
    row("Host.Docker.Internal:3000", true);
    row("host.docker.internal.", true);
    row("host.containers.internal:8080", true);
    for (const char *like :
         {"xhost.docker.internal", "host.docker.internal.evil.com", "host.docker.internal..",
          "docker.internal", ".docker.internal", "a.host.docker.internal", "host.docker.internals",
          "host-docker.internal", "host.docker.internal:80evil.com"})
        row(like, false);
    const QByteArray machine = QSysInfo::machineHostName().toUtf8();
    row(machine, true);
    row(machine.split('.').first() + ".local:3000", true);
    row("evil.com", false);
    row("evil.com:3000", false);
    row("localhost.evil.com", false);
    row("notlocalhost", false);
    row("127.0.0.1.evil.com", false);
    row("127.0.0.1.", true);
    row("evil.com.", false);
}

void TestOriginPolicy::host()
{
    QFETCH(QByteArray, host);
    QFETCH(bool, own);
    const Headers headers{{"Host", host}};
    OriginPolicy policy;
    for (const auto &address :
         {QHostAddress(QHostAddress::LocalHost), QHostAddress(QHostAddress::LocalHostIPv6)}) {
        policy.setListenAddress(address);
        const auto refusal = policy.checkHost(headers);
        QCOMPARE(!refusal, own);
        if (refusal) {
            QCOMPARE(refusal->status, 403);
            QCOMPARE(refusal->code, QByteArray("forbidden_host"));
        }
    }
    // Others may give a public listener any name.
    policy.setListenAddress(QHostAddress(QHostAddress::Any));
    QVERIFY(!policy.checkHost(headers));
    policy.setListenAddress(QHostAddress(QStringLiteral("192.168.1.7")));
    QVERIFY(!policy.checkHost(headers));
}

void TestOriginPolicy::origin_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<bool>("passes");
    QTest::addColumn<QByteArray>("granted"); // CORS headers for it
    const HeaderField host{"Host", "localhost:3000"};
    const QByteArray page("https://page.example");
    const QByteArray foreign("https://evil.example");

    QTest::newRow("no browser") << Headers{host} << true << QByteArray();
    QTest::newRow("typed in") << Headers{host, {"Sec-Fetch-Site", "none"}} << true << QByteArray();
    QTest::newRow("own page") << Headers{host, {"Sec-Fetch-Site", "same-origin"}} << true
                              << QByteArray();
    QTest::newRow("image of another site")
        << Headers{host, {"Sec-Fetch-Site", "cross-site"}} << false << QByteArray();
    QTest::newRow("allowed") << Headers{host, {"Origin", page}} << true << page;
    QTest::newRow("allowed, cross-site")
        << Headers{host, {"Origin", page}, {"Sec-Fetch-Site", "cross-site"}} << true << page;
    QTest::newRow("foreign") << Headers{host, {"Origin", foreign}} << false << QByteArray();
    QTest::newRow("foreign, claims same-origin")
        << Headers{host, {"Origin", foreign}, {"Sec-Fetch-Site", "same-origin"}} << false
        << QByteArray();
    QTest::newRow("null") << Headers{host, {"Origin", "null"}} << false << QByteArray();
    QTest::newRow("empty") << Headers{host, {"Origin", ""}} << false << QByteArray();
    QTest::newRow("same origin") << Headers{host, {"Origin", "http://LOCALHOST:3000"}} << true
                                 << QByteArray("http://LOCALHOST:3000");
    QTest::newRow("other port of this host")
        << Headers{host, {"Origin", "http://localhost:3001"}} << false << QByteArray();
    QTest::newRow("origin twice") << Headers{host, {"Origin", page}, {"Origin", page}} << false
                                  << QByteArray();
}

void TestOriginPolicy::origin()
{
    QFETCH(Headers, headers);
    QFETCH(bool, passes);
    QFETCH(QByteArray, granted);
    OriginPolicy policy;
    policy.setOrigins(true, {QStringLiteral("https://page.example")});
    const auto verdict = policy.checkOrigin(headers);
    QCOMPARE(!verdict.refusal, passes);
    QCOMPARE(verdict.origin, granted);
    if (!passes) {
        QCOMPARE(verdict.refusal->status, 403);
        QCOMPARE(verdict.refusal->code, QByteArray("forbidden_origin"));
        QCOMPARE(verdict.refusedOrigin, headers.value("Origin"));
    }
}

void TestOriginPolicy::withoutCorsOnlyOwnPages()
{
    OriginPolicy policy;
    policy.setOrigins(false, {QStringLiteral("*")});
    QVERIFY(policy.checkOrigin({{"Host", "h"}, {"Origin", "https://a.example"}}).refusal);
    const auto own = policy.checkOrigin({{"Host", "h"}, {"Origin", "http://h"}});
    QVERIFY(!own.refusal);
    QVERIFY(own.origin.isEmpty());
}

void TestOriginPolicy::everyOriginStillGetsItsOwnName()
{
    OriginPolicy policy;
    policy.setOrigins(true, {QStringLiteral("*")});
    const auto verdict = policy.checkOrigin({{"Host", "h"}, {"Origin", "https://a.example"}});
    QByteArray fields;
    appendCorsFields(fields, verdict.origin);
    QVERIFY(fields.contains("Access-Control-Allow-Origin: https://a.example\r\n"));
    QVERIFY(fields.contains("Vary: Origin\r\n"));
    QVERIFY(!fields.contains('*'));
}

void TestOriginPolicy::preflightGrantsWhatWasAsked()
{
    const Headers asked{{"Origin", "https://a.example"},
                        {"Access-Control-Request-Method", "PATCH"},
                        {"Access-Control-Request-Headers", "authorization, x-stainless-os"},
                        {"Access-Control-Request-Private-Network", "true"}};
    QVERIFY(OriginPolicy::isPreflight("OPTIONS", asked));
    QVERIFY(!OriginPolicy::isPreflight("GET", asked));
    QVERIFY(!OriginPolicy::isPreflight("OPTIONS", {{"Origin", "https://a.example"}}));

    const ResponseHead head = OriginPolicy::preflightAnswer("https://a.example", asked);
    QCOMPARE(head.status, 204);
    QCOMPARE(head.headers.value("Access-Control-Allow-Origin"), QByteArray("https://a.example"));
    QCOMPARE(head.headers.value("Access-Control-Allow-Methods"), QByteArray("PATCH"));
    QCOMPARE(head.headers.value("Access-Control-Allow-Headers"),
             QByteArray("authorization, x-stainless-os"));
    QCOMPARE(head.headers.value("Access-Control-Allow-Private-Network"), QByteArray("true"));
    QCOMPARE(head.headers.value("Access-Control-Max-Age"), QByteArray("600"));
    for (const char *field :
         {"Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"})
        QVERIFY(head.headers.hasToken("Vary", field));

    const ResponseHead plain = OriginPolicy::preflightAnswer(
        "https://a.example", {{"Access-Control-Request-Method", "GET"}});
    QVERIFY(!plain.headers.contains("Access-Control-Allow-Headers"));
    QVERIFY(!plain.headers.contains("Access-Control-Allow-Private-Network"));
}

QTEST_GUILESS_MAIN(TestOriginPolicy)
#include "test_originpolicy.moc"
