// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/exchange.h"

#include "accesslog/accesslog.h"
#include "accesslog/recordtext.h"
#include "common/exceptions.h"
#include "common/logging.h"
#include "http/errorbody.h"
#include "proxy/forwarding.h"
#include "proxy/ownerrors.h"
#include "proxy/refusals.h"
#include "upstream/rawhead.h"
#include "upstream/requestsender.h"
#include "verdict/judge.h"

#include <QNetworkAccessManager>

namespace keywheel {

namespace {

constexpr qsizetype MaxUpstreamId = 128;
constexpr qsizetype MostKeys = 100;

/// Before the next attempt after a fault of the upstream: 100 ms · 2ⁿ, half of it jitter.
std::chrono::milliseconds retryDelay(int n, const Random &random)
{
    const double full = 100.0 * (1 << std::min(n, 5));
    return std::chrono::milliseconds(static_cast<int>(full * (0.5 + random() / 2)));
}

std::chrono::microseconds between(Clock::Instant then, Clock::Instant now)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(now - then);
}

std::chrono::microseconds since(Clock::Instant then, const Clock &clock)
{
    return between(then, clock.now());
}

/// None when it is too long to be one, or when the upstream put the key there.
QByteArray upstreamId(const Headers &headers, const QByteArray &key)
{
    const QByteArray id = headers.value("x-request-id");
    return id.size() <= MaxUpstreamId && !id.contains(key) ? id : QByteArray();
}

bool isEventStream(const ResponseHead &head)
{
    static constexpr QByteArrayView type("text/event-stream");
    const QByteArray value = head.headers.value("Content-Type");
    return value.size() >= type.size() &&
           equalsIgnoreCase(QByteArrayView(value).first(type.size()), type);
}

/// Whose events can be read without decoding.
bool isPlainStream(const ResponseHead &head)
{
    return isEventStream(head) && !head.headers.contains("Content-Encoding");
}

/// Which SDKs would send again although several keys have been tried. Not a 429, nor an answer that
/// says how long to wait: there the SDK's own wait brings the request through.
bool wouldBeTriedAgain(int status, bool saysWait)
{
    return status >= 400 && status != 429 && !saysWait;
}

bool isAnswer(const AttemptResult &result)
{
    return result.kind == AttemptResult::Kind::Answer ||
           result.kind == AttemptResult::Kind::StreamError;
}

} // namespace

Exchange::Exchange(Request request, std::unique_ptr<ResponseWriter> writer,
                   const ProxyServices &services, const ProxyMemory &memory,
                   const ProxyTarget &target)
    : services_(services),
      memory_(memory),
      target_(target),
      request_(std::move(request)),
      writer_(std::move(writer))
{
    connect(writer_.get(), &ResponseWriter::clientGone, this, &Exchange::onClientGone);
    connect(writer_.get(), &ResponseWriter::drained, this, [this] { orCancel([&] { relay(); }); });
    record_.id = request_.id;
    record_.startedAt = services_.clock.wallNow();
    record_.method = request_.method;
    record_.path = loggablePath(request_.target);
    record_.peer = request_.peer.toString() + QLatin1Char(':') + QString::number(request_.peerPort);
    record_.bytesIn = request_.body.size();
}

Exchange::~Exchange()
{
    if (lease_)
        endLease({.fault = FaultClass::Cancelled}, 0);
}

template <typename Call>
void Exchange::orCancel(const Call &call)
{
    if (!endsWell("An exchange", call))
        cancel();
}

void Exchange::start()
{
    services_.log.begin();
    orCancel([this] {
        preferred_ = memory_.affinity.keyFor(facts_);
        if (const auto leased = leaseNextKey())
            send();
        else
            answerWithLast(noKeyError(leased.error()));
    });
}

tl::expected<void, LeaseRefusal> Exchange::leaseNextKey()
{
    const KeyIds avoid = keysToAvoid();
    auto lease = services_.keys.lease(avoid, preferred_);
    if (!lease && avoid.size() > tried_.size())
        lease = services_.keys.lease(tried_, preferred_);
    if (!lease)
        return tl::make_unexpected(lease.error());
    tried_.append(lease->id);
    lease_ = std::move(*lease);
    return {};
}

