// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/accessmanager.h"
#include "upstream/rawhead.h"

#include "support/fakeclock.h"
#include "support/fakeupstream.h"
#include "support/testcertificate.h"

#include <QNetworkReply>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

/// What AccessManager promises beyond the contract that test_contract_* check: limits, routes, and
/// what becomes of connections.
class TestAccessManager : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void neverOpensMoreThanMaxSockets();
    void keepsNoMoreThanMaxFreeSockets();
    void waitingRequestsLeaveTheQueueWhenAborted();
    void aResetIsNoEndOfABody();
    void abortClosesTheConnectionAtOnce();
    void idleConnectionsAreClosed();
    void aLoopIsRefused();
    void loweredLimitsHoldForConnectionsInUse();
    void aNewRouteIsNotSharedWithTheOld();
    void anEarlyAnswerDoesNotWaitForTheBody();
    void aPrivateAuthorityIsTrustedWhenNamed();
    void aBadCaFileIsNamed();

private:
    QNetworkReply *send(const QByteArray &method, const QByteArray &target,
                        const Headers &headers = {}, const QByteArray &body = {});
    QNetworkReply *sendTo(const QUrl &url, const QByteArray &method, const QByteArray &target,
                          const Headers &headers = {}, const QByteArray &body = {});
    static bool finished(QNetworkReply *reply);

    std::unique_ptr<FakeUpstream> upstream_;
    std::unique_ptr<FakeClock> clock_;
    std::unique_ptr<AccessManager> manager_;
    UpstreamConfig config_;
};

void TestAccessManager::init()
{
    manager_.reset();
    upstream_ = std::make_unique<FakeUpstream>();
    clock_ = std::make_unique<FakeClock>();
    manager_ = std::make_unique<AccessManager>(*clock_);
    config_ = {};
    config_.proxy = QNetworkProxy::NoProxy;
    QVERIFY(manager_->setConfig(config_));
}

QNetworkReply *TestAccessManager::send(const QByteArray &method, const QByteArray &target,
                                       const Headers &headers, const QByteArray &body)
{
    return sendTo(upstream_->url(), method, target, headers, body);
}

QNetworkReply *TestAccessManager::sendTo(const QUrl &url, const QByteArray &method,
                                         const QByteArray &target, const Headers &headers,
                                         const QByteArray &body)
{
    QNetworkRequest request(url);
    request.setAttribute(RawRequestAttribute,
                         QVariant::fromValue(RawRequestHead{method, target, headers}));
    return manager_->sendCustomRequest(request, method, body);
}

