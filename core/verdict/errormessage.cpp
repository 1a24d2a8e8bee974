// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/errormessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace keywheel {

namespace {

/// More is never worth reading, and matching it would cost time.
constexpr int MaxMessage = 4096;

/// One line without control characters: it goes into logs and onto terminals.
QString oneLine(const QString &text)
{
    QString line = text.simplified();
    line.removeIf([](QChar c) { return c.category() == QChar::Other_Control; });
    return line;
}

QString plainText(const QByteArray &text)
{
    QString all = QString::fromUtf8(text);
    if (!all.startsWith(QLatin1Char('<')))
        return all;
    static const QRegularExpression title(QStringLiteral("<title[^>]*>([^<]*)</title>"),
                                          QRegularExpression::CaseInsensitiveOption);
    return title.match(all).captured(1);
}

void addCode(const QJsonValue &value, ErrorMessage &error)
{
    const QString text =
        value.isDouble() ? QString::number(value.toInteger()) : value.toString().trimmed();
    if (text.isEmpty())
        return;
    const int number = text.toInt();
    if (number >= 400 && number <= 599) {
        if (error.status == 0)
            error.status = number;
        return;
    }
    QByteArray code = text.toLower().toUtf8();
    std::replace_if(
        code.begin(), code.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
    error.codes.append(code);
}

void addCodes(const QJsonObject &object, ErrorMessage &error)
{
    for (const auto name : {"code", "type", "status"})
        addCode(object.value(QLatin1String(name)), error);
    const QJsonArray details = object.value(QLatin1String("details")).toArray();
    for (const auto &detail : details)
        addCode(detail.toObject().value(QLatin1String("reason")), error);
}

/// FastAPI lists what failed validation; `input` beside `msg` is the client's own text, so it is
/// left out.
QString joinedMessages(const QJsonArray &list)
{
    QStringList messages;
    for (const auto &item : list)
        messages.append(item.toObject().value(QLatin1String("msg")).toString());
    return messages.join(QLatin1String("; "));
}

QString messageOf(const QJsonObject &object)
{
    for (const auto name : {"message", "detail", "msg"}) {
        const QJsonValue value = object.value(QLatin1String(name));
        QString text = value.isArray() ? joinedMessages(value.toArray()) : value.toString();
        if (!text.trimmed().isEmpty())
            return text;
    }
    return {};
}

QJsonValue firstIfArray(QJsonValue value)
{
    while (value.isArray())
        value = value.toArray().at(0);
    return value;
}

/// The object inside that describes the error, if it is an object.
QJsonValue innerError(const QJsonObject &object)
{
    for (const auto name : {"response", "error", "errors"}) {
        QJsonValue inner = firstIfArray(object.value(QLatin1String(name)));
        if (inner.isObject())
            return inner;
    }
    return object.value(QLatin1String("detail"));
}

void readObject(const QJsonObject &object, ErrorMessage &error)
{
    const QJsonValue inner = innerError(object);
    if (inner.isObject())
        readObject(inner.toObject(), error);
    addCodes(object, error);
    if (error.message.isEmpty())
        error.message = messageOf(object);
    // {"error":"Unauthorized","message":"No such token"}: the first is then a code in words.
    const QJsonValue text = firstIfArray(object.value(QLatin1String("error")));
    if (error.message.isEmpty())
        error.message = text.toString();
    else
        addCode(text, error);
}

} // namespace

ErrorMessage parseErrorMessage(const QByteArray &body)
{
    ErrorMessage error;
    const QByteArray text = body.trimmed();
    // In brackets, because QJsonDocument takes no bare string.
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']');
    const QJsonValue value = firstIfArray(document.array());
    if (value.isObject())
        readObject(value.toObject(), error);
    else if (!value.isString())
        error.message = plainText(text);
    else
        error.message = value.toString();
    error.message = oneLine(error.message.left(MaxMessage));
    return error;
}

} // namespace keywheel
