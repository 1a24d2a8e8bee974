// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/socketpeek.h"

#include <QNetworkProxy>
#include <QTcpSocket>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <cerrno>
#include <sys/socket.h>
#endif

namespace keywheel {

bool isQuiet(const QTcpSocket &socket)
{
    // Through SOCKS5, Qt's descriptor is a number of its own and no socket.
    if (socket.proxy().type() == QNetworkProxy::Socks5Proxy)
        return true;
    const qintptr descriptor = socket.socketDescriptor();
    char byte = 0;
#ifdef Q_OS_WIN
    const int got = recv(static_cast<SOCKET>(descriptor), &byte, 1, MSG_PEEK);
    return got < 0 && WSAGetLastError() == WSAEWOULDBLOCK;
#else
    const auto got = recv(static_cast<int>(descriptor), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
#endif
}

bool hasResetPending(const QTcpSocket &socket)
{
#ifdef Q_OS_WIN
    Q_UNUSED(socket)
    return false;
#else
    int error = 0;
    socklen_t size = sizeof error;
    return getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_ERROR, &error,
                      &size) == 0 &&
           error == ECONNRESET;
#endif
}

} // namespace keywheel
