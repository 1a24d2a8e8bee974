// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/alarm.h"
#include "common/expected.h"
#include "upstream/upstreamconfig.h"
#include "upstream/upstreamconnection.h"

#include <QHash>
#include <QSslConfiguration>

#include <array>
#include <list>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace keywheel {

class UpstreamReply;

/// The connections to the upstream: at most maxSockets in all, at most maxFreeSockets idle, idle
/// ones for IdleTime. Requests beyond that wait, first in, first out, for requestTimeout at most.
///
/// Deadlines: every connection and every waiting request has its own. A pool without any sets no
/// timer.
class ConnectionPool : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::seconds IdleTime{90};
    /// A connection that is older takes no further request, so that a changed DNS answer is
    /// followed also when there is never a pause.
    static constexpr std::chrono::minutes MaxAge{10};
    /// Where connections read to; they copy out of it before anything else happens.
    using Scratch = std::array<char, std::size_t{64} * 1024>;

    explicit ConnectionPool(Clock &clock);
    ~ConnectionPool() override;

    Expected<void> setConfig(const UpstreamConfig &config);
    void setOwnAddresses(const QList<QHostAddress> &addresses, quint16 port);

    void submit(UpstreamReply *reply);
    /// Takes a reply out of the queue, or closes its connection.
    void cancel(UpstreamReply *reply);
    /// Opens an idle connection when there is none, so that the next request need not wait for one.
    void warmUp(const Endpoint &endpoint);
    int size() const { return static_cast<int>(connections_.size()); }

    // What follows is for connections.
    const UpstreamConfig &config() const { return config_; }
    Clock &clock() const { return clock_; }
    void released(UpstreamConnection *connection);
    void closed(UpstreamConnection *connection);
    /// Sends again, on a new connection, before all that wait.
    void resubmit(UpstreamReply *reply);
    void deadlineMoved(Clock::Instant deadline) { nextDeadline_.setNoLaterThan(deadline); }
    QSslConfiguration tlsConfiguration(const Endpoint &endpoint);
    void keepTicket(const Endpoint &endpoint, const QByteArray &ticket);
    /// Fails when the system names one that cannot be used: it is never gone around.
    Expected<QNetworkProxy> proxyFor(const Endpoint &endpoint);
    bool isOwnAddress(const QTcpSocket &socket) const;
    Scratch &scratch() { return scratch_; }

private:
    struct Waiting
    {
        UpstreamReply *reply = nullptr;
        bool mayReuse = false;
        Clock::Instant deadline;
    };
    using Queue = std::list<Waiting>;

    Waiting waiting(UpstreamReply *reply, bool mayReuse) const;
    void enqueue(Queue::const_iterator where, Waiting waiting);
    bool start(const Waiting &waiting);
    void open(const Endpoint &endpoint, UpstreamReply *reply);
    void serveQueue();
    UpstreamConnection *takeIdle(const Endpoint &endpoint);
    void checkDeadlines();
    void failThatWaitedTooLong(Clock::Instant now);

    Clock &clock_;
    UpstreamConfig config_;
    int route_ = 0; ///< counts changes of proxy and authorities
    /// Made when it is needed first: without TLS its library need not be loaded (4 MB, 20 ms).
    std::optional<QSslConfiguration> tls_;
    QList<QHostAddress> ownAddresses_;
    quint16 ownPort_ = 0;
    std::unordered_set<UpstreamConnection *> connections_;
    std::vector<UpstreamConnection *> idle_; ///< used last stands last, and is taken first
    Queue queue_;
    std::unordered_map<UpstreamReply *, Queue::iterator> queued_;
    QHash<QString, QByteArray> tickets_;                    ///< TLS sessions by host:port
    QHash<QString, Expected<QNetworkProxy>> systemProxies_; ///< asking the system can be slow
    Alarm nextDeadline_; ///< of all connections and of what waits
    Scratch scratch_{};
};

} // namespace keywheel