void Exchange::send()
{
    const RawRequestHead head = upstreamHead(target_.basePath, request_, lease_->secret);
    current_ = {};
    current_.began = since(request_.received, services_.clock);
    QNetworkRequest request(target_.baseUrl);
    request.setAttribute(RawRequestAttribute, QVariant::fromValue(head));
    // post() for what is usual: it copies the request once less.
    attempt_ = std::make_unique<Attempt>(
        request_.method == "POST"
            ? services_.network.post(request, request_.body)
            : services_.network.sendCustomRequest(request, request_.method, request_.body),
        services_.clock, request_.method == "POST");
    connect(attempt_.get(), &Attempt::decided, this,
            [this](const AttemptResult &result) { orCancel([&] { onDecided(result); }); });
    connect(attempt_.get(), &Attempt::quietCame, this, [this] { orCancel([&] { passQuiet(); }); });
    connect(attempt_.get(), &Attempt::progressed, this, [this] { orCancel([&] { relay(); }); });
    connect(attempt_.get(), &Attempt::gaveUp, this, &Exchange::cancel);
}

/// Those that were refused such a request lately come last.
KeyIds Exchange::keysToAvoid()
{
    KeyIds keys = tried_;
    if (memory_.refusals.isEmpty())
        return keys;
    const KeyIds refused = memory_.refusals.refusedFor(scope());
    for (const KeyId key : refused) {
        if (!keys.contains(key))
            keys.append(key);
    }
    return keys;
}

const QByteArray &Exchange::scope()
{
    if (scope_.isEmpty())
        scope_ = Refusals::scopeOf(request_.method, request_.target, facts_.model());
    return scope_;
}

void Exchange::onDecided(const AttemptResult &outcome)
{
    AttemptResult result = outcome;
    if (isAnswer(result)) {
        current_.answered = since(request_.received, services_.clock);
        record_.upstreamId = upstreamId(attempt_->head().headers, lease_->secret);
        services_.keys.noteAnswer(*lease_, attempt_->head().headers);
    }
    if (isAnswer(result) && result.kind == AttemptResult::Kind::Answer && result.status < 400)
        return beginRelay();
    result.repeatable = isIdempotent(request_.method);
    result.namesObject = result.status == 404 && facts_.namesObject();
    Verdict verdict = judge(result, services_.clock.wallNow());
    verdict.reason = shortReason(services_.redactor.redact(verdict.reason));
    if (verdict.warn)
        qCWarning(lcUpstream).noquote() << verdict.reason;
    rememberRefusal(verdict);
    const bool goesOn = mayTryAgain(verdict);
    endLease(verdict, result.status);
    if (goesOn && leaseNextKey()) {
        keepAnswer(verdict);
        return sendAgain(verdict.fault);
    }
    if (isAnswer(result))
        return passOn(verdict);
    if (result.kind == AttemptResult::Kind::ResponseTimeout)
        lastAnswer_.reset(); // 504 says more than an older answer: it may have been billed
    answerWithLast(noAnswerError(result, services_.redactor));
}

bool Exchange::mayTryAgain(const Verdict &verdict)
{
    constexpr int MostForUnknownModel = 2;
    if (!verdict.namesKey && !lease_->reason.trial)
        ++counted_;
    if (!verdict.retry || tried_.size() >= MostKeys)
        return false;
    if (verdict.cause == Cause::UnknownModel && ++unknownModels_ >= MostForUnknownModel &&
        !memory_.refusals.wasAnswered(scope()))
        return false; // it is a typing error, then
    return counted_ <= target_.maxRetries;
}

void Exchange::rememberRefusal(const Verdict &verdict)
{
    // What belongs to another key says nothing about further requests.
    if (verdict.fault == FaultClass::NotWithThisKey && verdict.cause != Cause::ForeignObject)
        memory_.refusals.remember(scope(), lease_->id);
}

