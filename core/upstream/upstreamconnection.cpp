// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/upstreamconnection.h"

#include "upstream/connectionpool.h"
#include "upstream/upstreamreply.h"

#include <QPointer>

namespace keywheel {

UpstreamConnection::UpstreamConnection(Endpoint endpoint, int route, ConnectionPool &pool)
    : endpoint_(std::move(endpoint)),
      authority_(endpoint_.authority()),
      route_(route),
      pool_(pool),
      socket_(endpoint_.tls)
{
    connect(&socket_, &UpstreamSocket::connected, this, &UpstreamConnection::onConnected);
    connect(&socket_, &UpstreamSocket::ready, this, &UpstreamConnection::onReady);
    connect(&socket_, &UpstreamSocket::readyRead, this, &UpstreamConnection::onReadyRead);
    connect(&socket_, &UpstreamSocket::bytesWritten, this, &UpstreamConnection::onBytesWritten);
    connect(&socket_, &UpstreamSocket::closed, this, &UpstreamConnection::onClosed);
    connect(&socket_, &UpstreamSocket::failed, this, &UpstreamConnection::onFailed);
    connect(&socket_, &UpstreamSocket::ticketReceived, this,
            [this](const QByteArray &ticket) { pool_.keepTicket(endpoint_, ticket); });
}

void UpstreamConnection::open(UpstreamReply *reply)
{
    reply_ = reply;
    if (reply_)
        reply_->setConnection(this);
    openedAt_ = pool_.clock().now();
    setDeadline(pool_.config().requestTimeout);
    const auto proxy = pool_.proxyFor(endpoint_);
    if (!proxy)
        return failRequest(QNetworkReply::ProxyNotFoundError, describe(proxy.error().message));
    socket_.open(endpoint_, *proxy, pool_.tlsConfiguration(endpoint_));
}

void UpstreamConnection::onConnected()
{
    if (pool_.isOwnAddress(socket_.socket()))
        return failRequest(
            QNetworkReply::UnknownNetworkError,
            describe(QStringLiteral("OPENAI_BASE_URL leads back to Keywheel itself")));
    socket_.secure();
}

void UpstreamConnection::onReady()
{
    ready_ = true;
    if (reply_)
        writeRequest();
    else
        pool_.released(this);
}

void UpstreamConnection::send(UpstreamReply *reply)
{
    reply_ = reply;
    reply_->setConnection(this);
    reused_ = true;
    writeRequest();
}

void UpstreamConnection::startIdling()
{
    setDeadline(ConnectionPool::IdleTime);
}

void UpstreamConnection::writeRequest()
{
    parser_ = ResponseParser(reply_->head().method == "HEAD");
    headPassed_ = handedOver_ = false;
    reply_->setSentAt(pool_.clock().now());
    setDeadline(pool_.config().requestTimeout);
    sender_.send(reply_->head(), authority_, reply_->body());
}

void UpstreamConnection::onBytesWritten()
{
    if (!ready_ || !reply_ || handedOver_)
        return; // in the handshake of TLS the bytes are not the request's
    sender_.proceed();
    if (!reply_)
        return; // the connection broke meanwhile
    handedOver_ = sender_.handedOver();
    setDeadline(handedOver_ ? pool_.config().responseTimeout : pool_.config().requestTimeout);
}

void UpstreamConnection::onReadyRead()
{
    if (!reply_)
        return abandon(); // nobody asked for anything
    if (readAvailable(false))
        publish();
    else
        onClosed();
}

/// False when the peer has closed, and all before that has been read.
bool UpstreamConnection::readAvailable(bool all)
{
    using State = ResponseParser::State;
    auto &scratch = pool_.scratch();
    while (parser_.state() == State::Head ||
           (parser_.state() == State::Body && (all || reply_->wantsMore()))) {
        if (parser_.endsAtClose())
            socket_.lookForReset();
        const qint64 size = socket_.read(scratch.data(), qint64(scratch.size()));
        if (size <= 0)
            return size == 0;
        setDeadline(pool_.config().responseTimeout);
        if (parser_.feed(QByteArrayView(scratch.data(), size), reply_->buffer()) < size)
            tainted_ = true;
        if (size < qint64(scratch.size()) && !all)
            break;
    }
    return true;
}

void UpstreamConnection::passHeadOn()
{
    if (!headPassed_ && parser_.hasHead()) {
        headPassed_ = true;
        reply_->setResponseHead(parser_.takeHead());
    }
}

// Everything that changes the connection comes before the signals: their receivers may do anything.
void UpstreamConnection::publish()
{
    passHeadOn();
    if (parser_.state() == ResponseParser::State::Finished)
        finishRequest();
    else if (parser_.state() == ResponseParser::State::Broken)
        failRequest(QNetworkReply::ProtocolFailure, describe(parser_.error()));
    else
        reply_->publish();
}

void UpstreamConnection::finishRequest()
{
    const QPointer<UpstreamReply> reply(std::exchange(reply_, nullptr));
    reply->setConnection(nullptr);
    // The next request in the queue may start on this connection before the reader hears of its
    // end.
    if (socket_.isOpen() && !socket_.hasUnread() && !tainted_ && handedOver_ && parser_.keepAlive())
        pool_.released(this);
    else
        abandon();
    if (reply)
        reply->finishCleanly();
}

void UpstreamConnection::failRequest(QNetworkReply::NetworkError code, const QString &text)
{
    const QPointer<UpstreamReply> reply(std::exchange(reply_, nullptr));
    if (reply)
        reply->setConnection(nullptr);
    abandon();
    if (reply)
        reply->fail(code, text, handedOver_);
}

void UpstreamConnection::abandon()
{
    if (reply_)
        std::exchange(reply_, nullptr)->setConnection(nullptr);
    socket_.abort();
    pool_.closed(this);
}

void UpstreamConnection::onClosed()
{
    if (!reply_)
        return abandon();
    readAvailable(true);
    const bool garbage = parser_.state() == ResponseParser::State::Broken;
    parser_.close(!socket_.wasCutOff());
    if (garbage || parser_.state() == ResponseParser::State::Finished)
        return publish();
    if (resendIfStale())
        return;
    passHeadOn();
    failRequest(QNetworkReply::RemoteHostClosedError, describe(parser_.error()));
}

// The upstream may close an idle connection just as a request is sent on it. When nothing came back
// the request is sent again, once, on a new connection (RFC 9112 §9.3.1): if it is idempotent, or
// if not a byte of it had left. A POST that may have arrived could be billed twice; the caller
// decides.
bool UpstreamConnection::resendIfStale()
{
    const bool mayResend = isIdempotent(reply_->head().method) || !sender_.anyWritten();
    if (!reused_ || parser_.started() || reply_->resent() || !mayResend)
        return false;
    UpstreamReply *reply = std::exchange(reply_, nullptr);
    reply->setConnection(nullptr);
    reply->setResent();
    abandon();
    pool_.resubmit(reply);
    return true;
}

void UpstreamConnection::onFailed(QNetworkReply::NetworkError error, const QString &why)
{
    failRequest(error, describe(why));
}

void UpstreamConnection::onDeadline()
{
    if (!reply_)
        return abandon();
    if (ready_ && !reply_->wantsMore())
        return setDeadline(pool_.config().responseTimeout); // it is our reader who is slow
    failRequest(QNetworkReply::TimeoutError,
                describe(handedOver_ ? QStringLiteral("no answer in time")
                                     : QStringLiteral("could not hand the request over in time")));
}

void UpstreamConnection::setDeadline(std::chrono::milliseconds fromNow)
{
    deadline_ = pool_.clock().now() + fromNow;
    pool_.deadlineMoved(deadline_);
}

void UpstreamConnection::resumeLater()
{
    if (std::exchange(resumePending_, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            resumePending_ = false;
            if (reply_ && ready_)
                onReadyRead();
        },
        Qt::QueuedConnection);
}

QString UpstreamConnection::describe(const QString &what) const
{
    return QStringLiteral("%1:%2: %3").arg(endpoint_.host).arg(endpoint_.port).arg(what);
}

} // namespace keywheel
