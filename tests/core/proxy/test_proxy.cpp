// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/accesslog.h"
#include "accesslog/recordtext.h"
#include "keypool/keypool.h"
#include "proxy/proxy.h"
#include "upstream/accessmanager.h"

#include "support/fakeclock.h"
#include "support/fakeupstream.h"
#include "support/recordingwriter.h"

#include <QSignalSpy>
#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

const QByteArray A = "sk-test-aaaa-aaaa-aaaa";
const QByteArray B = "sk-test-bbbb-bbbb-bbbb";
const QByteArray C = "sk-test-cccc-cccc-cccc";

Answer rateLimit()
{
    return Answer::error(429, "rate_limit_exceeded", "Rate limit reached")
        .header("Retry-After", "7");
}

Answer badKey()
{
    return Answer::error(401, "invalid_api_key", "Incorrect API key provided");
}

} // namespace

/// Exchanges against a scripted upstream over real sockets, with a clock that stands still and a
/// client that the test plays.
class TestProxy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void eachRequestTakesTheNextKey();
    void aBadKeyIsHiddenFromTheClient();
    void theLastAnswerIsPassedOnAsItWas();
    void anAnswerOutranksALaterSilence();
    void maxRetriesIsKept();
    void badKeysDoNotCountAgainstMaxRetries();
    void aRequestThatAKeyMayNotMakeGoesWithAnother();
    void theFirstRefusalIsPassedOn();
    void anUnknownModelIsTriedWithTwoKeys();
    void refusedContentIsPassedOn();
    void sdksAreToldNotToTryAgain();
    void aPostThatMayHaveBeenBilledIsNotSentAgain();
    void clientErrorsAreNeverRetried();
    void upstreamErrorsPauseBeforeTheNextKey();
    void withoutAnAnswerTheErrorIsOurOwn_data();
    void withoutAnAnswerTheErrorIsOurOwn();
    void aResponseTimeoutIsNotRetried();
    void withoutKeysNothingIsSent();
    void withAllKeysOutTheClientIsToldWhen();
    void anErrorEventAtTheStartIsRetried();
    void anErrorEventLaterIsPassedOn();
    void aCommentIsPassedOnAtOnce();
    void chunksPassAsTheyCome();
    void aSlowClientStopsTheUpstream();
    void aBrokenUpstreamBreaksTheClient();
    void aStreamThatBreaksOffBehindItsFirstEventsIsNotSentAgain();
    void aClientThatLeavesEndsTheUpstreamRequest();
    void aClientThatLeavesDuringThePauseIsForgotten();
    void cancelAllBlamesNobody();
    void anExceptionEndsItsExchangeOnly();
    void largeErrorBodiesArriveWhole();
    void compressedErrorsAreUnderstood();
    void noSecretIsInTheRecord();
    void aKeyAtTheCutIsRedactedToo();
    void whatNamesAThingGoesToTheKeyThatMadeIt();
    void aStreamedResponseIsKnownToo();
    void theRecordSaysWhyEachKey();
    void theRecordHasATimeLine();
    void theRecordTellsHowLongItWasQueued();
    void theUpstreamsRequestIdIsKept();
    void theOrganisationIsLearnt();

private:
    Recorded &send(const QByteArray &method = "POST", const QByteArray &target = "/v1/chat",
                   const Headers &headers = {}, const QByteArray &body = "{}");
    /// Sends, and lets the loop and the clock run until the client has its answer.
    Recorded &ask(const QByteArray &target = "/v1/chat");
    void settle(const Recorded &record);
    void useKeys(const QList<QByteArray> &keys);
    const RequestRecord &record() const { return log_->recent().back(); }

    std::unique_ptr<FakeUpstream> upstream_;
    std::unique_ptr<FakeClock> clock_;
    std::unique_ptr<KeyPool> keys_;
    std::unique_ptr<AccessManager> network_;
    std::unique_ptr<AccessLog> log_;
    std::unique_ptr<Redactor> redactor_;
    std::unique_ptr<Proxy> proxy_;
    std::deque<Recorded> recorded_;
};

