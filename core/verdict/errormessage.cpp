// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/errormessage.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <utility>

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

QByteArray plainValue(const QJsonValue &value)
{
    if (value.isDouble())
        return QByteArray::number(value.toDouble(), 'f', QLocale::FloatingPointShortest);
    return value.toString().toUtf8();
}

void addAll(const QJsonObject &object, std::initializer_list<const char *> names,
            QByteArrayList &values)
{
    for (const auto *name : names) {
        const QByteArray value = plainValue(object.value(QLatin1String(name)));
        if (!value.isEmpty())
            values.append(value);
    }
}

/// google.rpc.ErrorInfo, RetryInfo and QuotaFailure stand in `details`.
void readDetail(const QJsonObject &detail, ErrorMessage &error)
{
    addCode(detail.value(QLatin1String("reason")), error);
    addAll(detail, {"retryDelay"}, error.delays);
    const QJsonObject metadata = detail.value(QLatin1String("metadata")).toObject();
    addAll(metadata, {"quotaResetDelay"}, error.delays);
    addAll(metadata, {"quotaResetTimeStamp"}, error.instants);
}

void readWaits(const QJsonObject &object, ErrorMessage &error)
{
    addAll(object, {"resets_in_seconds", "retry_after", "retry_after_seconds", "retryAfter"},
           error.delays);
    addAll(object, {"resets_at", "reset_at"}, error.instants);
    const QJsonObject headers = object.value(QLatin1String("headers")).toObject();
    for (auto field = headers.begin(); field != headers.end(); ++field)
        error.headers.append(field.key().toLatin1(), plainValue(field.value()));
}

void addCodes(const QJsonObject &object, ErrorMessage &error)
{
    for (const auto name : {"code", "type", "status", "Code"})
        addCode(object.value(QLatin1String(name)), error);
    const QJsonValue details = object.value(QLatin1String("details"));
    addCode(details[QLatin1String("error_code")], error);
    const QJsonArray list = details.toArray();
    for (const auto &detail : list)
        readDetail(detail.toObject(), error);
    addCode(object.value(QLatin1String("innererror"))[QLatin1String("code")], error);
}

/// Numbers that mean something else at each service are named with their field.
void addNamedNumber(const QJsonObject &object, const char *name, const QByteArray &as,
                    ErrorMessage &error)
{
    const QJsonValue value = object.value(QLatin1String(name));
    if (value.isDouble() && value.toInteger() != 0)
        error.codes.append(as + QByteArray::number(value.toInteger()));
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
    for (const auto name : {"message", "detail", "msg", "status_msg", "error_msg", "Message"}) {
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
    for (const auto name : {"response", "error", "errors", "base_resp", "Response", "Error"}) {
        QJsonValue inner = firstIfArray(object.value(QLatin1String(name)));
        if (inner.isObject())
            return inner;
    }
    return object.value(QLatin1String("detail"));
}

constexpr int Deepest = 3;

/// `depth` counts errors within errors.
void readText(const QByteArray &text, ErrorMessage &error, int depth);

/// What a provider told a gateway, such as OpenRouter; with a key of the user's own (`is_byok`) it
/// is about that key.
void readMetadata(const QJsonObject &metadata, ErrorMessage &error, int depth)
{
    for (const auto name : {"error_type", "limit_source"})
        addCode(metadata.value(QLatin1String(name)), error);
    readWaits(metadata, error);
    const QString raw = metadata.value(QLatin1String("raw")).toString();
    if (raw.isEmpty() || depth >= Deepest)
        return;
    ErrorMessage inner;
    readText(raw.toUtf8(), inner, depth + 1);
    if (!metadata.value(QLatin1String("is_byok")).toBool())
        error.isRelayed = true;
    if (!inner.message.isEmpty())
        error.message = inner.message;
    error.codes.append(inner.codes);
    error.delays.append(inner.delays);
    error.instants.append(inner.instants);
}

void readObject(const QJsonObject &object, ErrorMessage &error, int depth)
{
    const QJsonValue inner = innerError(object);
    if (inner.isObject())
        readObject(inner.toObject(), error, depth);
    addCodes(object, error);
    addNamedNumber(object, "status_code", "base_resp.", error);
    addNamedNumber(object, "error_code", "error_code.", error);
    readWaits(object, error);
    if (error.message.isEmpty())
        error.message = messageOf(object);
    // {"error":"Unauthorized","message":"No such token"}: the first is then a code in words.
    const QJsonValue text = firstIfArray(object.value(QLatin1String("error")));
    if (error.message.isEmpty())
        error.message = text.toString();
    else
        addCode(text, error);
    readMetadata(object.value(QLatin1String("metadata")).toObject(), error, depth);
}

/// Some gateways put the whole body of an error into the message of their own.
void readMessageInMessage(ErrorMessage &error, int depth)
{
    const QByteArray text = error.message.trimmed().toUtf8();
    if (!text.startsWith('{') && !text.startsWith('['))
        return;
    ErrorMessage inner;
    readText(text, inner, depth + 1);
    if (inner.isEmpty() || inner.message == error.message)
        return;
    const ErrorMessage outer = std::exchange(error, inner);
    error.codes.append(outer.codes);
    error.delays.append(outer.delays);
    error.instants.append(outer.instants);
    if (error.status == 0)
        error.status = outer.status;
}

void readText(const QByteArray &text, ErrorMessage &error, int depth)
{
    // In brackets, because QJsonDocument takes no bare string.
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']');
    const QJsonValue value = firstIfArray(document.array());
    if (value.isObject()) {
        readObject(value.toObject(), error, depth);
        if (depth < Deepest)
            readMessageInMessage(error, depth);
    } else if (!value.isString()) {
        error.isPage = text.startsWith('<');
        error.message = plainText(text);
    } else {
        error.message = value.toString();
    }
}

} // namespace

ErrorMessage parseErrorMessage(const QByteArray &body)
{
    ErrorMessage error;
    readText(body.trimmed(), error, 0);
    error.message = oneLine(error.message.left(MaxMessage));
    return error;
}

} // namespace keywheel
