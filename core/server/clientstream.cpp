// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/clientstream.h"

#include <array>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <poll.h>
#include <sys/socket.h>
#endif

namespace keywheel {

namespace {

constexpr qsizetype PieceSize = qsizetype{16} * 1024;
/// Below this a copy into the socket's buffer costs less than a write of its own.
constexpr qsizetype ShareFrom = qsizetype{16} * 1024;

#ifdef Q_OS_WIN
using NativeSocket = SOCKET;
constexpr int WriteSide = SD_SEND;
#else
using NativeSocket = int;
constexpr int WriteSide = SHUT_WR;
#endif

QHostAddress plainAddress(const QHostAddress &address)
{
    bool isIPv4 = false;
    const quint32 ipv4 = address.toIPv4Address(&isIPv4);
    return isIPv4 ? QHostAddress(ipv4) : address;
}

} // namespace

ClientStream::ClientStream(qintptr descriptor)
{
    socket_.setSocketDescriptor(descriptor);
    socket_.setReadBufferSize(ReadBuffer);
    socket_.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    peer_ = plainAddress(socket_.peerAddress());
    connect(&socket_, &QTcpSocket::readyRead, this, &ClientStream::readyRead);
    connect(&socket_, &QTcpSocket::bytesWritten, this, [this] {
        if (!flushing_)
            Q_EMIT bytesWritten();
    });
    connect(&socket_, &QTcpSocket::disconnected, this, &ClientStream::disconnected,
            Qt::QueuedConnection);
}

ClientStream::~ClientStream()
{
    socket_.disconnect(this);
    socket_.abort();
}

bool ClientStream::read(const std::function<qsizetype(QByteArrayView)> &take)
{
    std::array<char, PieceSize> piece; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const qint64 count = socket_.isReadable() ? socket_.peek(piece.data(), PieceSize) : 0;
    if (count <= 0)
        return false;
    socket_.skip(take(QByteArrayView(piece.data(), count)));
    return true;
}

bool ClientStream::hasArrived() const
{
    if (hasUnread())
        return true;
    char byte = 0;
    return socket_.socketDescriptor() != -1 &&
           ::recv(static_cast<NativeSocket>(socket_.socketDescriptor()), &byte, 1, MSG_PEEK) > 0;
}

bool ClientStream::hasClientLeft() const
{
#ifdef Q_OS_WIN
    return false;
#else
#ifdef POLLRDHUP
    constexpr short Asked = POLLRDHUP;
#else
    constexpr short Asked = 0;
#endif
    pollfd state{static_cast<int>(socket_.socketDescriptor()), Asked, 0};
    return ::poll(&state, 1, 0) > 0;
#endif
}

void ClientStream::discardUnread()
{
    if (hasUnread())
        socket_.skip(socket_.bytesAvailable());
}

void ClientStream::send(QByteArrayView bytes)
{
    if (isConnected())
        socket_.write(bytes.data(), bytes.size());
}

void ClientStream::send(const QByteArray &bytes)
{
    if (bytes.size() < ShareFrom)
        send(QByteArrayView(bytes));
    else if (isConnected())
        socket_.write(bytes);
}

void ClientStream::flush()
{
    flushing_ = true;
    socket_.flush();
    flushing_ = false;
}

void ClientStream::shutDownWriting()
{
    if (socket_.socketDescriptor() != -1)
        ::shutdown(static_cast<NativeSocket>(socket_.socketDescriptor()), WriteSide);
}

void ClientStream::abort(bool reset)
{
    if (reset && socket_.socketDescriptor() != -1) {
        const linger now{1, 0};
        ::setsockopt(static_cast<NativeSocket>(socket_.socketDescriptor()), SOL_SOCKET, SO_LINGER,
                     reinterpret_cast<const char *>(&now), sizeof now);
    }
    socket_.abort();
}

} // namespace keywheel