void TestProxy::init()
{
    upstream_ = std::make_unique<FakeUpstream>();
    clock_ = std::make_unique<FakeClock>();
    keys_ = std::make_unique<KeyPool>(*clock_, [] { return 0.5; });
    network_ = std::make_unique<AccessManager>(*clock_);
    log_ = std::make_unique<AccessLog>();
    redactor_ = std::make_unique<Redactor>();
    proxy_ =
        std::make_unique<Proxy>(ProxyServices{*network_, *keys_, *log_, *clock_, *redactor_, [] {
                                                  return 0.5;
                                              }});
    proxy_->setConfig({upstream_->url(), 3});
    useKeys({A, B, C});
}

void TestProxy::cleanup()
{
    QCOMPARE(proxy_->activeCount(), 0);
    QCOMPARE(log_->counters().active, 0);
    for (const KeySnapshot &key : keys_->keys())
        QCOMPARE(key.active, 0); // no lease is lost
    proxy_.reset();
    network_.reset();
    recorded_.clear();
}

void TestProxy::useKeys(const QList<QByteArray> &keys)
{
    QList<ApiKey> list;
    for (const QByteArray &key : keys)
        list.append({key, 0, {}});
    keys_->setKeys(list);
    redactor_->setSecrets(keys, {});
}

Recorded &TestProxy::send(const QByteArray &method, const QByteArray &target,
                          const Headers &headers, const QByteArray &body)
{
    Recorded &record = recorded_.emplace_back();
    Request request;
    request.id = "kw-test";
    request.method = method;
    request.target = target;
    request.headers = headers;
    request.body = body;
    request.peer = QHostAddress::LocalHost;
    request.received = clock_->now();
    proxy_->handle(std::move(request), std::make_unique<RecordingWriter>(record));
    return record;
}

void TestProxy::settle(const Recorded &record)
{
    QTRY_VERIFY_WITH_TIMEOUT(
        (clock_->advance(100ms), record.finished || record.aborted || !record.writer), 15'000);
}

Recorded &TestProxy::ask(const QByteArray &target)
{
    Recorded &record = send("POST", target);
    settle(record);
    return record;
}

void TestProxy::eachRequestTakesTheNextKey()
{
    for (int i = 0; i < 4; ++i)
        QCOMPARE(ask().status, 200);
    QCOMPARE(upstream_->keysUsed(), (QList<QByteArray>{A, B, C, A}));
    QCOMPARE(keys_->snapshot().successes, 4U);
}

void TestProxy::aBadKeyIsHiddenFromTheClient()
{
    upstream_->forKey(A).reply(badKey());
    upstream_->forKey(B).reply(rateLimit());
    Recorded &answer = ask();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, "{\"ok\":true}");
    QCOMPARE(upstream_->keysUsed(), (QList<QByteArray>{A, B, C}));
    const auto out = keys_->blacklisted();
    QCOMPARE(out.size(), 2);
    QCOMPARE(out.at(0).state, KeyState::Permanent);
    QCOMPARE(out.at(1).state, KeyState::CoolingDown);
    QCOMPARE(record().attempts.size(), 3);
    QCOMPARE(record().attempts.at(0).status, 401);
    QCOMPARE(record().status, 200);
}

void TestProxy::theLastAnswerIsPassedOnAsItWas()
{
    useKeys({A, B});
    upstream_->forKey(A).reply(badKey());
    const QByteArray body("{\"error\":{\"message\":\"slow down \xff\",\"code\":\"x\"}}");
    upstream_->forKey(B).reply(
        Answer::json(429, body).header("Retry-After", "3").header("X-Custom", "y"));
    Recorded &answer = ask();
    QCOMPARE(answer.status, 429);
    QCOMPARE(answer.body, body);
    QCOMPARE(answer.headers.value("Retry-After"), "3");
    QCOMPARE(answer.headers.value("X-Custom"), "y");
    QVERIFY(answer.finished);
}

void TestProxy::anAnswerOutranksALaterSilence()
{
    useKeys({A, B});
    upstream_->forKey(A).reply(rateLimit());
    upstream_->forKey(B).reply(Answer::close());
    QCOMPARE(ask().status, 429);
}

void TestProxy::maxRetriesIsKept()
{
    proxy_->setConfig({upstream_->url(), 1});
    upstream_->always(rateLimit());
    QCOMPARE(ask().status, 429);
    QCOMPARE(upstream_->requestCount(), 2);
    proxy_->setConfig({upstream_->url(), 0});
    QCOMPARE(ask().status, 429);
    QCOMPARE(upstream_->requestCount(), 3);
}

