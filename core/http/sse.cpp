// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/sse.h"

#include <algorithm>
#include <utility>

namespace keywheel {

namespace {

bool isKnownField(const QByteArray &name)
{
    return name == "data" || name == "event" || name == "id" || name == "retry";
}

} // namespace

SseFirstEvent::State SseFirstEvent::feed(const QByteArray &bytes)
{
    if (state_ != State::Incomplete)
        return state_;
    // What was kept holds no line end, except perhaps a CR at its end.
    qsizetype scanFrom = std::max<qsizetype>(0, buffer_.size() - 1);
    qsizetype lineStart = 0;
    buffer_ += bytes;
    while (state_ == State::Incomplete) {
        const auto lineEnd = std::find_if(buffer_.cbegin() + scanFrom, buffer_.cend(),
                                          [](char c) { return c == '\n' || c == '\r'; });
        if (lineEnd == buffer_.cend())
            break;
        const qsizetype at = lineEnd - buffer_.cbegin();
        const bool isLastByte = at + 1 == buffer_.size();
        // A CR may be half of a CRLF. Only for an empty line that is no matter: it ends the event.
        if (*lineEnd == '\r' && isLastByte && at != lineStart)
            break;
        const bool crLf = *lineEnd == '\r' && !isLastByte && buffer_[at + 1] == '\n';
        const qsizetype next = at + (crLf ? 2 : 1);
        seen_ += next - lineStart;
        if (seen_ <= MaxSize)
            takeLine(buffer_.mid(lineStart, at - lineStart));
        else
            state_ = State::Other;
        lineStart = scanFrom = next;
    }
    buffer_.remove(0, lineStart);
    if (state_ == State::Incomplete && seen_ + buffer_.size() > MaxSize)
        state_ = State::Other;
    if (state_ != State::Incomplete)
        buffer_.clear();
    return state_;
}

void SseFirstEvent::takeLine(QByteArray line)
{
    if (atStart_ && line.startsWith("\xEF\xBB\xBF"))
        line.remove(0, 3);
    if (line.isEmpty()) {
        if (hasData_)
            state_ = State::Event;
        else
            event_.clear(); // an event without data is none
        return;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArray name = colon < 0 ? line : line.left(colon);
    if (atStart_ && !isKnownField(name)) {
        state_ = State::Other;
        return;
    }
    atStart_ = false;
    QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1);
    if (value.startsWith(' '))
        value.remove(0, 1);
    if (name == "event") {
        event_ = value;
    } else if (name == "data") {
        if (hasData_)
            data_ += '\n';
        data_ += value;
        hasData_ = true;
    }
}

QList<SseReader::Event> SseReader::feed(const QByteArray &bytes)
{
    QList<Event> events;
    for (const char c : bytes) {
        if (c == '\n' && std::exchange(afterCr_, false))
            continue;
        afterCr_ = c == '\r';
        if (c == '\n' || c == '\r')
            takeLine(std::exchange(buffer_, {}), events);
        else
            buffer_ += c;
    }
    return events;
}

void SseReader::takeLine(const QByteArray &line, QList<Event> &events)
{
    if (line.isEmpty()) {
        const Event event = std::exchange(event_, {});
        if (std::exchange(hasData_, false))
            events.append(event);
        return;
    }
    const qsizetype colon = line.indexOf(':');
    const QByteArray name = colon < 0 ? line : line.left(colon);
    QByteArray value = colon < 0 ? QByteArray() : line.mid(colon + 1);
    if (value.startsWith(' '))
        value.remove(0, 1);
    if (name == "event") {
        event_.name = value;
    } else if (name == "data") {
        if (std::exchange(hasData_, true))
            event_.data += '\n';
        event_.data += value;
    }
}

} // namespace keywheel
