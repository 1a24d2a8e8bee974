// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/sse.h"

namespace keywheel {

/// Looks at the beginning of a body of status 200, an event stream or JSON, without changing it:
/// does anything that matters come, or an error? What is fed to it has its content coding off.
///
/// Of an event stream, comments, blank lines, pings and announcements decide nothing. Servers that
/// end an event with one newline are understood: a line whose data is whole counts as soon as the
/// bytes end with it.
class AnswerOpening
{
public:
    enum class State {
        Undecided,
        Error, ///< error() holds the event, or as its data the whole JSON text
        Output ///< pass it on; also when it is longer than MaxSize
    };
    static constexpr qsizetype MaxSize = qsizetype{64} * 1024;

    State feed(const QByteArray &bytes);
    State state() const { return state_; }
    const SseReader::Event &error() const { return error_; }
    /// How many of the first bytes are whole comments and blank lines.
    qsizetype quietSize() const { return quiet_; }

private:
    enum class Form { Unknown, EventStream, Json };

    qsizetype findForm(const QByteArray &bytes);
    void take(const SseReader::Event &event, bool finished);
    void readEvents(const QByteArray &bytes);
    void readJson(const QByteArray &bytes);

    State state_ = State::Undecided;
    Form form_ = Form::Unknown;
    SseReader reader_;
    QByteArray json_;
    SseReader::Event error_;
    qsizetype seen_ = 0;
    qsizetype quiet_ = 0;
    bool inComment_ = false;
    bool suspicious_ = false;
};

} // namespace keywheel
