// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/headers.h"

#include <QByteArray>
#include <QList>

#include <chrono>

namespace keywheel {

/// What FakeUpstream answers to one request: a whole answer, a stream or a fault, each in one line.
///   Answer::json(200, "{}")  ·  Answer::status(429).header("Retry-After", "1")
///   Answer::sse({"one", "two"}, 20ms)  ·  Answer::json(200, big).truncated(100)
/// A value; the modifiers return a changed copy.
class Answer
{
public:
    using Milliseconds = std::chrono::milliseconds;
    enum class Framing { ContentLength, Chunked, UntilClose };
    enum class End {
        KeepAlive, ///< complete; the connection takes the next request
        Close,     ///< complete; says Connection: close and closes
        Drop,      ///< complete; then closes without having said so
        Cut,       ///< FIN where it stands
        Reset,     ///< RST where it stands
        Shutdown,  ///< FIN where it stands, under TLS without close_notify
        Hold       ///< nothing more: the test goes on by push(), end() or cut(), or never
    };

    static Answer status(int status);
    static Answer json(int status, const QByteArray &body);
    static Answer text(int status, const QByteArray &body, const QByteArray &contentType);
    /// OpenAI's error object.
    static Answer error(int status, const QByteArray &code, const QByteArray &message,
                        const QByteArray &type = "invalid_request_error");
    /// An event stream (chunked) of `data: …` events.
    static Answer sse(const QList<QByteArray> &data, Milliseconds pace = Milliseconds(0));
    /// Appends `event: name`, `data: data`.
    Answer event(const QByteArray &name, const QByteArray &data) const;
    /// The head of an event stream (chunked); its chunks are pushed by the test.
    static Answer stream();
    static Answer hang();  ///< takes the request and never answers
    static Answer close(); ///< FIN without an answer
    static Answer reset(); ///< RST without an answer
    /// These very bytes, then a close.
    static Answer raw(const QByteArray &bytes);
    static Answer garbage();

    Answer reason(const QByteArray &phrase) const;
    Answer header(const QByteArray &name, const QByteArray &value) const; ///< repeats are kept
    Answer chunked() const;
    Answer untilClose() const;
    Answer end(End end) const;
    /// Announces the whole body, sends this many bytes of it, then FIN (or `end`).
    Answer truncated(qsizetype bytes, End end = End::Cut) const;
    Answer interim(int status, const Headers &fields = {}) const; ///< a 1xx before the answer
    Answer delayHead(Milliseconds delay) const;
    Answer delayBody(Milliseconds delay) const;
    /// Answers as soon as the request's head is there.
    Answer beforeBody() const;

    bool isBeforeBody() const { return beforeBody_; }
    bool isChunked() const { return framing_ == Framing::Chunked; }
    End ending() const { return end_; }

    /// The answer as bytes to send, each after a pause.
    struct Step
    {
        Milliseconds pause{0};
        QByteArray bytes;
    };
    QList<Step> steps(const QByteArray &method) const;

private:
    QByteArray head() const;
    QByteArray framed(const QByteArray &piece) const;
    void addBody(QList<Step> &steps) const;

    bool hasHead_ = true;
    QByteArray raw_;
    int status_ = 200;
    QByteArray reason_;
    Headers headers_;
    QList<QByteArray> pieces_;
    Milliseconds pace_{0};
    Framing framing_ = Framing::ContentLength;
    End end_ = End::KeepAlive;
    qsizetype truncateAt_ = -1;
    QByteArray interim_;
    Milliseconds headDelay_{0};
    Milliseconds bodyDelay_{0};
    bool beforeBody_ = false;
};

/// One chunk of the chunked coding.
QByteArray httpChunk(const QByteArray &data);

} // namespace keywheel
