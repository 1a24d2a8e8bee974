// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/listener.h"

#include "common/logging.h"
#include "server/descriptors.h"

#include <QTcpSocket>

#include <utility>

namespace keywheel {

namespace {

constexpr Clock::Milliseconds RetryAfter = std::chrono::seconds(1);
constexpr Clock::Milliseconds WarningSpacing = std::chrono::seconds(10);
constexpr int Backlog = 1024;
constexpr int MaxPending = 30; // QTcpServer's own; QtHttpServer takes each at once

} // namespace

Listener::Listener(Clock &clock, Accept accept) : clock_(clock), accept_(std::move(accept))
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
    if (!std::exchange(retrying_, true))
        retryLater();
}

void Listener::retryLater()
{
    clock_.callLater(RetryAfter, this, [this] {
        resume();
        retrying_ = paused_;
        if (retrying_)
            retryLater();
    });
}

void Listener::resume()
{
    if (!paused_ || areDescriptorsScarce(socketDescriptor()))
        return;
    paused_ = false;
    setMaxPendingConnections(MaxPending);
    resumeAccepting();
}

} // namespace keywheel
