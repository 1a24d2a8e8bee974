// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/requestsender.h"

#include <QSslSocket>

#include <utility>

namespace keywheel {

namespace {

/// A body up to this size goes with the head in one write.
constexpr qsizetype Piece = qsizetype{64} * 1024;

} // namespace

RequestSender::RequestSender(QTcpSocket &socket)
    : socket_(socket),
      tls_(qobject_cast<QSslSocket *>(&socket))
{
}

void RequestSender::send(QByteArray head, const QByteArray &body)
{
    body_ = body;
    sent_ = 0;
    anyWritten_ = false;
    if (body.size() <= Piece) {
        head.append(body);
        sent_ = body.size();
    }
    socket_.write(head);
    write();
}

void RequestSender::proceed()
{
    anyWritten_ = true;
    if (sent_ < body_.size() && bytesLeft() == 0)
        write();
}

bool RequestSender::handedOver() const
{
    return sent_ == body_.size() && bytesLeft() == 0;
}

void RequestSender::write()
{
    if (std::exchange(writing_, true))
        return; // flush() led here
    do {
        if (sent_ < body_.size()) {
            const auto size = qMin(Piece, body_.size() - sent_);
            socket_.write(body_.constData() + sent_, size);
            sent_ += size;
        }
        socket_.flush();
    } while (sent_ < body_.size() && bytesLeft() == 0 &&
             socket_.state() == QAbstractSocket::ConnectedState);
    writing_ = false;
}

qint64 RequestSender::bytesLeft() const
{
    return socket_.bytesToWrite() + (tls_ ? tls_->encryptedBytesToWrite() : 0);
}

} // namespace keywheel
