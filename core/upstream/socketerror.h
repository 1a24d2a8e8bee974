// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSocket>
#include <QNetworkReply>

class QTcpSocket;

namespace keywheel {

/// What a QNetworkReply calls an error of its socket.
QNetworkReply::NetworkError networkError(QAbstractSocket::SocketError error);

/// Why the socket failed, for people; of TLS, what was wrong with the certificate.
QString errorText(const QTcpSocket &socket);

} // namespace keywheel
