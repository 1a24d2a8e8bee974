// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/controlserver.h"

#include "control/controlpath.h"

#include <QLocalSocket>
#include <QPointer>

namespace keywheel {

namespace {

using Call = std::function<void(const control::Call &, const ControlServer::Answer &)>;

/// The calls of one connection, in order. Goes with its socket.
class ControlConnection : public QObject
{
public:
    ControlConnection(QLocalSocket *socket, Call call)
        : QObject(socket),
          socket_(*socket),
          call_(std::move(call))
    {
        socket_.setReadBufferSize(control::LongestLine);
        connect(&socket_, &QLocalSocket::readyRead, this, &ControlConnection::read);
        connect(&socket_, &QLocalSocket::disconnected, &socket_, &QObject::deleteLater);
    }

private:
    void read()
    {
        if (busy_)
            return;
        if (socket_.canReadLine())
            handle(control::decodeCall(socket_.readLine()));
        else if (socket_.bytesAvailable() >= control::LongestLine)
            refuse({QStringLiteral("The call is too long.")});
    }

    void handle(const Expected<control::Call> &call)
    {
        if (!call) {
            refuse(call.error());
            return;
        }
        busy_ = true;
        call_(*call, [self = QPointer(this)](const Expected<QJsonObject> &answer) {
            if (self)
                self->answer(answer);
        });
    }

    void answer(const Expected<QJsonObject> &answer)
    {
        socket_.write(control::encodeAnswer(answer));
        socket_.flush(); // the call may have been to end the program
        busy_ = false;
        // Not at once: the handler may have answered before it returned.
        QMetaObject::invokeMethod(this, &ControlConnection::read, Qt::QueuedConnection);
    }

    void refuse(const Error &error)
    {
        busy_ = true; // no more is read
        socket_.write(control::encodeAnswer(tl::unexpected(error)));
        socket_.disconnectFromServer();
    }

    QLocalSocket &socket_;
    Call call_;
    bool busy_ = false;
};

/// Whether somebody listens there.
bool isAlive(const QString &path)
{
    QLocalSocket probe;
    probe.connectToServer(path);
    return probe.waitForConnected(1000);
}

} // namespace

ControlServer::ControlServer(QObject *parent) : QObject(parent)
{
    server_.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&server_, &QLocalServer::newConnection, this, &ControlServer::accept);
}

ControlServer::~ControlServer() = default;

void ControlServer::addHandlers(const Handlers &handlers)
{
    handlers_.insert(handlers);
}

Expected<void> ControlServer::listen(const QString &name)
{
    return listenAt(controlPath(name));
}

Expected<void> ControlServer::listen(quint16 port)
{
    return listenAt(controlPath(port));
}

Expected<void> ControlServer::listenAt(const Expected<QString> &path)
{
    close();
    if (!path)
        return tl::unexpected(path.error());
    // Asked first, since with these options Qt replaces the socket of a living server too.
    if (isAlive(*path))
        return failure(QStringLiteral("another program listens at %1").arg(*path));
    QLocalServer::removeServer(*path);
    if (server_.listen(*path))
        return {};
    return failure(QStringLiteral("%1: %2").arg(*path, server_.errorString()));
}

void ControlServer::close()
{
    server_.close();
}

void ControlServer::accept()
{
    while (QLocalSocket *const socket = server_.nextPendingConnection()) {
        if (connections_ >= MostConnections) {
            delete socket;
            continue;
        }
        ++connections_;
        connect(socket, &QObject::destroyed, this, [this] { --connections_; });
        new ControlConnection(socket, [this](const control::Call &call, const Answer &answer) {
            this->call(call, answer);
        });
    }
}

void ControlServer::call(const control::Call &call, const Answer &answer) const
{
    const auto handler = handlers_.constFind(call.name);
    if (handler != handlers_.cend())
        (*handler)(call.arguments, answer);
    else
        answer(failure(QStringLiteral("The running Keywheel knows no `%1`: it is of another "
                                      "version.")
                           .arg(call.name)));
}

} // namespace keywheel
