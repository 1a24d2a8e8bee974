// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/ownendpoints.h"

#include "common/logging.h"
#include "server/originpolicy.h"

#include <QAbstractSocket>
#include <QJsonDocument>
#include <QUrlQuery>

#include <algorithm>
#include <optional>

namespace keywheel {

namespace {

/// A client chooses how long its method and path are.
constexpr qsizetype LongestPart = 256;

QByteArrayView pathOf(QByteArrayView target)
{
    const qsizetype query = target.indexOf('?');
    return query < 0 ? target : target.first(query);
}

QString shortened(QByteArrayView text)
{
    if (text.isEmpty())
        return QStringLiteral("-");
    return QString::fromUtf8(text.first(std::min(text.size(), LongestPart)));
}

/// An absolute URL, which is refused, may name a user and a password.
QByteArrayView safePath(QByteArrayView target)
{
    if (!target.startsWith('/') && target != "*")
        return {};
    return pathOf(target);
}

QString methodAndPath(const LoggedRequest &request)
{
    return shortened(request.method) + QLatin1Char(' ') + shortened(safePath(request.target));
}

QString sender(const LoggedRequest &request)
{
    const bool ipv6 = request.peer.protocol() == QAbstractSocket::IPv6Protocol;
    return (ipv6 ? QStringLiteral("from [%1]:%2 id %3") : QStringLiteral("from %1:%2 id %3"))
        .arg(request.peer.toString(), QString::number(request.peerPort), shortened(request.id));
}

LoggedRequest loggedRequest(const Request &request)
{
    return {request.method, request.target, request.peer, request.peerPort, request.id};
}

/// One line at debug level, as logRefusal() writes them.
void logAnswer(const Request &request, int status)
{
    const LoggedRequest logged = loggedRequest(request);
    qCDebug(lcServer).noquote() << "answered" << methodAndPath(logged) << status << sender(logged);
}

/// `?limit=…&offset=…`, or nothing when either is no number from 0 on. A limit over the most is
/// cut.
std::optional<RowRange> rowRange(QByteArrayView target)
{
    RowRange range;
    const QByteArray text = target.sliced(pathOf(target).size()).toByteArray();
    const QUrlQuery query(QString::fromLatin1(text.mid(1)));
    for (const auto &[name, value] : {std::pair{QStringLiteral("limit"), &range.limit},
                                      std::pair{QStringLiteral("offset"), &range.offset}}) {
        if (!query.hasQueryItem(name))
            continue;
        bool isNumber = false;
        *value = query.queryItemValue(name).toInt(&isNumber);
        if (!isNumber || *value < 0)
            return std::nullopt;
    }
    range.limit = std::min(range.limit, RowRange::Most);
    return range;
}

void refuse(const Request &request, ResponseWriter &writer, const OwnError &error,
            const QDateTime &now)
{
    logRefusal(loggedRequest(request), error);
    respondError(writer, error, request.id, now);
}

void refuseMethod(const Request &request, ResponseWriter &writer, const char *allowed,
                  const QDateTime &now)
{
    OwnError error{405, QByteArrayLiteral("method_not_allowed"),
                   QStringLiteral("This endpoint takes %1 only.").arg(QLatin1String(allowed))};
    error.extraHeaders.append(QByteArrayLiteral("Allow"), QByteArray(allowed));
    refuse(request, writer, error, now);
}

void answerServerOptions(const Request &request, ResponseWriter &writer)
{
    logAnswer(request, 204);
    ResponseHead head{204, {}, {}};
    head.headers.append(QByteArrayLiteral("Allow"),
                        QByteArrayLiteral("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
    head.headers.append(QByteArrayLiteral("x-request-id"), request.id);
    respond(writer, head, {});
}

} // namespace

bool OwnEndpoints::isOpen(QByteArrayView target)
{
    return pathOf(target) == "/health";
}

bool OwnEndpoints::answer(const Request &request, ResponseWriter &writer, const QDateTime &now)
{
    const QByteArrayView path = pathOf(request.target);
    if (path == "/reset-keys") {
        answerReset(request, writer, now);
        return true;
    }
    if (path == "*") {
        answerServerOptions(request, writer);
        return true;
    }
    const bool health = path == "/health";
    const bool stats = path == "/stats";
    if (!health && !stats && path != "/blacklist")
        return false;
    if (request.method != "GET" && request.method != "HEAD")
        refuseMethod(request, writer, "GET, HEAD", now);
    else if (health)
        answerJson(request, writer, management_.health());
    else if (const auto rows = rowRange(request.target))
        answerJson(request, writer,
                   stats ? management_.stats(*rows) : management_.blacklist(*rows));
    else
        refuse(request, writer,
               {400, QByteArrayLiteral("invalid_request"),
                QStringLiteral("limit and offset must be numbers from 0 on.")},
               now);
    return true;
}

void OwnEndpoints::answerReset(const Request &request, ResponseWriter &writer, const QDateTime &now)
{
    if (request.method != "GET" && request.method != "POST")
        return refuseMethod(request, writer, "GET, POST", now);
    // A link or an image is enough to make a browser send a GET.
    if (request.method == "GET" && isCrossOrigin(request.headers)) {
        const OwnError error{403, QByteArrayLiteral("forbidden_origin"),
                             QStringLiteral("Pages of other sites must use POST for this.")};
        return refuse(request, writer, error, now);
    }
    answerJson(request, writer, management_.resetKeys());
}

void OwnEndpoints::answerJson(const Request &request, ResponseWriter &writer,
                              const QJsonObject &object)
{
    logAnswer(request, 200);
    ResponseHead head{200, {}, {}};
    head.headers.append(QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json"));
    head.headers.append(QByteArrayLiteral("Cache-Control"), QByteArrayLiteral("no-store"));
    head.headers.append(QByteArrayLiteral("x-request-id"), request.id);
    respond(writer, head, QJsonDocument(object).toJson(QJsonDocument::Compact));
}

void logRefusal(const LoggedRequest &request, const OwnError &error)
{
    qCInfo(lcServer).noquote() << "refused" << methodAndPath(request) << error.status
                               << QLatin1String(error.code) << sender(request);
}

} // namespace keywheel
