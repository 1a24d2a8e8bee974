// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "upstream/endpoint.h"
#include "upstream/requestsender.h"
#include "upstream/responseparser.h"
#include "upstream/upstreamsocket.h"

#include <QNetworkReply>

namespace keywheel {

class ConnectionPool;
class UpstreamReply;

/// One keep-alive connection to the upstream. It carries one request at a time and is owned by the
/// pool, which deletes it in a later loop turn. Thread: the core's.
///
/// Time-outs: requestTimeout for connecting and TLS, then for each wait of the hand-over; then
/// responseTimeout for each silence. A wait for our own reader is not one.
class UpstreamConnection : public QObject
{
    Q_OBJECT

public:
    /// `route`: which of the pool's settings for getting there it was made with.
    UpstreamConnection(Endpoint endpoint, int route, ConnectionPool &pool);

    /// Connects, and sends `reply`'s request as soon as that is done.
    void open(UpstreamReply *reply);
    /// Sends a request on a connection that is idle.
    void send(UpstreamReply *reply);
    /// The pool has put it among the idle ones.
    void startIdling();
    /// Leaves the reply alone and closes at once.
    void abandon();
    /// Goes on reading in the next loop turn, after back-pressure.
    void resumeLater();

    const Endpoint &endpoint() const { return endpoint_; }
    int route() const { return route_; }
    /// Whether an idle one can carry another request: the peer has neither closed nor sent
    /// anything.
    bool isStillOpen() const { return !tainted_ && socket_.isQuiet(); }
    Clock::Instant openedAt() const { return openedAt_; }
    Clock::Instant deadline() const { return deadline_; }
    /// deadline() has passed: closes an idle connection, fails the request of a busy one.
    void onDeadline();

private:
    void onConnected();
    void onReady();
    void onReadyRead();
    void onBytesWritten();
    void onClosed();
    void onFailed(QNetworkReply::NetworkError error, const QString &why);
    void writeRequest();
    bool readAvailable(bool all);
    void passHeadOn();
    void publish();
    void finishRequest();
    void failRequest(QNetworkReply::NetworkError code, const QString &text);
    bool resendIfStale();
    void setDeadline(std::chrono::milliseconds fromNow);
    QString describe(const QString &what) const;

    Endpoint endpoint_;
    QByteArray authority_; ///< its own, made once
    int route_;
    ConnectionPool &pool_;
    UpstreamSocket socket_;
    RequestSender sender_{socket_};
    UpstreamReply *reply_ = nullptr;
    ResponseParser parser_;
    Clock::Instant openedAt_;
    Clock::Instant deadline_;
    bool ready_ = false;      ///< connected, TLS done
    bool reused_ = false;     ///< has carried a request before
    bool headPassed_ = false; ///< the response's head is with the reply
    bool handedOver_ = false; ///< all of it has
    bool tainted_ = false;    ///< not to be used again: the peer sent too much
    bool resumePending_ = false;
};

} // namespace keywheel