void TestProxy::badKeysDoNotCountAgainstMaxRetries()
{
    proxy_->setConfig({upstream_->url(), 0});
    upstream_->forKey(A).reply(badKey());
    upstream_->forKey(B).reply(Answer::error(402, "payment_required", "Pay"));
    QCOMPARE(ask().status, 200);
    QCOMPARE(upstream_->keysUsed(), (QList<QByteArray>{A, B, C}));
    QCOMPARE(keys_->available(), 1);
}

void TestProxy::aRequestThatAKeyMayNotMakeGoesWithAnother()
{
    const QByteArray body("{\"model\":\"m\"}");
    upstream_->forKey(A).reply(
        Answer::error(403, "model_not_found", "Project `p` does not have access to model `m`"));
    const auto chat = [&] {
        Recorded &answer = send("POST", "/v1/chat", {}, body);
        settle(answer);
        return answer.status;
    };
    QCOMPARE(chat(), 200);
    QCOMPARE(keys_->available(), 3);
    QCOMPARE(keys_->snapshot().failures, 0U);
    QCOMPARE(record().attempts.at(0).fault, FaultClass::NotWithThisKey);
    for (int i = 0; i < 3; ++i)
        QCOMPARE(chat(), 200);
    QCOMPARE(upstream_->keysUsed().count(A), 1); // it comes last for this model
    QCOMPARE(ask().status, 200);                 // but not for others
    upstream_->forKey(B).reply(rateLimit());
    upstream_->forKey(C).reply(rateLimit());
    upstream_->forKey(A).reply(Answer::json(200, "{}"));
    QCOMPARE(chat(), 200); // with none other left it is asked again
}

void TestProxy::theFirstRefusalIsPassedOn()
{
    for (const auto &[key, text] :
         {std::pair(A, "first"), std::pair(B, "second"), std::pair(C, "third")})
        upstream_->forKey(key).reply(
            Answer::error(403, "permission_error", QByteArray("no permission: ") + text));
    Recorded &answer = ask();
    QCOMPARE(answer.status, 403);
    QVERIFY(answer.body.contains("first"));
    QCOMPARE(upstream_->requestCount(), 3);
    QCOMPARE(keys_->available(), 3);
}

void TestProxy::anUnknownModelIsTriedWithTwoKeys()
{
    upstream_->always(
        Answer::error(404, "model_not_found",
                      "The model `gtp-5` does not exist or you do not have access to it."));
    QCOMPARE(ask().status, 404);
    QCOMPARE(upstream_->requestCount(), 2);
    QCOMPARE(keys_->available(), 3);
}

void TestProxy::refusedContentIsPassedOn()
{
    upstream_->always(Answer::error(403, "permission_denied",
                                    "Content violates usage guidelines. API key ID: i"));
    QCOMPARE(ask().status, 403);
    QCOMPARE(upstream_->requestCount(), 1);
    QCOMPARE(keys_->available(), 3);
}

void TestProxy::sdksAreToldNotToTryAgain()
{
    upstream_->always(Answer::status(500).header("x-should-retry", "true"));
    QCOMPARE(ask().headers.value("x-should-retry"), "false");
    upstream_->always(Answer::status(503).header("Retry-After", "2"));
    QVERIFY(!ask().headers.contains("x-should-retry")); // their own wait helps
    upstream_->always(Answer::status(400));
    QVERIFY(!ask().headers.contains("x-should-retry")); // one attempt
    upstream_->always(rateLimit());
    QVERIFY(!ask().headers.contains("x-should-retry"));
}

void TestProxy::aPostThatMayHaveBeenBilledIsNotSentAgain()
{
    upstream_->always(Answer::status(504));
    QCOMPARE(ask().status, 504);
    QCOMPARE(upstream_->requestCount(), 1);
    Recorded &answer = send("GET", "/v1/models");
    settle(answer);
    QCOMPARE(answer.status, 504);
    QCOMPARE(upstream_->requestCount(), 4);
}

void TestProxy::clientErrorsAreNeverRetried()
{
    for (const int status : {400, 404, 405, 408, 409, 413, 415, 422, 418}) {
        upstream_->always(Answer::error(status, "invalid_request", "no such thing"));
        const int before = upstream_->requestCount();
        QCOMPARE(ask().status, status);
        QCOMPARE(upstream_->requestCount(), before + 1);
    }
    QCOMPARE(keys_->snapshot().failures, 0U);
    QCOMPARE(keys_->available(), 3);
}

