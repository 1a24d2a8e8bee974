// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/upstreamsocket.h"

#include <QFile>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslSocket>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <cerrno>
#include <sys/socket.h>
#endif

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

/// What a QNetworkReply calls an error of its socket.
QNetworkReply::NetworkError networkError(QAbstractSocket::SocketError error)
{
    switch (error) {
    case QAbstractSocket::ConnectionRefusedError:
        return QNetworkReply::ConnectionRefusedError;
    case QAbstractSocket::RemoteHostClosedError:
        return QNetworkReply::RemoteHostClosedError;
    case QAbstractSocket::HostNotFoundError:
        return QNetworkReply::HostNotFoundError;
    case QAbstractSocket::SslHandshakeFailedError:
        return QNetworkReply::SslHandshakeFailedError;
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return QNetworkReply::ProxyAuthenticationRequiredError;
    case QAbstractSocket::ProxyConnectionRefusedError:
        return QNetworkReply::ProxyConnectionRefusedError;
    case QAbstractSocket::ProxyNotFoundError:
        return QNetworkReply::ProxyNotFoundError;
    default:
        return QNetworkReply::UnknownNetworkError;
    }
}

/// Why the socket failed, for people.
QString errorText(const QTcpSocket &socket)
{
    if (const auto *tls = qobject_cast<const QSslSocket *>(&socket)) {
        if (const auto errors = tls->sslHandshakeErrors(); !errors.isEmpty())
            return errors.first().errorString();
    }
    return socket.errorString();
}

/// Whether nothing waits to be read on an open socket: no data and no end of stream. An idle
/// connection for which this is false has been closed by its peer, though no event may have said so
/// yet.
bool hasNothingToRead(const QTcpSocket &socket)
{
    // Through SOCKS5, Qt's descriptor is a number of Qt's own and no socket.
    if (socket.proxy().type() == QNetworkProxy::Socks5Proxy)
        return true;
    const qintptr descriptor = socket.socketDescriptor();
    char byte = 0;
#ifdef Q_OS_WIN
    const int got = recv(static_cast<SOCKET>(descriptor), &byte, 1, MSG_PEEK);
    return got < 0 && WSAGetLastError() == WSAEWOULDBLOCK;
#else
    const auto got = recv(static_cast<int>(descriptor), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
#endif
}

/// Whether the peer has reset a connection (RST) and nobody has been told so yet; asking clears it.
/// Qt reports a reset like a clean end. Unix only; false elsewhere.
bool hasResetPending(const QTcpSocket &socket)
{
#ifdef Q_OS_WIN
    Q_UNUSED(socket)
    return false;
#else
    int error = 0;
    socklen_t size = sizeof error;
    return getsockopt(static_cast<int>(socket.socketDescriptor()), SOL_SOCKET, SO_ERROR, &error,
                      &size) == 0 &&
           error == ECONNRESET;
#endif
}

} // namespace

Expected<QSslConfiguration> tlsSettings(const QString &caFile)
{
    auto tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    tls.setAllowedNextProtocols({QByteArrayLiteral("http/1.1")});
    tls.setSslOption(QSsl::SslOptionDisableSessionPersistence, false);
    if (caFile.isEmpty())
        return tls;
    QFile file(caFile);
    if (!file.open(QIODevice::ReadOnly))
        return failure(QStringLiteral("UPSTREAM_CA_FILE: cannot read '%1': %2")
                           .arg(caFile, file.errorString()));
    const auto certificates = QSslCertificate::fromDevice(&file, QSsl::Pem);
    if (certificates.isEmpty())
        return failure(
            QStringLiteral("UPSTREAM_CA_FILE: '%1' holds no PEM certificate").arg(caFile));
    tls.addCaCertificates(certificates);
    return tls;
}

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
    return isOpen() && !hasUnread() && hasNothingToRead(*socket_);
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
        Q_EMIT failed(networkError(error), errorText(*socket_));
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
