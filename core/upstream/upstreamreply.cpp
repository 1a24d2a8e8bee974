// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/upstreamreply.h"

#include "upstream/connectionpool.h"
#include "upstream/upstreamconnection.h"

#include <QPointer>

#include <cstring>

namespace keywheel {

UpstreamReply::UpstreamReply(const QNetworkRequest &request,
                             QNetworkAccessManager::Operation operation, QByteArray body,
                             ConnectionPool &pool)
    : pool_(pool),
      head_(request.attribute(RawRequestAttribute).value<RawRequestHead>()),
      body_(std::move(body))
{
    setRequest(request);
    setUrl(request.url());
    setOperation(operation);
    // Unbuffered: bytes stay in buffer_ alone until somebody reads them.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

UpstreamReply::~UpstreamReply()
{
    if (!isFinished())
        pool_.cancel(this);
}

void UpstreamReply::abort()
{
    if (isFinished())
        return;
    pool_.cancel(this);
    buffer_.clear();
    offset_ = 0;
    fail(OperationCanceledError, QStringLiteral("cancelled"), false);
}

qint64 UpstreamReply::bytesAvailable() const
{
    return buffered() + QNetworkReply::bytesAvailable();
}

void UpstreamReply::setReadBufferSize(qint64 size)
{
    const bool wasFull = !wantsMore();
    QNetworkReply::setReadBufferSize(size);
    if (wasFull && connection_ && wantsMore())
        connection_->resumeLater();
}

qint64 UpstreamReply::readData(char *data, qint64 maxSize)
{
    const qint64 take = qMin(maxSize, buffered());
    if (take == 0)
        return isFinished() ? -1 : 0;
    std::memcpy(data, buffer_.constData() + offset_, size_t(take));
    const bool wasFull = !wantsMore();
    offset_ += take;
    if (offset_ == buffer_.size()) {
        buffer_.resize(0); // keeps the memory for the next chunk
        offset_ = 0;
    }
    if (wasFull && connection_ && wantsMore())
        connection_->resumeLater();
    return take;
}

void UpstreamReply::setResponseHead(const ResponseHead &head)
{
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, head.status);
    setAttribute(RawResponseAttribute, QVariant::fromValue(head));
    headPending_ = true;
}

void UpstreamReply::publish()
{
    const QPointer<UpstreamReply> alive(this);
    if (std::exchange(headPending_, false))
        Q_EMIT metaDataChanged();
    if (alive && !isFinished() && buffered() > 0)
        Q_EMIT readyRead();
}

void UpstreamReply::finishCleanly()
{
    const QPointer<UpstreamReply> alive(this);
    publish();
    if (!alive || isFinished())
        return;
    setFinished(true);
    Q_EMIT finished();
}

void UpstreamReply::failInQueue(const QString &text)
{
    setAttribute(NoFreeConnectionAttribute, true);
    fail(TimeoutError, text, false);
}

void UpstreamReply::fail(NetworkError code, const QString &text, bool handedOver)
{
    if (!exposed_) { // a connection may be refused at once, while nobody can have connected yet
        QMetaObject::invokeMethod(
            this, [=, this] { fail(code, text, handedOver); }, Qt::QueuedConnection);
        return;
    }
    const QPointer<UpstreamReply> alive(this);
    if (code != OperationCanceledError)
        publish();
    if (!alive || isFinished())
        return;
    setAttribute(HandedOverAttribute, handedOver);
    setError(code, text);
    setFinished(true);
    Q_EMIT errorOccurred(code);
    if (alive)
        Q_EMIT finished();
}

} // namespace keywheel
