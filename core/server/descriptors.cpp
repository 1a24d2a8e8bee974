// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/descriptors.h"

#include <algorithm>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace keywheel {

#ifdef Q_OS_WIN

bool isLastDescriptors(qintptr)
{
    return false;
}

bool areDescriptorsScarce(qintptr)
{
    return false;
}

void raiseDescriptorLimit() {}

void closeDescriptor(qintptr descriptor)
{
    ::closesocket(static_cast<SOCKET>(descriptor));
}

#else

bool isLastDescriptors(qintptr descriptor)
{
    constexpr rlim_t Reserve = 128;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return false;
    const rlim_t reserve = std::min(Reserve, limit.rlim_cur / 4);
    return static_cast<rlim_t>(descriptor) >= limit.rlim_cur - reserve;
}

bool areDescriptorsScarce(qintptr any)
{
    const int probe = ::dup(static_cast<int>(any));
    if (probe < 0)
        return true;
    ::close(probe);
    return isLastDescriptors(probe);
}

void raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

void closeDescriptor(qintptr descriptor)
{
    ::close(static_cast<int>(descriptor));
}

#endif

} // namespace keywheel
