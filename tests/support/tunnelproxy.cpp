// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/tunnelproxy.h"

#include <QHostAddress>
#include <QTcpSocket>
#include <QtEndian>

namespace keywheel {

namespace {

void pipe(QTcpSocket *from, QTcpSocket *to)
{
    const auto pass = [from, to] {
        to->write(from->readAll());
        to->flush();
    };
    QObject::connect(from, &QTcpSocket::readyRead, to, pass);
    QObject::connect(from, &QTcpSocket::disconnected, to, [to] { to->disconnectFromHost(); });
    pass();
}

} // namespace

TunnelProxy::TunnelProxy(QNetworkProxy::ProxyType type, QString user, QString password)
    : type_(type),
      user_(std::move(user)),
      password_(std::move(password))
{
    if (!listen(QHostAddress::LocalHost))
        qFatal("%s", qPrintable(errorString()));
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *client = nextPendingConnection())
            serve(client);
    });
}

QNetworkProxy TunnelProxy::address() const
{
    return {type_, QStringLiteral("127.0.0.1"), serverPort(), user_, password_};
}

QNetworkProxy TunnelProxy::withWrongPassword() const
{
    return {type_, QStringLiteral("127.0.0.1"), serverPort(), user_, QStringLiteral("wrong")};
}

void TunnelProxy::serve(QTcpSocket *client)
{
    connect(client, &QTcpSocket::disconnected, client, &QObject::deleteLater);
    connect(client, &QTcpSocket::readyRead, this, [this, client] {
        type_ == QNetworkProxy::HttpProxy ? readHttp(client) : readSocks(client);
    });
}

void TunnelProxy::readHttp(QTcpSocket *client)
{
    const QByteArray head = client->peek(16 * 1024);
    if (!head.contains("\r\n\r\n"))
        return;
    client->read(head.indexOf("\r\n\r\n") + 4);
    const QByteArray basic = (user_ + QLatin1Char(':') + password_).toUtf8().toBase64();
    if (!head.contains("Proxy-Authorization: Basic " + basic + "\r\n")) {
        client->write("HTTP/1.1 407 Proxy Authentication Required\r\n"
                      "Proxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n");
        return;
    }
    const QList<QByteArray> line = head.left(head.indexOf("\r\n")).split(' ');
    const QByteArray target = line.value(1);
    if (line.value(0) != "CONNECT")
        return client->disconnectFromHost();
    connectOn(client, QString::fromLatin1(target.left(target.lastIndexOf(':'))),
              target.mid(target.lastIndexOf(':') + 1).toUShort(),
              QByteArrayLiteral("HTTP/1.1 200 Connection established\r\n\r\n"));
}

// Each message of the dialogue comes in one piece on loopback, and one at a time.
void TunnelProxy::readSocks(QTcpSocket *client)
{
    const QByteArray in = client->readAll();
    if (in.startsWith('\5') && in.size() == 2 + in.at(1)) {
        client->write(QByteArray("\5\2", 2)); // user name and password, please
    } else if (in.startsWith('\1')) {
        const QByteArray user = in.mid(2, in.at(1));
        const bool right = user == user_.toUtf8() && in.mid(3 + user.size()) == password_.toUtf8();
        client->write(right ? QByteArray("\1\0", 2) : QByteArray("\1\1", 2));
        if (!right)
            client->disconnectFromHost();
    } else if (in.startsWith(QByteArray("\5\1\0\1", 4)) && in.size() == 10) {
        const QHostAddress host(qFromBigEndian<quint32>(in.constData() + 4));
        connectOn(client, host.toString(), qFromBigEndian<quint16>(in.constData() + 8),
                  QByteArray("\5\0\0\1\0\0\0\0\0\0", 10));
    } else if (in.startsWith(QByteArray("\5\1\0\3", 4)) && in.size() == 7 + in.at(4)) {
        connectOn(client, QString::fromLatin1(in.mid(5, in.at(4))),
                  qFromBigEndian<quint16>(in.constData() + in.size() - 2),
                  QByteArray("\5\0\0\1\0\0\0\0\0\0", 10));
    } else {
        client->disconnectFromHost();
    }
}

void TunnelProxy::connectOn(QTcpSocket *client, const QString &host, quint16 port,
                            const QByteArray &yes)
{
    tunnels_ += host + QLatin1Char(':') + QString::number(port);
    client->disconnect(this);
    auto *onward = new QTcpSocket(client);
    connect(onward, &QTcpSocket::connected, client, [client, onward, yes] {
        client->write(yes);
        pipe(client, onward);
        pipe(onward, client);
    });
    connect(onward, &QTcpSocket::errorOccurred, client, [client] { client->disconnectFromHost(); });
    onward->connectToHost(host, port);
}

} // namespace keywheel
