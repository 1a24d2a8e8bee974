// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/connectionpool.h"

#include "common/logging.h"
#include "upstream/systemproxy.h"
#include "upstream/upstreamreply.h"

#include <QPointer>

#include <algorithm>

namespace keywheel {

ConnectionPool::ConnectionPool(Clock &clock)
    : clock_(clock),
      nextDeadline_(clock, [this] { checkDeadlines(); })
{
}

ConnectionPool::~ConnectionPool()
{
    for (UpstreamConnection *connection : std::exchange(connections_, {}))
        delete connection;
}

Expected<void> ConnectionPool::setConfig(const UpstreamConfig &config)
{
    if (config.caFile.isEmpty()) {
        if (!config_.caFile.isEmpty())
            tls_.reset();
    } else if (config.caFile != config_.caFile) {
        auto tls = tlsSettings(config.caFile);
        if (!tls)
            return tl::make_unexpected(tls.error());
        tls_ = *tls;
    }
    const bool newRoute = config.caFile != config_.caFile || config.proxy != config_.proxy;
    config_ = config;
    systemProxies_.clear();
    if (newRoute) { // connections under way finish, and are not used again
        ++route_;
        tickets_.clear();
    }
    while (!idle_.empty() && (newRoute || int(idle_.size()) > config_.maxFreeSockets))
        idle_.front()->abandon();
    serveQueue();
    return {};
}

void ConnectionPool::setOwnAddresses(const QList<QHostAddress> &addresses, quint16 port)
{
    ownAddresses_ = addresses;
    ownPort_ = port;
}

void ConnectionPool::submit(UpstreamReply *reply)
{
    const Waiting next = waiting(reply, true);
    if (!queue_.empty() || !start(next))
        enqueue(queue_.end(), next);
}

void ConnectionPool::resubmit(UpstreamReply *reply)
{
    enqueue(queue_.begin(), waiting(reply, false));
    serveQueue();
}

ConnectionPool::Waiting ConnectionPool::waiting(UpstreamReply *reply, bool mayReuse) const
{
    return {reply, mayReuse, clock_.now() + config_.requestTimeout};
}

void ConnectionPool::enqueue(Queue::const_iterator where, Waiting waiting)
{
    queued_[waiting.reply] = queue_.insert(where, waiting);
    deadlineMoved(waiting.deadline);
}

void ConnectionPool::cancel(UpstreamReply *reply)
{
    if (const auto found = queued_.find(reply); found != queued_.end()) {
        queue_.erase(found->second);
        queued_.erase(found);
    } else if (UpstreamConnection *connection = reply->connection()) {
        connection->abandon();
    }
}

void ConnectionPool::warmUp(const Endpoint &endpoint)
{
    if (connections_.empty())
        open(endpoint, nullptr);
}

bool ConnectionPool::start(const Waiting &waiting)
{
    const Endpoint endpoint = Endpoint::of(waiting.reply->url());
    if (UpstreamConnection *connection = waiting.mayReuse ? takeIdle(endpoint) : nullptr) {
        waiting.reply->setQueuedUntil(clock_.now());
        connection->send(waiting.reply);
        return true;
    }
    if (size() >= config_.maxSockets && !idle_.empty())
        idle_.front()->abandon(); // it leads elsewhere
    if (size() >= config_.maxSockets)
        return false;
    waiting.reply->setQueuedUntil(clock_.now());
    open(endpoint, waiting.reply);
    return true;
}

void ConnectionPool::open(const Endpoint &endpoint, UpstreamReply *reply)
{
    auto *connection = new UpstreamConnection(endpoint, route_, *this);
    connections_.insert(connection);
    connection->open(reply);
}

UpstreamConnection *ConnectionPool::takeIdle(const Endpoint &endpoint)
{
    for (auto i = idle_.size(); i-- > 0;) {
        UpstreamConnection *connection = idle_[i];
        if (connection->endpoint() != endpoint)
            continue;
        if (connection->isStillOpen()) {
            idle_.erase(idle_.begin() + std::ptrdiff_t(i));
            return connection;
        }
        connection->abandon();
    }
    return nullptr;
}

void ConnectionPool::released(UpstreamConnection *connection)
{
    const bool old = clock_.now() - connection->openedAt() > MaxAge;
    if (old || connection->route() != route_ || size() > config_.maxSockets)
        return connection->abandon();
    idle_.push_back(connection);
    connection->startIdling();
    serveQueue();
    if (int(idle_.size()) > config_.maxFreeSockets)
        idle_.front()->abandon();
}

void ConnectionPool::closed(UpstreamConnection *connection)
{
    if (connections_.erase(connection) == 0)
        return;
    std::erase(idle_, connection);
    connection->deleteLater();
    // Later, since the caller may still be closing others.
    if (!queue_.empty())
        QMetaObject::invokeMethod(this, &ConnectionPool::serveQueue, Qt::QueuedConnection);
}

void ConnectionPool::serveQueue()
{
    while (!queue_.empty()) {
        const Waiting next = queue_.front();
        queued_.erase(next.reply);
        queue_.pop_front();
        if (!start(next))
            return enqueue(queue_.begin(), next);
    }
}

void ConnectionPool::checkDeadlines()
{
    const auto now = clock_.now();
    const std::vector<UpstreamConnection *> all(connections_.begin(), connections_.end());
    for (UpstreamConnection *connection : all) {
        if (connections_.contains(connection) && connection->deadline() <= now)
            connection->onDeadline();
    }
    failThatWaitedTooLong(now);
    auto soonest = Clock::Instant::max();
    for (const UpstreamConnection *connection : connections_)
        soonest = std::min(soonest, connection->deadline());
    for (const Waiting &waiting : queue_)
        soonest = std::min(soonest, waiting.deadline);
    if (soonest != Clock::Instant::max())
        deadlineMoved(soonest);
}

void ConnectionPool::failThatWaitedTooLong(Clock::Instant now)
{
    std::vector<QPointer<UpstreamReply>> late;
    for (const Waiting &waiting : queue_) {
        if (waiting.deadline <= now)
            late.emplace_back(waiting.reply);
    }
    for (const auto &reply : late) { // the end of one may be the end of others
        if (!reply || !queued_.contains(reply))
            continue;
        cancel(reply);
        reply->failInQueue(
            QStringLiteral("all %1 connections (MAX_SOCKETS) stayed busy").arg(config_.maxSockets));
    }
}

QSslConfiguration ConnectionPool::tlsConfiguration(const Endpoint &endpoint)
{
    if (!endpoint.tls)
        return {};
    if (!tls_)
        tls_ = *tlsSettings({});
    auto tls = *tls_;
    tls.setSessionTicket(tickets_.value(endpoint.name()));
    return tls;
}

void ConnectionPool::keepTicket(const Endpoint &endpoint, const QByteArray &ticket)
{
    tickets_.insert(endpoint.name(), ticket);
}

Expected<QNetworkProxy> ConnectionPool::proxyFor(const Endpoint &endpoint)
{
    if (config_.proxy.type() != QNetworkProxy::DefaultProxy)
        return config_.proxy;
    if (endpoint.isLoopback())
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QString name = endpoint.name();
    if (const auto known = systemProxies_.constFind(name); known != systemProxies_.cend())
        return *known;
    const auto proxy = systemProxy({endpoint.tls, endpoint.host, endpoint.port});
    if (!proxy)
        qCWarning(lcUpstream).noquote() << "UPSTREAM_PROXY=system:" << proxy.error().message;
    systemProxies_.insert(name, proxy);
    return proxy;
}

bool ConnectionPool::isOwnAddress(const QTcpSocket &socket) const
{
    const QHostAddress peer = socket.peerAddress();
    if (ownPort_ == 0 || socket.peerPort() != ownPort_)
        return false;
    // Listening on every address: whatever leads to this machine. A connection from an address to
    // itself does.
    return std::any_of(ownAddresses_.cbegin(), ownAddresses_.cend(), [&](const QHostAddress &own) {
        const bool everywhere = own == QHostAddress::Any || own == QHostAddress::AnyIPv4 ||
                                own == QHostAddress::AnyIPv6;
        return everywhere ? peer.isLoopback() || peer == socket.localAddress() : peer == own;
    });
}

} // namespace keywheel
