// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace keywheel {

/// Looks at the start of a text/event-stream for its first event, without changing the stream.
/// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
///
/// A stream whose first line is a comment (keep-alive) has begun: it is no error event and need not
/// be held back. The bytes are those of the body, undecoded.
class SseFirstEvent
{
public:
    enum class State {
        Incomplete, ///< the first event has not ended yet
        Event,      ///< event() and data() hold the first event
        Other       ///< the stream began with something else, or the event exceeds MaxSize
    };
    static constexpr qsizetype MaxSize = qsizetype{64} * 1024;

    State feed(const QByteArray &bytes);
    State state() const { return state_; }
    /// The event's name; empty when the stream gave none (then it is `message`).
    QByteArray event() const { return event_; }
    /// The data lines, joined by newlines.
    QByteArray data() const { return data_; }

private:
    void takeLine(QByteArray line);

    State state_ = State::Incomplete;
    QByteArray buffer_;
    QByteArray event_;
    QByteArray data_;
    qsizetype seen_ = 0;
    bool hasData_ = false;
    bool atStart_ = true;
};

/// Reads all events of a text/event-stream, by the same specification. An event whose end does not
/// come is none. It keeps what has not ended, so the stream's sender must be trusted.
class SseReader
{
public:
    struct Event
    {
        QByteArray name; ///< empty when the stream gave none
        QByteArray data; ///< the data lines, joined by newlines
    };
    /// The events that these bytes complete.
    QList<Event> feed(const QByteArray &bytes);

private:
    void takeLine(const QByteArray &line, QList<Event> &events);

    QByteArray buffer_;
    Event event_;
    bool hasData_ = false;
    bool afterCr_ = false; ///< an LF that follows belongs to it
};

} // namespace keywheel
