// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/requestlog.h"

#include "common/logging.h"

#include <QAbstractSocket>

#include <algorithm>

namespace keywheel {

namespace {

/// A client chooses how long its method and path are.
constexpr qsizetype LongestPart = 256;

QString part(QByteArrayView text)
{
    if (text.isEmpty())
        return QStringLiteral("-");
    return QString::fromUtf8(text.first(std::min(text.size(), LongestPart)));
}

/// An absolute URL, which is refused, may name a user and a password.
QByteArrayView pathOf(QByteArrayView target)
{
    if (!target.startsWith('/') && target != "*")
        return {};
    const qsizetype query = target.indexOf('?');
    return query < 0 ? target : target.first(query);
}

QString asked(const LoggedRequest &request)
{
    return part(request.method) + QLatin1Char(' ') + part(pathOf(request.target));
}

QString origin(const LoggedRequest &request)
{
    const bool ipv6 = request.peer.protocol() == QAbstractSocket::IPv6Protocol;
    return (ipv6 ? QStringLiteral("from [%1]:%2 id %3") : QStringLiteral("from %1:%2 id %3"))
        .arg(request.peer.toString(), QString::number(request.peerPort), part(request.id));
}

} // namespace

LoggedRequest loggedRequest(const Request &request)
{
    return {request.method, request.target, request.peer, request.peerPort, request.id};
}

void logRefusal(const LoggedRequest &request, const OwnError &error)
{
    qCInfo(lcServer).noquote() << "refused" << asked(request) << error.status
                               << QLatin1String(error.code) << origin(request);
}

void logAnswer(const LoggedRequest &request, int status)
{
    qCDebug(lcServer).noquote() << "answered" << asked(request) << status << origin(request);
}

} // namespace keywheel