void Exchange::sendAgain(FaultClass fault)
{
    discardAttempt();
    // Another key needs no pause; an upstream in trouble does.
    std::chrono::milliseconds delay{0};
    if (fault == FaultClass::Upstream)
        delay = retryDelay(upstreamFailures_++, services_.random);
    services_.clock.callLater(delay, this, [this] {
        if (!over_)
            orCancel([this] { send(); });
    });
}

void Exchange::keepAnswer(const Verdict &verdict)
{
    if (sentHead_ && firstError_.isEmpty())
        firstError_ = attempt_->read(attempt_->bytesAvailable());
    if (!attempt_->isWhole())
        return;
    Answer answer{attempt_->head(), {}, verdict.saysWait};
    while (attempt_->bytesAvailable() > 0)
        answer.body += attempt_->read(attempt_->bytesAvailable());
    if (verdict.fault == FaultClass::NotWithThisKey && !firstRefusal_)
        firstRefusal_ = answer;
    lastAnswer_ = std::move(answer);
}

/// Attempts have run out on an answer.
void Exchange::passOn(const Verdict &verdict)
{
    if (sentHead_ && !firstError_.isEmpty())
        return endUnderHead();
    if (verdict.fault == FaultClass::NotWithThisKey && firstRefusal_) {
        lastAnswer_ = std::exchange(firstRefusal_, std::nullopt);
        return answerWithLast({});
    }
    if (tried_.size() > 1 && wouldBeTriedAgain(attempt_->head().status, verdict.saysWait))
        stopsRetries_ = true;
    beginRelay();
}

void Exchange::answerWithLast(const OwnError &otherwise)
{
    if (sentHead_)
        return endUnderHead();
    if (lastAnswer_) {
        stopsRetries_ =
            tried_.size() > 1 && wouldBeTriedAgain(lastAnswer_->head.status, lastAnswer_->saysWait);
        sendHead(clientHead(lastAnswer_->head, request_.id));
        writer_->write(lastAnswer_->body);
        record_.bytesOut += lastAnswer_->body.size();
    } else {
        const QByteArray body = errorBody(otherwise, services_.clock.wallNow());
        sendHead(errorHead(otherwise, request_.id, body.size()));
        writer_->write(body);
        record_.bytesOut += body.size();
    }
    writer_->finish();
    finish();
}

void Exchange::beginRelay()
{
    if (sentHead_ && !fitsUnderHead())
        return endUnderHead();
    relaying_ = true;
    if (lease_)
        learner_ = memory_.affinity.learner(facts_, attempt_->head(), lease_->id);
    if (lease_ && isPlainStream(attempt_->head()))
        laterErrors_ = std::make_unique<LaterErrors>();
    if (!sentHead_)
        sendHead(clientHead(attempt_->head(), request_.id));
    relay();
}

void Exchange::passQuiet()
{
    if (over_)
        return;
    const ResponseHead &head = attempt_->head();
    if (sentHead_ ? !fitsUnderHead() : head.headers.contains("Content-Length"))
        return; // its length is that of this one stream
    if (!sentHead_) {
        sentHead_ = head;
        sendHead(clientHead(head, request_.id));
    }
    const QByteArray quiet = attempt_->takeQuiet();
    record_.bytesOut += quiet.size();
    writer_->write(quiet);
}

bool Exchange::fitsUnderHead() const
{
    const ResponseHead &head = attempt_->head();
    return head.status == sentHead_->status && !head.headers.contains("Content-Length") &&
           isEventStream(head) &&
           head.headers.value("Content-Encoding") == sentHead_->headers.value("Content-Encoding");
}

void Exchange::endUnderHead()
{
    if (lease_)
        endLease({.fault = FaultClass::Cancelled}, attempt_->head().status);
    if (firstError_.isEmpty()) { // it only had comments, and no key is left
        record_.brokenOff = true;
        writer_->abort();
        return finish();
    }
    record_.bytesOut += firstError_.size();
    writer_->write(firstError_);
    writer_->finish();
    finish();
}

