// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/http2request.h"

#include <QNetworkAccessManager>
#include <QSslConfiguration>

namespace keywheel {

namespace {

void setField(QNetworkRequest &request, const HeaderField &field)
{
    // A null value would remove the field instead of sending an empty one.
    QByteArray value = field.value.isNull() ? QByteArrayLiteral("") : field.value;
    if (request.hasRawHeader(field.name)) {
        const QByteArray glue = equalsIgnoreCase(field.name, "Cookie") ? "; " : ", ";
        value = request.rawHeader(field.name) + glue + value;
    }
    request.setRawHeader(field.name, value);
}

/// What the base class must find set: it would send `Mozilla/5.0` and the system's language, and
/// ask for a coding that it then decodes.
const Headers &neutralFields()
{
    static const Headers fields{
        {"User-Agent", "Keywheel"}, {"Accept-Language", "*"}, {"Accept-Encoding", "identity"}};
    return fields;
}

bool isStatusError(QNetworkReply::NetworkError error, int status)
{
    if (status < 400)
        return false;
    return (error >= QNetworkReply::ContentAccessDenied &&
            error <= QNetworkReply::UnknownContentError &&
            error != QNetworkReply::ContentReSendError) ||
           error == QNetworkReply::ProtocolInvalidOperationError ||
           error >= QNetworkReply::InternalServerError ||
           (error == QNetworkReply::ProxyAuthenticationRequiredError && status == 407);
}

bool isTooShort(const QNetworkReply &reply, const ResponseHead &head, qint64 received)
{
    const bool bodiless = reply.operation() == QNetworkAccessManager::HeadOperation ||
                          head.status == 204 || head.status == 304;
    bool announced = false;
    const qint64 length = head.headers.value("Content-Length").toLongLong(&announced);
    return announced && !bodiless && received < length;
}

} // namespace

QNetworkRequest stockRequest(const QUrl &url, const RawRequestHead &head, qsizetype bodySize,
                             const QSslConfiguration &tls)
{
    const QByteArray origin = url.toEncoded(QUrl::RemovePath | QUrl::RemoveQuery |
                                            QUrl::RemoveFragment | QUrl::RemoveUserInfo);
    QNetworkRequest request(QUrl::fromEncoded(origin + head.target));
    request.setSslConfiguration(tls);
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, true);
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute,
                         QNetworkRequest::AlwaysNetwork);
    request.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                         QNetworkRequest::ManualRedirectPolicy);
    for (const HeaderField &field : head.headers)
        setField(request, field);
    for (const HeaderField &field : neutralFields()) {
        if (request.rawHeader(field.name).isEmpty())
            request.setRawHeader(field.name, field.value);
    }
    const bool saysLength = head.method == "POST" || head.method == "PUT" || head.method == "PATCH";
    if (bodySize > 0 || saysLength)
        request.setRawHeader("Content-Length", QByteArray::number(bodySize));
    return request;
}

QNetworkReply *sendStock(QNetworkAccessManager &manager, const QNetworkRequest &request,
                         const QByteArray &method, QIODevice *body)
{
    if (method == "HEAD" && !body)
        return manager.head(request); // only then does it expect no body
    if (method == "GET" && !body)
        return manager.get(request);
    return manager.sendCustomRequest(request, method, body); // post() would add a Content-Type
}

StockOutcome outcomeOf(const QNetworkReply &reply, const ResponseHead *head, qint64 received)
{
    const auto error = reply.error();
    if (error == QNetworkReply::NoError || (head && isStatusError(error, head->status))) {
        if (!head)
            return {QNetworkReply::RemoteHostClosedError,
                    QStringLiteral("the connection ended without an answer")};
        if (isTooShort(reply, *head, received))
            return {QNetworkReply::RemoteHostClosedError,
                    QStringLiteral("the answer ended before its Content-Length")};
        return {};
    }
    if (error == QNetworkReply::ProtocolUnknownError || error == QNetworkReply::ProtocolFailure)
        return {QNetworkReply::ProtocolFailure, reply.errorString()};
    if (error >= QNetworkReply::ContentAccessDenied) // a stream that was reset, or not sent again
        return {QNetworkReply::RemoteHostClosedError, reply.errorString()};
    return {error, reply.errorString()};
}

} // namespace keywheel