void TestProxy::upstreamErrorsPauseBeforeTheNextKey()
{
    upstream_->onRequest(1, Answer::status(503));
    Recorded &answer = send();
    QTRY_COMPARE(clock_->untilNext() < 200ms && upstream_->requestCount() == 1 &&
                     network_->openConnections() == 1 && keys_->keys().at(1).active == 1,
                 true);
    QCOMPARE(upstream_->requestCount(), 1); // nothing goes out before the pause is over
    settle(answer);
    QCOMPARE(answer.status, 200);
    QCOMPARE(upstream_->keysUsed(), (QList<QByteArray>{A, B}));
    QCOMPARE(keys_->snapshot().failures, 0U);
}

void TestProxy::withoutAnAnswerTheErrorIsOurOwn_data()
{
    QTest::addColumn<Answer>("fault");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("code");
    QTest::newRow("closed") << Answer::close() << 502 << QByteArray("upstream_unreachable");
    QTest::newRow("reset") << Answer::reset() << 502 << QByteArray("upstream_unreachable");
    const QByteArray noHttp("upstream_protocol_error");
    QTest::newRow("garbage") << Answer::garbage() << 502 << noHttp;
    QTest::newRow("banner, then closed") << Answer::raw("SSH-2.0-OpenSSH_9.2\r\n") << 502 << noHttp;
    QTest::newRow("banner, still open")
        << Answer::raw("SSH-2.0-OpenSSH_9.2\r\n").end(Answer::End::Hold) << 502 << noHttp;
    QTest::newRow("body without a head") << Answer::raw("{\"data\":[]}") << 502 << noHttp;
}

void TestProxy::withoutAnAnswerTheErrorIsOurOwn()
{
    QFETCH(Answer, fault);
    QFETCH(int, status);
    QFETCH(QByteArray, code);
    upstream_->always(fault);
    Recorded &answer = ask();
    QCOMPARE(answer.status, status);
    QVERIFY2(answer.body.contains("\"code\":\"" + code + '"'), answer.body.constData());
    QCOMPARE(answer.headers.value("x-request-id"), "kw-test");
    QCOMPARE(upstream_->requestCount(), 3); // one attempt for each key
    QCOMPARE(keys_->available(), 3);
}

void TestProxy::aResponseTimeoutIsNotRetried()
{
    upstream_->always(Answer::hang());
    Recorded &answer = send();
    QTRY_COMPARE(upstream_->requestCount(), 1);
    clock_->advance(601s);
    settle(answer);
    QCOMPARE(answer.status, 504);
    QVERIFY(answer.body.contains("upstream_timeout"));
    QCOMPARE(upstream_->requestCount(), 1);
    QCOMPARE(keys_->available(), 3);
}

void TestProxy::withoutKeysNothingIsSent()
{
    useKeys({});
    Recorded &answer = ask();
    QCOMPARE(answer.status, 503);
    QVERIFY(answer.body.contains("no_keys_configured"));
    QCOMPARE(upstream_->requestCount(), 0);
}

void TestProxy::withAllKeysOutTheClientIsToldWhen()
{
    keys_->setConfig({.startIndex = 0, .threshold = 1, .resetWhenNoneLeft = false});
    useKeys({A});
    upstream_->always(rateLimit());
    QCOMPARE(ask().status, 429);
    Recorded &answer = ask();
    QCOMPARE(answer.status, 503);
    QVERIFY(answer.body.contains("no_keys_available"));
    const int wait = answer.headers.value("Retry-After").toInt();
    QVERIFY2(wait >= 5 && wait <= 7, "the soonest end of a cooldown");
    QCOMPARE(upstream_->requestCount(), 1);
}

void TestProxy::anErrorEventAtTheStartIsRetried()
{
    upstream_->forKey(A).reply(
        Answer::sse({"{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"slow down\"}}"}));
    upstream_->forKey(B).reply(Answer::sse({"{\"choices\":[]}", "[DONE]"}));
    Recorded &answer = ask();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, "data: {\"choices\":[]}\n\ndata: [DONE]\n\n");
    QCOMPARE(keys_->blacklisted().size(), 1);
}

