// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "demo/minihttpserver.h"
#include "support/answer.h"

#include <QHash>
#include <QSslConfiguration>

#include <map>
#include <optional>

namespace keywheel {

/// A request as the upstream got it, and what became of its connection.
struct Received : MiniRequest
{
    bool whole = false; ///< its body came completely
    /// When the peer (or we) closed the connection; of an answer that was over before, it means
    /// nothing.
    std::optional<std::chrono::steady_clock::time_point> closedAt;
};

/// The answers to one key's requests, in order; the last one is repeated.
class Script
{
public:
    /// The first answer, or with one answer only, all of them. Starts the script anew.
    Script &reply(const Answer &answer);
    Script &then(const Answer &answer);
    Answer next();

private:
    QList<Answer> answers_;
    qsizetype next_ = 0;
};

/// An upstream for tests on a free port of loopback, scripted by key and by request number:
///   upstream.forKey("sk-test-a").reply(Answer::status(500)).then(Answer::json(200, "{}"));
/// An answer is looked for in onRequest(), forKey(), always(), in that order; without any it is 200
/// with the JSON `{"ok":true}`, but 401 for the key by which Keywheel sees whether a list is open.
/// It records what it got. Thread: the test's, with its event loop.
class FakeUpstream : public QObject
{
    Q_OBJECT

public:
    explicit FakeUpstream(QObject *parent = nullptr);
    /// Speaks TLS with this configuration's certificate and key.
    explicit FakeUpstream(const QSslConfiguration &tls, QObject *parent = nullptr);

    quint16 port() const { return server_.serverPort(); }
    QUrl url(const QString &path = {}) const;

    Script &forKey(const QByteArray &key) { return keyed_[key]; }
    Script &always(const Answer &answer) { return any_.emplace().reply(answer); }
    /// `number` counts requests from 1.
    void onRequest(int number, const Answer &answer) { numbered_.insert(number, answer); }

    /// Reads this many bytes every 10 ms from connections that are opened from now on.
    void readSlowly(qint64 bytes) { readLimit_ = bytes; }
    /// Closes every idle connection as it is now, without notice.
    void closeIdle();
    /// Takes no more connections; new ones are refused.
    void stopListening() { server_.close(); }

    // For answers that end with Hold; `number` counts requests from 1.
    void push(int number, const QByteArray &data); ///< as a chunk when the answer is chunked
    void end(int number);                          ///< the regular end
    void cut(int number);                          ///< FIN in the middle
    void reset(int number);                        ///< RST in the middle

    /// In the order in which their heads came.
    QList<Received> requests() const;
    const Received &request(int number) const { return requests_.at(number); }
    int requestCount() const { return static_cast<int>(requests_.size()); }
    /// How many of them have come with their whole body, so that they are being answered.
    int wholeRequests() const;
    /// The keys of all requests, in order.
    QList<QByteArray> keysUsed() const;
    int connectionsAccepted() const { return server_.connectionsAccepted(); }
    int connectionsOpen() const;

Q_SIGNALS:
    void headReceived(int number);
    void requestReceived(int number);
    /// The connection closed while the answer was not over.
    void peerLeft(int number);

private:
    struct Playing
    {
        QPointer<MiniConnection> connection;
        Answer answer;
        QList<Answer::Step> steps;
        bool over = false;
    };
    void start();
    void noteHead(const MiniRequest &request, MiniConnection *connection);
    void noteRequest(const MiniRequest &request, MiniConnection *connection);
    void noteClosed(int connection);
    Answer choose(const MiniRequest &request);
    void play(int number);
    void finish(int number);

    MiniHttpServer server_;
    QHash<QByteArray, Script> keyed_;
    QHash<int, Answer> numbered_;
    std::optional<Script> any_;
    std::map<int, Received> requests_;
    std::map<int, Playing> playing_;
    qint64 readLimit_ = 0;
};

} // namespace keywheel
