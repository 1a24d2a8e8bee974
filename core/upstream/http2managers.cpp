// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/http2managers.h"

#include "common/logging.h"
#include "upstream/connectionpool.h"
#include "upstream/http2reply.h"

#include <QPointer>

#include <algorithm>

namespace keywheel {

Http2Managers::Http2Managers(ConnectionPool &pool)
    : pool_(pool),
      nextDeadline_(pool.clock(), [this] { checkDeadlines(); })
{
}

Http2Managers::~Http2Managers() = default;

void Http2Managers::renew()
{
    managers_.clear(); // replies under way keep theirs
    http1Only_.clear();
}

bool Http2Managers::mayServe(const Endpoint &endpoint) const
{
    return !http1Only_.contains(endpoint.name());
}

QNetworkReply *Http2Managers::send(const QNetworkRequest &request,
                                   QNetworkAccessManager::Operation operation, QByteArray body)
{
    auto *reply = new Http2Reply(request, operation, std::move(body), *this);
    queue_.push_back(reply);
    reply->setDeadline();
    serveQueue();
    return reply;
}

const UpstreamConfig &Http2Managers::config() const
{
    return pool_.config();
}

Clock &Http2Managers::clock() const
{
    return pool_.clock();
}

void Http2Managers::answered(const Http2Reply &reply)
{
    Manager *manager = find(reply);
    if (manager && !std::exchange(manager->proven, true)) {
        for (Http2Reply *other : running_) {
            if (other->manager() == reply.manager() && other->hasNotBegun())
                other->setDeadline();
        }
    }
    const Endpoint endpoint = Endpoint::of(reply.url());
    if (!endpoint.tls || reply.attribute(QNetworkRequest::Http2WasUsedAttribute).toBool() ||
        !mayServe(endpoint))
        return;
    http1Only_.insert(endpoint.name());
    qCWarning(lcUpstream).noquote()
        << QStringLiteral("UPSTREAM_HTTP2: %1 does not speak HTTP/2; HTTP/1.1 is used")
               .arg(endpoint.name());
}

bool Http2Managers::isProven(const Http2Reply &reply) const
{
    return std::any_of(managers_.begin(), managers_.end(),
                       [&](const Manager &m) { return m.network == reply.manager() && m.proven; });
}

void Http2Managers::ended(Http2Reply *reply)
{
    std::erase(queue_, reply);
    if (running_.erase(reply) == 0)
        return;
    release(reply);
    serveQueue();
}

void Http2Managers::connectionEnded(Http2Reply *reply)
{
    if (Manager *manager = find(*reply))
        manager->ended = true;
    std::vector<Http2Reply *> again{reply};
    for (Http2Reply *other : running_) {
        if (other != reply && other->manager() == reply->manager() && other->hasNotBegun())
            again.push_back(other);
    }
    for (Http2Reply *each : again) {
        running_.erase(each);
        release(each);
        each->takeBack();
        queue_.push_front(each);
        each->setDeadline();
    }
    serveQueue();
}

void Http2Managers::serveQueue()
{
    while (!queue_.empty()) {
        Manager *manager = choose();
        if (!manager)
            return;
        Http2Reply *reply = queue_.front();
        queue_.pop_front();
        const auto proxy = pool_.proxyFor(Endpoint::of(reply->url()));
        if (!proxy) {
            reply->failLater(QNetworkReply::ProxyNotFoundError, proxy.error().message);
            continue;
        }
        running_.insert(reply);
        ++manager->streams;
        if (manager->network->proxy() != *proxy)
            manager->network->setProxy(*proxy);
        reply->start(manager->network, pool_.tlsConfiguration({true, {}, 0}));
    }
}

// The first one with room, so that those at the end fall idle and are let go.
Http2Managers::Manager *Http2Managers::choose()
{
    const auto free = std::find_if(managers_.begin(), managers_.end(), [](const Manager &m) {
        return !m.ended && m.streams < StreamsEach;
    });
    if (free != managers_.end())
        return &*free;
    if (size() >= config().maxSockets)
        return nullptr;
    managers_.push_back({std::make_shared<QNetworkAccessManager>()});
    return &managers_.back();
}

Http2Managers::Manager *Http2Managers::find(const Http2Reply &reply)
{
    const auto found = std::find_if(managers_.begin(), managers_.end(),
                                    [&](const Manager &m) { return m.network == reply.manager(); });
    return found == managers_.end() ? nullptr : &*found;
}

void Http2Managers::release(Http2Reply *reply)
{
    Manager *manager = find(*reply);
    if (!manager || --manager->streams > 0)
        return;
    const auto idle = std::count_if(managers_.begin(), managers_.end(),
                                    [](const Manager &m) { return m.streams == 0; });
    if (manager->ended || idle > config().maxFreeSockets || size() > config().maxSockets)
        managers_.erase(managers_.begin() + (manager - managers_.data()));
}

void Http2Managers::checkDeadlines()
{
    const auto now = clock().now();
    std::vector<QPointer<Http2Reply>> all(running_.begin(), running_.end());
    all.insert(all.end(), queue_.begin(), queue_.end());
    for (const auto &reply : all) {
        if (reply && !reply->isFinished() && reply->deadline() <= now)
            reply->onDeadline();
    }
    auto soonest = Clock::Instant::max();
    for (const Http2Reply *reply : running_)
        soonest = std::min(soonest, reply->deadline());
    for (const Http2Reply *reply : queue_)
        soonest = std::min(soonest, reply->deadline());
    if (soonest != Clock::Instant::max())
        deadlineMoved(soonest);
}

} // namespace keywheel