void TestProxy::anErrorEventLaterIsPassedOn()
{
    upstream_->always(Answer::sse({"{\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}",
                                   "{\"error\":{\"code\":\"rate_limit_exceeded\"}}"}));
    Recorded &answer = ask();
    QVERIFY(answer.body.contains("rate_limit_exceeded"));
    QCOMPARE(upstream_->requestCount(), 1);
    QCOMPARE(keys_->available(), 2); // it counts for the key all the same
}

void TestProxy::aCommentIsPassedOnAtOnce()
{
    upstream_->always(Answer::stream());
    Recorded &answer = send();
    QTRY_COMPARE(upstream_->requestCount(), 1);
    upstream_->push(1, ": PROCESSING\n");
    QTRY_COMPARE(answer.body, ": PROCESSING\n");
    upstream_->end(1);
    settle(answer);
}

void TestProxy::chunksPassAsTheyCome()
{
    upstream_->always(Answer::stream());
    Recorded &answer = send();
    QTRY_COMPARE(upstream_->requestCount(), 1);
    QByteArray all;
    for (int i = 0; i < 20; ++i) {
        const QByteArray event = "data: {\"n\":" + QByteArray::number(i) + "}\n\n";
        upstream_->push(1, event);
        all += event;
        QTRY_COMPARE(answer.body, all);
    }
    QVERIFY(!answer.finished);
    upstream_->end(1);
    settle(answer);
    QVERIFY(answer.finished);
    QCOMPARE(record().bytesOut, all.size());
}

void TestProxy::aSlowClientStopsTheUpstream()
{
    const QByteArray big(16 * 1024 * 1024, 'x');
    upstream_->always(Answer::text(200, big, "text/plain"));
    Recorded &answer = send("GET", "/big");
    answer.writer->stick();
    QTRY_VERIFY(answer.body.size() >= ResponseWriter::HighWater);
    for (int i = 0; i < 50; ++i)
        QCoreApplication::processEvents();
    QVERIFY2(answer.body.size() < 3 * ResponseWriter::HighWater, "it goes on at drained() only");
    while (!answer.finished) {
        answer.writer->drain();
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        QVERIFY(!answer.aborted);
    }
    QCOMPARE(answer.body.size(), big.size());
}

void TestProxy::aBrokenUpstreamBreaksTheClient()
{
    upstream_->always(Answer::text(200, "0123456789", "text/plain").truncated(4));
    Recorded &answer = ask();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, "0123");
    QVERIFY(answer.aborted);
    QVERIFY(!answer.finished);
    QVERIFY(record().brokenOff);
    QCOMPARE(upstream_->requestCount(), 1);
    QCOMPARE(keys_->available(), 3);
}

void TestProxy::aStreamThatBreaksOffBehindItsFirstEventsIsNotSentAgain()
{
    upstream_->always(Answer::stream());
    Recorded &answer = send();
    QTRY_COMPARE(upstream_->requestCount(), 1);
    upstream_->push(1, "data: {\"choices\":[]}\n\n");
    upstream_->cut(1);
    QTRY_VERIFY(answer.aborted);
    QCOMPARE(answer.body, "data: {\"choices\":[]}\n\n");
    QCOMPARE(upstream_->requestCount(), 1);
    QCOMPARE(keys_->available(), 3);
}

