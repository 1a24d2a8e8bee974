// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/responsewriter.h"
#include "server/httpserver.h"
#include "support/fakeclock.h"

#include <QTcpSocket>

#include <functional>
#include <memory>
#include <vector>

namespace keywheel {

/// Answers at once with "<method> <target> <body>", or does what `onRequest` says.
class FakeHandler final : public RequestHandler
{
public:
    using OnRequest = std::function<void(const Request &, std::unique_ptr<ResponseWriter>)>;

    void handle(Request request, std::unique_ptr<ResponseWriter> writer) override;
    /// From now on requests stay unanswered, their writers in `held`.
    void holdRequests();

    OnRequest onRequest;
    std::vector<Request> requests;
    std::vector<std::unique_ptr<ResponseWriter>> held;
};

class FakeManagement final : public Management
{
public:
    QJsonObject health() const override;
    QJsonObject stats(const RowRange &rows) const override;
    QJsonObject blacklist(const RowRange &rows) const override;
    QJsonObject resetKeys() override;

    int resets = 0;
};

/// A client that sends and gets raw bytes.
class RawClient
{
public:
    explicit RawClient(quint16 port);

    void send(const QByteArray &bytes);
    /// One byte a packet, as far as the server keeps the connection open.
    void sendSlowly(const QByteArray &bytes);
    /// Waits until something was received that fulfils `enough`.
    bool receive(const std::function<bool(const QByteArray &)> &enough);
    /// Waits for one whole answer (by Content-Length, or chunked) and takes it out of received().
    QByteArray answer();
    bool isClosed();
    bool isOpen() const { return socket_.state() == QAbstractSocket::ConnectedState; }
    const QByteArray &received() const { return received_; }
    QTcpSocket &socket() { return socket_; }

private:
    QTcpSocket socket_;
    QByteArray received_;
};

int statusOf(const QByteArray &answer);
QByteArray bodyOf(const QByteArray &answer);
/// The value of a field of the answer; null when it is not there.
QByteArray fieldOf(const QByteArray &answer, const QByteArray &name);

/// A server on a free port of loopback.
struct ServerFixture
{
    explicit ServerFixture(const ServerConfig &config = {});

    FakeHandler handler;
    FakeManagement management;
    FakeClock clock;
    HttpServer server;
};

} // namespace keywheel
