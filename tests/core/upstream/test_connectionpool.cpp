// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakeclock.h"
#include "support/fakeupstream.h"
#include "upstream/accessmanager.h"
#include "upstream/connectionpool.h"
#include "upstream/rawhead.h"

#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

/// What connections are opened and kept, as the upstream counts them.
class TestConnectionPool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aWarmConnectionServesTheFirstRequest();
    void warmingUpAnUnreachableUpstreamIsQuiet();
    void anOldConnectionIsReplaced();
    void aRequestDoesNotWaitForever();

private:
    QNetworkReply *send();
    bool get();

    FakeUpstream upstream_;
    std::unique_ptr<FakeClock> clock_;
    std::unique_ptr<AccessManager> manager_;
    UpstreamConfig config_;
};

void TestConnectionPool::init()
{
    manager_.reset();
    clock_ = std::make_unique<FakeClock>();
    manager_ = std::make_unique<AccessManager>(*clock_);
    config_ = {};
    config_.proxy = QNetworkProxy::NoProxy;
    QVERIFY(manager_->setConfig(config_));
}

QNetworkReply *TestConnectionPool::send()
{
    QNetworkRequest request(upstream_.url());
    request.setAttribute(RawRequestAttribute,
                         QVariant::fromValue(RawRequestHead{"GET", "/", Headers()}));
    return manager_->sendCustomRequest(request, "GET");
}

bool TestConnectionPool::get()
{
    QNetworkReply *reply = send();
    QSignalSpy finished(reply, &QNetworkReply::finished);
    return finished.wait() && reply->error() == QNetworkReply::NoError;
}

void TestConnectionPool::aWarmConnectionServesTheFirstRequest()
{
    const int before = upstream_.connectionsAccepted();
    manager_->warmUp(upstream_.url());
    QTRY_COMPARE(upstream_.connectionsAccepted(), before + 1);
    manager_->warmUp(upstream_.url());
    QVERIFY(get());
    QCOMPARE(upstream_.connectionsAccepted(), before + 1);
}

void TestConnectionPool::warmingUpAnUnreachableUpstreamIsQuiet()
{
    FakeUpstream gone;
    const QUrl url = gone.url();
    gone.stopListening();
    manager_->warmUp(url);
    QTRY_COMPARE(manager_->openConnections(), 0);
    QVERIFY(get());
}

void TestConnectionPool::anOldConnectionIsReplaced()
{
    QVERIFY(get());
    const int before = upstream_.connectionsAccepted();
    for (auto age = 0s; age < ConnectionPool::MaxAge; age += 60s) {
        clock_->advance(60s); // never idle for long
        QVERIFY(get());
    }
    QCOMPARE(upstream_.connectionsAccepted(), before);
    clock_->advance(60s);
    QVERIFY(get()); // the last one that it carries
    QCOMPARE(manager_->openConnections(), 0);
    QVERIFY(get());
    QCOMPARE(upstream_.connectionsAccepted(), before + 1);
}

void TestConnectionPool::aRequestDoesNotWaitForever()
{
    config_.maxSockets = 1;
    QVERIFY(manager_->setConfig(config_));
    upstream_.onRequest(upstream_.requestCount() + 1, Answer::stream());
    QNetworkReply *running = send();
    QTRY_VERIFY(running->attribute(RawResponseAttribute).isValid());
    QNetworkReply *first = send();
    clock_->advance(config_.requestTimeout / 2);
    QNetworkReply *second = send();
    clock_->advance(config_.requestTimeout / 2);
    QVERIFY(first->isFinished());
    QCOMPARE(first->error(), QNetworkReply::TimeoutError);
    QVERIFY(first->attribute(NoFreeConnectionAttribute).toBool());
    QVERIFY(first->errorString().contains(QStringLiteral("MAX_SOCKETS")));
    QVERIFY(!second->isFinished());
    QVERIFY(!running->isFinished());
    running->abort();
    QTRY_VERIFY(second->isFinished());
    QCOMPARE(second->error(), QNetworkReply::NoError);
}

QTEST_GUILESS_MAIN(TestConnectionPool)
#include "test_connectionpool.moc"
