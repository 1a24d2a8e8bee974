// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/socketerror.h"

#include <QSslSocket>

namespace keywheel {

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

QString errorText(const QTcpSocket &socket)
{
    if (const auto *tls = qobject_cast<const QSslSocket *>(&socket)) {
        if (const auto errors = tls->sslHandshakeErrors(); !errors.isEmpty())
            return errors.first().errorString();
    }
    return socket.errorString();
}

} // namespace keywheel
