// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/requestsender.h"

#include "upstream/upstreamsocket.h"

#include <utility>

namespace keywheel {

namespace {

/// A body up to this size goes with the head in one write.
constexpr qsizetype Piece = qsizetype{64} * 1024;

} // namespace

void RequestSender::send(QByteArray head, const QByteArray &body)
{
    body_ = body;
    sent_ = 0;
    anyWritten_ = false;
    if (body.size() <= Piece) {
        head.append(body);
        sent_ = body.size();
    }
    socket_.write(head.constData(), head.size());
    write();
}

void RequestSender::proceed()
{
    anyWritten_ = true;
    if (sent_ < body_.size() && socket_.bytesToWrite() == 0)
        write();
}

bool RequestSender::handedOver() const
{
    return sent_ == body_.size() && socket_.bytesToWrite() == 0;
}

void RequestSender::write()
{
    if (std::exchange(writing_, true))
        return; // the socket led here
    while (sent_ < body_.size() && socket_.bytesToWrite() == 0 && socket_.isOpen()) {
        const auto size = qMin(Piece, body_.size() - sent_);
        const char *piece = body_.constData() + sent_;
        sent_ += size;
        socket_.write(piece, size);
    }
    writing_ = false;
}

} // namespace keywheel
