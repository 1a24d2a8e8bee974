// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/exchange.h"

#include "accesslog/accesslog.h"
#include "accesslog/recordtext.h"
#include "common/exceptions.h"
#include "common/logging.h"
#include "http/errorbody.h"
#include "proxy/forwarding.h"
#include "proxy/ownerrors.h"
#include "upstream/rawhead.h"
#include "verdict/judge.h"

#include <QNetworkAccessManager>

namespace keywheel {

namespace {

constexpr qsizetype MaxUpstreamId = 128;

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

bool isAnswer(const AttemptResult &result)
{
    return result.kind == AttemptResult::Kind::Answer ||
           result.kind == AttemptResult::Kind::StreamError;
}

} // namespace

Exchange::Exchange(Request request, std::unique_ptr<ResponseWriter> writer,
                   const ProxyServices &services, Affinity &affinity, const ProxyTarget &target)
    : services_(services),
      affinity_(affinity),
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
        preferred_ = affinity_.keyFor(facts_);
        if (const auto leased = leaseNextKey())
            send();
        else
            answerWithLast(noKeyError(leased.error()));
    });
}

tl::expected<void, LeaseRefusal> Exchange::leaseNextKey()
{
    auto lease = services_.keys.lease(tried_, preferred_);
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
            : services_.network.sendCustomRequest(request, request_.method, request_.body));
    connect(attempt_.get(), &Attempt::decided, this,
            [this](const AttemptResult &result) { orCancel([&] { onDecided(result); }); });
    connect(attempt_.get(), &Attempt::progressed, this, [this] { orCancel([&] { relay(); }); });
    connect(attempt_.get(), &Attempt::gaveUp, this, &Exchange::cancel);
}

void Exchange::onDecided(const AttemptResult &result)
{
    if (isAnswer(result)) {
        current_.answered = since(request_.received, services_.clock);
        record_.upstreamId = upstreamId(attempt_->head().headers, lease_->secret);
        services_.keys.noteAnswer(*lease_, attempt_->head().headers);
    }
    Verdict verdict = judge(result, services_.clock.wallNow());
    if (verdict.fault == FaultClass::Success)
        return beginRelay();
    verdict.reason = shortReason(services_.redactor.redact(verdict.reason));
    if (verdict.warn)
        qCWarning(lcUpstream).noquote() << verdict.reason;
    endLease(verdict, result.status);
    if (verdict.retry && tried_.size() <= target_.maxRetries && leaseNextKey())
        return sendAgain(verdict.fault);

    if (isAnswer(result))
        return beginRelay();
    if (result.kind == AttemptResult::Kind::ResponseTimeout)
        lastHead_.reset(); // 504 says more than an older answer: this request may have been billed
    answerWithLast(noAnswerError(result, services_.redactor));
}

void Exchange::sendAgain(FaultClass fault)
{
    keepAnswer();
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

void Exchange::keepAnswer()
{
    if (!attempt_->isWhole())
        return;
    lastHead_ = attempt_->head();
    lastBody_.clear();
    while (attempt_->bytesAvailable() > 0)
        lastBody_ += attempt_->read(attempt_->bytesAvailable());
}

void Exchange::answerWithLast(const OwnError &otherwise)
{
    if (lastHead_) {
        sendHead(clientHead(*lastHead_, request_.id));
        writer_->write(lastBody_);
        record_.bytesOut += lastBody_.size();
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
    relaying_ = true;
    if (lease_)
        learner_ = affinity_.learner(facts_, attempt_->head(), lease_->id);
    sendHead(clientHead(attempt_->head(), request_.id));
    relay();
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

void Exchange::sendHead(const ResponseHead &head)
{
    record_.status = head.status;
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
