// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <optional>

namespace keywheel {

/// One call at a time that comes later and can be moved or taken back.
///
/// Moving the deadline further away, or taking it back and setting it again, costs nothing: the
/// clock's call that is under way looks again when it comes. `ring` runs once for each deadline, in
/// the clock's thread; it may set the alarm again, but must not destroy it. Destroying the alarm
/// takes it back.
class Alarm
{
public:
    Alarm(Clock &clock, std::function<void()> ring) : clock_(clock), ring_(std::move(ring)) {}
    Q_DISABLE_COPY_MOVE(Alarm)

    /// Instead of the deadline that was set before. One that is over rings soon.
    void setAt(Clock::Instant deadline);
    void setIn(Clock::Milliseconds delay) { setAt(clock_.now() + delay); }
    /// Only when none is set, or a later one.
    void setNoLaterThan(Clock::Instant deadline);
    void cancel() { deadline_.reset(); }

    bool isSet() const { return deadline_.has_value(); }
    std::optional<Clock::Instant> deadline() const { return deadline_; }

private:
    void onCall(Clock::Instant calledFor);

    Clock &clock_;
    std::function<void()> ring_;
    std::optional<Clock::Instant> deadline_;
    /// Of the clock's call that is under way; max: none is.
    Clock::Instant calledFor_ = Clock::Instant::max();
    QObject context_; ///< drops the clock's calls when it dies
};

} // namespace keywheel
