// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "http/chunkeddecoder.h"
#include "http/headers.h"

#include <QObject>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <chrono>
#include <functional>

namespace keywheel {

/// One request as the MiniHttpServer got it. A value.
struct MiniRequest
{
    int number = 0;                                ///< from 1, in the order in which heads came
    int connection = 0;                            ///< from 1
    std::chrono::steady_clock::time_point arrived; ///< of its head
    QByteArray rawHead;                            ///< up to and including the empty line
    QByteArray method;
    QByteArray target;
    Headers headers;
    QByteArray body; ///< decoded from its transfer coding

    /// The API key, in any form of http/credentials.h; empty when there is none.
    QByteArray key() const;
};

/// One client's connection. Owned by the server; deleted after it was closed.
class MiniConnection : public QObject
{
    Q_OBJECT

public:
    MiniConnection(QTcpSocket *socket, int number, QObject *parent);

    int number() const { return number_; }
    QTcpSocket &socket() { return *socket_; }

    void write(const QByteArray &bytes);
    /// The answer to the current request is complete. Goes on with the next request, or closes when
    /// all is sent.
    void endAnswer(bool keepAlive);
    /// Reads at most `bytes` every 10 ms, so that the peer's window fills; 0 reads all at once.
    void limitReading(qint64 bytes);

Q_SIGNALS:
    /// The head of a request has come; its body has not.
    void headReceived(keywheel::MiniRequest &request);
    void requestReceived(const keywheel::MiniRequest &request);
    /// Either side closed. Comes once, and last.
    void closed();

private:
    void read();
    void parse();
    bool parseHead();
    bool parseBody();
    void refuse();

    QTcpSocket *socket_;
    int number_;
    QByteArray buffer_;
    qint64 readLimit_ = 0;
    bool readPaused_ = false;
    MiniRequest request_;
    enum class Step { Head, Body, Answering } step_ = Step::Head;
    std::optional<ChunkedDecoder> chunks_;
    qint64 bodyLeft_ = 0;
};

/// A small HTTP/1.1 server on loopback: parses requests, leaves the bytes of the answers to its
/// user. For the demo's upstream and the tests; never for anything that faces the world. Thread:
/// its user's.
class MiniHttpServer : public QTcpServer
{
    Q_OBJECT

public:
    using QTcpServer::QTcpServer;

    /// Makes the sockets; by default plain QTcpSockets. Set it before start(), for TLS.
    std::function<QTcpSocket *(qintptr descriptor, QObject *parent)> makeSocket;

    /// Listens on a free port of 127.0.0.1.
    Expected<void> start();
    int connectionsAccepted() const { return connections_; }

Q_SIGNALS:
    void connected(keywheel::MiniConnection *connection);
    /// See MiniConnection. A request's number has been given when its head is announced.
    void headReceived(const keywheel::MiniRequest &request, keywheel::MiniConnection *connection);
    void requestReceived(const keywheel::MiniRequest &request,
                         keywheel::MiniConnection *connection);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    int connections_ = 0;
    int requests_ = 0;
};

/// A response head: status line, the fields, the empty line. An empty reason takes the standard
/// one.
QByteArray httpHead(int status, const Headers &headers, const QByteArray &reason = {});

} // namespace keywheel