/// An error that comes when output has gone out counts for the key, without another attempt.
void Exchange::watchForError(const QByteArray &chunk)
{
    const auto error = laterErrors_->feed(chunk);
    if (!error || !lease_)
        return;
    AttemptResult result;
    result.kind = AttemptResult::Kind::StreamError;
    result.status = error->status >= 400 ? error->status : attempt_->head().status;
    result.headers = attempt_->head().headers;
    result.body = error->data;
    Verdict verdict = judge(result, services_.clock.wallNow());
    verdict.reason = shortReason(services_.redactor.redact(verdict.reason));
    endLease(verdict, result.status);
}

void Exchange::relay()
{
    if (!relaying_ || over_)
        return;
    while (attempt_->bytesAvailable() > 0) {
        if (writer_->bytesPending() >= ResponseWriter::HighWater)
            return; // drained() goes on
        const QByteArray chunk = attempt_->read(ResponseWriter::HighWater);
        record_.bytesOut += chunk.size();
        if (learner_)
            learner_->feed(chunk);
        if (laterErrors_)
            watchForError(chunk);
        writer_->write(chunk);
        if (over_)
            return; // the client left
    }
    if (!attempt_->ended())
        return;
    const bool broken = attempt_->broken();
    if (lease_ && broken) {
        Verdict verdict = judge(attempt_->failure(), services_.clock.wallNow());
        verdict.reason = shortReason(services_.redactor.redact(verdict.reason));
        endLease(verdict, attempt_->head().status);
    } else if (lease_) {
        if (!memory_.refusals.isEmpty())
            memory_.refusals.answered(scope(), lease_->id);
        endLease({}, attempt_->head().status);
    }
    record_.brokenOff = broken;
    broken ? writer_->abort() : writer_->finish();
    finish();
}

void Exchange::onClientGone()
{
    if (over_)
        return;
    record_.clientLeft = true;
    if (lease_)
        endLease({.fault = FaultClass::Cancelled}, 0);
    finish();
}

void Exchange::cancel()
{
    if (over_)
        return;
    if (lease_)
        endLease({.fault = FaultClass::Cancelled}, 0);
    record_.brokenOff = true;
    writer_->abort();
    finish();
}

void Exchange::endLease(const Verdict &verdict, int status)
{
    const Lease lease = *std::exchange(lease_, std::nullopt);
    if (attempt_) // else it was still waiting to be sent
        recordAttempt(lease, verdict, status);
    services_.keys.release(lease, verdict);
}

void Exchange::recordAttempt(const Lease &lease, const Verdict &verdict, int status)
{
    current_.keyIndex = lease.index;
    current_.keyPreview = lease.preview;
    current_.status = status;
    current_.fault = verdict.fault;
    current_.reason = verdict.reason;
    current_.choice = lease.reason;
    if (const auto queuedUntil = attempt_->queuedUntil())
        current_.queuedUntil = between(request_.received, *queuedUntil);
    if (const auto sent = attempt_->sentAt())
        current_.sent = between(request_.received, *sent);
    current_.ended = since(request_.received, services_.clock);
    record_.attempts.append(current_);
}

void Exchange::sendHead(ResponseHead head)
{
    record_.status = head.status;
    if (stopsRetries_) {
        head.headers.removeIf([](const HeaderField &field) {
            return equalsIgnoreCase(field.name, "x-should-retry");
        });
        head.headers.append("x-should-retry", "false");
    }
    writer_->writeHead(head);
    record_.firstByte = since(request_.received, services_.clock);
}

// Within a signal of the attempt: it goes quiet at once and is deleted later.
void Exchange::discardAttempt()
{
    attempt_->disconnect(this);
    attempt_->end();
    attempt_.release()->deleteLater();
}

void Exchange::finish()
{
    if (std::exchange(over_, true))
        return;
    if (attempt_)
        discardAttempt();
    record_.total = since(request_.received, services_.clock);
    services_.log.finish(record_);
    Q_EMIT done();
}

} // namespace keywheel
