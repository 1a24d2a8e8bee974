// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/servicemanager.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>

namespace keywheel {

void notifyServiceManager(const QByteArray &state)
{
    QByteArray name = qgetenv("NOTIFY_SOCKET");
    sockaddr_un address{};
    if (name.isEmpty() || name.size() >= qsizetype(sizeof address.sun_path))
        return;
    if (name.startsWith('@'))
        name[0] = '\0'; // Linux's abstract names
    address.sun_family = AF_UNIX;
    std::copy(name.cbegin(), name.cend(), address.sun_path);
    const int descriptor = ::socket(AF_UNIX, SOCK_DGRAM, 0);
    if (descriptor < 0)
        return;
    // A manager that does not read must not hold up requests.
    ::sendto(descriptor, state.constData(), std::size_t(state.size()), MSG_DONTWAIT,
             reinterpret_cast<const sockaddr *>(&address),
             socklen_t(offsetof(sockaddr_un, sun_path)) + socklen_t(name.size()));
    ::close(descriptor);
}

} // namespace keywheel
