// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/httpserver.h"

#include "server/connectiontable.h"
#include "server/httpadapter.h"
#include "server/listener.h"
#include "server/requestgate.h"

#include <QPointer>

#include <utility>

namespace keywheel {

struct HttpServer::Private
{
    Private(HttpServer &server, RequestHandler &handler, Management &management, Clock &clockIn)
        : clock(clockIn),
          gate(handler, management, clockIn,
               [&server](const QString &origin) { Q_EMIT server.originRefused(origin); }),
          connections(adapter, gate, clockIn)
    {
    }

    /// A listener at the address, or why there is none.
    Expected<Listener *> open(const QHostAddress &address, quint16 port);
    void replaceListener(Listener *next);

    Clock &clock;
    RequestGate gate;
    HttpAdapter adapter;
    ConnectionTable connections; ///< after `adapter`: connections end before QtHttpServer does
    QPointer<Listener> listener; ///< a child of `adapter`
};

Expected<Listener *> HttpServer::Private::open(const QHostAddress &address, quint16 port)
{
    auto next = std::make_unique<Listener>(
        clock, [this](qintptr descriptor) { return connections.accept(descriptor); });
    if (!next->listen(address, port))
        return failure(QStringLiteral("Cannot listen on %1 port %2: %3")
                           .arg(address.toString())
                           .arg(port)
                           .arg(next->errorString()));
    connect(&connections, &ConnectionTable::connectionClosed, next.get(), &Listener::resume);
    adapter.adopt(next.get());
    return next.release();
}

void HttpServer::Private::replaceListener(Listener *next)
{
    if (Listener *old = std::exchange(listener, next)) {
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

Expected<void> HttpServer::listen(const QHostAddress &address, quint16 port)
{
    if (isListening() && port != 0 && address == this->address() && port == this->port())
        return {};
    if (!isListening())
        raiseDescriptorLimit();
    auto next = d->open(address, port);
    if (!next && isListening() && port == this->port()) {
        // One port of two addresses that overlap: the old listener has to go first.
        const QHostAddress oldAddress = this->address();
        d->listener->close();
        next = d->open(address, port);
        if (!next) {
            if (auto old = d->open(oldAddress, port))
                d->replaceListener(*old);
            return tl::unexpected(next.error());
        }
    }
    if (!next)
        return tl::unexpected(next.error());
    d->replaceListener(*next);
    d->gate.setListenAddress(address);
    d->connections.start();
    return {};
}

void HttpServer::stopListening()
{
    d->replaceListener(nullptr);
    d->connections.stop();
}

bool HttpServer::isListening() const
{
    return d->listener && d->listener->isListening();
}

QHostAddress HttpServer::address() const
{
    return d->listener ? d->listener->serverAddress() : QHostAddress();
}

quint16 HttpServer::port() const
{
    return d->listener ? d->listener->serverPort() : 0;
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