void TestProxy::aClientThatLeavesEndsTheUpstreamRequest()
{
    upstream_->always(Answer::stream());
    QSignalSpy left(upstream_.get(), &FakeUpstream::peerLeft);
    Recorded &answer = send();
    QTRY_COMPARE(upstream_->requestCount(), 1);
    upstream_->push(1, "data: {}\n\n");
    QTRY_VERIFY(!answer.body.isEmpty());
    answer.writer->leave();
    QVERIFY(left.wait(5'000));
    QCOMPARE(network_->openConnections(), 0);
    QVERIFY(record().clientLeft);
    QCOMPARE(keys_->snapshot().failures, 0U);
    QCOMPARE(keys_->available(), 3);
    QTRY_VERIFY(!answer.writer);
}

void TestProxy::aClientThatLeavesDuringThePauseIsForgotten()
{
    upstream_->always(Answer::status(503));
    Recorded &answer = send();
    QTRY_COMPARE(keys_->keys().at(1).active, 1);
    answer.writer->leave();
    clock_->advance(1min);
    QTRY_VERIFY(!answer.writer);
    QCOMPARE(upstream_->requestCount(), 1);
}

void TestProxy::cancelAllBlamesNobody()
{
    upstream_->always(Answer::stream());
    Recorded &answer = send();
    QTRY_COMPARE(upstream_->requestCount(), 1);
    proxy_->cancelAll();
    QVERIFY(answer.aborted);
    QCOMPARE(keys_->snapshot().failures, 0U);
    QCOMPARE(network_->openConnections(), 0);
}

void TestProxy::anExceptionEndsItsExchangeOnly()
{
    Recorded bad;
    bad.onWrite = [] {
        throw std::bad_alloc();
    };
    QTest::ignoreMessage(QtCriticalMsg, "An exchange was given up: std::bad_alloc");
    Request request;
    request.method = "GET";
    request.target = "/v1/models";
    request.received = clock_->now();
    proxy_->handle(std::move(request), std::make_unique<RecordingWriter>(bad));
    const Recorded &good = send();
    QTRY_VERIFY(bad.aborted && good.finished);
    QCOMPARE(good.status, 200);
    QVERIFY(!bad.finished);
    QTRY_COMPARE(proxy_->activeCount(), 0);
    QCOMPARE(log_->recent().size(), size_t(2));
    for (const KeySnapshot &key : keys_->keys())
        QVERIFY(key.state == KeyState::Available);
}

void TestProxy::largeErrorBodiesArriveWhole()
{
    const QByteArray big(300'000, 'e');
    upstream_->always(Answer::text(422, big, "text/plain"));
    Recorded &answer = ask();
    QCOMPARE(answer.status, 422);
    QCOMPARE(answer.body.size(), big.size());
}

void TestProxy::compressedErrorsAreUnderstood()
{
    // {"error":{"code":"insufficient_quota","message":"You exceeded your current quota"}}
    const QByteArray gzip = QByteArray::fromBase64("H4sIAAAAAAAAAyXKwQ2AIAwF0FWanp2ATTwZUj6GgzQWmmg"
                                                   "Iu6vx/N5gmKlxGCyawIFLbZ5zkYLat9O1R174QGtx/3hV"
                                                   "J1wCJCS61Y3Ezd5L/53zASLfDnJTAAAA");
    upstream_->forKey(A).reply(Answer::json(429, gzip).header("Content-Encoding", "gzip"));
    QCOMPARE(ask().status, 200);
    QCOMPARE(keys_->blacklisted().at(0).fault, FaultClass::Quota);

    useKeys({A});
    keys_->resetBlacklist();
    Recorded &answer = ask();
    QCOMPARE(answer.body, gzip); // passed on undecoded
}

void TestProxy::noSecretIsInTheRecord()
{
    upstream_->forKey(A).reply(Answer::error(401, "invalid_api_key", "Incorrect API key: " + A));
    ask("/v1/files?api_key=hidden-value&limit=2");
    const QByteArray json = toJson(record());
    QVERIFY2(!json.contains(A) && !json.contains("hidden-value"), json.constData());
    QVERIFY(json.contains("limit=2"));
    for (const KeySnapshot &key : keys_->blacklisted())
        QVERIFY(!key.reason.contains(QString::fromLatin1(A)));
}

void TestProxy::aKeyAtTheCutIsRedactedToo()
{
    const QByteArray odd = "gsk_test-ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    useKeys({odd});
    const QByteArray words = QByteArray(470, 'x') + ' ' + odd;
    upstream_->always(Answer::error(401, "invalid_api_key", words));
    QCOMPARE(ask().status, 401);
    const QString reason = keys_->blacklisted().at(0).reason;
    QVERIFY(reason.size() <= 500);
    QVERIFY2(!reason.contains(QStringLiteral("gsk_test-A")), qPrintable(reason));
}

void TestProxy::whatNamesAThingGoesToTheKeyThatMadeIt()
{
    upstream_->onRequest(1, Answer::json(200, R"({"id":"file-abc","object":"file"})"));
    ask("/v1/files");
    const QByteArray body(R"({"input_file_id":"file-abc","note":"unchanged  "})");
    for (int i = 0; i < 2; ++i)
        settle(send("POST", "/v1/batches", {}, body));
    settle(send("GET", "/v1/files/file-abc/content"));
    QCOMPARE(upstream_->keysUsed(), (QList<QByteArray>{A, A, A, A}));
    QCOMPARE(upstream_->request(2).body, body);
    QCOMPARE(toText(record().attempts.at(0).choice), QStringLiteral("affinity"));
    ask("/v1/chat/completions"); // the rotation goes on where it was
    QCOMPARE(upstream_->keysUsed().last(), B);

    upstream_->forKey(A).reply(badKey());
    settle(send("POST", "/v1/batches", {}, body)); // fails over
    settle(send("POST", "/v1/batches", {}, body));
    QCOMPARE(upstream_->keysUsed().sliced(5), (QList<QByteArray>{A, C, B}));
}

void TestProxy::aStreamedResponseIsKnownToo()
{
    upstream_->onRequest(
        1, Answer::sse({R"({"type":"response.created","response":{"id":"resp_abc"}})", "{}"}));
    ask("/v1/responses");
    settle(send("POST", "/v1/responses", {}, R"({"previous_response_id": "resp_abc"})"));
    QCOMPARE(upstream_->keysUsed(), (QList<QByteArray>{A, A}));
}

void TestProxy::theRecordSaysWhyEachKey()
{
    upstream_->forKey(A).reply(badKey());
    ask();
    QCOMPARE(record().attempts.size(), 2);
    QCOMPARE(toText(record().attempts.at(0).choice), QStringLiteral("round-robin"));
    QCOMPARE(toText(record().attempts.at(1).choice), QStringLiteral("round-robin, retry"));
    QVERIFY(toJson(record()).contains(R"("choice":"round-robin, retry")"));
}

void TestProxy::theRecordHasATimeLine()
{
    upstream_->onRequest(1, Answer::status(503));
    Recorded &answer = send();
    clock_->advance(30ms); // while it connects
    settle(answer);
    const AttemptRecord first = record().attempts.at(0);
    const AttemptRecord second = record().attempts.at(1);
    QCOMPARE(first.began, 0us);
    QVERIFY(first.sent >= 30ms);
    QVERIFY(first.answered >= first.sent);
    QCOMPARE(first.ended, first.answered);
    QVERIFY(second.began >= first.ended + 50ms); // the pause
    QCOMPARE(second.queuedUntil, second.began);  // a connection was there
    QCOMPARE(second.sent, second.began);
    QVERIFY(second.answered >= second.sent);
    QCOMPARE(second.answered, record().firstByte);
    QVERIFY(second.ended >= second.answered);
    QCOMPARE(second.ended, record().total);
}

void TestProxy::theRecordTellsHowLongItWasQueued()
{
    UpstreamConfig config;
    config.maxSockets = 1;
    QVERIFY(network_->setConfig(config));
    upstream_->onRequest(1, Answer::hang());
    Recorded &first = send();
    QTRY_COMPARE(upstream_->requestCount(), 1);
    Recorded &second = send();
    clock_->advance(700ms);
    first.writer->leave();
    settle(second);
    const AttemptRecord attempt = record().attempts.first();
    QCOMPARE(attempt.began, 0us);
    QVERIFY(attempt.queuedUntil >= 700ms);
    QVERIFY(attempt.sent >= attempt.queuedUntil);
}

void TestProxy::theUpstreamsRequestIdIsKept()
{
    upstream_->always(Answer::json(200, "{}").header("X-Request-ID", "req_1"));
    ask();
    QCOMPARE(record().upstreamId, QByteArray("req_1"));
    upstream_->always(Answer::json(400, "{}").header("X-Request-ID", "for " + B));
    ask();
    QCOMPARE(record().upstreamId, QByteArray()); // it holds the key
    upstream_->always(Answer::json(200, "{}").header("X-Request-ID", QByteArray(129, 'x')));
    ask();
    QCOMPARE(record().upstreamId, QByteArray());
}

void TestProxy::theOrganisationIsLearnt()
{
    for (const QByteArray &key : {A, B})
        upstream_->forKey(key).reply(Answer::json(200, "{}").header("openai-organization", "o1"));
    upstream_->forKey(C).reply(Answer::json(200, "{}").header("openai-organization", "o2"));
    for (int i = 0; i < 3; ++i)
        ask();
    upstream_->forKey(A).reply(rateLimit());
    ask(); // A is over its limit, so B would be as well
    QCOMPARE(upstream_->keysUsed(), (QList<QByteArray>{A, B, C, A, C}));
}

QTEST_GUILESS_MAIN(TestProxy)
#include "test_proxy.moc"
