// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/upstreamconnection.h"

#include "upstream/connectionpool.h"
#include "upstream/requestbytes.h"
#include "upstream/socketerror.h"
#include "upstream/socketpeek.h"
#include "upstream/upstreamreply.h"

#include <QPointer>
#include <QSslConfiguration>
#include <QSslSocket>

namespace keywheel {

namespace {

constexpr qint64 SocketBuffer = qint64{64} * 1024;

} // namespace

UpstreamConnection::UpstreamConnection(Origin origin, int route, ConnectionPool &pool)
    : origin_(std::move(origin)),
      route_(route),
      pool_(pool)
{
    makeSocket();
    sender_.emplace(*socket_);
    connect(socket_.get(), &QTcpSocket::connected, this, &UpstreamConnection::onConnected);
    connect(socket_.get(), &QTcpSocket::readyRead, this, &UpstreamConnection::onReadyRead);
    connect(socket_.get(), &QTcpSocket::bytesWritten, this, &UpstreamConnection::onBytesWritten);
    connect(socket_.get(), &QTcpSocket::disconnected, this, &UpstreamConnection::onDisconnected);
    connect(socket_.get(), &QTcpSocket::errorOccurred, this, &UpstreamConnection::onError);
}

UpstreamConnection::~UpstreamConnection()
{
    socket_->disconnect(this);
    socket_->abort();
}

void UpstreamConnection::makeSocket()
{
    if (!origin_.tls) {
        socket_ = std::make_unique<QTcpSocket>();
        return;
    }
    auto tls = std::make_unique<QSslSocket>();
    tls->setSslConfiguration(pool_.tlsConfiguration(origin_));
    connect(tls.get(), &QSslSocket::encrypted, this, &UpstreamConnection::onReady);
    connect(tls.get(), &QSslSocket::encryptedBytesWritten, this,
            &UpstreamConnection::onBytesWritten);
    connect(tls.get(), &QSslSocket::newSessionTicketReceived, this, [this, socket = tls.get()] {
        pool_.keepTicket(origin_, socket->sslConfiguration().sessionTicket());
    });
    socket_ = std::move(tls);
}

QSslSocket *UpstreamConnection::tls() const
{
    return static_cast<QSslSocket *>(socket_.get());
}

void UpstreamConnection::open(UpstreamReply *reply)
{
    reply_ = reply;
    if (reply_)
        reply_->setConnection(this);
    setDeadline(pool_.config().requestTimeout);
    socket_->setReadBufferSize(SocketBuffer);
    socket_->setProxy(pool_.proxyFor(origin_));
    socket_->connectToHost(origin_.host, origin_.port);
}

void UpstreamConnection::onConnected()
{
    socket_->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (pool_.isOwnAddress(*socket_))
        return failRequest(
            QNetworkReply::UnknownNetworkError,
            describe(QStringLiteral("OPENAI_BASE_URL leads back to Keywheel itself")));
    if (origin_.tls)
        tls()->startClientEncryption();
    else
        onReady();
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
    setDeadline(pool_.config().requestTimeout);
    const QByteArray &body = reply_->body();
    sender_->send(requestBytes(reply_->head(), origin_.authority(), body.size()), body);
}

void UpstreamConnection::onBytesWritten()
{
    if (!reply_ || handedOver_)
        return;
    sender_->proceed();
    if (!reply_)
        return; // the connection broke meanwhile
    handedOver_ = sender_->handedOver();
    setDeadline(handedOver_ ? pool_.config().responseTimeout : pool_.config().requestTimeout);
}

void UpstreamConnection::onReadyRead()
{
    if (!reply_)
        return abandon(); // nobody asked for anything
    readAvailable(false);
    publish();
}

void UpstreamConnection::readAvailable(bool all)
{
    using State = ResponseParser::State;
    auto &scratch = pool_.scratch();
    if (!socket_->isOpen())
        return;
    while (parser_.state() == State::Head ||
           (parser_.state() == State::Body && (all || reply_->wantsMore()))) {
        const qint64 size = socket_->read(scratch.data(), qint64(scratch.size()));
        if (size <= 0)
            break;
        setDeadline(pool_.config().responseTimeout);
        if (parser_.feed(QByteArrayView(scratch.data(), size), reply_->buffer()) < size)
            tainted_ = true;
    }
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
    const bool open = socket_->state() == QAbstractSocket::ConnectedState;
    // The next request in the queue may start on this connection before the reader hears of its
    // end.
    if (open && !tainted_ && handedOver_ && parser_.keepAlive() && socket_->bytesAvailable() == 0)
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
    abandoned_ = true;
    if (reply_)
        std::exchange(reply_, nullptr)->setConnection(nullptr);
    socket_->disconnect(this);
    socket_->abort();
    pool_.closed(this);
}

void UpstreamConnection::onDisconnected()
{
    if (!reply_)
        return abandon();
    readAvailable(true);
    const bool garbage = parser_.state() == ResponseParser::State::Broken;
    parser_.close();
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
    const bool mayResend = isIdempotent(reply_->head().method) || !sender_->anyWritten();
    if (!reused_ || parser_.started() || reply_->resent() || !mayResend)
        return false;
    UpstreamReply *reply = std::exchange(reply_, nullptr);
    reply->setConnection(nullptr);
    reply->setResent();
    abandon();
    pool_.resubmit(reply);
    return true;
}

void UpstreamConnection::onError(QAbstractSocket::SocketError error)
{
    // On a ready connection disconnected() follows, but not when the peer ended TLS alone.
    if (ready_) {
        if (origin_.tls && !std::exchange(tainted_, true))
            QMetaObject::invokeMethod(this, &UpstreamConnection::onTlsClosed, Qt::QueuedConnection);
        return;
    }
    failRequest(networkError(error), describe(errorText(*socket_)));
}

void UpstreamConnection::onTlsClosed()
{
    if (!abandoned_)
        onDisconnected();
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
            if (reply_ && socket_->bytesAvailable() > 0)
                onReadyRead();
        },
        Qt::QueuedConnection);
}

bool UpstreamConnection::isStillOpen() const
{
    return !tainted_ && socket_->state() == QAbstractSocket::ConnectedState && isQuiet(*socket_);
}

QString UpstreamConnection::describe(const QString &what) const
{
    return QStringLiteral("%1:%2: %3").arg(origin_.host).arg(origin_.port).arg(what);
}

} // namespace keywheel
