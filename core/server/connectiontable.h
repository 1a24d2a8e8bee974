// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/alarm.h"
#include "server/clientstream.h"

#include <QObject>
#include <QSet>
#include <QTcpSocket>

namespace keywheel {

class Connection;
class HttpAdapter;
class RequestGate;

/// All connections of a server, what they share, and their deadlines.
///
/// One alarm serves the deadlines of all. It is set to the earliest, and not set while no
/// connection has one; when it rings, every connection is checked. A connection may learn of its
/// deadline SweepSpacing late.
///
/// Thread: the core's. The services must outlive it. Its destruction closes every connection.
class ConnectionTable final : public QObject
{
    Q_OBJECT

public:
    static constexpr Clock::Milliseconds SweepSpacing{500};

    ConnectionTable(HttpAdapter &adapter, RequestGate &gate, Clock &clock);
    ~ConnectionTable() override;

    void setLimits(qint64 maxBodySize, int maxConnections);
    /// Takes the connection; returns the socket for QtHttpServer, or null when there are too many
    /// already (the client then gets 503).
    QTcpSocket *accept(qintptr descriptor);
    /// Connections close as soon as they have no exchange under way.
    void stop();
    void start() { stopped_ = false; }

    int connectionCount() const { return static_cast<int>(connections_.size()); }
    int activeCount() const { return active_; }

    /// @name For Connection
    /// @{
    HttpAdapter &adapter() { return adapter_; }
    RequestGate &gate() { return gate_; }
    Clock &clock() { return clock_; }
    qint64 maxBodySize() const { return maxBodySize_; }
    bool isStopped() const { return stopped_; }
    Outbox &outbox() { return outbox_; }
    void exchangeBegan() { ++active_; }
    void exchangeEnded();
    void connectionEnded(Connection *connection);
    void watch(Clock::Instant deadline) { alarm_.setNoLaterThan(deadline); }
    /// @}

Q_SIGNALS:
    /// activeCount() fell to 0.
    void idle();
    /// A descriptor became free.
    void connectionClosed();

private:
    void sweep();

    HttpAdapter &adapter_;
    RequestGate &gate_;
    Clock &clock_;
    Outbox outbox_;
    QSet<Connection *> connections_;
    Alarm alarm_;
    qint64 maxBodySize_ = 0;
    int maxConnections_ = 0;
    int active_ = 0;
    bool stopped_ = false;
};

} // namespace keywheel
