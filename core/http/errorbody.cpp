// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/errorbody.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace keywheel {

namespace {

struct Phrase
{
    int status;
    const char *text;
};

// RFC 9110 §15, and 428, 429, 431, 511 of RFC 6585.
constexpr std::array Phrases{
    Phrase{100, "Continue"},
    Phrase{101, "Switching Protocols"},
    Phrase{200, "OK"},
    Phrase{201, "Created"},
    Phrase{202, "Accepted"},
    Phrase{203, "Non-Authoritative Information"},
    Phrase{204, "No Content"},
    Phrase{205, "Reset Content"},
    Phrase{206, "Partial Content"},
    Phrase{300, "Multiple Choices"},
    Phrase{301, "Moved Permanently"},
    Phrase{302, "Found"},
    Phrase{303, "See Other"},
    Phrase{304, "Not Modified"},
    Phrase{307, "Temporary Redirect"},
    Phrase{308, "Permanent Redirect"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{402, "Payment Required"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{406, "Not Acceptable"},
    Phrase{407, "Proxy Authentication Required"},
    Phrase{408, "Request Timeout"},
    Phrase{409, "Conflict"},
    Phrase{410, "Gone"},
    Phrase{411, "Length Required"},
    Phrase{412, "Precondition Failed"},
    Phrase{413, "Content Too Large"},
    Phrase{414, "URI Too Long"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{416, "Range Not Satisfiable"},
    Phrase{417, "Expectation Failed"},
    Phrase{421, "Misdirected Request"},
    Phrase{422, "Unprocessable Content"},
    Phrase{426, "Upgrade Required"},
    Phrase{428, "Precondition Required"},
    Phrase{429, "Too Many Requests"},
    Phrase{431, "Request Header Fields Too Large"},
    Phrase{500, "Internal Server Error"},
    Phrase{501, "Not Implemented"},
    Phrase{502, "Bad Gateway"},
    Phrase{503, "Service Unavailable"},
    Phrase{504, "Gateway Timeout"},
    Phrase{505, "HTTP Version Not Supported"},
    Phrase{511, "Network Authentication Required"},
};

} // namespace

QByteArray errorTypeFor(int status)
{
    switch (status) {
    case 401:
        return QByteArrayLiteral("authentication_error");
    case 403:
        return QByteArrayLiteral("permission_error");
    case 429:
        return QByteArrayLiteral("rate_limit_error");
    default:
        return status >= 400 && status < 500 ? QByteArrayLiteral("invalid_request_error")
                                             : QByteArrayLiteral("server_error");
    }
}

QByteArray errorBody(const OwnError &error, const QDateTime &now)
{
    const QJsonObject details{
        {QStringLiteral("message"), error.message},
        {QStringLiteral("type"), QString::fromLatin1(errorTypeFor(error.status))},
        {QStringLiteral("code"), QString::fromLatin1(error.code)},
        {QStringLiteral("param"), QJsonValue::Null},
        {QStringLiteral("timestamp"), now.toUTC().toString(Qt::ISODateWithMs)},
    };
    return QJsonDocument(QJsonObject{{QStringLiteral("error"), details}})
        .toJson(QJsonDocument::Compact);
}

ResponseHead errorHead(const OwnError &error, const QByteArray &requestId, qsizetype bodySize)
{
    ResponseHead head{error.status, reasonPhrase(error.status), {}};
    head.headers.append(QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json"));
    head.headers.append(QByteArrayLiteral("Content-Length"), QByteArray::number(bodySize));
    head.headers.append(QByteArrayLiteral("x-request-id"), requestId);
    if (error.retryAfter) {
        head.headers.append(QByteArrayLiteral("Retry-After"),
                            QByteArray::number(static_cast<qint64>(error.retryAfter->count())));
    }
    for (const HeaderField &field : error.extraHeaders)
        head.headers.append(field.name, field.value);
    return head;
}

void respondError(ResponseWriter &writer, const OwnError &error, const QByteArray &requestId,
                  const QDateTime &now)
{
    const QByteArray body = errorBody(error, now);
    respond(writer, errorHead(error, requestId, body.size()), body);
}

QByteArray reasonPhrase(int status)
{
    const auto found =
        std::lower_bound(Phrases.begin(), Phrases.end(), status,
                         [](const Phrase &phrase, int wanted) { return phrase.status < wanted; });
    return found != Phrases.end() && found->status == status ? QByteArray(found->text)
                                                             : QByteArray();
}

} // namespace keywheel
