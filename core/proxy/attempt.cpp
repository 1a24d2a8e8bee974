// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/attempt.h"

#include "common/exceptions.h"
#include "http/contentcoding.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace keywheel {

namespace {

bool isPlainEventStream(const ResponseHead &head)
{
    const QByteArray coding = head.headers.value("Content-Encoding");
    return head.status == 200 &&
           head.headers.value("Content-Type").toLower().startsWith("text/event-stream") &&
           (coding.isEmpty() || equalsIgnoreCase(coding, "identity"));
}

// OpenAI's chat streams carry {"error":{…}} as data, its Responses API and others name the event.
bool isErrorEvent(const SseFirstEvent &first)
{
    if (first.state() != SseFirstEvent::State::Event)
        return false;
    if (first.event() == "error")
        return true;
    return first.data().contains("\"error\"") &&
           QJsonDocument::fromJson(first.data()).object().value(QLatin1String("error")).isObject();
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

Attempt::Attempt(QNetworkReply *reply) : reply_(reply)
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
    if (isPlainEventStream(head_))
        phase_ = Phase::Peeking;
    else if (head_.status >= 400)
        phase_ = Phase::Inspecting;
    else
        decide(answer());
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
    if (firstEvent_.feed(bytes) == SseFirstEvent::State::Incomplete)
        return;
    AttemptResult result = answer();
    if (isErrorEvent(firstEvent_)) {
        result.kind = AttemptResult::Kind::StreamError;
        result.headers = head_.headers;
        result.body = firstEvent_.data();
    }
    decide(result);
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
    // An error answer counts even when its body was cut short.
    const bool judgeable = hasHead_ && (!broken() || phase_ == Phase::Inspecting);
    decide(judgeable ? answer() : failure());
}

void Attempt::decide(const AttemptResult &result)
{
    phase_ = Phase::Decided;
    Q_EMIT decided(result);
}

} // namespace keywheel
