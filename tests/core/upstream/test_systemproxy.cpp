// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/proxyurl.h"
#include "upstream/systemproxy.h"

#include <QTest>

using namespace keywheel;

namespace {

/// `http_proxy=… no_proxy=…`, with `_` for a blank in a value.
QProcessEnvironment environmentOf(const QString &text)
{
    QProcessEnvironment environment;
    const QStringList parts = text.split(u' ', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const qsizetype equals = part.indexOf(u'=');
        environment.insert(part.left(equals), part.mid(equals + 1).replace(u'~', u' '));
    }
    return environment;
}

/// `http u:p@host:1`, `socks host:1`, `direct`, `desktop`, or `error …`.
QString told(const Expected<std::optional<QNetworkProxy>> &proxy)
{
    if (!proxy)
        return QLatin1String("error ") + proxy.error().message;
    if (!*proxy)
        return QStringLiteral("desktop");
    const QNetworkProxy &one = **proxy;
    if (one.type() == QNetworkProxy::NoProxy)
        return QStringLiteral("direct");
    const QString user = one.user().isEmpty() && one.password().isEmpty()
                             ? QString()
                             : one.user() + u':' + one.password() + u'@';
    return QStringLiteral("%1 %2%3:%4")
        .arg(one.type() == QNetworkProxy::Socks5Proxy ? QStringLiteral("socks")
                                                      : QStringLiteral("http"),
             user, one.hostName(), QString::number(one.port()));
}

} // namespace

class TestSystemProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choice_data();
    void choice();
    void form_data();
    void form();
    void exceptions_data();
    void exceptions();
    void errorsNameNoPassword_data();
    void errorsNameNoPassword();
};

void TestSystemProxy::choice_data()
{
    QTest::addColumn<QString>("environment");
    QTest::addColumn<QString>("plain"); ///< for http://api.test
    QTest::addColumn<QString>("tls");   ///< for https://api.test
    const auto row = [](const char *environment, const char *plain, const char *tls) {
        QTest::newRow(environment) << QString::fromLatin1(environment) << QString::fromLatin1(plain)
                                   << QString::fromLatin1(tls);
    };
    row("", "desktop", "desktop");
    row("http_proxy= https_proxy= ALL_PROXY=", "desktop", "desktop");
    row("http_proxy=http://a:1", "http a:1", "direct");
    row("https_proxy=http://a:1", "direct", "http a:1");
    row("HTTPS_PROXY=http://a:1", "direct", "http a:1");
    row("https_proxy=http://a:1 HTTPS_PROXY=http://b:1", "direct", "http a:1");
    row("https_proxy= HTTPS_PROXY=http://b:1", "direct", "http b:1");
    row("HTTP_PROXY=http://a:1", "direct", "direct");
    row("all_proxy=http://a:1", "http a:1", "http a:1");
    row("ALL_PROXY=socks5h://a:1", "socks a:1", "socks a:1");
    row("all_proxy=http://a:1 ALL_PROXY=http://b:1", "http a:1", "http a:1");
    row("http_proxy=http://a:1 ALL_PROXY=http://b:1", "http a:1", "http b:1");
    row("HTTP_PROXY=http://a:1 ALL_PROXY=http://b:1", "http b:1", "http b:1");
    row("ftp_proxy=http://a:1", "desktop", "desktop");
    row("all_proxy=http://a:1 no_proxy=other.test", "http a:1", "http a:1");
    row("all_proxy=http://a:1 no_proxy=api.test", "direct", "direct");
    row("all_proxy=http://a:1 NO_PROXY=api.test", "direct", "direct");
    row("all_proxy=http://a:1 no_proxy=other.test NO_PROXY=api.test", "http a:1", "http a:1");
    row("no_proxy=api.test", "direct", "direct"); // the desktop's counts neither
    row("no_proxy=other.test", "desktop", "desktop");
}

void TestSystemProxy::choice()
{
    QFETCH(QString, environment);
    const QString host = QStringLiteral("api.test");
    QTEST(told(environmentProxy(environmentOf(environment), {false, host, 80})), "plain");
    QTEST(told(environmentProxy(environmentOf(environment), {true, host, 443})), "tls");
}

void TestSystemProxy::form_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("proxy");
    const auto row = [](const char *text, const char *proxy) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(proxy);
    };
    row("http://p.test:3128", "http p.test:3128");
    row("HTTP://p.test:3128/", "http p.test:3128");
    row("p.test:3128", "http p.test:3128");
    row("p.test", "http p.test:1080");
    row("127.0.0.1:8080", "http 127.0.0.1:8080");
    row("http://[::1]:8080", "http ::1:8080");
    row("socks5://p.test:1", "socks p.test:1");
    row("socks5h://p.test:1", "socks p.test:1");
    row("socks://p.test", "socks p.test:1080");
    row("http://@127.0.0.1:8080", "http 127.0.0.1:8080");
    row("http://:@127.0.0.1:8080", "http 127.0.0.1:8080");
    row("socks5h://@127.0.0.1:1080", "socks 127.0.0.1:1080");
    row("http://me@p.test:1", "http me:@p.test:1");
    row("http://me:pass@p.test:1", "http me:pass@p.test:1");
    row("me:pass@p.test:1", "http me:pass@p.test:1");
    row("socks5://me:p%40s%3As@p.test:1", "socks me:p@s:s@p.test:1");
    row("socks5://me:p@s:s@p.test:1", "socks me:p@s:s@p.test:1");
}

