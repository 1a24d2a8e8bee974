// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/answer.h"

#include "demo/minihttpserver.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace keywheel {

Answer Answer::status(int status)
{
    Answer answer;
    answer.status_ = status;
    return answer;
}

Answer Answer::json(int status, const QByteArray &body)
{
    return text(status, body, "application/json");
}

Answer Answer::text(int status, const QByteArray &body, const QByteArray &contentType)
{
    Answer answer = Answer::status(status).header("Content-Type", contentType);
    answer.pieces_ = {body};
    return answer;
}

Answer Answer::error(int status, const QByteArray &code, const QByteArray &message,
                     const QByteArray &type)
{
    const QJsonObject error{{QStringLiteral("message"), QString::fromUtf8(message)},
                            {QStringLiteral("type"), QString::fromUtf8(type)},
                            {QStringLiteral("param"), QJsonValue::Null},
                            {QStringLiteral("code"), QString::fromUtf8(code)}};
    return json(status, QJsonDocument(QJsonObject{{QStringLiteral("error"), error}})
                            .toJson(QJsonDocument::Compact));
}

Answer Answer::sse(const QList<QByteArray> &data, Milliseconds pace)
{
    Answer answer = Answer::stream().end(End::KeepAlive);
    for (const QByteArray &event : data)
        answer.pieces_ += "data: " + event + "\n\n";
    answer.pace_ = pace;
    return answer;
}

Answer Answer::event(const QByteArray &name, const QByteArray &data) const
{
    Answer copy = *this;
    copy.pieces_ += "event: " + name + "\ndata: " + data + "\n\n";
    return copy;
}

Answer Answer::stream()
{
    return Answer::status(200).header("Content-Type", "text/event-stream").chunked().end(End::Hold);
}

Answer Answer::hang()
{
    return raw({}).end(End::Hold);
}

Answer Answer::close()
{
    return raw({});
}

Answer Answer::reset()
{
    return raw({}).end(End::Reset);
}

Answer Answer::raw(const QByteArray &bytes)
{
    Answer answer;
    answer.hasHead_ = false;
    answer.raw_ = bytes;
    answer.end_ = End::Cut;
    return answer;
}

Answer Answer::garbage()
{
    return raw(QByteArray("\x16\x03\x01 SSH-2.0-this is not HTTP\r\n\r\n"));
}

Answer Answer::reason(const QByteArray &phrase) const
{
    Answer copy = *this;
    copy.reason_ = phrase;
    return copy;
}

Answer Answer::header(const QByteArray &name, const QByteArray &value) const
{
    Answer copy = *this;
    copy.headers_.append(name, value);
    return copy;
}

Answer Answer::chunked() const
{
    Answer copy = *this;
    copy.framing_ = Framing::Chunked;
    return copy;
}

Answer Answer::untilClose() const
{
    Answer copy = end(End::Drop);
    copy.framing_ = Framing::UntilClose;
    return copy;
}

Answer Answer::end(End end) const
{
    Answer copy = *this;
    copy.end_ = end;
    return copy;
}

Answer Answer::truncated(qsizetype bytes, End end) const
{
    Answer copy = this->end(end);
    copy.truncateAt_ = bytes;
    return copy;
}

Answer Answer::interim(int status, const Headers &fields) const
{
    Answer copy = *this;
    copy.interim_ += httpHead(status, fields);
    return copy;
}

Answer Answer::delayHead(Milliseconds delay) const
{
    Answer copy = *this;
    copy.headDelay_ = delay;
    return copy;
}

Answer Answer::delayBody(Milliseconds delay) const
{
    Answer copy = *this;
    copy.bodyDelay_ = delay;
    return copy;
}

Answer Answer::beforeBody() const
{
    Answer copy = *this;
    copy.beforeBody_ = true;
    return copy;
}

QList<Answer::Step> Answer::steps(const QByteArray &method) const
{
    if (!hasHead_)
        return {{headDelay_, raw_}};
    QList<Step> steps;
    if (!interim_.isEmpty())
        steps += Step{Milliseconds(0), interim_};
    steps += Step{headDelay_, head()};
    const bool bodyless = method == "HEAD" || status_ == 204 || status_ == 304;
    if (!bodyless)
        addBody(steps);
    return steps;
}

QByteArray Answer::head() const
{
    Headers fields = headers_;
    const bool lengthGiven = fields.contains("Content-Length");
    if (framing_ == Framing::Chunked)
        fields.append("Transfer-Encoding", "chunked");
    else if (framing_ == Framing::ContentLength && !lengthGiven && status_ != 204 && status_ != 304)
        fields.append("Content-Length", QByteArray::number(pieces_.join().size()));
    if (end_ == End::Close)
        fields.append("Connection", "close");
    return httpHead(status_, fields, reason_);
}

void Answer::addBody(QList<Step> &steps) const
{
    QList<QByteArray> pieces = pieces_;
    if (truncateAt_ >= 0)
        pieces = {pieces_.join().left(truncateAt_)};
    Milliseconds pause = bodyDelay_;
    for (const QByteArray &piece : pieces) {
        if (!piece.isEmpty())
            steps += Step{pause, framed(piece)};
        pause = pace_;
    }
    const bool complete =
        truncateAt_ < 0 && (end_ == End::KeepAlive || end_ == End::Close || end_ == End::Drop);
    if (framing_ == Framing::Chunked && complete)
        steps += Step{Milliseconds(0), QByteArrayLiteral("0\r\n\r\n")};
}

QByteArray Answer::framed(const QByteArray &piece) const
{
    return isChunked() ? httpChunk(piece) : piece;
}

QByteArray httpChunk(const QByteArray &data)
{
    return QByteArray::number(data.size(), 16) + "\r\n" + data + "\r\n";
}

} // namespace keywheel
