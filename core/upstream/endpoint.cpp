// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/endpoint.h"

#include <QHostAddress>

namespace keywheel {

namespace {

quint16 defaultPort(bool tls)
{
    return tls ? 443 : 80;
}

} // namespace

Endpoint Endpoint::of(const QUrl &url)
{
    const bool tls = url.scheme() == QLatin1String("https");
    return {tls, url.host(), static_cast<quint16>(url.port(defaultPort(tls)))};
}

QString Endpoint::name() const
{
    return host + QLatin1Char(':') + QString::number(port);
}

QByteArray Endpoint::authority() const
{
    const QByteArray name = QUrl::toAce(host);
    QByteArray text = host.contains(QLatin1Char(':')) ? '[' + host.toLatin1() + ']' : name;
    if (port != defaultPort(tls))
        text += ':' + QByteArray::number(port);
    return text;
}

bool Endpoint::isLoopback() const
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

} // namespace keywheel