bool TestAccessManager::finished(QNetworkReply *reply)
{
    return reply->isFinished() || QSignalSpy(reply, &QNetworkReply::finished).wait(15'000);
}

void TestAccessManager::neverOpensMoreThanMaxSockets()
{
    config_.maxSockets = 3;
    QVERIFY(manager_->setConfig(config_));
    upstream_->always(Answer::stream());
    QList<QNetworkReply *> replies;
    for (int i = 0; i < 8; ++i)
        replies.append(send("GET", "/" + QByteArray::number(i)));
    QTRY_COMPARE(upstream_->requestCount(), 3);
    QCOMPARE(manager_->openConnections(), 3);
    // Each end lets the next one in, in the order in which they were sent; one by one, since what
    // goes on several connections at once may arrive in any order.
    for (int i = 1; i <= 8; ++i) {
        upstream_->end(i);
        QTRY_COMPARE(upstream_->requestCount(), std::min(3 + i, 8));
    }
    for (auto *reply : replies)
        QVERIFY(finished(reply));
    for (int i = 3; i < 8; ++i)
        QCOMPARE(upstream_->request(i + 1).target, "/" + QByteArray::number(i));
    QCOMPARE(upstream_->connectionsAccepted(), 3);
}

void TestAccessManager::keepsNoMoreThanMaxFreeSockets()
{
    config_.maxFreeSockets = 2;
    QVERIFY(manager_->setConfig(config_));
    upstream_->always(Answer::stream());
    QList<QNetworkReply *> replies;
    for (int i = 0; i < 5; ++i)
        replies.append(send("GET", "/"));
    QTRY_COMPARE(upstream_->requestCount(), 5);
    for (int i = 1; i <= 5; ++i)
        upstream_->end(i);
    for (auto *reply : replies)
        QVERIFY(finished(reply));
    QTRY_COMPARE(manager_->openConnections(), 2);
}

void TestAccessManager::waitingRequestsLeaveTheQueueWhenAborted()
{
    config_.maxSockets = 1;
    QVERIFY(manager_->setConfig(config_));
    upstream_->onRequest(1, Answer::stream());
    auto *first = send("GET", "/first");
    auto *second = send("GET", "/second");
    auto *third = send("GET", "/third");
    QTRY_COMPARE(upstream_->requestCount(), 1);
    second->abort();
    QCOMPARE(second->error(), QNetworkReply::OperationCanceledError);
    upstream_->end(1);
    QVERIFY(finished(first));
    QVERIFY(finished(third));
    QCOMPARE(upstream_->requestCount(), 2);
    QCOMPARE(upstream_->request(2).target, "/third");
}

void TestAccessManager::aResetIsNoEndOfABody()
{
    const Answer ten = Answer::text(200, "0123456789", "text/plain").untilClose();
    upstream_->always(ten.truncated(4, Answer::End::Reset));
    auto *reply = send("POST", "/", {}, "{}");
    QVERIFY(finished(reply));
    QCOMPARE(reply->error(), QNetworkReply::RemoteHostClosedError);
    QCOMPARE(reply->readAll(), "0123");
}

void TestAccessManager::abortClosesTheConnectionAtOnce()
{
    upstream_->always(Answer::stream());
    auto *reply = send("GET", "/");
    QTRY_COMPARE(upstream_->requestCount(), 1);
    QSignalSpy left(upstream_.get(), &FakeUpstream::peerLeft);
    reply->abort();
    QCOMPARE(manager_->openConnections(), 0);
    QVERIFY(left.wait(5'000));
    QVERIFY(reply->isFinished());
}

void TestAccessManager::idleConnectionsAreClosed()
{
    QVERIFY(finished(send("GET", "/")));
    QCOMPARE(manager_->openConnections(), 1);
    clock_->advance(89s);
    QCOMPARE(manager_->openConnections(), 1);
    clock_->advance(2s);
    QCOMPARE(manager_->openConnections(), 0);
    clock_->advance(config_.responseTimeout);
    QCOMPARE(clock_->waiting(), 0); // an idle process is not woken
}

void TestAccessManager::aLoopIsRefused()
{
    manager_->setOwnAddresses({QHostAddress(QHostAddress::AnyIPv4)}, upstream_->port());
    QUrl url = upstream_->url();
    url.setHost(QStringLiteral("127.0.0.1"));
    auto *reply = sendTo(url, "GET", "/");
    QVERIFY(finished(reply));
    QVERIFY(reply->error() != QNetworkReply::NoError);
    QVERIFY2(reply->errorString().contains(QStringLiteral("itself")),
             qPrintable(reply->errorString()));
    QCOMPARE(upstream_->requestCount(), 0);
}

void TestAccessManager::loweredLimitsHoldForConnectionsInUse()
{
    upstream_->always(Answer::stream());
    QList<QNetworkReply *> replies;
    for (int i = 0; i < 5; ++i)
        replies.append(send("GET", "/"));
    QTRY_COMPARE(upstream_->requestCount(), 5);
    config_.maxSockets = 2;
    QVERIFY(manager_->setConfig(config_));
    replies.append(send("GET", "/later"));
    for (int i = 1; i <= 5; ++i)
        upstream_->end(i);
    for (int i = 0; i < 5; ++i)
        QVERIFY(finished(replies.at(i)));
    QTRY_COMPARE(upstream_->requestCount(), 6);
    QVERIFY(manager_->openConnections() <= 2);
}

void TestAccessManager::aNewRouteIsNotSharedWithTheOld()
{
    upstream_->onRequest(1, Answer::stream());
    auto *first = send("GET", "/1");
    QTRY_COMPARE(upstream_->requestCount(), 1);
    // Nobody listens there: whoever takes the new route fails.
    config_.proxy = QNetworkProxy(QNetworkProxy::Socks5Proxy, QStringLiteral("127.0.0.1"), 1);
    QVERIFY(manager_->setConfig(config_));
    upstream_->end(1);
    QVERIFY(finished(first));
    QCOMPARE(first->error(), QNetworkReply::NoError);
    auto *second = send("GET", "/2");
    QVERIFY(finished(second));
    QVERIFY(second->error() != QNetworkReply::NoError);
    QCOMPARE(upstream_->requestCount(), 1);
}

void TestAccessManager::anEarlyAnswerDoesNotWaitForTheBody()
{
    upstream_->readSlowly(1);
    upstream_->always(Answer::status(413).beforeBody());
    auto *reply = send("POST", "/", {}, QByteArray(32 * 1024 * 1024, 'x'));
    QVERIFY(finished(reply));
    QCOMPARE(responseHead(*reply).status, 413);
    QCOMPARE(manager_->openConnections(), 0); // a half-sent request leaves no usable connection
}

void TestAccessManager::aPrivateAuthorityIsTrustedWhenNamed()
{
    QTemporaryDir folder;
    const auto certificate = makeTestCertificate(folder.path());
    QVERIFY2(certificate, "needs the openssl command");
    FakeUpstream secure(certificate->configuration);
    config_.caFile = certificate->certificateFile;
    QVERIFY(manager_->setConfig(config_));
    for (int i = 0; i < 3; ++i) {
        auto *reply = sendTo(secure.url(), "POST", "/v1", {}, "{}");
        QVERIFY(finished(reply));
        QVERIFY2(reply->error() == QNetworkReply::NoError, qPrintable(reply->errorString()));
        QCOMPARE(reply->readAll(), "{\"ok\":true}");
    }
    QCOMPARE(secure.connectionsAccepted(), 1);
}

void TestAccessManager::aBadCaFileIsNamed()
{
    config_.caFile = QStringLiteral("/nowhere/ca.pem");
    const auto result = manager_->setConfig(config_);
    QVERIFY(!result);
    QVERIFY(result.error().message.contains(QStringLiteral("/nowhere/ca.pem")));
}

QTEST_GUILESS_MAIN(TestAccessManager)
#include "test_accessmanager.moc"
