// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

namespace keywheel {

/// One timer for many deadlines that mostly move away: it stands for the soonest that was known
/// when it was set and looks again when it fires, so that moving a deadline costs nothing.
class DeadlineTimer : public QObject
{
    Q_OBJECT

public:
    /// Runs what is due and returns the soonest deadline that is left, or Instant::max().
    using Check = std::function<Clock::Instant()>;

    DeadlineTimer(Clock &clock, Check check) : clock_(clock), check_(std::move(check)) {}

    void moved(Clock::Instant deadline)
    {
        if (deadline >= armedFor_)
            return;
        armedFor_ = deadline;
        const auto wait = std::chrono::ceil<Clock::Milliseconds>(deadline - clock_.now());
        clock_.callLater(wait, this, [this, deadline] { fire(deadline); });
    }

private:
    void fire(Clock::Instant deadline)
    {
        if (armedFor_ != deadline)
            return; // a sooner one has been set, and has looked already
        armedFor_ = Clock::Instant::max();
        moved(check_());
    }

    Clock &clock_;
    Check check_;
    Clock::Instant armedFor_ = Clock::Instant::max();
};

} // namespace keywheel
