// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "server/clientsocket.h"
#include "server/clientstream.h"
#include "server/connectionwriter.h"
#include "server/requestgate.h"
#include "server/requestparser.h"

#include <QPointer>

#include <optional>

namespace keywheel {

class ConnectionTable;

/// How long a client may take.
struct ClientTimeouts
{
    Clock::Milliseconds headers = std::chrono::seconds(10);   ///< from first byte to end, else 408
    Clock::Milliseconds bodyStall = std::chrono::seconds(30); ///< without a byte of it, else 408
    Clock::Milliseconds idle = std::chrono::seconds(75);      ///< between requests
    Clock::Milliseconds linger = std::chrono::seconds(5);     ///< to see our FIN and close
    /// How often to look whether it is still there, when it sends more than is read ahead.
    Clock::Milliseconds lookForClient = std::chrono::seconds(1);
};

/// One client's connection: frames its requests one at a time, has each decided and answered, and
/// watches over limits, time-outs and the client's leaving. What the client sends while an answer
/// is under way stays unread, within limits: pipelined requests are answered in order, and
/// a flood of them stops the client.
///
/// A client that closes its sending side while it waits for a forwarded answer counts as gone, as
/// with nginx.
///
/// Thread: the core's. Owned by the ConnectionTable; ends by itself.
class Connection final : public QObject
{
    Q_OBJECT

public:
    static constexpr ClientTimeouts Timeouts{};

    Connection(qintptr descriptor, ConnectionTable &table);
    ~Connection() override;

    /// Goes through QtHttpServer from now on; returns the socket for it.
    ClientSocket *attach(QObject *parent);
    /// Answers with an error instead of serving, and logs it; `keepAlive` when nothing of the
    /// request is left to come.
    void refuse(const OwnError &error, bool keepAlive = false, QByteArray corsOrigin = {});
    /// Takes no more requests: closes at once, or after the exchange that is under way. One is from
    /// the first byte of its request.
    void stop();

    std::optional<Clock::Instant> deadline() const { return deadline_; }
    /// The deadline has passed.
    void expire();

    /// @name For the ConnectionWriter
    /// @{
    ClientStream &stream() { return stream_; }
    void endExchange(bool reusable);
    /// Without `reset`, what was sent, also of the answer before, still leaves; then comes FIN.
    void breakOff(bool reset);
    /// @}

private:
    /// HeldBack: a refusal waits for its time.
    enum class State { Reading, HeldBack, Answering, Closing, Gone };

    void pump();
    void readRequests();
    void beginExchange();
    void takeHead();
    void takeRequest();
    Request assembleRequest();
    std::unique_ptr<ConnectionWriter> openWriter(bool keepAlive, QByteArray corsOrigin);
    void answerAndMaybeClose(RequestGate::Decision &decision);
    void refuseLater(const RequestGate::Decision &decision, bool keepAlive);
    void onReadyRead();
    void onBytesWritten();
    void releaseWhenFlushed();
    void close();
    void hangUp(bool reset);
    void end();
    void setDeadline(std::optional<Clock::Instant> deadline);
    void updateDeadline();

    ConnectionTable &table_;
    ClientStream stream_;
    QPointer<ClientSocket> face_;
    RequestParser parser_;
    QByteArray corsOrigin_;
    ConnectionWriter *writer_ = nullptr;
    std::optional<Clock::Instant> deadline_;
    State state_ = State::Reading;
    bool pumping_ = false;
    bool counted_ = false;   ///< an exchange of ours counts as active, from its first byte
    bool headTimed_ = false; ///< the deadline is that of the head
};

} // namespace keywheel
