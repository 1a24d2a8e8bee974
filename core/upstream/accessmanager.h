// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/expected.h"
#include "upstream/upstreamconfig.h"

#include <QNetworkAccessManager>

#include <memory>

namespace keywheel {

class ConnectionPool;
class Http2Managers;

/// A QNetworkAccessManager whose replies run over keep-alive sockets in the caller's thread: as
/// many connections as maxSockets says, no copies between threads, a request never sent twice, and
/// heads passed byte by byte (rawhead.h).
///
/// Thread: the core's. Answers http and https requests that carry a RawRequestAttribute; hands all
/// others to the base class. With http2, https requests go through the base class too, wrapped so
/// that the contract below holds as far as it can (docs/http2.md); an upstream that turns out not
/// to speak HTTP/2 gets the next requests by HTTP/1.1 as above.
///
/// Errors of its replies: ConnectionRefusedError, HostNotFoundError, SslHandshakeFailedError and
/// UnknownNetworkError when no answer came; RemoteHostClosedError when the connection ended before
/// or within the answer; ProtocolFailure when what came was not HTTP; TimeoutError for all
/// time-outs (HandedOverAttribute and NoFreeConnectionAttribute tell which); OperationCanceledError
/// after abort().
class AccessManager : public QNetworkAccessManager
{
    Q_OBJECT

public:
    explicit AccessManager(Clock &clock, QObject *parent = nullptr);
    ~AccessManager() override;

    /// Takes effect for new connections; requests under way go on. Fails, and changes nothing, when
    /// the CA file cannot be read or holds no certificate.
    Expected<void> setConfig(const UpstreamConfig &config);
    /// The listener's own address: connections that lead back to it are refused (a loop).
    void setOwnAddresses(const QList<QHostAddress> &addresses, quint16 port);

    /// Opens a connection ahead of the first request.
    void warmUp(const QUrl &url);
    int openConnections() const;

protected:
    QNetworkReply *createRequest(Operation operation, const QNetworkRequest &request,
                                 QIODevice *outgoingData) override;

private:
    bool usesHttp2(const QUrl &url) const;

    std::unique_ptr<ConnectionPool> pool_;
    std::unique_ptr<Http2Managers> http2_; ///< uses the pool's settings
};

} // namespace keywheel
