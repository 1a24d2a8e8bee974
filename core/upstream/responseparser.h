// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/chunkeddecoder.h"
#include "http/message.h"

#include <QByteArrayView>
#include <QString>

namespace keywheel {

/// Frames one response of an upstream (RFC 9112 §4, §6.3), piece by piece and strictly: what two
/// readers could frame differently is an error. No sockets, no signals.
class ResponseParser
{
public:
    enum class State {
        Head,     ///< the status line and fields have not ended
        Body,     ///< the head is there, body bytes follow
        Finished, ///< the response is whole
        Broken    ///< error() says why; at once where the first bytes are no HTTP
    };
    static constexpr qsizetype MaxHead = qsizetype{256} * 1024;
    static constexpr qsizetype MaxFields = 1000;

    /// `headRequest`: the answer to HEAD has no body, whatever its fields say.
    explicit ResponseParser(bool headRequest = false) : headRequest_(headRequest) {}

    /// Uses `in`, appends body bytes to `body`, returns how many bytes were used: all of them
    /// unless the response ended before (what is left over was not asked for) or is broken, which
    /// it also is when memory runs out.
    qsizetype feed(QByteArrayView in, QByteArray &body);
    /// The peer closed. Finishes a body that lasts until then, unless it was not a clean end (RST,
    /// TLS without close_notify); breaks everything else.
    void close(bool clean = true);

    State state() const { return state_; }
    /// Whether the head is whole and its framing makes sense; stays true when the body breaks.
    bool hasHead() const { return hasHead_; }
    ResponseHead takeHead() { return std::move(head_); }
    /// Whether any byte of a response has come.
    bool started() const { return started_; }
    /// Whether the body lasts until the peer closes.
    bool endsAtClose() const { return framing_ == Framing::UntilClose; }
    /// Whether the connection may carry another request after this response.
    bool keepAlive() const { return keepAlive_; }
    QString error() const { return error_; }

private:
    qsizetype feedHead(QByteArrayView in);
    qsizetype feedBody(QByteArrayView in, QByteArray &body);
    void takeHeadSection(QByteArrayView section);
    bool takeStatusLine(QByteArrayView line);
    void chooseFraming();
    void failAsNoHttp();
    void fail(const QString &why);

    enum class Framing { None, Length, Chunked, UntilClose };

    State state_ = State::Head;
    Framing framing_ = Framing::None;
    bool headRequest_;
    bool started_ = false;
    bool hasHead_ = false;
    bool keepAlive_ = false;
    bool http10_ = false;
    qint64 remaining_ = 0;
    QByteArray pending_; ///< a head that came in pieces
    ChunkedDecoder chunks_;
    ResponseHead head_;
    QString error_;
};

} // namespace keywheel
