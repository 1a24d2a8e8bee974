// SPDX-License-Identifier: GPL-3.0-or-later
#include "contractfixture.h"

#include "support/nginx.h"
#include "upstream/http2reply.h"

#include <QLoggingCategory>
#include <QRegularExpression>
#include <QSet>
#include <QSignalSpy>

using namespace keywheel;
using namespace std::chrono_literals;

using Failure = QNetworkReply::NetworkError;

/// UPSTREAM_HTTP2 against a real HTTP/2 server: nginx, with a scripted upstream behind it.
class TestHttp2 : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void requests_data();
    void requests();
    void statuses_data();
    void statuses();
    void chunksComeAsTheyAreSent();
    void manyStreamsShareFewConnections();
    void requestsBeyondTheStreamsWait();
    void aRequestDoesNotWaitForever();
    void waitingRequestsLeaveTheQueueWhenAborted();
    void abortEndsTheRequestAtOnce();
    void aCutBodyIsAnError();
    void silenceEndsInATimeOut();
    void aServerThatEndsItsConnectionsLosesAndDoublesNothing();
    void anUpstreamWithoutHttp2GetsHttp1();
    void withoutTlsItIsHttp1();

private:
    void serve(int requestsPerConnection = 1000);
    QNetworkReply *send(const QByteArray &method, const QByteArray &target,
                        const QByteArray &body = {}, const Headers &headers = {});
    QNetworkReply *sendTo(const QUrl &url, const QByteArray &method, const QByteArray &target,
                          const QByteArray &body = {}, const Headers &headers = {});
    QSet<QByteArray> connections() const;

    FakeClock clock_;
    UpstreamConfig config_;
    std::unique_ptr<FakeUpstream> upstream_;
    std::unique_ptr<Nginx> nginx_;
    std::unique_ptr<AccessManager> manager_;
};

void TestHttp2::initTestCase()
{
    if (!Nginx::isInstalled())
        QSKIP("needs nginx (Debian: nginx-light)");
    // Qt logs each stream that a server ends.
    QLoggingCategory::setFilterRules(QStringLiteral("qt.network.http2.warning=false"));
    QVERIFY2(ContractFixture::certificate(), "needs the openssl command");
}

void TestHttp2::init()
{
    upstream_ = std::make_unique<FakeUpstream>();
    manager_ = std::make_unique<AccessManager>(clock_);
    config_ = {};
    config_.proxy = QNetworkProxy::NoProxy;
    config_.http2 = true;
    config_.caFile = ContractFixture::certificate()->certificateFile;
    QVERIFY(manager_->setConfig(config_));
    serve();
}

void TestHttp2::cleanup()
{
    manager_.reset();
    nginx_.reset();
}

void TestHttp2::serve(int requestsPerConnection)
{
    nginx_ = std::make_unique<Nginx>(*ContractFixture::certificate(), upstream_->url(),
                                     requestsPerConnection);
    QVERIFY2(nginx_->error().isEmpty(), qPrintable(nginx_->error()));
}

QNetworkReply *TestHttp2::send(const QByteArray &method, const QByteArray &target,
                               const QByteArray &body, const Headers &headers)
{
    return sendTo(nginx_->url(), method, target, body, headers);
}

QNetworkReply *TestHttp2::sendTo(const QUrl &url, const QByteArray &method,
                                 const QByteArray &target, const QByteArray &body,
                                 const Headers &headers)
{
    QNetworkRequest request(url);
    request.setAttribute(RawRequestAttribute,
                         QVariant::fromValue(RawRequestHead{method, target, headers}));
    return manager_->sendCustomRequest(request, method, body);
}

QSet<QByteArray> TestHttp2::connections() const
{
    QSet<QByteArray> numbers;
    for (const Received &request : upstream_->requests())
        numbers.insert(request.headers.value("x-connection"));
    return numbers;
}

void TestHttp2::requests_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    const QByteArray large(3'000'000, 'x');
    QTest::newRow("GET") << QByteArray("GET") << QByteArray();
    QTest::newRow("HEAD") << QByteArray("HEAD") << QByteArray();
    QTest::newRow("POST") << QByteArray("POST") << QByteArray("{\"model\":\"x\"}");
    QTest::newRow("empty POST") << QByteArray("POST") << QByteArray();
    QTest::newRow("large POST") << QByteArray("POST") << large;
    QTest::newRow("DELETE") << QByteArray("DELETE") << QByteArray();
}

