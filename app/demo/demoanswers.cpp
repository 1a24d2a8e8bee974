// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demoanswers.h"

#include "demo/demojson.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QRegularExpression>
#include <QtEndian>

#include <cmath>

namespace keywheel::demo {

namespace {

constexpr qint64 MadeAt = 1'735'689'600; // 2025-01-01, when the demo's models were "created"
constexpr int DefaultDimensions = 64;
constexpr int MaxDimensions = 4096;

const QStringList &modelNames()
{
    static const QStringList names{QStringLiteral("keywheel-demo"),
                                   QStringLiteral("keywheel-demo-embedding")};
    return names;
}

Json modelObject(const QString &name)
{
    return {{QStringLiteral("id"), name},
            {QStringLiteral("object"), QStringLiteral("model")},
            {QStringLiteral("created"), MadeAt},
            {QStringLiteral("owned_by"), QStringLiteral("keywheel")}};
}

/// Unit-length and the same for the same text: the hash of the text and a counter, as numbers.
QList<float> vectorFor(const QString &text, int dimensions)
{
    QList<float> vector;
    double squares = 0;
    for (quint32 block = 0; vector.size() < dimensions; ++block) {
        const QByteArray hash = QCryptographicHash::hash(
            text.toUtf8() + '\0' + QByteArray::number(block), QCryptographicHash::Sha256);
        for (qsizetype at = 0; at < hash.size() && vector.size() < dimensions; at += 4) {
            const double value =
                double(qFromLittleEndian<quint32>(hash.constData() + at)) / 2147483648.0 - 1.0;
            vector += float(value);
            squares += value * value;
        }
    }
    const auto length = float(std::sqrt(squares));
    for (float &value : vector)
        value /= length;
    return vector;
}

QJsonValue encodedVector(const QList<float> &vector, bool base64)
{
    if (!base64) {
        QJsonArray numbers;
        for (const float value : vector)
            numbers += double(value);
        return numbers;
    }
    QByteArray bytes(vector.size() * qsizetype(sizeof(float)), Qt::Uninitialized);
    qToLittleEndian<float>(vector.constData(), vector.size(), bytes.data());
    return QString::fromLatin1(bytes.toBase64());
}

/// The value of `name="…"` in a part's Content-Disposition.
QByteArray parameter(const QByteArray &partHead, const QByteArray &name)
{
    const QByteArray start = ' ' + name + "=\"";
    const qsizetype at = partHead.indexOf(start);
    if (at < 0)
        return {};
    const qsizetype from = at + start.size();
    return partHead.mid(from, partHead.indexOf('"', from) - from);
}

struct Part
{
    QByteArray name;
    QByteArray fileName;
    QByteArray content;
};

QList<Part> multipartParts(const QByteArray &contentType, const QByteArray &body)
{
    static const QRegularExpression expression(
        QStringLiteral("^multipart/form-data;.*boundary=\"?([^\";]+)\"?"),
        QRegularExpression::CaseInsensitiveOption);
    const auto match = expression.match(QString::fromLatin1(contentType));
    if (!match.hasMatch())
        return {};
    const QByteArray delimiter = "\r\n--" + match.captured(1).toLatin1();
    const QByteArray text = "\r\n" + body;
    QList<Part> parts;
    qsizetype from = text.indexOf(delimiter);
    while (from >= 0) {
        from += delimiter.size();
        const qsizetype end = text.indexOf(delimiter, from);
        const qsizetype headEnd = text.indexOf("\r\n\r\n", from);
        if (end < 0 || headEnd < 0 || headEnd > end)
            break;
        const QByteArray head = text.mid(from, headEnd - from);
        parts += Part{parameter(head, "name"), parameter(head, "filename"),
                      text.mid(headEnd + 4, end - headEnd - 4)};
        from = end;
    }
    return parts;
}

} // namespace

JsonAnswer models()
{
    QJsonArray list;
    for (const QString &name : modelNames())
        list += modelObject(name);
    return {200,
            {{QStringLiteral("object"), QStringLiteral("list")}, {QStringLiteral("data"), list}}};
}

JsonAnswer model(const QByteArray &id)
{
    const QString name = QString::fromUtf8(id);
    if (modelNames().contains(name))
        return {200, modelObject(name)};
    return error(404, QStringLiteral("The model '%1' does not exist").arg(name),
                 QStringLiteral("invalid_request_error"), QStringLiteral("model_not_found"));
}

JsonAnswer embeddings(const QByteArray &requestBody)
{
    const auto request = parseObject(requestBody);
    if (!request)
        return notJson();
    const QJsonValue input = (*request)[QStringLiteral("input")];
    const QJsonArray texts = input.isArray() ? input.toArray() : QJsonArray{input};
    const int dimensions = (*request)[QStringLiteral("dimensions")].toInt(DefaultDimensions);
    if (dimensions < 1 || dimensions > MaxDimensions)
        return badRequest(QStringLiteral("dimensions must be 1 to %1").arg(MaxDimensions));
    const bool base64 =
        (*request)[QStringLiteral("encoding_format")].toString() == QLatin1String("base64");
    QJsonArray data;
    qsizetype promptTokens = 0;
    for (const auto &text : texts) {
        if (!text.isString())
            return badRequest(QStringLiteral("input must be a text or a list of texts"));
        promptTokens += tokens(text.toString()).size();
        data += Json{{QStringLiteral("object"), QStringLiteral("embedding")},
                     {QStringLiteral("index"), data.size()},
                     {QStringLiteral("embedding"),
                      encodedVector(vectorFor(text.toString(), dimensions), base64)}};
    }
    return {200,
            {{QStringLiteral("object"), QStringLiteral("list")},
             {QStringLiteral("data"), data},
             {QStringLiteral("model"), (*request)[QStringLiteral("model")]},
             {QStringLiteral("usage"), Json{{QStringLiteral("prompt_tokens"), promptTokens},
                                            {QStringLiteral("total_tokens"), promptTokens}}}}};
}

JsonAnswer uploadedFile(const QByteArray &contentType, const QByteArray &requestBody)
{
    std::optional<Part> file;
    QByteArray purpose;
    for (const Part &part : multipartParts(contentType, requestBody)) {
        if (part.name == "file")
            file = part;
        else if (part.name == "purpose")
            purpose = part.content;
    }
    if (!file || purpose.isEmpty())
        return badRequest(
            QStringLiteral("The upload needs a multipart/form-data body with the parts 'file' and "
                           "'purpose'."));
    return {200,
            {{QStringLiteral("id"),
              QString::fromLatin1("file-" + shortId(file->fileName + file->content))},
             {QStringLiteral("object"), QStringLiteral("file")},
             {QStringLiteral("bytes"), file->content.size()},
             {QStringLiteral("created_at"), MadeAt},
             {QStringLiteral("filename"), QString::fromUtf8(file->fileName)},
             {QStringLiteral("purpose"), QString::fromUtf8(purpose)},
             {QStringLiteral("status"), QStringLiteral("processed")}}};
}

} // namespace keywheel::demo
