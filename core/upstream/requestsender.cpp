// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/requestsender.h"

#include "upstream/upstreamsocket.h"

#include <QStringBuilder>

#include <utility>

namespace keywheel {

namespace {

/// A body up to this size goes with the head in one write.
constexpr qsizetype Piece = qsizetype{64} * 1024;

/// The head, with room for a short body behind it.
QByteArray headBytes(const RawRequestHead &head, const QByteArray &authority, qsizetype bodySize)
{
    qsizetype size = 64 + head.method.size() + head.target.size() + authority.size() +
                     qMin<qsizetype>(bodySize, 64 * 1024);
    for (const HeaderField &field : head.headers)
        size += field.name.size() + field.value.size() + 4;
    QByteArray out;
    out.reserve(size);
    out += head.method % ' ' % head.target % " HTTP/1.1\r\nHost: " % authority % "\r\n";
    for (const HeaderField &field : head.headers)
        out += field.name % ": " % field.value % "\r\n";
    // A request whose method usually has a body says so when it has none (RFC 9110 §8.6).
    const auto &method = head.method;
    if (bodySize > 0 || method == "POST" || method == "PUT" || method == "PATCH")
        out += "Content-Length: " % QByteArray::number(bodySize) % "\r\n";
    return out.append("\r\n");
}

} // namespace

bool isIdempotent(const QByteArray &method)
{
    return method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "PUT" ||
           method == "DELETE";
}

void RequestSender::send(const RawRequestHead &head, const QByteArray &authority,
                         const QByteArray &body)
{
    QByteArray bytes = headBytes(head, authority, body.size());
    size_ = body.size();
    sent_ = 0;
    anyWritten_ = false;
    if (size_ <= Piece) {
        bytes.append(body);
        sent_ = size_;
    } else {
        body_ = body;
    }
    socket_.write(bytes.constData(), bytes.size());
    write();
}

void RequestSender::proceed()
{
    anyWritten_ = true;
    if (sent_ < size_ && socket_.bytesToWrite() == 0)
        write();
}

bool RequestSender::handedOver() const
{
    return sent_ == size_ && socket_.bytesToWrite() == 0;
}

void RequestSender::write()
{
    if (std::exchange(writing_, true))
        return; // the socket led here
    while (sent_ < size_ && socket_.bytesToWrite() == 0 && socket_.isOpen()) {
        const auto size = qMin(Piece, size_ - sent_);
        const char *piece = body_.constData() + sent_;
        sent_ += size;
        socket_.write(piece, size);
    }
    if (sent_ == size_)
        body_.clear(); // the connection may be idle for long
    writing_ = false;
}

} // namespace keywheel