void TestHttp2::requests()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    const QByteArray answer(2'000'000, 'y');
    upstream_->always(Answer::text(200, answer, "text/plain").header("X-A", "1"));
    auto *reply = send(method, "/v1/chat?a=b&c", body,
                       {{"Authorization", "Bearer sk-test-1"}, {"User-Agent", "test"}});
    QVERIFY(ContractFixture::finished(reply));
    QVERIFY2(reply->error() == Failure::NoError, qPrintable(reply->errorString()));
    QVERIFY(reply->attribute(QNetworkRequest::Http2WasUsedAttribute).toBool());
    const Received &got = upstream_->request(1);
    QCOMPARE(got.method, method);
    QCOMPARE(got.target, "/v1/chat?a=b&c");
    QCOMPARE(got.headers.value("Authorization"), "Bearer sk-test-1");
    QCOMPARE(got.headers.value("User-Agent"), "test");
    QVERIFY(!got.headers.contains("Content-Type"));
    QVERIFY(got.body == body);
    const ResponseHead head = responseHead(*reply);
    QCOMPARE(head.status, 200);
    QCOMPARE(head.headers.value("x-a"), "1");
    QVERIFY(reply->readAll() == (method == "HEAD" ? QByteArray() : answer));
}

void TestHttp2::statuses_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {204, 304, 307, 400, 401, 407, 429, 500, 503})
        QTest::addRow("%d", status) << status;
}

void TestHttp2::statuses()
{
    QFETCH(int, status);
    upstream_->always(Answer::status(status).header("Location", "/elsewhere"));
    auto *reply = send("POST", "/", "{}");
    QVERIFY(ContractFixture::finished(reply));
    QVERIFY2(reply->error() == Failure::NoError, qPrintable(reply->errorString()));
    QCOMPARE(responseHead(*reply).status, status);
    QCOMPARE(upstream_->requestCount(), 1);
}

void TestHttp2::chunksComeAsTheyAreSent()
{
    upstream_->always(Answer::stream());
    auto *reply = send("POST", "/", "{}");
    QByteArray got;
    connect(reply, &QNetworkReply::readyRead, this, [&] { got += reply->readAll(); });
    QTRY_COMPARE(upstream_->wholeRequests(), 1);
    for (int i = 1; i <= 5; ++i) {
        upstream_->push(1, "data: x\n\n");
        QTRY_COMPARE(got.size(), i * 9);
    }
    upstream_->end(1);
    QVERIFY(ContractFixture::finished(reply));
    QCOMPARE(reply->error(), Failure::NoError);
}

void TestHttp2::manyStreamsShareFewConnections()
{
    upstream_->always(Answer::stream());
    QList<QNetworkReply *> replies;
    for (int i = 0; i < 150; ++i)
        replies += send("POST", "/", "{}");
    QTRY_COMPARE(upstream_->wholeRequests(), 150); // all at once
    QCOMPARE(connections().size(), 2);
    QCOMPARE(manager_->openConnections(), 2);
    for (int i = 1; i <= 150; ++i)
        upstream_->end(i);
    for (auto *reply : replies) {
        QVERIFY(ContractFixture::finished(reply));
        QCOMPARE(reply->error(), Failure::NoError);
    }
}

void TestHttp2::requestsBeyondTheStreamsWait()
{
    config_.maxSockets = 1;
    QVERIFY(manager_->setConfig(config_));
    upstream_->always(Answer::stream());
    QList<QNetworkReply *> replies;
    for (int i = 0; i < 150; ++i)
        replies += send("POST", "/", "{}");
    QTRY_COMPARE(upstream_->wholeRequests(), 100);
    clock_.advance(config_.requestTimeout - 1s); // they may wait, but not for ever
    for (int i = 1; i <= 150; ++i) {
        QTRY_VERIFY(upstream_->requestCount() >= i && upstream_->request(i).whole);
        upstream_->end(i);
    }
    for (auto *reply : replies) {
        QVERIFY(ContractFixture::finished(reply));
        QCOMPARE(reply->error(), Failure::NoError);
    }
    QCOMPARE(connections().size(), 1);
}

void TestHttp2::aRequestDoesNotWaitForever()
{
    config_.maxSockets = 1;
    QVERIFY(manager_->setConfig(config_));
    upstream_->always(Answer::stream());
    for (int i = 0; i < 100; ++i)
        send("POST", "/", "{}");
    QTRY_COMPARE(upstream_->wholeRequests(), 100);
    auto *waiting = send("POST", "/waiting", "{}");
    clock_.advance(config_.requestTimeout);
    QVERIFY(waiting->isFinished());
    QCOMPARE(waiting->error(), Failure::TimeoutError);
    QVERIFY(waiting->attribute(NoFreeConnectionAttribute).toBool());
    QVERIFY(waiting->errorString().contains(QStringLiteral("MAX_SOCKETS")));
}

