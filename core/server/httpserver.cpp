// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/httpserver.h"

#include "server/connectiontable.h"
#include "server/httpadapter.h"
#include "server/listener.h"
#include "server/requestgate.h"

#include <QPointer>

#include <utility>
#include <vector>

namespace keywheel {

namespace {

/// Another program may have the port that is free for one address on the other.
constexpr int TriesForAFreePort = 16;

bool lacksAddress(const QTcpServer &server)
{
    const auto error = server.serverError();
    return error == QAbstractSocket::SocketAddressNotAvailableError ||
           error == QAbstractSocket::UnsupportedSocketOperationError;
}

} // namespace

struct HttpServer::Private
{
    using Opened = std::vector<std::unique_ptr<Listener>>;

    Private(HttpServer &server, RequestHandler &handler, Management &management, Clock &clockIn)
        : clock(clockIn),
          gate(handler, management, clockIn,
               [&server](const QString &origin) { Q_EMIT server.originRefused(origin); }),
          connections(adapter, gate, clockIn)
    {
    }

    /// A listener for each address that the machine has, or why there is none.
    Expected<Opened> open(const QList<QHostAddress> &addresses, quint16 port);
    Expected<Opened> openOnce(const QList<QHostAddress> &addresses, quint16 port);
    void replaceListeners(Opened next);
    void closeListeners();

    Clock &clock;
    RequestGate gate;
    HttpAdapter adapter;
    ConnectionTable connections; ///< after `adapter`: connections end before QtHttpServer does
    QList<QHostAddress> wanted;
    QList<QPointer<Listener>> listeners; ///< children of `adapter`
};

Expected<HttpServer::Private::Opened>
HttpServer::Private::open(const QList<QHostAddress> &addresses, quint16 port)
{
    int triesLeft = port == 0 && addresses.size() > 1 ? TriesForAFreePort : 1;
    for (;;) {
        auto opened = openOnce(addresses, port);
        if (opened || --triesLeft == 0)
            return opened;
    }
}

Expected<HttpServer::Private::Opened>
HttpServer::Private::openOnce(const QList<QHostAddress> &addresses, quint16 port)
{
    Opened all;
    for (const QHostAddress &address : addresses) {
        auto next = std::make_unique<Listener>(
            clock, [this](qintptr descriptor) { return connections.accept(descriptor); });
        if (next->listen(address, port)) {
            port = next->serverPort();
            all.push_back(std::move(next));
        } else if (all.empty() || !lacksAddress(*next)) {
            return failure(QStringLiteral("Cannot listen on %1 port %2: %3")
                               .arg(address.toString())
                               .arg(port)
                               .arg(next->errorString()));
        }
    }
    return all;
}

void HttpServer::Private::replaceListeners(Opened next)
{
    closeListeners();
    for (std::unique_ptr<Listener> &owned : next) {
        Listener *const listener = owned.release();
        connect(&connections, &ConnectionTable::connectionClosed, listener, &Listener::resume);
        adapter.adopt(listener);
        listeners.append(listener);
    }
}

void HttpServer::Private::closeListeners()
{
    for (const QPointer<Listener> &old : std::exchange(listeners, {})) {
        if (!old)
            continue;
        old->close();
        old->deleteLater();
    }
}

HttpServer::HttpServer(RequestHandler &handler, Management &management, Clock &clock,
                       QObject *parent)
    : QObject(parent),
      d(std::make_unique<Private>(*this, handler, management, clock))
{
    connect(&d->connections, &ConnectionTable::idle, this, &HttpServer::idle);
    setConfig({});
}

HttpServer::~HttpServer() = default;

void HttpServer::setConfig(const ServerConfig &config)
{
    d->gate.setConfig(config);
    d->connections.setLimits(config.maxBodySize, config.maxConnections);
}

Expected<void> HttpServer::listen(const QList<QHostAddress> &addresses, quint16 port)
{
    if (port != 0 && isListeningOn(addresses, port))
        return {};
    if (!isListening())
        raiseDescriptorLimit();
    auto next = d->open(addresses, port);
    if (!next && isListening() && port == this->port()) {
        // One port of addresses that overlap: the old listeners have to go first.
        d->closeListeners();
        next = d->open(addresses, port);
        if (!next) {
            if (auto old = d->open(d->wanted, port))
                d->replaceListeners(std::move(*old));
            return tl::unexpected(next.error());
        }
    }
    if (!next)
        return tl::unexpected(next.error());
    d->replaceListeners(std::move(*next));
    d->wanted = addresses;
    d->gate.setListenAddress(addresses.first());
    d->connections.start();
    return {};
}

bool HttpServer::isListeningOn(const QList<QHostAddress> &addresses, quint16 port) const
{
    return isListening() && addresses == d->wanted && port == this->port();
}

void HttpServer::stopListening()
{
    d->closeListeners();
    d->connections.stop();
}

bool HttpServer::isListening() const
{
    return !d->listeners.isEmpty() && d->listeners.first() && d->listeners.first()->isListening();
}

QHostAddress HttpServer::address() const
{
    return addresses().value(0);
}

QList<QHostAddress> HttpServer::addresses() const
{
    QList<QHostAddress> all;
    for (const QPointer<Listener> &listener : std::as_const(d->listeners)) {
        if (listener)
            all.append(listener->serverAddress());
    }
    return all;
}

quint16 HttpServer::port() const
{
    return isListening() ? d->listeners.first()->serverPort() : 0;
}

int HttpServer::connectionCount() const
{
    return d->connections.connectionCount();
}

int HttpServer::activeCount() const
{
    return d->connections.activeCount();
}

} // namespace keywheel
