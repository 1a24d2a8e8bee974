// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listener.h"

#include "common/logging.h"

#include <QTcpSocket>

#include <algorithm>
#include <utility>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace keywheel {

namespace {

constexpr Clock::Milliseconds RetryAfter = std::chrono::seconds(1);
constexpr Clock::Milliseconds WarningSpacing = std::chrono::seconds(10);
constexpr int Backlog = 1024;
constexpr int MaxPending = 30; // QTcpServer's own; QtHttpServer takes each at once

#ifdef Q_OS_WIN

// There is no such limit.
bool isLastDescriptors(qintptr)
{
    return false;
}

bool areDescriptorsScarce(qintptr)
{
    return false;
}

void closeDescriptor(qintptr descriptor)
{
    ::closesocket(static_cast<SOCKET>(descriptor));
}

#else

/// Whether this descriptor, the lowest that was free, is among the last that the process may have.
/// Those are kept for the upstream's side and for files.
bool isLastDescriptors(qintptr descriptor)
{
    constexpr rlim_t Reserve = 128;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
        return false;
    const rlim_t reserve = std::min(Reserve, limit.rlim_cur / 4);
    return static_cast<rlim_t>(descriptor) >= limit.rlim_cur - reserve;
}

/// The same for the descriptor that the next open() would get. `any` is an open one.
bool areDescriptorsScarce(qintptr any)
{
    const int probe = ::dup(static_cast<int>(any));
    if (probe < 0)
        return true;
    ::close(probe);
    return isLastDescriptors(probe);
}

void closeDescriptor(qintptr descriptor)
{
    ::close(static_cast<int>(descriptor));
}

#endif

} // namespace

Listener::Listener(Clock &clock, Accept accept)
    : clock_(clock),
      accept_(std::move(accept)),
      alarm_(clock, [this] { retry(); })
{
    setListenBacklogSize(Backlog);
    connect(this, &QTcpServer::acceptError, this, &Listener::pause);
}

void Listener::incomingConnection(qintptr descriptor)
{
    if (isLastDescriptors(descriptor)) {
        closeDescriptor(descriptor);
        pause();
    } else if (QTcpSocket *socket = accept_(descriptor)) {
        addPendingConnection(socket);
        // Before one has been taken that does not fit: it could only be closed.
        if (areDescriptorsScarce(socketDescriptor()))
            pause();
    }
}

void Listener::pause()
{
    if (paused_)
        return;
    paused_ = true;
    pauseAccepting();
    setMaxPendingConnections(0); // ends QTcpServer's loop over all that wait
    const Clock::Instant now = clock_.now();
    if (!warned_ || now - *warned_ >= WarningSpacing) {
        warned_ = now;
        qCWarning(lcServer) << "Descriptors run short; no new connections until some have closed";
    }
    if (!alarm_.isSet())
        alarm_.setIn(RetryAfter);
}

void Listener::retry()
{
    resume();
    if (paused_)
        alarm_.setIn(RetryAfter);
}

void Listener::resume()
{
    if (!paused_ || areDescriptorsScarce(socketDescriptor()))
        return;
    paused_ = false;
    setMaxPendingConnections(MaxPending);
    resumeAccepting();
}

void raiseDescriptorLimit()
{
#ifndef Q_OS_WIN
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
#endif
}

} // namespace keywheel
