// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/clientstream.h"

#include <QVariant>

#include <array>
#include <utility>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <poll.h>
#include <sys/socket.h>
#endif

namespace keywheel {

namespace {

constexpr qsizetype PieceSize = qsizetype{16} * 1024;
/// Below this a copy costs less than further writes, each of them a packet.
constexpr qsizetype GatherBelow = qsizetype{128} * 1024;

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

ClientStream::ClientStream(qintptr descriptor, Outbox &outbox) : outbox_(outbox)
{
    socket_.setSocketDescriptor(descriptor, QAbstractSocket::ConnectedState,
                                QIODevice::ReadWrite | QIODevice::Unbuffered);
    socket_.setSocketOption(QAbstractSocket::LowDelayOption, 1);
    peer_ = plainAddress(socket_.peerAddress());
    connect(&socket_, &QAbstractSocket::readyRead, this, &ClientStream::readyRead);
    connect(&socket_, &QAbstractSocket::bytesWritten, this, &ClientStream::bytesWritten);
    connect(&socket_, &QAbstractSocket::disconnected, this, &ClientStream::disconnected,
            Qt::QueuedConnection);
}

ClientStream::~ClientStream()
{
    outbox_.drop(*this);
    socket_.disconnect(this);
    socket_.abort();
}

/// As QAbstractSocket::read(); that one tells of the client's leaving by its result alone.
qint64 ClientStream::receive(char *data, qint64 size)
{
    if (!isConnected())
        return -1;
    const qint64 count = socket_.read(data, size);
    if (count < 0)
        QMetaObject::invokeMethod(this, &ClientStream::disconnected, Qt::QueuedConnection);
    return count;
}

bool ClientStream::read(const std::function<qsizetype(QByteArrayView)> &take)
{
    if (!unread_.isEmpty()) {
        unread_.remove(0, take(unread_));
        if (unread_.isEmpty())
            unread_.clear(); // the memory too
        return true;
    }
    std::array<char, PieceSize> piece; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const qint64 count = receive(piece.data(), PieceSize);
    if (count <= 0)
        return false;
    const qsizetype taken = take(QByteArrayView(piece.data(), count));
    unread_.append(piece.data() + taken, count - taken);
    return true;
}

void ClientStream::readAhead()
{
    std::array<char, PieceSize> piece; // NOLINT(cppcoreguidelines-pro-type-member-init)
    while (!isFull()) {
        const qint64 count = receive(piece.data(), PieceSize);
        if (count > 0)
            unread_.append(piece.data(), count);
        if (count < PieceSize)
            return;
    }
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
    unread_.clear();
    std::array<char, PieceSize> piece; // NOLINT(cppcoreguidelines-pro-type-member-init)
    while (receive(piece.data(), PieceSize) == PieceSize) {
    }
}

void ClientStream::send(QByteArrayView bytes)
{
    if (bytes.size() < GatherBelow) {
        gathered().append(bytes);
    } else {
        flush();
        write(bytes);
    }
}

QByteArray &ClientStream::gathered()
{
    return outbox_.bytesFor(*this);
}

void ClientStream::flush()
{
    outbox_.flush(*this);
}

void ClientStream::flushLater()
{
    outbox_.flushLater();
}

qint64 ClientStream::bytesToWrite() const
{
    return socket_.bytesToWrite() + outbox_.size(*this);
}

void ClientStream::write(QByteArrayView bytes)
{
    if (isConnected() && socket_.write(bytes.data(), bytes.size()) < 0)
        socket_.abort(); // the client has left; disconnected() follows
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
    outbox_.drop(*this);
    socket_.abort();
}

QByteArray &Outbox::bytesFor(ClientStream &stream)
{
    if (owner_ != &stream)
        flush();
    owner_ = &stream;
    return bytes_;
}

qsizetype Outbox::size(const ClientStream &stream) const
{
    return owner_ == &stream ? bytes_.size() : 0;
}

void Outbox::flush(const ClientStream &stream)
{
    if (owner_ == &stream)
        flush();
}

void Outbox::flushLater()
{
    if (std::exchange(scheduled_, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            scheduled_ = false;
            flush();
        },
        Qt::QueuedConnection);
}

void Outbox::drop(const ClientStream &stream)
{
    if (owner_ != &stream)
        return;
    owner_ = nullptr;
    bytes_.resize(0);
}

void Outbox::flush()
{
    if (ClientStream *stream = std::exchange(owner_, nullptr))
        stream->write(bytes_);
    bytes_.resize(0); // keeps the memory
}

} // namespace keywheel
