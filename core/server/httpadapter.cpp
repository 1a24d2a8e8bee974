// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/httpadapter.h"

#include "server/clientsocket.h"

#include <QHttpServerResponder>
#include <QTcpServer>

#include <utility>

namespace keywheel {

HttpAdapter::HttpAdapter(QObject *parent) : QAbstractHttpServer(parent) {}

HttpAdapter::~HttpAdapter()
{
    // A responder must not outlive QtHttpServer's object for the connection.
    const auto sockets = findChildren<ClientSocket *>();
    for (ClientSocket *socket : sockets)
        socket->hold({});
}

void HttpAdapter::adopt(QTcpServer *server)
{
    bind(server);
}

bool HttpAdapter::pass(ClientSocket &socket, const Serve &serve)
{
    socket.hold({});
    Passage passage{socket, serve};
    Passage *const outer = std::exchange(passage_, &passage);
    socket.offerRequest();
    passage_ = outer;
    return passage.calls == 1;
}

void HttpAdapter::runServe()
{
    if (++passage_->calls == 1)
        passage_->serve();
}

#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)

bool HttpAdapter::handleRequest(const QHttpServerRequest &, QTcpSocket *socket)
{
    if (passage_ && socket == &passage_->socket)
        runServe();
    return true;
}

void HttpAdapter::missingHandler(const QHttpServerRequest &, QTcpSocket *) {}

#else

bool HttpAdapter::handleRequest(const QHttpServerRequest &, QHttpServerResponder &responder)
{
    if (!passage_)
        return true;
    // Let go of by pass() or ClientSocket::retire(), never in here: QtHttpServer would then connect
    // to the socket's signals twice.
    passage_->socket.hold(std::make_shared<QHttpServerResponder>(std::move(responder)));
    runServe();
    return true;
}

#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
void HttpAdapter::missingHandler(const QHttpServerRequest &, QHttpServerResponder &&) {}
#else
void HttpAdapter::missingHandler(const QHttpServerRequest &, QHttpServerResponder &) {}
#endif

#endif

} // namespace keywheel
