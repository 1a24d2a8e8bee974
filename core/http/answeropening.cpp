// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/answeropening.h"

#include "http/errorinside.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstring>

namespace keywheel {

AnswerOpening::State AnswerOpening::feed(const QByteArray &bytes)
{
    if (state_ != State::Undecided)
        return state_;
    const qsizetype start = form_ == Form::Unknown ? findForm(bytes) : 0;
    seen_ += bytes.size();
    if (state_ != State::Undecided)
        return state_;
    if (form_ == Form::Json)
        readJson(start == 0 ? bytes : bytes.mid(start));
    else
        readEvents(bytes);
    if (state_ == State::Undecided && seen_ > MaxSize)
        state_ = State::Output;
    if (state_ != State::Undecided)
        json_.clear();
    return state_;
}

/// Where the first byte stands that is no comment or blank.
qsizetype AnswerOpening::findForm(const QByteArray &bytes)
{
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (c == '\n' || c == '\r') {
            inComment_ = false;
            quiet_ = seen_ + i + 1;
        } else if (inComment_ || c == ' ' || c == '\t') {
            continue;
        } else if (c == ':') {
            inComment_ = true;
        } else {
            if (c == '{' || c == '[')
                form_ = Form::Json;
            else if (c != '\0' && std::strchr("deir\xEF", c)) // data, event, id, retry, a BOM
                form_ = Form::EventStream;
            else
                state_ = State::Output;
            return i;
        }
    }
    return bytes.size();
}

void AnswerOpening::readEvents(const QByteArray &bytes)
{
    const QList<SseReader::Event> events = reader_.feed(bytes);
    for (const SseReader::Event &event : events) {
        take(event, true);
        if (state_ != State::Undecided)
            return;
    }
    if (reader_.isAtLineStart() && !reader_.unfinished().data.isEmpty())
        take(reader_.unfinished(), false);
}

void AnswerOpening::take(const SseReader::Event &event, bool finished)
{
    switch (event.data.size() > MaxSize ? EventMeaning::Output : meaningOf(event)) {
    case EventMeaning::Nothing:
        return;
    case EventMeaning::Unclear:
        if (!finished)
            return;
        [[fallthrough]];
    case EventMeaning::Output:
        state_ = State::Output;
        return;
    case EventMeaning::Error:
        state_ = State::Error;
        error_ = event;
    }
}

void AnswerOpening::readJson(const QByteArray &bytes)
{
    json_ += bytes;
    if (!suspicious_) {
        const JsonLook look = lookAtJson(json_);
        if (look == JsonLook::Harmless)
            state_ = State::Output;
        suspicious_ = look == JsonLook::Suspicious;
    }
    const QByteArrayView text = QByteArrayView(json_).trimmed();
    if (!suspicious_ || !(text.endsWith('}') || text.endsWith(']')))
        return;
    const QJsonDocument document = QJsonDocument::fromJson(json_);
    if (document.isNull())
        return;
    const bool isError =
        isErrorObject(document.isArray() ? document.array().at(0).toObject() : document.object());
    state_ = isError ? State::Error : State::Output;
    if (isError)
        error_.data = json_;
}

} // namespace keywheel
