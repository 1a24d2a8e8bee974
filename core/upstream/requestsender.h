// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace keywheel {

class UpstreamSocket;

/// Hands one request over to a socket: a large body follows its head in pieces, so that an answer
/// that comes before its end is read in between and memory does not double. Used by one
/// UpstreamConnection, for one request after another; it does not own the socket.
class RequestSender
{
public:
    explicit RequestSender(UpstreamSocket &socket) : socket_(socket) {}

    /// `head`: all up to the body.
    void send(QByteArray head, const QByteArray &body);
    /// Goes on; to be called whenever the socket has written bytes.
    void proceed();
    /// A byte of the request has left.
    bool anyWritten() const { return anyWritten_; }
    /// All of it has left this process; with TLS also what had to be encrypted.
    bool handedOver() const;

private:
    void write();

    UpstreamSocket &socket_;
    QByteArray body_;
    qsizetype sent_ = 0; ///< bytes of the body that are with the socket
    bool anyWritten_ = false;
    bool writing_ = false;
};

} // namespace keywheel
