// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestfacts.h"

#include "http/contentcoding.h"
#include "http/message.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace keywheel {

namespace {

constexpr std::array<QByteArrayView, 3> FieldNames{"model", "stream", "store"};

// What follows the model in a path: https://ai.google.dev/api/all-methods, and Vertex AI's.
constexpr std::array<QByteArrayView, 14> GeminiMethods{
    "generateContent",  "streamGenerateContent", "batchGenerateContent",
    "embedContent",     "batchEmbedContents",    "asyncBatchEmbedContent",
    "countTokens",      "computeTokens",         "generateAnswer",
    "predict",          "predictLongRunning",    "rawPredict",
    "streamRawPredict", "generateText"};

constexpr qsizetype LongestPartHead = qsizetype{4} * 1024;
constexpr qsizetype LongestPartValue = qsizetype{64} * 1024; ///< longer ones are files

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

bool beginsJson(QByteArrayView body)
{
    const auto *first = std::find_if_not(body.begin(), body.end(), isBlank);
    return first != body.end() && (*first == '{' || *first == '[');
}

bool isForm(QByteArrayView type)
{
    constexpr QByteArrayView Form("application/x-www-form-urlencoded");
    return equalsIgnoreCase(type.first(std::min(type.size(), Form.size())), Form);
}

/// Of a multipart Content-Type; empty for others.
QByteArrayView boundaryOf(QByteArrayView type)
{
    constexpr QByteArrayView Multipart("multipart/");
    if (!equalsIgnoreCase(type.first(std::min(type.size(), Multipart.size())), Multipart))
        return {};
    constexpr QByteArrayView Parameter("boundary=");
    for (qsizetype at = type.indexOf(';'); at >= 0; at = type.indexOf(';', at + 1)) {
        const QByteArrayView rest = type.sliced(at + 1).trimmed();
        if (!equalsIgnoreCase(rest.first(std::min(rest.size(), Parameter.size())), Parameter))
            continue;
        const QByteArrayView value = rest.sliced(Parameter.size());
        const bool quoted = value.startsWith('"');
        const qsizetype end = value.indexOf(quoted ? '"' : ';', 1);
        return value.first(end < 0 ? value.size() : end).sliced(quoted ? 1 : 0).trimmed();
    }
    return {};
}

/// Calls `take(name, value)` for a part that is no file.
template <class Take>
void takePart(QByteArrayView part, Take take)
{
    const qsizetype headEnd =
        part.first(std::min(part.size(), LongestPartHead)).indexOf("\r\n\r\n");
    if (headEnd < 0)
        return;
    const QByteArrayView head = part.first(headEnd);
    constexpr QByteArrayView Name(" name=\"");
    const qsizetype name = head.indexOf(Name);
    const QByteArrayView value = part.sliced(headEnd + 4);
    if (name < 0 || head.contains("filename") || value.size() > LongestPartValue)
        return;
    const QByteArrayView rest = head.sliced(name + Name.size());
    const qsizetype quote = rest.indexOf('"');
    if (quote >= 0)
        take(rest.first(quote), value);
}

/// RFC 2046 §5.1.1. From line to line, so that a file costs little.
template <class Take>
void eachPart(QByteArrayView body, QByteArrayView boundary, Take take)
{
    const char *part = nullptr;
    const char *line = body.begin();
    while (line != body.end()) {
        const void *newline = std::memchr(line, '\n', static_cast<size_t>(body.end() - line));
        const char *next = newline ? static_cast<const char *>(newline) + 1 : body.end();
        const QByteArrayView rest(line, body.end());
        if (*line == '-' && rest.startsWith("--") && rest.sliced(2).startsWith(boundary)) {
            if (part && line - part >= 2) // the line break belongs to the delimiter
                takePart(QByteArrayView(part, line - 2), take);
            part = next;
        }
        line = next;
    }
}

/// Calls `take(name, value)` for each pair of a query or an urlencoded form, undecoded.
template <class Take>
void eachPair(QByteArrayView query, Take take)
{
    for (qsizetype at = 0; at < query.size();) {
        const qsizetype separator = query.indexOf('&', at);
        const qsizetype end = separator < 0 ? query.size() : separator;
        const QByteArrayView pair = query.sliced(at, end - at);
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0)
            take(pair.first(equals), pair.sliced(equals + 1));
        at = end + 1;
    }
}

