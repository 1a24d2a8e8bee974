// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "upstream/rawhead.h"

class QIODevice;
class QNetworkAccessManager;
class QSslConfiguration;

namespace keywheel {

/// The request as the stock QNetworkAccessManager takes it, with all switched off that would change
/// it or answer in the upstream's place: cache, cookies, redirects, stored credentials, decoding.
/// What the base class still does: it resolves `..` in the path, joins repeated fields by commas,
/// and sends a User-Agent and an Accept-Language where the client gave none (neutral ones).
QNetworkRequest stockRequest(const QUrl &url, const RawRequestHead &head, qsizetype bodySize,
                             const QSslConfiguration &tls);

/// Sends it. `body`: null for none; must outlive the reply, which is a child of the manager.
QNetworkReply *sendStock(QNetworkAccessManager &manager, const QNetworkRequest &request,
                         const QByteArray &method, QIODevice *body);

/// How a stock reply ended, in the terms of AccessManager.
struct StockOutcome
{
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    QString text;
};

/// `received`: bytes of the body that came. To the stock reply a status from 400 on is an error, a
/// body that is too short may be none, and the reset of an HTTP/2 stream looks like a status.
StockOutcome outcomeOf(const QNetworkReply &reply, const ResponseHead *head, qint64 received);

} // namespace keywheel
