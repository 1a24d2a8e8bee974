// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demoanswers.h"

#include "demo/demojson.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace keywheel::demo {

namespace {

/// The text of a message whose content is a string or a list of parts.
QString contentText(const QJsonValue &content)
{
    if (content.isString())
        return content.toString();
    QString text;
    const QJsonArray parts = content.toArray();
    for (const auto &part : parts)
        text += part[QStringLiteral("text")].toString();
    return text;
}

Json usageObject(qsizetype prompt, qsizetype completion)
{
    return {{QStringLiteral("prompt_tokens"), prompt},
            {QStringLiteral("completion_tokens"), completion},
            {QStringLiteral("total_tokens"), prompt + completion}};
}

/// A chat request as far as the demo understands it, and the reply to it.
struct Chat
{
    Json head; ///< id, created, model: the same in every chunk
    QStringList reply;
    qsizetype promptTokens = 0;
    QString finishReason = QStringLiteral("stop");
};

Chat readChat(const Json &request, qint64 unixTime)
{
    Chat chat;
    QString last;
    const QJsonArray messages = request[QStringLiteral("messages")].toArray();
    for (const auto &message : messages) {
        last = contentText(message[QStringLiteral("content")]);
        chat.promptTokens += tokens(last).size();
    }
    chat.reply = tokens(
        QStringLiteral("Hello from the demo upstream of Keywheel. Each request came with the next "
                       "key, and this answer came back word by word. You wrote: %1")
            .arg(last));
    QJsonValue limit = request[QStringLiteral("max_completion_tokens")];
    if (limit.isUndefined())
        limit = request[QStringLiteral("max_tokens")];
    if (limit.isDouble() && limit.toInt() < chat.reply.size()) {
        chat.reply.resize(std::max(limit.toInt(), 0));
        chat.finishReason = QStringLiteral("length");
    }
    const QByteArray id = shortId(QJsonDocument(request).toJson() + QByteArray::number(unixTime));
    chat.head = {{QStringLiteral("id"), QStringLiteral("chatcmpl-") + QString::fromLatin1(id)},
                 {QStringLiteral("created"), unixTime},
                 {QStringLiteral("model"), request[QStringLiteral("model")]}};
    return chat;
}

JsonAnswer wholeChat(const Chat &chat)
{
    Json body = chat.head;
    body[QStringLiteral("object")] = QStringLiteral("chat.completion");
    body[QStringLiteral("choices")] = QJsonArray{Json{
        {QStringLiteral("index"), 0},
        {QStringLiteral("message"), Json{{QStringLiteral("role"), QStringLiteral("assistant")},
                                         {QStringLiteral("content"), chat.reply.join(QString())}}},
        {QStringLiteral("logprobs"), QJsonValue::Null},
        {QStringLiteral("finish_reason"), chat.finishReason}}};
    body[QStringLiteral("usage")] = usageObject(chat.promptTokens, chat.reply.size());
    return {200, body};
}

QList<QByteArray> chatEvents(const Chat &chat, bool withUsage)
{
    QList<QByteArray> events;
    const auto add = [&](const QJsonArray &choices, const QJsonValue &usage) {
        Json chunk = chat.head;
        chunk[QStringLiteral("object")] = QStringLiteral("chat.completion.chunk");
        chunk[QStringLiteral("choices")] = choices;
        if (withUsage)
            chunk[QStringLiteral("usage")] = usage;
        events += "data: " + QJsonDocument(chunk).toJson(QJsonDocument::Compact) + "\n\n";
    };
    const auto choice = [](const Json &delta, const QJsonValue &finishReason) {
        return QJsonArray{Json{{QStringLiteral("index"), 0},
                               {QStringLiteral("delta"), delta},
                               {QStringLiteral("finish_reason"), finishReason}}};
    };
    add(choice({{QStringLiteral("role"), QStringLiteral("assistant")},
                {QStringLiteral("content"), QString()}},
               QJsonValue::Null),
        QJsonValue::Null);
    for (const QString &token : chat.reply)
        add(choice({{QStringLiteral("content"), token}}, QJsonValue::Null), QJsonValue::Null);
    add(choice({}, chat.finishReason), QJsonValue::Null);
    if (withUsage)
        add({}, usageObject(chat.promptTokens, chat.reply.size()));
    events += "data: [DONE]\n\n";
    return events;
}

} // namespace

ChatAnswer chat(const QByteArray &requestBody, qint64 unixTime)
{
    const auto request = parseObject(requestBody);
    if (!request)
        return {notJson(), {}};
    if ((*request)[QStringLiteral("messages")].toArray().isEmpty())
        return {badRequest(QStringLiteral("Missing required parameter: 'messages'.")), {}};
    const Chat chat = readChat(*request, unixTime);
    if (!(*request)[QStringLiteral("stream")].toBool())
        return {wholeChat(chat), {}};
    const bool withUsage =
        (*request)[QStringLiteral("stream_options")][QStringLiteral("include_usage")].toBool();
    return {std::nullopt, chatEvents(chat, withUsage)};
}

} // namespace keywheel::demo
