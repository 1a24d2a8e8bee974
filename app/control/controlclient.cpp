// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/controlclient.h"

#include "control/controlpath.h"

#include <QEventLoop>
#include <QTimer>

namespace keywheel {

Expected<std::unique_ptr<ControlClient>> ControlClient::find(const QString &name)
{
    return findAt(controlPath(name));
}

Expected<std::unique_ptr<ControlClient>> ControlClient::find(quint16 port)
{
    return findAt(controlPath(port));
}

Expected<std::unique_ptr<ControlClient>> ControlClient::findAt(const Expected<QString> &path)
{
    constexpr int TimeLimit = 5000; // a local socket answers at once, or its program hangs
    if (!path)
        return tl::unexpected(path.error());
    std::unique_ptr<ControlClient> client(new ControlClient);
    QLocalSocket &socket = client->socket_;
    socket.setReadBufferSize(control::LongestLine);
    socket.connectToServer(*path);
    if (socket.waitForConnected(TimeLimit))
        return client;
    const auto error = socket.error();
    if (error == QLocalSocket::ServerNotFoundError || error == QLocalSocket::ConnectionRefusedError)
        return nullptr;
    return failure(QStringLiteral("The running Keywheel cannot be reached at %1: %2.")
                       .arg(*path, socket.errorString()));
}

Expected<QJsonObject> ControlClient::call(const QString &name, const QJsonObject &arguments,
                                          std::chrono::milliseconds limit)
{
    const QByteArray line = control::encodeCall({name, arguments});
    if (line.size() > control::LongestLine)
        return failure(QStringLiteral("The call %1 is too long to be sent.").arg(name));
    socket_.write(line);
    QEventLoop loop;
    QTimer timer;
    timer.setSingleShot(true);
    const auto quitWhenDone = [&] {
        if (socket_.canReadLine() || socket_.bytesAvailable() >= control::LongestLine)
            loop.quit();
    };
    QObject::connect(&socket_, &QLocalSocket::readyRead, &loop, quitWhenDone);
    QObject::connect(&socket_, &QLocalSocket::disconnected, &loop, &QEventLoop::quit);
    QObject::connect(&timer, &QTimer::timeout, &loop, &QEventLoop::quit);
    timer.start(limit);
    loop.exec();
    if (socket_.canReadLine())
        return control::decodeAnswer(socket_.readLine());
    if (socket_.state() != QLocalSocket::ConnectedState)
        return failure(QStringLiteral("The running Keywheel broke off before it answered."));
    return failure(QStringLiteral("The running Keywheel has not answered for %1 s.")
                       .arg(std::chrono::duration_cast<std::chrono::seconds>(limit).count()));
}

} // namespace keywheel