void TestSystemProxy::form()
{
    QFETCH(QString, text);
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("all_proxy"), text);
    QTEST(told(environmentProxy(environment, {true, QStringLiteral("api.test"), 443})), "proxy");
}

void TestSystemProxy::exceptions_data()
{
    QTest::addColumn<QString>("noProxy");
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("covered");
    const auto row = [](const char *noProxy, const char *host, bool covered) {
        QTest::addRow("%s: %s", noProxy, host)
            << QString::fromUtf8(noProxy) << QString::fromUtf8(host) << covered;
    };
    row("*", "api.test", true);
    row("a.test,*", "api.test", true);
    row("api.test", "api.test", true);
    row("API.Test", "api.test", true);
    row("api.test.", "api.test", true);
    row("api.test", "api.test.", true);
    row("test", "api.test", true);
    row(".test", "api.test", true);
    row("..test", "api.test", false);
    row(".api.test", "api.test", true);
    row("*.test", "api.test", true);
    row("pi.test", "api.test", false);
    row("v1.api.test", "api.test", false);
    row("other.example,invalid", "kw-test.invalid", true);
    row(" a.test , api.test ", "api.test", true);
    row("a.test\tapi.test", "api.test", true);
    row(",,api.test,", "api.test", true);
    row(".", "api.test", false);
    row(",", "api.test", false);
    row("b\xC3\xBC"
        "cher.test",
        "api.b\xC3\xBC"
        "cher.test",
        true);
    row("xn--bcher-kva.test",
        "b\xC3\xBC"
        "cher.test",
        true);
    row("api.test:443", "api.test", true);
    row("api.test:80", "api.test", false);
    row("test:443", "api.test", true);
    row("10.1.2.3", "10.1.2.3", true);
    row("10.1.2.3:443", "10.1.2.3", true);
    row("10.1.2.3:80", "10.1.2.3", false);
    row("10.1.2", "10.1.2.3", false);
    row("2.3", "10.1.2.3", false);
    row("10.0.0.0/8", "10.1.2.3", true);
    row("10.0.0.0/8", "11.1.2.3", false);
    row("10.1.2.0/25", "10.1.2.127", true);
    row("10.1.2.0/25", "10.1.2.128", false);
    row("10.1.2.3/32", "10.1.2.3", true);
    row("0.0.0.0/0", "10.1.2.3", true);
    row("10.0.0.0/33", "10.1.2.3", false);
    row("10.0.0.0/x", "10.1.2.3", false);
    row("10.0.0.0/", "10.1.2.3", false);
    row("10.0.0.0/8", "10.api.test", false);
    row("fd00::1", "fd00::1", true);
    row("[fd00::1]", "fd00::1", true);
    row("[fd00::1]:443", "fd00::1", true);
    row("[fd00::1]:80", "fd00::1", false);
    row("FD00:0:0::1", "fd00::1", true);
    row("fd00::/8", "fd12::1", true);
    row("fd00::/8", "fe80::1", false);
    row("[fd00::]/8", "fd12::1", true);
    row("0.0.0.0/0", "fd00::1", false);
}

void TestSystemProxy::exceptions()
{
    QFETCH(QString, noProxy);
    QFETCH(QString, host);
    QFETCH(bool, covered);
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("https_proxy"), QStringLiteral("http://p:1"));
    environment.insert(QStringLiteral("no_proxy"), noProxy);
    QCOMPARE(told(environmentProxy(environment, {true, host, 443})),
             covered ? QStringLiteral("direct") : QStringLiteral("http p:1"));
}

void TestSystemProxy::errorsNameNoPassword_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *text, const char *shown) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(shown);
    };
    row("https://p.test:1", "HTTPS_PROXY=https://p.test:1");
    row("socks4://me:se-cret@p.test:1", "HTTPS_PROXY=socks4://[redacted]@p.test:1");
    row("socks4a://p.test:1", "HTTPS_PROXY=socks4a://p.test:1");
    row("http://me:se-cret:p.test:1", "HTTPS_PROXY");
    row("http://me:se@-cret/x@p.test:1", "HTTPS_PROXY=http://[redacted]@p.test:1");
    row("http://p.test:1?pass=se-cret", "HTTPS_PROXY=http://p.test:1");
    row("http://p.test:1/se", "HTTPS_PROXY=http://p.test:1/se");
    row("http://p.test:99999", "HTTPS_PROXY");
    row("http://", "HTTPS_PROXY");
    row("://", "HTTPS_PROXY");
    row("@", "HTTPS_PROXY");
}

void TestSystemProxy::errorsNameNoPassword()
{
    QFETCH(QString, text);
    QFETCH(QString, shown);
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("HTTPS_PROXY"), text);
    const QString got =
        told(environmentProxy(environment, {true, QStringLiteral("api.test"), 443}));
    QCOMPARE(got, QStringLiteral("error the proxy of the environment cannot be used: %1 is not "
                                 "http://host:port or socks5://host:port")
                      .arg(shown));
    QVERIFY(!got.contains(QLatin1String("cret")));
}

QTEST_GUILESS_MAIN(TestSystemProxy)
#include "test_systemproxy.moc"
