// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/errorinside.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iterator>

namespace keywheel {

namespace {

bool saysNothing(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return value.toString().isEmpty();
    case QJsonValue::Array:
        return value.toArray().isEmpty();
    case QJsonValue::Double:
        return value.toDouble() == 0;
    case QJsonValue::Bool:
        return !value.toBool();
    case QJsonValue::Object: {
        const QJsonObject object = value.toObject();
        return std::all_of(object.begin(), object.end(),
                           [](const QJsonValue &member) { return saysNothing(member); });
    }
    default:
        return true;
    }
}

/// {"code":20012,"message":"…"}, of SiliconFlow, DashScope and others; their good answers have a
/// code too.
bool isCodeOfError(const QJsonObject &object)
{
    const QJsonValue code = object.value(QLatin1String("code"));
    const QString text =
        code.isDouble() ? QString::number(code.toInteger()) : code.toString().toLower();
    for (const char *good : {"", "0", "200", "success", "ok"}) {
        if (text == QLatin1String(good))
            return false;
    }
    for (const char *result : {"choices", "output", "data", "result"}) {
        if (!saysNothing(object.value(QLatin1String(result))))
            return false;
    }
    return !saysNothing(object.value(QLatin1String("message"))) ||
           !saysNothing(object.value(QLatin1String("msg")));
}

/// Nothing of a chunk's `delta` (or `message`) but who speaks.
bool isSilent(const QJsonObject &delta)
{
    for (auto member = delta.begin(); member != delta.end(); ++member) {
        const bool isText = member->isString() || member->isArray() || member->isObject();
        if (isText && member.key() != QLatin1String("role") &&
            member.key() != QLatin1String("name") && !saysNothing(*member))
            return false;
    }
    return true;
}

bool isFinished(const QJsonObject &choice)
{
    for (const char *name : {"finish_reason", "finishReason"}) {
        const QString reason = choice.value(QLatin1String(name)).toString();
        if (!reason.isEmpty() && reason != QLatin1String("null")) // DashScope writes it out
            return true;
    }
    return false;
}

/// A choice of OpenAI's kin, or a candidate of Gemini's.
bool isSilentChoice(const QJsonObject &choice)
{
    const QJsonArray parts =
        choice.value(QLatin1String("content"))[QLatin1String("parts")].toArray();
    return !isFinished(choice) && saysNothing(choice.value(QLatin1String("text"))) &&
           isSilent(choice.value(QLatin1String("delta")).toObject()) &&
           isSilent(choice.value(QLatin1String("message")).toObject()) &&
           std::all_of(parts.begin(), parts.end(),
                       [](const QJsonValue &part) { return isSilent(part.toObject()); });
}

/// A chunk of a chat or completion that adds nothing to the text.
bool isSilentChunk(const QJsonObject &chunk)
{
    if (!chunk.contains(QLatin1String("choices")) && !chunk.contains(QLatin1String("candidates")))
        return false;
    if (chunk.contains(QLatin1String("promptFeedback")))
        return false;
    for (const char *list : {"choices", "candidates"}) {
        const QJsonArray choices = chunk.value(QLatin1String(list)).toArray();
        for (const auto &choice : choices) {
            if (!isSilentChoice(choice.toObject()))
                return false;
        }
    }
    return saysNothing(chunk.value(QLatin1String("text")));
}

/// Events that only say that the stream is alive or what will come. The names are those of the
/// Responses API and of Anthropic's; `ping` and its like come from everywhere.
bool isAnnouncement(const QString &type, const QJsonObject &object)
{
    for (const char *name : {"ping", "keepalive", "keep-alive", "keep_alive", "heartbeat",
                             "response.created", "response.in_progress", "response.queued"}) {
        if (type == QLatin1String(name))
            return true;
    }
    if (type == QLatin1String("message_start"))
        return saysNothing(object.value(QLatin1String("message"))[QLatin1String("content")]);
    if (type != QLatin1String("content_block_start"))
        return false;
    const QJsonValue block = object.value(QLatin1String("content_block"));
    return saysNothing(block[QLatin1String("text")]) &&
           saysNothing(block[QLatin1String("thinking")]) &&
           saysNothing(block[QLatin1String("name")]) && saysNothing(block[QLatin1String("data")]);
}

EventMeaning meaningOf(const QByteArray &name, const QJsonObject &object)
{
    QString type = object.value(QLatin1String("type")).toString();
    if (type.isEmpty())
        type = QString::fromUtf8(name);
    if (type == QLatin1String("response.failed") || isErrorObject(object))
        return EventMeaning::Error;
    const bool isNothing = isAnnouncement(type, object) || isSilentChunk(object) ||
                           isSilentChunk(object.value(QLatin1String("output")).toObject());
    return isNothing ? EventMeaning::Nothing : EventMeaning::Output;
}

/// Of servers that end an event with one newline, several have come as one.
EventMeaning meaningOfLines(const SseReader::Event &event)
{
    const QByteArrayList lines = event.data.split('\n');
    for (const QByteArray &line : lines) {
        const EventMeaning meaning = meaningOf(SseReader::Event{event.name, line, event.status});
        if (meaning != EventMeaning::Nothing)
            return meaning;
    }
    return EventMeaning::Nothing;
}

} // namespace

bool isErrorObject(const QJsonObject &object)
{
    const QLatin1String error("error");
    const QJsonValue baseResponse = object.value(QLatin1String("base_resp"));
    return !saysNothing(object.value(error)) || object.value(QLatin1String("type")) == error ||
           object.value(QLatin1String("object")) == error ||
           !saysNothing(baseResponse[QLatin1String("status_code")]) ||
           object.value(QLatin1String("Response"))[QLatin1String("Error")].isObject() ||
           !saysNothing(object.value(QLatin1String("error_code"))) || isCodeOfError(object) ||
           (object.value(QLatin1String("success")) == QJsonValue(false) &&
            !saysNothing(object.value(QLatin1String("errors"))));
}

