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

/// The contract between core/proxy and the upstream engine, over real sockets and an injected
/// clock.
class TestAccessManager : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void passesHeadsAndBodiesByteByByte();
    void usesOneConnectionForOneRequestAfterAnother();
    void neverOpensMoreThanMaxSockets();
    void keepsNoMoreThanMaxFreeSockets();
    void waitingRequestsLeaveTheQueueWhenAborted();
    void faults_data();
    void faults();
    void aRefusedConnectionIsReportedAfterTheCallReturned();
    void aStaleConnectionIsReplacedForGet();
    void aPostThatMayHaveArrivedIsNotSentTwice();
    void abortClosesTheConnectionAtOnce();
    void aReaderThatWaitsStopsTheUpstream();
    void silenceEndsInATimeOut();
    void aRequestThatCannotBeHandedOverTimesOut();
    void aSlowReaderOfOursIsNotSilence();
    void idleConnectionsAreClosed();
    void aLoopIsRefused();
    void loweredLimitsHoldForConnectionsInUse();
    void aNewRouteIsNotSharedWithTheOld();
    void anEarlyAnswerDoesNotWaitForTheBody();
    void tlsHandOverCountsWhatHasLeft();
    void tlsErrorsAreNeverIgnored();
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

void TestAccessManager::passesHeadsAndBodiesByteByByte()
{
    QByteArray binary;
    for (int i = 0; i < 300'000; ++i)
        binary.append(char(i * 7));
    upstream_->always(Answer::text(418, binary, "application/x")
                          .header("X-A", "1")
                          .header("x-b", "")
                          .header("X-A", "2"));
    const Headers sent{{"x-first", "1"}, {"X-Twice", "a"}, {"accept", "*/*"}, {"X-Twice", "b"}};
    auto *reply = send("POST", "/a/../b%7E?x=%2f&y", sent, binary);
    QVERIFY(finished(reply));
    QCOMPARE(reply->error(), QNetworkReply::NoError);

    const Received &got = upstream_->request(1);
    QCOMPARE(got.method, "POST");
    QCOMPARE(got.target, "/a/../b%7E?x=%2f&y");
    QCOMPARE(got.body, binary);
    Headers middle = got.headers;
    middle.remove("Host");
    middle.remove("Content-Length");
    QCOMPARE(middle, sent);
    QCOMPARE(got.headers.values("Host").size(), 1);

    const ResponseHead head = responseHead(*reply);
    QCOMPARE(head.status, 418);
    QCOMPARE(head.headers.values("X-A"), (QList<QByteArray>{"1", "2"}));
    QVERIFY(head.headers.contains("x-b"));
    QCOMPARE(reply->readAll(), binary);
}

void TestAccessManager::usesOneConnectionForOneRequestAfterAnother()
{
    for (int i = 0; i < 5; ++i) {
        auto *reply = send("POST", "/v1", {}, "{}");
        QVERIFY(finished(reply));
        QCOMPARE(reply->error(), QNetworkReply::NoError);
        reply->deleteLater();
    }
    QCOMPARE(upstream_->requestCount(), 5);
    QCOMPARE(upstream_->connectionsAccepted(), 1);
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
    // Each end lets the next one in, in the order in which they were sent. The first three may
    // arrive in any order, since each has a connection of its own.
    for (int i = 1; i <= 8; ++i) {
        QTRY_VERIFY(upstream_->requestCount() >= i);
        upstream_->end(i);
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

void TestAccessManager::faults_data()
{
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<QNetworkReply::NetworkError>("error");
    QTest::addColumn<QByteArray>("body");
    using Error = QNetworkReply::NetworkError;
    const Answer ten = Answer::text(200, "0123456789", "text/plain");
    QTest::newRow("closed without an answer")
        << Answer::close() << Error::RemoteHostClosedError << QByteArray();
    QTest::newRow("reset without an answer")
        << Answer::reset() << Error::RemoteHostClosedError << QByteArray();
    QTest::newRow("garbage") << Answer::garbage() << Error::ProtocolFailure << QByteArray();
    QTest::newRow("cut length") << ten.truncated(4) << Error::RemoteHostClosedError
                                << QByteArray("0123");
    QTest::newRow("cut chunks") << ten.chunked().truncated(4) << Error::RemoteHostClosedError
                                << QByteArray("0123");
    QTest::newRow("two lengths") << Answer::raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n"
                                                "Content-Length: 2\r\n\r\nxx")
                                 << Error::ProtocolFailure << QByteArray();
    QTest::newRow("bad chunk") << Answer::raw(
                                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                      "2\r\nab\r\nzz\r\n")
                               << Error::ProtocolFailure << QByteArray("ab");
    QTest::newRow("until close") << ten.untilClose() << Error::NoError << QByteArray("0123456789");
    QTest::newRow("until close, but reset") << ten.untilClose().truncated(4, Answer::End::Reset)
                                            << Error::RemoteHostClosedError << QByteArray("0123");
    QTest::newRow("interim first")
        << ten.interim(103) << Error::NoError << QByteArray("0123456789");
}

void TestAccessManager::faults()
{
    QFETCH(Answer, answer);
    QFETCH(QNetworkReply::NetworkError, error);
    QFETCH(QByteArray, body);
    upstream_->always(answer);
    auto *reply = send("POST", "/", {}, "{}");
    QVERIFY(finished(reply));
    QCOMPARE(reply->error(), error);
    QCOMPARE(reply->readAll(), body);
    if (error != QNetworkReply::NoError)
        QVERIFY2(!reply->errorString().isEmpty(), "an error says what happened");
    QCOMPARE(upstream_->requestCount(), 1);
}

void TestAccessManager::aRefusedConnectionIsReportedAfterTheCallReturned()
{
    const QUrl url = upstream_->url();
    upstream_->stopListening();
    auto *reply = sendTo(url, "GET", "/");
    QVERIFY(!reply->isFinished());
    QVERIFY(finished(reply));
    QCOMPARE(reply->error(), QNetworkReply::ConnectionRefusedError);
}

void TestAccessManager::aStaleConnectionIsReplacedForGet()
{
    // The upstream takes the second request on the kept connection and closes without a word.
    upstream_->onRequest(2, Answer::close());
    QVERIFY(finished(send("GET", "/1")));
    auto *reply = send("GET", "/2");
    QVERIFY(finished(reply));
    QCOMPARE(reply->error(), QNetworkReply::NoError);
    QCOMPARE(upstream_->requestCount(), 3);
    QCOMPARE(upstream_->request(3).target, "/2");
    QCOMPARE(upstream_->connectionsAccepted(), 2);

    // Closed while idle: nothing is lost, not even a POST, though no event has told us yet.
    upstream_->closeIdle();
    auto *post = send("POST", "/3", {}, "{}");
    QVERIFY(finished(post));
    QCOMPARE(post->error(), QNetworkReply::NoError);
    QCOMPARE(upstream_->requestCount(), 4);
}

void TestAccessManager::aPostThatMayHaveArrivedIsNotSentTwice()
{
    upstream_->onRequest(2, Answer::close());
    QVERIFY(finished(send("POST", "/1", {}, "{}")));
    auto *reply = send("POST", "/2", {}, "{}");
    QVERIFY(finished(reply));
    QCOMPARE(reply->error(), QNetworkReply::RemoteHostClosedError);
    QCOMPARE(upstream_->requestCount(), 2);
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

void TestAccessManager::aReaderThatWaitsStopsTheUpstream()
{
    const QByteArray big(8 * 1024 * 1024, 'x');
    upstream_->always(Answer::text(200, big, "text/plain"));
    auto *reply = send("GET", "/");
    reply->setReadBufferSize(100'000);
    QTRY_VERIFY(reply->bytesAvailable() >= 100'000);
    QVERIFY(reply->bytesAvailable() < 300'000);
    QByteArray got;
    const auto take = [&] {
        got += reply->read(reply->bytesAvailable());
    };
    connect(reply, &QNetworkReply::readyRead, reply, take);
    take();
    QVERIFY(finished(reply));
    take();
    QCOMPARE(got.size(), big.size());
}

void TestAccessManager::silenceEndsInATimeOut()
{
    upstream_->always(Answer::hang());
    auto *reply = send("POST", "/", {}, "{}");
    QTRY_COMPARE(upstream_->requestCount(), 1);
    clock_->advance(config_.responseTimeout - 1s);
    QVERIFY(!reply->isFinished());
    clock_->advance(2s);
    QVERIFY(reply->isFinished());
    QCOMPARE(reply->error(), QNetworkReply::TimeoutError);
    QVERIFY(reply->attribute(HandedOverAttribute).toBool());
    QCOMPARE(manager_->openConnections(), 0);
}

void TestAccessManager::aRequestThatCannotBeHandedOverTimesOut()
{
    upstream_->readSlowly(1); // a body of this size does not fit into the sockets' buffers
    auto *reply = send("POST", "/", {}, QByteArray(32 * 1024 * 1024, 'x'));
    QTRY_COMPARE(upstream_->connectionsAccepted(), 1);
    QTRY_VERIFY(clock_->waiting() > 0);
    // Bytes that were taken meanwhile move the deadline; then nothing more goes.
    for (int i = 0; i < 10 && !reply->isFinished(); ++i) {
        QCoreApplication::processEvents();
        clock_->advance(config_.requestTimeout + 1s);
    }
    QVERIFY(reply->isFinished());
    QCOMPARE(reply->error(), QNetworkReply::TimeoutError);
    QVERIFY(!reply->attribute(HandedOverAttribute).toBool());
}

void TestAccessManager::aSlowReaderOfOursIsNotSilence()
{
    upstream_->always(Answer::text(200, QByteArray(4 * 1024 * 1024, 'x'), "text/plain"));
    auto *reply = send("GET", "/");
    reply->setReadBufferSize(100'000);
    QTRY_VERIFY(reply->bytesAvailable() >= 100'000);
    clock_->advance(config_.responseTimeout * 3);
    QVERIFY(!reply->isFinished());
    connect(reply, &QNetworkReply::readyRead, reply,
            [reply] { reply->read(reply->bytesAvailable()); });
    reply->read(reply->bytesAvailable());
    QVERIFY(finished(reply));
    QCOMPARE(reply->error(), QNetworkReply::NoError);
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
    manager_->setOwnAddress(QHostAddress(QHostAddress::AnyIPv4), upstream_->port());
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

void TestAccessManager::tlsHandOverCountsWhatHasLeft()
{
    QTemporaryDir folder;
    const auto certificate = makeTestCertificate(folder.path());
    QVERIFY2(certificate, "needs the openssl command");
    FakeUpstream secure(certificate->configuration);
    secure.readSlowly(1);
    config_.caFile = certificate->certificateFile;
    QVERIFY(manager_->setConfig(config_));
    auto *reply = sendTo(secure.url(), "POST", "/", {}, QByteArray(32 * 1024 * 1024, 'x'));
    QTRY_COMPARE(secure.connectionsAccepted(), 1);
    for (int i = 0; i < 50; ++i)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    for (int i = 0; i < 10 && !reply->isFinished(); ++i) {
        QCoreApplication::processEvents();
        clock_->advance(config_.requestTimeout + 1s);
    }
    QVERIFY(reply->isFinished());
    QCOMPARE(reply->error(), QNetworkReply::TimeoutError);
    QVERIFY(!reply->attribute(HandedOverAttribute).toBool());
}

void TestAccessManager::tlsErrorsAreNeverIgnored()
{
    QTemporaryDir folder;
    const auto certificate = makeTestCertificate(folder.path());
    QVERIFY2(certificate, "needs the openssl command");
    FakeUpstream secure(certificate->configuration);
    auto *reply = sendTo(secure.url(), "GET", "/");
    QVERIFY(finished(reply));
    QCOMPARE(reply->error(), QNetworkReply::SslHandshakeFailedError);
    QVERIFY2(reply->errorString().contains(QStringLiteral("self-signed"), Qt::CaseInsensitive),
             qPrintable(reply->errorString()));
    QCOMPARE(secure.requestCount(), 0);
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
