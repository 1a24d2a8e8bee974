// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/http2reply.h"

#include "upstream/http2managers.h"
#include "upstream/http2request.h"
#include "upstream/requestsender.h"

#include <QPointer>

namespace keywheel {

Http2Reply::Http2Reply(const QNetworkRequest &request, QNetworkAccessManager::Operation operation,
                       QByteArray body, Http2Managers &owner)
    : owner_(owner),
      sent_(request.attribute(RawRequestAttribute).value<RawRequestHead>()),
      body_(std::move(body))
{
    setRequest(request);
    setUrl(request.url());
    setOperation(operation);
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

Http2Reply::~Http2Reply()
{
    dropStock();
    owner_.ended(this);
}

void Http2Reply::start(std::shared_ptr<QNetworkAccessManager> manager, const QSslConfiguration &tls)
{
    manager_ = std::move(manager);
    if (!body_.isEmpty())
        upload_ = std::make_shared<UploadDevice>(body_);
    bytesSent_ = 0;
    headSent_ = false;
    setAttribute(QueuedUntilAttribute, instantValue(owner_.clock().now()));
    stock_ = sendStock(*manager_, stockRequest(url(), sent_, body_.size(), tls), sent_.method,
                       upload_.get());
    // The base class may look at its device for as long as its own reply lives, even aborted.
    connect(stock_, &QObject::destroyed, stock_, [device = upload_] {});
    stock_->setReadBufferSize(readBufferSize());
    connect(stock_, &QNetworkReply::requestSent, this, [this] {
        headSent_ = true;
        setAttribute(SentAtAttribute, instantValue(owner_.clock().now()));
        setDeadline();
    });
    connect(stock_, &QNetworkReply::uploadProgress, this, &Http2Reply::onSent);
    connect(stock_, &QNetworkReply::metaDataChanged, this, &Http2Reply::onHead);
    connect(stock_, &QNetworkReply::readyRead, this, &Http2Reply::onReadyRead);
    connect(stock_, &QNetworkReply::finished, this, &Http2Reply::onFinished);
    setDeadline();
}

void Http2Reply::abort()
{
    if (isFinished())
        return;
    dropStock();
    fail(OperationCanceledError, QStringLiteral("cancelled"), false);
}

qint64 Http2Reply::bytesAvailable() const
{
    return (stock_ ? stock_->bytesAvailable() : 0) + QNetworkReply::bytesAvailable();
}

void Http2Reply::setReadBufferSize(qint64 size)
{
    QNetworkReply::setReadBufferSize(size);
    if (stock_)
        stock_->setReadBufferSize(size);
}

qint64 Http2Reply::readData(char *data, qint64 maxSize)
{
    const qint64 size = stock_ ? stock_->read(data, maxSize) : 0;
    if (size <= 0)
        return isFinished() ? -1 : 0;
    taken_ += size;
    return size;
}

void Http2Reply::onSent(qint64 bytes)
{
    if (bytes <= bytesSent_)
        return;
    bytesSent_ = bytes;
    setDeadline();
}

void Http2Reply::onHead()
{
    if (head_ || isFinished())
        return;
    head_ = responseHead(*stock_);
    setDeadline();
    setAttribute(QNetworkRequest::HttpStatusCodeAttribute, head_->status);
    setAttribute(QNetworkRequest::Http2WasUsedAttribute,
                 stock_->attribute(QNetworkRequest::Http2WasUsedAttribute));
    setAttribute(RawResponseAttribute, QVariant::fromValue(*head_));
    owner_.answered(*this);
    Q_EMIT metaDataChanged();
}

void Http2Reply::onReadyRead()
{
    if (isFinished())
        return;
    setDeadline();
    Q_EMIT readyRead();
}

void Http2Reply::onFinished()
{
    if (isFinished())
        return;
    if (mayResend()) {
        deadline_ = Clock::Instant::max();
        // Later, since what is thrown away there is calling; meanwhile another reply may have seen
        // the same and taken this one along.
        QMetaObject::invokeMethod(
            this,
            [this] {
                if (stock_ && stock_->isFinished() && !isFinished())
                    owner_.connectionEnded(this);
            },
            Qt::QueuedConnection);
        return;
    }
    const StockOutcome outcome =
        outcomeOf(*stock_, head_ ? &*head_ : nullptr, taken_ + stock_->bytesAvailable());
    if (outcome.error != NoError) {
        const QString where = QStringLiteral("%1:%2: ").arg(url().host()).arg(url().port(443));
        return fail(outcome.error, where + outcome.text, handedOver());
    }
    setFinished(true);
    owner_.ended(this);
    Q_EMIT finished();
}

// A server that ends an HTTP/2 connection says which requests it has not looked at; those are sent
// again (RFC 9113 §6.8). The base class reports the ones that it had not begun by
// ProtocolUnknownError, the ones that the server passed over by ContentReSendError. When the
// connection just ended: once, what may be sent twice or has not left.
bool Http2Reply::mayResend() const
{
    if (head_ || resends_ == MaxResends)
        return false;
    switch (stock_->error()) {
    case ProtocolUnknownError:
        return true;
    case ContentReSendError:
        return !upload_ || !upload_->rewindRefused();
    case RemoteHostClosedError:
        return resends_ == 0 && (isIdempotent(sent_.method) || (upload_ && !upload_->begun()));
    default:
        return false;
    }
}

bool Http2Reply::hasNotBegun() const
{
    return !head_ && !headSent_ && (upload_ ? !upload_->begun() : isIdempotent(sent_.method));
}

bool Http2Reply::mayBeStuck() const
{
    return stock_ && owner_.isProven(*this) && resends_ < MaxResends && hasNotBegun();
}

void Http2Reply::takeBack()
{
    ++resends_;
    deadline_ = Clock::Instant::max();
    dropStock();
}

void Http2Reply::dropStock()
{
    if (!stock_)
        return;
    stock_->disconnect(this);
    if (!stock_->isFinished())
        stock_->abort();
    std::exchange(stock_, nullptr)->deleteLater(); // it may be what is calling
}

bool Http2Reply::handedOver() const
{
    return headSent_ && bytesSent_ == body_.size();
}

void Http2Reply::setDeadline()
{
    const UpstreamConfig &config = owner_.config();
    auto wait = head_ || handedOver() ? config.responseTimeout : config.requestTimeout;
    if (mayBeStuck())
        wait = std::min(wait, StuckAfter);
    deadline_ = owner_.clock().now() + wait;
    owner_.deadlineMoved(deadline_);
}

void Http2Reply::onDeadline()
{
    if (head_ && readBufferSize() > 0 && bytesAvailable() >= readBufferSize())
        return setDeadline(); // it is our reader who is slow
    if (mayBeStuck())
        return owner_.connectionEnded(this);
    const bool sent = handedOver();
    setAttribute(NoFreeConnectionAttribute, !stock_);
    const QString why = whyLate(sent);
    dropStock();
    fail(TimeoutError, why, sent);
}

QString Http2Reply::whyLate(bool sent) const
{
    if (!stock_)
        return QStringLiteral("all %1 connections (MAX_SOCKETS) stayed busy")
            .arg(owner_.config().maxSockets);
    return QStringLiteral("%1:%2: %3")
        .arg(url().host())
        .arg(url().port(443))
        .arg(sent ? QStringLiteral("no answer in time")
                  : QStringLiteral("could not hand the request over in time"));
}

void Http2Reply::failLater(NetworkError code, const QString &text)
{
    const auto end = [=, this] {
        if (!isFinished())
            fail(code, text, false);
    };
    QMetaObject::invokeMethod(this, end, Qt::QueuedConnection);
}

void Http2Reply::fail(NetworkError code, const QString &text, bool handedOver)
{
    const QPointer<Http2Reply> alive(this);
    setAttribute(HandedOverAttribute, handedOver);
    setError(code, text);
    setFinished(true);
    owner_.ended(this);
    Q_EMIT errorOccurred(code);
    if (alive)
        Q_EMIT finished();
}

} // namespace keywheel
