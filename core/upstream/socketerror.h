// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractSocket>
#include <QNetworkReply>

namespace keywheel {

/// What a QNetworkReply calls an error of its socket.
QNetworkReply::NetworkError networkError(QAbstractSocket::SocketError error);

} // namespace keywheel
