// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/alarm.h"
#include "upstream/endpoint.h"
#include "upstream/upstreamconfig.h"

#include <QNetworkAccessManager>
#include <QSet>

#include <deque>
#include <memory>
#include <unordered_set>
#include <vector>

namespace keywheel {

class ConnectionPool;
class Http2Reply;

/// The way through the base class, for HTTP/2. A stock QNetworkAccessManager has one HTTP/2
/// connection to an upstream and 100 streams on it, so there are as many managers as it takes, at
/// most maxSockets; requests beyond that wait, first in, first out. docs/http2.md has the limits.
///
/// Thread: the core's; each manager has a thread of its own for its connection. Settings and the
/// clock are the pool's, which must outlive it.
class Http2Managers : public QObject
{
    Q_OBJECT

public:
    static constexpr int StreamsEach = 100;

    explicit Http2Managers(ConnectionPool &pool);
    ~Http2Managers() override;

    /// The proxy or the authorities have changed: what is under way goes on, new requests take new
    /// connections.
    void renew();
    /// False once an answer has shown that the upstream does not speak HTTP/2.
    bool mayServe(const Endpoint &endpoint) const;
    QNetworkReply *send(const QNetworkRequest &request, QNetworkAccessManager::Operation operation,
                        QByteArray body);
    int size() const { return static_cast<int>(managers_.size()); }

    // What follows is for replies.
    const UpstreamConfig &config() const;
    Clock &clock() const;
    void answered(const Http2Reply &reply);
    /// Whether its connection has answered anything yet.
    bool isProven(const Http2Reply &reply) const;
    /// It is over; may be said more than once.
    void ended(Http2Reply *reply);
    /// Its connection takes no more requests. It is sent again on another, before all that wait,
    /// and so is what has not begun there: the base class forgets some of that.
    void connectionEnded(Http2Reply *reply);
    void deadlineMoved(Clock::Instant deadline) { nextDeadline_.setNoLaterThan(deadline); }

private:
    struct Manager
    {
        std::shared_ptr<QNetworkAccessManager> network;
        int streams = 0;
        bool proven = false; ///< it has answered
        bool ended = false;  ///< takes no more requests; finishes what it has
    };

    void serveQueue();
    Manager *choose();
    Manager *find(const Http2Reply &reply);
    void release(Http2Reply *reply);
    void checkDeadlines();

    ConnectionPool &pool_;
    std::vector<Manager> managers_;
    std::unordered_set<Http2Reply *> running_;
    std::deque<Http2Reply *> queue_;
    QSet<QString> http1Only_; ///< host:port
    Alarm nextDeadline_;      ///< of all replies
};

} // namespace keywheel
