// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/expected.h"
#include "http/responsewriter.h"
#include "server/ownendpoints.h"
#include "server/serverconfig.h"

#include <QHostAddress>
#include <QList>
#include <QObject>

#include <memory>

namespace keywheel {

/// The client's side: listens, frames and checks each request, answers Keywheel's own endpoints and
/// hands everything else to the RequestHandler.
///
/// Thread: the core's. `handler`, `management` and `clock` must outlive it. Destroying it closes
/// all connections.
class HttpServer : public QObject
{
    Q_OBJECT

public:
    HttpServer(RequestHandler &handler, Management &management, Clock &clock,
               QObject *parent = nullptr);
    ~HttpServer() override;

    /// Takes effect with the next request of each connection.
    void setConfig(const ServerConfig &config);

    /// Opens the listener, or moves it: when the new address cannot be opened, the old one stays
    /// open and the error says why. Connections that are open stay. Port 0 takes a free one.
    Expected<void> listen(const QHostAddress &address, quint16 port)
    {
        return listen(QList<QHostAddress>{address}, port);
    }
    /// The same for several addresses with one port. The machine must have the first; of the others
    /// those that it does not have (::1, where there is no IPv6) are left out.
    Expected<void> listen(const QList<QHostAddress> &addresses, quint16 port);
    /// Whether that is what listen() was last asked for, and `port` is the one taken.
    bool isListeningOn(const QList<QHostAddress> &addresses, quint16 port) const;
    /// Takes no more connections and no more requests; exchanges under way go on, and a request of
    /// which a byte has arrived is one. Idle connections are closed.
    void stopListening();
    bool isListening() const;
    /// The first of addresses().
    QHostAddress address() const;
    QList<QHostAddress> addresses() const;
    quint16 port() const;

    int connectionCount() const;
    /// Requests that have begun to arrive and have not been answered yet.
    int activeCount() const;

Q_SIGNALS:
    /// activeCount() fell to 0.
    void idle();
    /// A browser's page was refused; at most once per origin.
    void originRefused(const QString &origin);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace keywheel
