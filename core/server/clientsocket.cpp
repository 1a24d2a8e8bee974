// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/clientsocket.h"

#include <algorithm>
#include <cstring>

namespace keywheel {

namespace {

/// The least that QtHttpServer takes for a request.
constexpr QByteArrayView OneRequest("GET / HTTP/1.1\r\n\r\n");

} // namespace

ClientSocket::ClientSocket(const QAbstractSocket &client, QObject *parent) : QTcpSocket(parent)
{
    setPeerAddress(client.peerAddress());
    setPeerPort(client.peerPort());
    setLocalAddress(client.localAddress());
    setLocalPort(client.localPort());
    QIODevice::open(ReadWrite | Unbuffered);
    setSocketState(ConnectedState);
}

ClientSocket::~ClientSocket()
{
    setSocketState(UnconnectedState);
}

void ClientSocket::offerRequest()
{
    unread_ = OneRequest;
    Q_EMIT readyRead();
}

void ClientSocket::retire()
{
    QMetaObject::invokeMethod(
        this,
        [this] {
            setSocketState(UnconnectedState);
            Q_EMIT disconnected();
            hold({});
        },
        Qt::QueuedConnection);
}

qint64 ClientSocket::bytesAvailable() const
{
    return QTcpSocket::bytesAvailable() + unread_.size();
}

void ClientSocket::disconnectFromHost()
{
    Q_EMIT dropped();
}

qint64 ClientSocket::readData(char *data, qint64 maxSize)
{
    const auto count = std::min<qsizetype>(unread_.size(), maxSize);
    if (count > 0)
        std::memcpy(data, unread_.data(), static_cast<size_t>(count));
    unread_ = unread_.sliced(count);
    return count;
}

qint64 ClientSocket::writeData(const char *, qint64)
{
    return -1;
}

} // namespace keywheel
