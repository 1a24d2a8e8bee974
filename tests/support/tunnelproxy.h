// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkProxy>
#include <QTcpServer>

namespace keywheel {

/// A proxy on loopback that speaks HTTP CONNECT (RFC 9110 §9.3.6, with Basic credentials) or SOCKS5
/// (RFC 1928, with those of RFC 1929), so that a test sees what came by it. Thread: the test's.
class TunnelProxy : public QTcpServer
{
    Q_OBJECT

public:
    /// `type`: HttpProxy or Socks5Proxy. It asks for these credentials.
    TunnelProxy(QNetworkProxy::ProxyType type, QString user, QString password);

    /// How to use it, with credentials that it takes, or with a wrong password.
    QNetworkProxy address() const;
    QNetworkProxy withWrongPassword() const;
    /// The tunnels that it opened, as `host:port`.
    QStringList tunnels() const { return tunnels_; }

private:
    void serve(QTcpSocket *client);
    void readHttp(QTcpSocket *client);
    void readSocks(QTcpSocket *client);
    void connectOn(QTcpSocket *client, const QString &host, quint16 port, const QByteArray &yes);

    QNetworkProxy::ProxyType type_;
    QString user_;
    QString password_;
    QStringList tunnels_;
};

} // namespace keywheel
