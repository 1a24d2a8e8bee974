// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upstream/rawhead.h"

#include <QByteArray>

namespace keywheel {

class UpstreamSocket;

/// Whether sending the request twice does what sending it once does (RFC 9110 §9.2.2).
bool isIdempotent(const QByteArray &method);

/// Writes a request to a socket. A large body follows its head in pieces: an answer that comes
/// early is then read in between, and memory does not double.
///
/// Thread: the core's. Each UpstreamConnection owns one and uses it for one request after another;
/// the socket is the connection's.
class RequestSender
{
public:
    explicit RequestSender(UpstreamSocket &socket) : socket_(socket) {}

    /// Sends the head as RFC 9112 §3 has it (request line, Host, the fields in their order,
    /// Content-Length), then `body`. `authority` is the value of Host.
    void send(const RawRequestHead &head, const QByteArray &authority, const QByteArray &body);
    /// Sends more of the body. To be called whenever the socket has written bytes.
    void proceed();
    /// A byte of the request has left.
    bool anyWritten() const { return anyWritten_; }
    /// The whole request has left this process; with TLS also what had to be encrypted.
    bool handedOver() const;

private:
    void write();

    UpstreamSocket &socket_;
    QByteArray body_;    ///< while it goes in pieces
    qsizetype size_ = 0; ///< of the body
    qsizetype sent_ = 0; ///< bytes of the body that are with the socket
    bool anyWritten_ = false;
    bool writing_ = false;
};

} // namespace keywheel