EventMeaning meaningOf(const SseReader::Event &event)
{
    if (event.status >= 400)
        return EventMeaning::Error;
    const QByteArray data = event.data.trimmed();
    const bool isNamedError = event.name == "error";
    if (data.isEmpty() || (!data.startsWith('{') && !data.startsWith('[')) || data == "[DONE]") {
        if (isNamedError)
            return EventMeaning::Error;
        return data.isEmpty() ? EventMeaning::Nothing : EventMeaning::Output;
    }
    const QJsonDocument document = QJsonDocument::fromJson(data);
    if (document.isNull() && data.contains('\n') &&
        !QJsonDocument::fromJson(data.left(data.indexOf('\n'))).isNull())
        return meaningOfLines(event);
    if (document.isNull())
        return EventMeaning::Unclear;
    if (isNamedError)
        return EventMeaning::Error;
    return meaningOf(event.name,
                     document.isArray() ? document.array().at(0).toObject() : document.object());
}

namespace {

/// Walks over the members of a JSON object of which only the beginning is there.
class TopLevel
{
public:
    explicit TopLevel(QByteArrayView text) : at_(text.begin()), end_(text.end()) {}

    bool atEnd() const { return at_ == end_; }
    QByteArrayView rest() const { return {at_, end_}; }
    void skipBlanks()
    {
        while (at_ != end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t'))
            ++at_;
    }
    bool skip(char c)
    {
        skipBlanks();
        if (at_ == end_ || *at_ != c)
            return false;
        ++at_;
        skipBlanks();
        return true;
    }
    /// The text between the quotes; none when it has not ended.
    std::optional<QByteArrayView> string()
    {
        const char *const start = at_ + 1;
        for (at_ = start; at_ < end_; ++at_) {
            if (*at_ == '\\')
                ++at_;
            else if (*at_ == '"')
                return QByteArrayView(start, at_++);
        }
        at_ = end_;
        return std::nullopt;
    }
    void skipValue()
    {
        int depth = 0;
        while (at_ != end_) {
            const char c = *at_;
            if (depth == 0 && (c == ',' || c == '}'))
                return;
            if (c == '"') {
                string();
                continue;
            }
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            ++at_;
        }
    }

private:
    const char *at_;
    const char *end_;
};

/// A value that is, or will be, null or empty.
bool beginsEmpty(QByteArrayView value)
{
    return value.startsWith("null") || value.startsWith("\"\"") || value.startsWith("{}") ||
           value.startsWith("[]");
}

bool isGoodCode(QByteArrayView value)
{
    constexpr QByteArrayView Good[] = {"0,",   "0}",          "0 ",          "200,",   "200}",
                                       "200 ", "\"0\"",       "\"200\"",     "\"ok\"", "\"\"",
                                       "null", "\"success\"", "\"Success\"", "\"OK\""};
    return std::any_of(std::begin(Good), std::end(Good),
                       [&](QByteArrayView good) { return value.startsWith(good); });
}

template <std::size_t Size>
bool isOneOf(QByteArrayView key, const QByteArrayView (&names)[Size])
{
    return std::find(std::begin(names), std::end(names), key) != std::end(names);
}

/// What one member says; Unclear: nothing either way.
JsonLook lookAtMember(QByteArrayView key, QByteArrayView value)
{
    constexpr QByteArrayView Results[] = {"choices", "candidates", "output",     "content",
                                          "data",    "result",     "embeddings", "usage"};
    constexpr QByteArrayView Errors[] = {"error", "error_code", "base_resp", "Response"};
    if (key == "type" || key == "object")
        return value.startsWith("\"error\"") ? JsonLook::Suspicious : JsonLook::Unclear;
    if (isOneOf(key, Results))
        return beginsEmpty(value) ? JsonLook::Unclear : JsonLook::Harmless;
    if (isOneOf(key, Errors))
        return beginsEmpty(value) ? JsonLook::Unclear : JsonLook::Suspicious;
    if (key == "success")
        return value.startsWith('f') ? JsonLook::Suspicious : JsonLook::Unclear;
    if (key == "code")
        return isGoodCode(value) ? JsonLook::Unclear : JsonLook::Suspicious;
    return JsonLook::Unclear;
}

} // namespace

JsonLook lookAtJson(QByteArrayView start)
{
    constexpr qsizetype Window = 1024;
    TopLevel text(start.first(std::min(start.size(), Window)));
    text.skip('['); // Gemini's streams without alt=sse
    if (text.atEnd())
        return JsonLook::Unclear;
    if (!text.skip('{'))
        return JsonLook::Harmless;
    bool sawMember = false;
    bool sawMessage = false; // a code may follow it
    while (text.rest().startsWith('"')) {
        const auto key = text.string();
        if (!key || !text.skip(':') || text.atEnd())
            break;
        const JsonLook look = lookAtMember(*key, text.rest());
        if (look != JsonLook::Unclear)
            return look;
        sawMember = true;
        sawMessage |= (*key == "message" || *key == "msg") && text.rest().startsWith('"') &&
                      !beginsEmpty(text.rest());
        text.skipValue();
        text.skip(',');
    }
    if (sawMessage)
        return JsonLook::Suspicious;
    return sawMember || !text.atEnd() ? JsonLook::Harmless : JsonLook::Unclear;
}

} // namespace keywheel
