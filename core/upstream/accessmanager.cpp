// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/accessmanager.h"

#include "upstream/connectionpool.h"
#include "upstream/http2managers.h"
#include "upstream/http2reply.h"
#include "upstream/upstreamreply.h"

#include <QBuffer>

namespace keywheel {

AccessManager::AccessManager(Clock &clock, QObject *parent)
    : QNetworkAccessManager(parent),
      pool_(std::make_unique<ConnectionPool>(clock)),
      http2_(std::make_unique<Http2Managers>(*pool_))
{
}

AccessManager::~AccessManager()
{
    // Replies are children of the manager and use the pool.
    qDeleteAll(findChildren<UpstreamReply *>(Qt::FindDirectChildrenOnly));
    qDeleteAll(findChildren<Http2Reply *>(Qt::FindDirectChildrenOnly));
}

Expected<void> AccessManager::setConfig(const UpstreamConfig &config)
{
    const UpstreamConfig old = pool_->config();
    auto accepted = pool_->setConfig(config);
    if (accepted &&
        (config.caFile != old.caFile || config.proxy != old.proxy || config.http2 != old.http2))
        http2_->renew();
    return accepted;
}

void AccessManager::setOwnAddresses(const QList<QHostAddress> &addresses, quint16 port)
{
    pool_->setOwnAddresses(addresses, port);
}

void AccessManager::warmUp(const QUrl &url)
{
    if (!usesHttp2(url))
        pool_->warmUp(Endpoint::of(url));
}

int AccessManager::openConnections() const
{
    return pool_->size() + http2_->size();
}

bool AccessManager::usesHttp2(const QUrl &url) const
{
    const Endpoint endpoint = Endpoint::of(url);
    return pool_->config().http2 && endpoint.tls && http2_->mayServe(endpoint);
}

QNetworkReply *AccessManager::createRequest(Operation operation, const QNetworkRequest &request,
                                            QIODevice *outgoingData)
{
    if (!request.attribute(RawRequestAttribute).isValid())
        return QNetworkAccessManager::createRequest(operation, request, outgoingData);
    QByteArray body;
    if (auto *buffer = qobject_cast<QBuffer *>(outgoingData))
        body = buffer->data(); // shared, not copied
    else if (outgoingData)
        body = outgoingData->readAll();
    if (usesHttp2(request.url())) {
        QNetworkReply *reply = http2_->send(request, operation, std::move(body));
        reply->setParent(this);
        return reply;
    }
    auto *reply = new UpstreamReply(request, operation, std::move(body), *pool_);
    reply->setParent(this);
    pool_->submit(reply);
    reply->expose();
    return reply;
}

} // namespace keywheel
