// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace keywheel {

/// Reads all events of a text/event-stream.
/// https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
/// An event whose end does not come is none. It keeps what has not ended, so the stream's sender
/// must be trusted, or what is fed to it limited.
class SseReader
{
public:
    struct Event
    {
        QByteArray name; ///< empty when the stream gave none (then it is `message`)
        QByteArray data; ///< the data lines, joined by newlines
        int status = 0;  ///< that a comment within it gave, as DashScope's `:HTTP_STATUS/429`
    };
    /// The events that these bytes complete.
    QList<Event> feed(const QByteArray &bytes);
    /// The lines that have come of an event that has not ended; data is empty when there are none.
    const Event &unfinished() const { return event_; }
    /// Whether the bytes so far ended with a line's end.
    bool isAtLineStart() const { return buffer_.isEmpty(); }

private:
    void takeLine(QByteArray line, QList<Event> &events);
    void takeField(const QByteArray &name, const QByteArray &value);

    QByteArray buffer_;
    Event event_;
    bool hasData_ = false;
    bool atStart_ = true;
    bool afterCr_ = false; ///< an LF that follows belongs to it
};

} // namespace keywheel
