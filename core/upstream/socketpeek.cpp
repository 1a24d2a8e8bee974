// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/socketpeek.h"

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <cerrno>
#include <sys/socket.h>
#endif

namespace keywheel {

bool peerIsQuiet(qintptr descriptor)
{
    char byte = 0;
#ifdef Q_OS_WIN
    const int got = recv(static_cast<SOCKET>(descriptor), &byte, 1, MSG_PEEK);
    return got < 0 && WSAGetLastError() == WSAEWOULDBLOCK;
#else
    const auto got = recv(static_cast<int>(descriptor), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
#endif
}

} // namespace keywheel
