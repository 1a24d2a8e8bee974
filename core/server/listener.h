// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/alarm.h"

#include <QTcpServer>

#include <functional>
#include <optional>

class QTcpSocket;

namespace keywheel {

/// Accepts connections. When descriptors run short, it pauses, and tries again every second and
/// whenever a connection has closed. Meanwhile clients wait in the system's queue. (QTcpServer by
/// itself spins: of its socket's errors it sees only the first, which is that no client waits.)
///
/// Thread: the core's.
class Listener final : public QTcpServer
{
    Q_OBJECT

public:
    /// Makes the socket that QtHttpServer shall serve, or null when the connection was refused.
    using Accept = std::function<QTcpSocket *(qintptr descriptor)>;

    Listener(Clock &clock, Accept accept);

    /// A connection has closed: goes on if that was enough.
    void resume();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void pause();
    void retry();

    Clock &clock_;
    Accept accept_;
    Alarm alarm_;
    bool paused_ = false;
    std::optional<Clock::Instant> warned_;
};

/// Raises the limit to what the process may have: the soft limit of most systems is 1024, far below
/// MAX_CONNECTIONS. Where the system refuses, the limit stays as it is.
void raiseDescriptorLimit();

} // namespace keywheel
