// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/connectiontable.h"

#include "server/connection.h"
#include "server/httpadapter.h"

#include <algorithm>
#include <optional>

namespace keywheel {

namespace {

/// So many clients over the limit get their 503 at a time; the others are closed without a word.
constexpr int MaxRefusing = 64;

} // namespace

ConnectionTable::ConnectionTable(HttpAdapter &adapter, RequestGate &gate, Clock &clock)
    : adapter_(adapter),
      gate_(gate),
      clock_(clock),
      alarm_(clock, [this] { sweep(); })
{
}

ConnectionTable::~ConnectionTable()
{
    connections_.clear();
    // Also those that end in the next turn of the loop: all use the outbox.
    qDeleteAll(findChildren<Connection *>(Qt::FindDirectChildrenOnly));
}

void ConnectionTable::setLimits(qint64 maxBodySize, int maxConnections)
{
    maxBodySize_ = maxBodySize;
    maxConnections_ = maxConnections;
}

QTcpSocket *ConnectionTable::accept(qintptr descriptor)
{
    if (connectionCount() >= maxConnections_ + MaxRefusing) {
        QTcpSocket surplus;
        surplus.setSocketDescriptor(descriptor);
        return nullptr;
    }
    const bool tooMany = connectionCount() >= maxConnections_;
    auto *connection = new Connection(descriptor, *this);
    connections_.insert(connection);
    if (!tooMany)
        return connection->attach(&adapter_);
    connection->refuse({503, QByteArrayLiteral("overloaded"),
                        QStringLiteral("Too many connections are open (MAX_CONNECTIONS is %1).")
                            .arg(maxConnections_)});
    return nullptr;
}

void ConnectionTable::stop()
{
    stopped_ = true;
    const auto connections = connections_;
    for (Connection *connection : connections)
        connection->stop();
}

void ConnectionTable::exchangeEnded()
{
    if (--active_ == 0)
        Q_EMIT idle();
}

void ConnectionTable::connectionEnded(Connection *connection)
{
    if (!connections_.remove(connection))
        return;
    connection->deleteLater();
    Q_EMIT connectionClosed();
}

void ConnectionTable::sweep()
{
    const Clock::Instant now = clock_.now();
    std::optional<Clock::Instant> earliest;
    const auto connections = connections_;
    for (Connection *connection : connections) {
        if (connection->deadline() && *connection->deadline() <= now)
            connection->expire();
        if (const auto deadline = connection->deadline();
            deadline && (!earliest || *deadline < *earliest))
            earliest = deadline;
    }
    if (earliest)
        watch(std::max(*earliest, now + SweepSpacing));
}

} // namespace keywheel
