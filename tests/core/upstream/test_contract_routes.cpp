// SPDX-License-Identifier: GPL-3.0-or-later
#include "contractfixture.h"

#include "support/tunnelproxy.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>

using namespace keywheel;

using Failure = QNetworkReply::NetworkError;

/// The contract between core/proxy and whatever carries its requests, part three: proxies and TLS.
class TestContractRoutes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void proxies_data();
    void proxies();
    void aWrongProxyPasswordIsAnError_data() { proxies_data(); }
    void aWrongProxyPasswordIsAnError();
    void aProxyThatIsNotThereIsAnError_data() { proxies_data(); }
    void aProxyThatIsNotThereIsAnError();
    void anUnknownAuthorityIsNeverIgnored_data() { secureWays(); }
    void anUnknownAuthorityIsNeverIgnored();
    void aCertificateForAnotherHostIsNeverIgnored_data() { secureWays(); }
    void aCertificateForAnotherHostIsNeverIgnored();
    void aServerWithoutTlsIsAnError_data() { secureWays(); }
    void aServerWithoutTlsIsAnError();
    void theHandshakeIsNotAwaitedForLong();
    void protocolsThatAreOffered_data() { secureWays(); }
    void protocolsThatAreOffered();

private:
    static void secureWays();
};

namespace {

bool usesAbsoluteTargets(Way way, QNetworkProxy::ProxyType type)
{
    return way.base && !way.tls && type == QNetworkProxy::HttpProxy;
}

} // namespace

void TestContractRoutes::secureWays()
{
    QTest::addColumn<Way>("way");
    QTest::newRow("own, TLS") << Way{false, true};
    QTest::newRow("base class, TLS") << Way{true, true};
}

void TestContractRoutes::proxies_data()
{
    QTest::addColumn<Way>("way");
    QTest::addColumn<QNetworkProxy::ProxyType>("type");
    ContractFixture::addRows("HTTP CONNECT",
                             [](QTestData &row) { row << QNetworkProxy::HttpProxy; });
    ContractFixture::addRows("SOCKS5", [](QTestData &row) { row << QNetworkProxy::Socks5Proxy; });
}

void TestContractRoutes::proxies()
{
    QFETCH(Way, way);
    QFETCH(QNetworkProxy::ProxyType, type);
    if (usesAbsoluteTargets(way, type))
        QSKIP("base class: plain http never goes this way");
    TunnelProxy proxy(type, QStringLiteral("me"), QStringLiteral("test password"));
    ContractFixture fixture(way);
    fixture.config().proxy = proxy.address();
    QVERIFY(fixture.apply());
    for (int i = 1; i <= 3; ++i) {
        auto *reply = fixture.ask("POST", "/", {}, "{}");
        QVERIFY2(reply->error() == Failure::NoError, qPrintable(reply->errorString()));
        QCOMPARE(reply->readAll(), "{\"ok\":true}");
        const Headers &got = fixture.upstream().request(i).headers;
        QVERIFY2(!got.contains("Proxy-Authorization"), "that is for the proxy alone");
    }
    QVERIFY(
        proxy.tunnels().contains(QStringLiteral("127.0.0.1:%1").arg(fixture.upstream().port())));
}

void TestContractRoutes::aWrongProxyPasswordIsAnError()
{
    QFETCH(Way, way);
    QFETCH(QNetworkProxy::ProxyType, type);
    if (usesAbsoluteTargets(way, type))
        QSKIP("base class: plain http never goes this way");
    TunnelProxy proxy(type, QStringLiteral("me"), QStringLiteral("test password"));
    ContractFixture fixture(way);
    fixture.config().proxy = proxy.withWrongPassword();
    QVERIFY(fixture.apply());
    auto *reply = fixture.ask("POST", "/", {}, "{}");
    QCOMPARE(reply->error(), Failure::ProxyAuthenticationRequiredError);
    QVERIFY2(!reply->errorString().contains(QStringLiteral("wrong")), "no password in an error");
    QCOMPARE(fixture.upstream().requestCount(), 0);
}

void TestContractRoutes::aProxyThatIsNotThereIsAnError()
{
    QFETCH(Way, way);
    QFETCH(QNetworkProxy::ProxyType, type);
    TunnelProxy proxy(type, {}, {});
    ContractFixture fixture(way);
    fixture.config().proxy = proxy.address();
    proxy.close();
    QVERIFY(fixture.apply());
    auto *reply = fixture.ask("POST", "/", {}, "{}");
    QVERIFY(reply->error() != Failure::NoError);
    QCOMPARE(fixture.upstream().requestCount(), 0);
    DIFFERENCE_BEFORE_QT_6_8(way, "it has other codes for it, which mean the same to core/proxy");
    QCOMPARE(reply->error(), Failure::ProxyConnectionRefusedError);
}

