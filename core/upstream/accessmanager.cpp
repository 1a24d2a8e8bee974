// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/accessmanager.h"

#include "upstream/connectionpool.h"
#include "upstream/upstreamreply.h"

#include <QBuffer>

namespace keywheel {

AccessManager::AccessManager(Clock &clock, QObject *parent)
    : QNetworkAccessManager(parent),
      pool_(std::make_unique<ConnectionPool>(clock))
{
}

AccessManager::~AccessManager()
{
    // Replies are children of the manager and use the pool.
    qDeleteAll(findChildren<UpstreamReply *>(Qt::FindDirectChildrenOnly));
}

Expected<void> AccessManager::setConfig(const UpstreamConfig &config)
{
    return pool_->setConfig(config);
}

void AccessManager::setOwnAddress(const QHostAddress &address, quint16 port)
{
    pool_->setOwnAddress(address, port);
}

void AccessManager::warmUp(const QUrl &url)
{
    pool_->warmUp(Origin::of(url));
}

int AccessManager::openConnections() const
{
    return pool_->size();
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
    auto *reply = new UpstreamReply(request, operation, std::move(body), *pool_);
    reply->setParent(this);
    pool_->submit(reply);
    reply->expose();
    return reply;
}

} // namespace keywheel
