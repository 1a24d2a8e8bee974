// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>

#include <optional>

/// What the demo's upstream answers, as pure functions: from a request's body to JSON in OpenAI's
/// shape. https://platform.openai.com/docs/api-reference
namespace keywheel::demo {

struct JsonAnswer
{
    int status = 200;
    QJsonObject body;
    Headers headers = {};
};

JsonAnswer error(int status, const QString &message, const QString &type, const QString &code);

JsonAnswer models();
JsonAnswer model(const QByteArray &id);
JsonAnswer embeddings(const QByteArray &requestBody);
/// A multipart/form-data upload (RFC 7578) of the parts `file` and `purpose`.
JsonAnswer uploadedFile(const QByteArray &contentType, const QByteArray &requestBody);

/// A chat completion: either one answer, or the events of a stream, one for each token.
struct ChatAnswer
{
    std::optional<JsonAnswer> whole;
    QList<QByteArray> events;
};
ChatAnswer chat(const QByteArray &requestBody, qint64 unixTime);

} // namespace keywheel::demo