void TestContractRoutes::anUnknownAuthorityIsNeverIgnored()
{
    QFETCH(Way, way);
    ContractFixture fixture(way);
    fixture.config().caFile.clear();
    QVERIFY(fixture.apply());
    auto *reply = fixture.ask("POST", "/", {}, "{}");
    QCOMPARE(reply->error(), Failure::SslHandshakeFailedError);
    QVERIFY2(reply->errorString().contains(QStringLiteral("self-signed"), Qt::CaseInsensitive),
             qPrintable(reply->errorString()));
    QCOMPARE(fixture.upstream().requestCount(), 0);
}

void TestContractRoutes::aCertificateForAnotherHostIsNeverIgnored()
{
    QFETCH(Way, way);
    const QTemporaryDir folder;
    const auto other = makeTestCertificate(folder.path(), QStringLiteral("DNS:other.test"));
    QVERIFY(other);
    FakeUpstream elsewhere(other->configuration);
    ContractFixture fixture(way);
    fixture.config().caFile = other->certificateFile;
    QVERIFY(fixture.apply());
    auto *reply = fixture.sendTo(elsewhere.url(), "POST", "/", {}, "{}");
    QVERIFY(ContractFixture::finished(reply));
    QCOMPARE(reply->error(), Failure::SslHandshakeFailedError);
    QVERIFY2(reply->errorString().contains(QStringLiteral("host name")),
             qPrintable(reply->errorString()));
    QCOMPARE(elsewhere.requestCount(), 0);
}

void TestContractRoutes::aServerWithoutTlsIsAnError()
{
    QFETCH(Way, way);
    QTcpServer plain;
    QVERIFY(plain.listen(QHostAddress::LocalHost));
    connect(&plain, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = plain.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.1 400 Bad Request\r\n\r\n");
            socket->disconnectFromHost();
        });
    });
    ContractFixture fixture(way);
    auto *reply =
        fixture.sendTo(QUrl(QStringLiteral("https://127.0.0.1:%1").arg(plain.serverPort())), "POST",
                       "/", {}, "{}");
    QVERIFY(ContractFixture::finished(reply));
    QCOMPARE(reply->error(), Failure::SslHandshakeFailedError);
    QVERIFY(!reply->errorString().isEmpty());
}

void TestContractRoutes::theHandshakeIsNotAwaitedForLong()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    ContractFixture fixture({false, true});
    auto *reply = fixture.sendTo(
        QUrl(QStringLiteral("https://127.0.0.1:%1").arg(silent.serverPort())), "POST", "/");
    QTRY_VERIFY(silent.hasPendingConnections());
    QTcpSocket *socket = silent.nextPendingConnection();
    QTRY_VERIFY(socket->bytesAvailable() > 100); // the ClientHello
    QCoreApplication::processEvents();
    fixture.clock().advance(fixture.config().requestTimeout);
    QVERIFY(ContractFixture::finished(reply));
    QCOMPARE(reply->error(), Failure::TimeoutError);
    QVERIFY(!reply->attribute(HandedOverAttribute).toBool()); // another key may be tried
}

// Read from the very bytes of the ClientHello (RFC 7301 §3.1).
void TestContractRoutes::protocolsThatAreOffered()
{
    QFETCH(Way, way);
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    ContractFixture fixture(way);
    auto *reply = fixture.sendTo(
        QUrl(QStringLiteral("https://127.0.0.1:%1").arg(server.serverPort())), "GET", "/");
    QTRY_VERIFY(server.hasPendingConnections());
    QTcpSocket *socket = server.nextPendingConnection();
    QTRY_VERIFY(socket->bytesAvailable() > 100);
    const QByteArray hello = socket->readAll();
    const QByteArray http1("\x08http/1.1", 9);
    const QByteArray both = QByteArray("\x02h2", 3) + http1;
    QVERIFY(hello.contains(way.base ? QByteArray("\0\x0c", 2) + both
                                    : QByteArray("\0\x09", 2) + http1));
    reply->abort();
}

QTEST_GUILESS_MAIN(TestContractRoutes)
#include "test_contract_routes.moc"
