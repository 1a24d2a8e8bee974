// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/chunkeddecoder.h"
#include "http/message.h"

#include <QObject>
#include <QTcpSocket>

#include <chrono>
#include <optional>

namespace keywheel {

/// A response as a client sees it.
struct Fetched
{
    int status = 0; ///< 0 until a head has come
    QByteArray reason;
    QByteArray rawHead;
    Headers headers;
    QByteArray body;       ///< decoded from its transfer coding
    bool complete = false; ///< ended as its framing says, not by a mere close
    bool closed = false;   ///< the server closed the connection
};

/// A client on a bare socket: sends exactly the bytes that a test wants and hides nothing of what
/// comes back. The wait functions run the event loop. Thread: the test's.
class HttpClient : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds Patience{15'000};

    /// Connects to `host` (loopback, as text) at `port`.
    explicit HttpClient(quint16 port, const QString &host = QStringLiteral("127.0.0.1"),
                        QObject *parent = nullptr);

    /// A request with Host, and Content-Length when there is a body, as bytes.
    static QByteArray message(const QByteArray &method, const QByteArray &target,
                              const Headers &headers = {}, const QByteArray &body = {});
    /// Sends bytes; the response to them is awaited anew.
    void send(const QByteArray &bytes);
    void get(const QByteArray &target, const Headers &headers = {});
    void post(const QByteArray &target, const QByteArray &body, const Headers &headers = {});

    const Fetched &response() const { return response_; }
    bool waitForHead();
    bool waitForBody(qsizetype atLeast);
    /// Until the response is complete or the connection closed; whether a head came.
    bool waitForEnd();
    /// Closes the connection with FIN.
    void leave();
    /// Closes it with RST.
    void crash();
    /// Stops taking bytes from the connection: a slow client.
    void stopReading();

Q_SIGNALS:
    /// Decoded bytes of the body have come.
    void data(const QByteArray &bytes);
    /// Something about the response changed.
    void progress();

private:
    void read();
    bool parseHead();
    void parseBody();
    bool waitUntil(const std::function<bool()> &condition);

    QTcpSocket socket_;
    QByteArray buffer_;
    Fetched response_;
    bool headOnly_ = false;
    std::optional<ChunkedDecoder> chunks_;
    std::optional<qint64> bodyLeft_; ///< without chunks: none means until close
};

/// One request on a connection of its own; waits for the end of the response.
Fetched fetch(quint16 port, const QByteArray &method, const QByteArray &target,
              const Headers &headers = {}, const QByteArray &body = {});

} // namespace keywheel
