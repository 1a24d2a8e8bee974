// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractHttpServer>

#include <functional>

class QTcpServer;

namespace keywheel {

class ClientSocket;

/// QtHttpServer, and all that differs between its versions. Up to 6.4 it hands over the socket,
/// from 6.5 on a responder, which is held while the exchange lasts (that keeps it from taking the
/// next request) and never written to.
///
/// Thread: the core's. The listeners bound to it become its children.
class HttpAdapter final : public QAbstractHttpServer
{
    Q_OBJECT

public:
    using Serve = std::function<void()>;

    explicit HttpAdapter(QObject *parent = nullptr);
    ~HttpAdapter() override;

    /// `server` must be listening.
    void adopt(QTcpServer *server);

    /// Passes one request of `socket` through QtHttpServer, which calls `serve` before this
    /// returns. False when it did not do that exactly once: the connection can then not be trusted
    /// any more.
    bool pass(ClientSocket &socket, const Serve &serve);

protected:
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;
#else
    bool handleRequest(const QHttpServerRequest &request, QHttpServerResponder &responder) override;
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    void missingHandler(const QHttpServerRequest &request,
                        QHttpServerResponder &&responder) override;
#else
    void missingHandler(const QHttpServerRequest &request,
                        QHttpServerResponder &responder) override;
#endif
#endif

private:
    struct Passage
    {
        ClientSocket &socket;
        const Serve &serve;
        int calls = 0;
    };
    void runServe();

    Passage *passage_ = nullptr;
};

} // namespace keywheel
