// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/attempt.h"

#include "common/exceptions.h"
#include "http/contentcoding.h"
#include "http/errorinside.h"

namespace keywheel {

namespace {

bool hasType(const ResponseHead &head, QByteArrayView type)
{
    const QByteArray value = head.headers.value("Content-Type");
    return value.size() >= type.size() &&
           equalsIgnoreCase(QByteArrayView(value).first(type.size()), type);
}

} // namespace

void Attempt::Discard::operator()(QNetworkReply *reply) const
{
    // Nobody listens any more; abort() closes the connection now, not when the loop deletes it.
    QObject::disconnect(reply, nullptr, nullptr, nullptr);
    if (!reply->isFinished())
        reply->abort();
    reply->deleteLater();
}

Attempt::Attempt(QNetworkReply *reply, Clock &clock, bool inspectsJson)
    : reply_(reply),
      clock_(clock),
      inspectsJson_(inspectsJson)
{
    reply->setReadBufferSize(ReadAhead);
    connect(reply, &QNetworkReply::metaDataChanged, this, [this] { run(&Attempt::onHead); });
    connect(reply, &QNetworkReply::readyRead, this, [this] { run(&Attempt::onReadyRead); });
    connect(reply, &QNetworkReply::finished, this, [this] { run(&Attempt::onFinished); });
}

Attempt::~Attempt() = default;

void Attempt::run(void (Attempt::*slot)())
{
    if (!endsWell("An attempt", [&] { (this->*slot)(); }))
        Q_EMIT gaveUp();
}

bool Attempt::ended() const
{
    return reply_->isFinished();
}

bool Attempt::broken() const
{
    // A status of 400 and above is an error to QNetworkReply too, but with the stock one only.
    const auto error = reply_->error();
    return ended() && error != QNetworkReply::NoError &&
           (error < QNetworkReply::ContentAccessDenied || error == QNetworkReply::ProtocolFailure);
}

AttemptResult Attempt::failure() const
{
    AttemptResult result;
    result.errorText = reply_->errorString();
    switch (reply_->error()) {
    case QNetworkReply::TimeoutError:
        if (reply_->attribute(NoFreeConnectionAttribute).toBool())
            result.kind = AttemptResult::Kind::NoConnection;
        else if (reply_->attribute(HandedOverAttribute).toBool())
            result.kind = AttemptResult::Kind::ResponseTimeout;
        else
            result.kind = AttemptResult::Kind::HandOverTimeout;
        break;
    case QNetworkReply::ProtocolFailure:
        result.kind = AttemptResult::Kind::ProtocolError;
        break;
    case QNetworkReply::OperationCanceledError:
        result.kind = AttemptResult::Kind::Cancelled;
        break;
    default:
        result.kind = AttemptResult::Kind::Unreachable;
    }
    return result;
}

AttemptResult Attempt::answer() const
{
    AttemptResult result;
    result.status = head_.status;
    if (head_.status < 400)
        return result;
    result.headers = head_.headers;
    const QByteArray coding = head_.headers.value("Content-Encoding");
    result.body = decodeForReading(held_, coding, InspectLimit).value_or(QByteArray());
    return result;
}

qint64 Attempt::bytesAvailable() const
{
    return held_.size() + reply_->bytesAvailable();
}

QByteArray Attempt::read(qint64 max)
{
    if (!held_.isEmpty())
        return std::exchange(held_, {});
    return reply_->read(qMin(max, reply_->bytesAvailable()));
}

void Attempt::onHead()
{
    if (hasHead_)
        return;
    hasHead_ = true;
    head_ = responseHead(*reply_);
    if (head_.status >= 400)
        phase_ = Phase::Inspecting;
    else if (head_.status == 200 && (hasType(head_, "text/event-stream") ||
                                     (inspectsJson_ && hasType(head_, "application/json"))))
        phase_ = Phase::Peeking;
    else
        decide(answer());
}

/// What nearly every answer is: JSON that is not coded, and whose first keys are those of a good
/// one.
bool Attempt::isHarmlessJson() const
{
    return hasType(head_, "application/json") && !head_.headers.contains("Content-Encoding") &&
           lookAtJson(held_) == JsonLook::Harmless;
}

void Attempt::beginPeeking()
{
    const QByteArray coding = head_.headers.value("Content-Encoding");
    auto decoder = BodyDecoder::of(coding);
    if (!decoder)
        return;
    peek_ = std::make_unique<Peek>(std::move(*decoder), !coding.isEmpty(), clock_, [this] {
        // It may destroy the alarm: decide() comes from the loop.
        QMetaObject::invokeMethod(
            this, [this] { run(&Attempt::endPeeking); }, Qt::QueuedConnection);
    });
}

void Attempt::onReadyRead()
{
    switch (phase_) {
    case Phase::Waiting:
        return;
    case Phase::Inspecting:
        return inspect();
    case Phase::Peeking:
        return peek();
    case Phase::Decided:
        Q_EMIT progressed();
    }
}

void Attempt::inspect()
{
    held_ += reply_->read(qMin(InspectLimit - held_.size(), reply_->bytesAvailable()));
    if (held_.size() >= InspectLimit)
        decide(answer());
}

void Attempt::peek()
{
    const QByteArray bytes = reply_->read(reply_->bytesAvailable());
    held_ += bytes;
    if (!peek_ && !isHarmlessJson())
        beginPeeking();
    if (!peek_)
        return decide(answer());
    AnswerOpening &opening = peek_->opening;
    peek_->decoder.feed(bytes);
    for (auto part = peek_->decoder.read(); !part.isEmpty(); part = peek_->decoder.read())
        opening.feed(part.toByteArray());
    switch (opening.state()) {
    case AnswerOpening::State::Error:
        return decide(errorInside());
    case AnswerOpening::State::Output:
        return decide(answer());
    case AnswerOpening::State::Undecided:
        break;
    }
    if (!peek_->isCoded && opening.quietSize() > peek_->quietTaken)
        Q_EMIT quietCame();
    if (!held_.isEmpty() && !peek_->patience.isSet())
        peek_->patience.setIn(Patience);
}

void Attempt::endPeeking()
{
    if (phase_ == Phase::Peeking)
        decide(answer());
}

QByteArray Attempt::takeQuiet()
{
    const qsizetype count = peek_->opening.quietSize() - peek_->quietTaken;
    QByteArray quiet = held_.left(count);
    held_.remove(0, quiet.size());
    peek_->quietTaken += quiet.size();
    return quiet;
}

AttemptResult Attempt::errorInside() const
{
    const SseReader::Event &error = peek_->opening.error();
    AttemptResult result;
    result.kind = AttemptResult::Kind::StreamError;
    result.status = error.status >= 400 ? error.status : head_.status;
    result.headers = head_.headers;
    result.body = error.data;
    return result;
}

void Attempt::onFinished()
{
    // What is left to read comes first: it may decide.
    if (reply_->bytesAvailable() > 0)
        onReadyRead();
    if (phase_ == Phase::Decided) {
        Q_EMIT progressed();
        return;
    }
    // An error answer counts even when its body was cut short. A stream that broke off behind its
    // first events has begun: it may have been billed, so it is passed on as far as it came.
    const bool begun = phase_ == Phase::Peeking && held_.contains("\n\n");
    const bool judgeable = hasHead_ && (!broken() || phase_ == Phase::Inspecting || begun);
    decide(judgeable ? answer() : failure());
}

void Attempt::decide(const AttemptResult &result)
{
    phase_ = Phase::Decided;
    Q_EMIT decided(result);
}

} // namespace keywheel