void TestHttp2::waitingRequestsLeaveTheQueueWhenAborted()
{
    config_.maxSockets = 1;
    QVERIFY(manager_->setConfig(config_));
    upstream_->always(Answer::stream());
    for (int i = 0; i < 100; ++i)
        send("POST", "/", "{}");
    auto *waiting = send("POST", "/waiting", "{}");
    auto *last = send("POST", "/last", "{}");
    QTRY_COMPARE(upstream_->wholeRequests(), 100);
    waiting->abort();
    QCOMPARE(waiting->error(), Failure::OperationCanceledError);
    upstream_->end(1);
    QTRY_COMPARE(upstream_->wholeRequests(), 101);
    upstream_->end(101);
    QVERIFY(ContractFixture::finished(last));
    QCOMPARE(upstream_->request(101).target, "/last");
}

void TestHttp2::abortEndsTheRequestAtOnce()
{
    upstream_->always(Answer::stream());
    auto *reply = send("POST", "/", "{}");
    auto *other = send("POST", "/", "{}");
    QTRY_COMPARE(upstream_->wholeRequests(), 2);
    upstream_->push(1, "x");
    upstream_->push(2, "x");
    QTRY_VERIFY(reply->bytesAvailable() > 0 && other->bytesAvailable() > 0);
    QSignalSpy left(upstream_.get(), &FakeUpstream::peerLeft);
    reply->abort();
    QVERIFY(left.wait(5'000));
    QCOMPARE(left.count(), 1);
    QVERIFY(!other->isFinished()); // though it shares the connection
}

void TestHttp2::aCutBodyIsAnError()
{
    upstream_->onRequest(1, Answer::text(200, "0123456789", "text/plain").truncated(4));
    upstream_->onRequest(2, Answer::text(200, "0123456789", "text/plain").chunked().truncated(4));
    for (int i = 0; i < 2; ++i) {
        auto *reply = send("POST", "/", "{}");
        QVERIFY(ContractFixture::finished(reply));
        QVERIFY(reply->error() != Failure::NoError);
        QCOMPARE(responseHead(*reply).status, 200);
    }
}

void TestHttp2::silenceEndsInATimeOut()
{
    upstream_->always(Answer::hang());
    auto *reply = send("POST", "/", "{}");
    QTRY_COMPARE(upstream_->wholeRequests(), 1);
    QTRY_VERIFY(ContractFixture::handedOver(reply));
    clock_.advance(config_.responseTimeout - 1s);
    QVERIFY(!reply->isFinished());
    clock_.advance(2s);
    QVERIFY(reply->isFinished());
    QCOMPARE(reply->error(), Failure::TimeoutError);
    QVERIFY(reply->attribute(HandedOverAttribute).toBool());
}

// nginx ends a connection after its number of requests by GOAWAY.
void TestHttp2::aServerThatEndsItsConnectionsLosesAndDoublesNothing()
{
    serve(50);
    QList<QNetworkReply *> replies;
    for (int i = 0; i < 200; ++i)
        replies += send("POST", "/" + QByteArray::number(i), "{}");
    for (auto *reply : replies) {
        // Qt may lose a request that comes as the connection closes; time has to pass for that.
        for (int i = 0; i < 10 && !reply->isFinished(); ++i) {
            if (!QSignalSpy(reply, &QNetworkReply::finished).wait(1000))
                clock_.advance(Http2Reply::StuckAfter);
        }
        QVERIFY(reply->isFinished());
        QVERIFY2(reply->error() == Failure::NoError, qPrintable(reply->errorString()));
    }
    QCOMPARE(upstream_->requestCount(), 200);
}

void TestHttp2::anUpstreamWithoutHttp2GetsHttp1()
{
    FakeUpstream plain(ContractFixture::certificate()->configuration);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("does not speak HTTP/2")));
    for (int i = 1; i <= 3; ++i) {
        auto *reply = sendTo(plain.url(), "POST", "/%7E", "{}");
        QVERIFY(ContractFixture::finished(reply));
        QVERIFY2(reply->error() == Failure::NoError, qPrintable(reply->errorString()));
    }
    // It says so once; from the second on it was our own way, which keeps each byte.
    QCOMPARE(plain.request(2).target, "/%7E");
    QCOMPARE(plain.request(3).target, "/%7E");
}

void TestHttp2::withoutTlsItIsHttp1()
{
    auto *reply = sendTo(upstream_->url(), "POST", "/%7E", "{}");
    QVERIFY(ContractFixture::finished(reply));
    QCOMPARE(reply->error(), Failure::NoError);
    QCOMPARE(upstream_->request(1).target, "/%7E");
}

QTEST_GUILESS_MAIN(TestHttp2)
#include "test_http2.moc"