std::optional<QByteArray> percentDecoded(QByteArrayView text)
{
    return QByteArray::fromPercentEncoding(text.toByteArray().replace('+', ' '));
}

bool eachObjectOfPlainBody(const Request &request, const TakeObject &take)
{
    const QByteArrayView body(request.body);
    if (body.isEmpty())
        return false;
    const QByteArray type = request.headers.value("Content-Type");
    if (const QByteArrayView boundary = boundaryOf(type); !boundary.isEmpty()) {
        bool enough = false;
        eachPart(body, boundary, [&](QByteArrayView, QByteArrayView value) {
            // An id alone, or JSON.
            enough = enough || (beginsJson(value) ? ObjectReader::readAll(value, take)
                                                  : eachObjectOfTarget(value, take));
        });
        return enough;
    }
    if (isForm(type) && !beginsJson(body))
        return eachObjectOfTarget(body, take);
    return ObjectReader::readAll(body, take);
}

} // namespace

QByteArrayView RequestFacts::model()
{
    const Value &value = find(Model);
    if (value.text.isNull() || value.form == Form::JsonOther || value.text.size() > MaxModel)
        return {};
    if (!model_ && value.form == Form::JsonString && value.text.contains('\\'))
        model_ = decodedJsonString(value.text).value_or(QByteArray());
    if (!model_ && value.form == Form::Percent &&
        (value.text.contains('%') || value.text.contains('+')))
        model_ = percentDecoded(value.text);
    return model_ ? QByteArrayView(*model_) : value.text;
}

std::optional<bool> RequestFacts::flag(Field field)
{
    const Value &value = find(field);
    if (value.form == Form::JsonString || (value.text != "true" && value.text != "false"))
        return std::nullopt;
    return value.text == "true";
}

const RequestFacts::Value &RequestFacts::find(Field field)
{
    if (!begun_)
        begin();
    while (at_ && values_[field].text.isNull()) {
        if (readMember())
            continue;
        at_ = nullptr;
        const qsizetype query = request_.target.indexOf('?');
        if (query >= 0)
            readQuery(QByteArrayView(request_.target).sliced(query + 1));
    }
    return values_[field];
}

void RequestFacts::take(QByteArrayView name, Value value)
{
    const bool escaped = value.form <= Form::JsonOther && name.contains('\\');
    const QByteArray decoded =
        escaped ? decodedJsonString(name).value_or(QByteArray()) : QByteArray();
    const auto *known =
        std::find(FieldNames.begin(), FieldNames.end(), escaped ? QByteArrayView(decoded) : name);
    const auto field = known - FieldNames.begin();
    if (field < FieldCount && values_[field].text.isNull())
        values_[field] = value;
}

void RequestFacts::begin()
{
    begun_ = true;
    readPath();
    const QByteArray coding = request_.headers.value("Content-Encoding");
    QByteArrayView body(request_.body);
    if (!coding.isEmpty() && !body.isEmpty()) {
        decodedBody_ = decodeForReading(request_.body, coding, MaxDecoded).value_or(QByteArray());
        body = decodedBody_;
    }
    beginBody(body);
}

void RequestFacts::readPath()
{
    constexpr QByteArrayView Models("odels/"); // models/, tunedModels/
    QByteArrayView path(request_.target);
    if (const qsizetype query = path.indexOf('?'); query >= 0)
        path = path.first(query);
    const qsizetype colon = path.lastIndexOf(':');
    const qsizetype models = colon < 0 ? -1 : path.first(colon).lastIndexOf(Models);
    if (models < 0)
        return;
    const QByteArrayView method = path.sliced(colon + 1);
    if (std::find(GeminiMethods.begin(), GeminiMethods.end(), method) == GeminiMethods.end())
        return;
    const qsizetype name = models + Models.size();
    take("model", {path.sliced(name, colon - name), Form::Percent});
    take("stream",
         {method.startsWith("stream") ? QByteArrayView("true") : QByteArrayView("false")});
}

