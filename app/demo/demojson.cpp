// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demojson.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QRegularExpression>

namespace keywheel::demo {

JsonAnswer error(int status, const QString &message, const QString &type, const QString &code)
{
    return {status,
            {{QStringLiteral("error"),
              Json{{QStringLiteral("message"), message},
                   {QStringLiteral("type"), type},
                   {QStringLiteral("param"), QJsonValue::Null},
                   {QStringLiteral("code"),
                    code.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(code)}}}}};
}

JsonAnswer badRequest(const QString &message)
{
    return error(400, message, QStringLiteral("invalid_request_error"), {});
}

std::optional<Json> parseObject(const QByteArray &body)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject())
        return std::nullopt;
    return document.object();
}

JsonAnswer notJson()
{
    return badRequest(QStringLiteral("We could not parse the JSON body of your request."));
}

QStringList tokens(const QString &text)
{
    static const QRegularExpression word(QStringLiteral("\\s*\\S+"));
    QStringList result;
    for (auto match = word.globalMatch(text); match.hasNext();)
        result += match.next().captured();
    return result;
}

QByteArray shortId(const QByteArray &of)
{
    return QCryptographicHash::hash(of, QCryptographicHash::Sha256).toHex().first(24);
}

} // namespace keywheel::demo
