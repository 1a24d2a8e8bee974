// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/upstreamsocket.h"

#include "upstream/socketpeek.h"

#include <QNetworkProxy>
#include <QSslSocket>

namespace keywheel {

namespace {

constexpr qint64 SocketBuffer = qint64{64} * 1024;

/// Whether the peer ended TLS as it should (RFC 8446 §6.1). Qt has one error for this and for an
/// end of TCP alone; only its text, in every language, tells them apart, and that with OpenSSL
/// only.
bool saysCloseNotify(const QSslSocket &tls)
{
    if (QSslSocket::activeBackend() != QLatin1String("openssl"))
        return true;
    return tls.error() == QAbstractSocket::RemoteHostClosedError &&
           tls.errorString() == QSslSocket::tr("The TLS/SSL connection has been closed");
}

} // namespace

UpstreamSocket::UpstreamSocket(bool tls)
{
    if (tls) {
        auto socket = std::make_unique<QSslSocket>();
        watchTls(*socket);
        socket_ = std::move(socket);
    } else {
        socket_ = std::make_unique<QTcpSocket>();
    }
    connect(socket_.get(), &QTcpSocket::connected, this, &UpstreamSocket::connected);
    connect(socket_.get(), &QTcpSocket::readyRead, this, &UpstreamSocket::readyRead);
    connect(socket_.get(), &QTcpSocket::bytesWritten, this, &UpstreamSocket::bytesWritten);
    connect(socket_.get(), &QTcpSocket::disconnected, this, &UpstreamSocket::closed);
    connect(socket_.get(), &QTcpSocket::errorOccurred, this, &UpstreamSocket::onError);
}

UpstreamSocket::~UpstreamSocket()
{
    abort();
}

void UpstreamSocket::watchTls(QSslSocket &tls)
{
    tls_ = &tls;
    connect(tls_, &QSslSocket::encrypted, this, &UpstreamSocket::becomeReady);
    connect(tls_, &QSslSocket::encryptedBytesWritten, this, &UpstreamSocket::bytesWritten);
    connect(tls_, &QSslSocket::newSessionTicketReceived, this,
            [this] { Q_EMIT ticketReceived(tls_->sslConfiguration().sessionTicket()); });
}

void UpstreamSocket::open(const Endpoint &endpoint, const QNetworkProxy &proxy,
                          const QSslConfiguration &tls)
{
    if (tls_)
        tls_->setSslConfiguration(tls);
    // Qt's proxy engines count on a buffered socket.
    direct_ = !tls_ && proxy.type() == QNetworkProxy::NoProxy;
    socket_->setReadBufferSize(SocketBuffer);
    socket_->setProxy(proxy);
    socket_->connectToHost(endpoint.host, endpoint.port,
                           direct_ ? QIODevice::ReadWrite | QIODevice::Unbuffered
                                   : QIODevice::OpenMode(QIODevice::ReadWrite));
}

void UpstreamSocket::secure()
{
    socket_->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (tls_)
        tls_->startClientEncryption();
    else
        becomeReady();
}

void UpstreamSocket::becomeReady()
{
    ready_ = true;
    Q_EMIT ready();
}

void UpstreamSocket::abort()
{
    socket_->disconnect(this);
    disconnect(); // also from what is queued
    ended_ = true;
    socket_->abort();
}

bool UpstreamSocket::isOpen() const
{
    return !ended_ && socket_->state() == QAbstractSocket::ConnectedState;
}

bool UpstreamSocket::isQuiet() const
{
    return isOpen() && !hasUnread() && keywheel::isQuiet(*socket_);
}

qint64 UpstreamSocket::read(char *data, qint64 size)
{
    if (!socket_->isOpen())
        return -1;
    const qint64 count = socket_->read(data, size);
    if (count >= 0)
        return count;
    ended_ = true;
    return -1;
}

void UpstreamSocket::lookForReset()
{
    cutOff_ = cutOff_ || (direct_ && hasResetPending(*socket_));
}

void UpstreamSocket::write(const char *data, qint64 size)
{
    const qint64 pending = socket_->bytesToWrite();
    if (socket_->write(data, size) < 0)
        return closeLater();
    if (!direct_)
        socket_->flush();
    else if (socket_->bytesToWrite() < pending + size)
        Q_EMIT bytesWritten();
}

qint64 UpstreamSocket::bytesToWrite() const
{
    return socket_->bytesToWrite() + (tls_ ? tls_->encryptedBytesToWrite() : 0);
}

void UpstreamSocket::onError(QAbstractSocket::SocketError error)
{
    if (!ready_)
        Q_EMIT failed(error);
    else if (tls_ && !ended_) {
        cutOff_ = !saysCloseNotify(*tls_);
        closeLater(); // disconnected() does not follow when the peer ended TLS alone
    }
}

void UpstreamSocket::closeLater()
{
    ended_ = true;
    QMetaObject::invokeMethod(this, &UpstreamSocket::closed, Qt::QueuedConnection);
}

} // namespace keywheel