void RequestFacts::readQuery(QByteArrayView query)
{
    eachPair(query, [this](QByteArrayView name, QByteArrayView value) {
        take(name, {value, Form::Percent});
    });
}

/// JSON is told by its first byte: curl calls it a form.
void RequestFacts::beginBody(QByteArrayView body)
{
    end_ = body.end();
    at_ = std::find_if_not(body.begin(), end_, isBlank);
    if (body.startsWith("\xEF\xBB\xBF"))
        at_ = std::find_if_not(body.begin() + 3, end_, isBlank);
    if (at_ != end_ && *at_ == '{') {
        ++at_;
        return;
    }
    at_ = end_ = ""; // an object without members: the query comes next
    const QByteArray type = request_.headers.value("Content-Type");
    if (const QByteArrayView boundary = boundaryOf(type); !boundary.isEmpty())
        eachPart(body, boundary, [this](QByteArrayView name, QByteArrayView value) {
            take(name, {value, Form::Plain});
        });
    else if (isForm(type))
        readQuery(body);
}

/// False at the end of the object, and where it is malformed.
bool RequestFacts::readMember()
{
    skipBlanks();
    if (at_ != end_ && *at_ == ',') {
        ++at_;
        skipBlanks();
    }
    const auto name = readString();
    skipBlanks();
    if (!name || at_ == end_ || *at_ != ':')
        return false;
    ++at_;
    skipBlanks();
    const auto value = readValue();
    if (value)
        take(*name, *value);
    return value.has_value();
}

void RequestFacts::skipBlanks()
{
    at_ = std::find_if_not(at_, end_, isBlank);
}

std::optional<QByteArrayView> RequestFacts::readString()
{
    if (at_ == end_ || *at_ != '"')
        return std::nullopt;
    const char *start = at_ + 1;
    at_ = endOfJsonString(start, end_);
    if (at_ == end_)
        return std::nullopt;
    return QByteArrayView(start, at_++);
}

std::optional<RequestFacts::Value> RequestFacts::readValue()
{
    if (at_ == end_)
        return std::nullopt;
    const char *start = at_;
    if (*at_ == '"') {
        const auto string = readString();
        return string ? std::optional<Value>({*string, Form::JsonString}) : std::nullopt;
    }
    if (*at_ == '{' || *at_ == '[') {
        if (!skipNested())
            return std::nullopt;
    } else {
        at_ = std::find_if(at_, end_, [](char c) {
            return c == ',' || c == '}' || c == ']' || c == '"' || isBlank(c);
        });
    }
    return start == at_ ? std::nullopt : std::optional<Value>({{start, at_}, Form::JsonOther});
}

bool RequestFacts::skipNested()
{
    for (qsizetype depth = 0; at_ != end_;) {
        const char c = *at_;
        if (c == '"') {
            if (!readString())
                return false;
            continue;
        }
        ++at_;
        if (c == '{' || c == '[')
            ++depth;
        else if ((c == '}' || c == ']') && --depth == 0)
            return true;
    }
    return false;
}

bool RequestFacts::eachObject(const TakeObject &take) const
{
    if (eachObjectOfTarget(request_.target, take))
        return true;
    const QByteArray coding = request_.headers.value("Content-Encoding");
    if (coding.isEmpty() || request_.body.isEmpty())
        return eachObjectOfPlainBody(request_, take);
    auto decoder = BodyDecoder::of(coding);
    if (!decoder)
        return false;
    decoder->feed(request_.body);
    ObjectReader reader;
    for (qsizetype left = MaxSearched; left > 0;) {
        const QByteArrayView piece = decoder->read();
        if (piece.isEmpty())
            return false;
        left -= piece.size();
        if (reader.feed(piece, take))
            return true;
    }
    return false;
}

bool RequestFacts::namesObject()
{
    if (!namesObject_)
        namesObject_ = eachObject([](const NamedObject &object) {
            return object.kind == NamedObject::Kind::StoredChat ? object.before.isNull()
                                                                : looksMade(object);
        });
    return *namesObject_;
}

} // namespace keywheel
