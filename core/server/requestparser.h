// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/chunkeddecoder.h"
#include "http/headers.h"

#include <QByteArray>
#include <QString>

namespace keywheel {

/// Why a request is not taken: becomes an answer in OpenAI's error shape, and the connection
/// closes.
struct Refusal
{
    int status = 400;
    QByteArray code = QByteArrayLiteral("invalid_request");
    QString message; ///< one sentence; never a part of the request that could hold a secret
};

/// The first line of a request (RFC 9112 §3).
struct RequestLine
{
    QByteArray method;
    QByteArray target;
    int minorVersion = 1; ///< HTTP/1.x
};

/// What one request may be made of; a breach is refused while the bytes come in.
struct RequestLimits
{
    qsizetype requestLine = qsizetype{16} * 1024; ///< bytes, else 414
    qsizetype headers = qsizetype{64} * 1024;     ///< bytes of the header section, else 431
    qsizetype fields = 200;                       ///< header lines, else 431
    qint64 body = qint64{100} * 1024 * 1024;      ///< decoded bytes, else 413
};

/// Frames one request after another out of a connection's bytes, strictly (RFC 9112): what two
/// parsers could read in two ways is refused. No sockets, no time. Every byte is looked at once.
///
/// Head → HeadComplete → (acceptBody) → Body → Complete → (reset) → Head; or Refused, which is
/// final.
class RequestParser
{
public:
    enum class State { Head, HeadComplete, Body, Complete, Refused };

    explicit RequestParser(RequestLimits limits = {}) : limits_(limits) {}

    /// Takes bytes and returns how many; the rest belongs to what follows. Takes none in
    /// HeadComplete, Complete and Refused.
    qsizetype feed(QByteArrayView bytes);
    /// After HeadComplete: goes on to the body, or to Complete when there is none.
    void acceptBody();
    /// Ready for the next request; `maxBody` is its limit.
    void reset(qint64 maxBody);

    State state() const { return state_; }
    /// Whether anything of a request has come (an empty line before it does not count).
    bool hasBegun() const { return state_ != State::Head || !head_.isEmpty(); }
    const Refusal &refusal() const { return refusal_; }

    /// From HeadComplete on.
    const RequestLine &line() const { return line_; }
    const Headers &headers() const { return headers_; }
    bool hasBody() const { return chunked_ || bodyLeft_ > 0; }
    /// Whether the client lets the connection be used again.
    bool keepAlive() const { return keepAlive_; }
    /// Whether it waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1).
    bool expectsContinue() const { return expectsContinue_; }

    /// In Complete: moves the parts out.
    RequestLine takeLine() { return std::move(line_); }
    Headers takeHeaders() { return std::move(headers_); }
    QByteArray takeBody() { return std::move(body_); }

private:
    qsizetype feedHead(QByteArrayView bytes);
    qsizetype feedBody(QByteArrayView bytes);
    void endLine();
    void endRequestLine();
    void endHead();
    bool withinLimits(qsizetype more);
    void checkExpectation();
    void frameBody();
    void refuse(Refusal refusal);
    void refuse(int status, const char *message);

    RequestLimits limits_;
    State state_ = State::Head;
    Refusal refusal_;
    QByteArray head_; ///< all lines so far; keeps its capacity from request to request
    qsizetype lineStart_ = 0;
    qsizetype fieldsStart_ = 0; ///< 0 until the request line has ended
    qsizetype fieldLines_ = 0;
    bool sawBlankLine_ = false;

    RequestLine line_;
    Headers headers_;
    QByteArray body_;
    ChunkedDecoder decoder_;
    qint64 bodyLeft_ = 0;
    bool chunked_ = false;
    bool keepAlive_ = true;
    bool expectsContinue_ = false;
};

} // namespace keywheel
