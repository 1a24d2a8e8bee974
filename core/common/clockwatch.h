// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

namespace keywheel {

/// Notices that the wall clock has jumped against the monotonic one: somebody set it, or the
/// machine slept, since Linux's CLOCK_MONOTONIC stands still meanwhile (that of Windows and macOS
/// goes on, so that nothing jumps there). Slow corrections are followed without a word.
class ClockWatch
{
public:
    static constexpr std::chrono::seconds Least{5};

    explicit ClockWatch(const Clock &clock) : offset_(difference(clock.now(), clock.wallNow())) {}

    /// How far the wall clock has jumped since the last call, if by `Least` or more; else 0.
    Clock::Milliseconds check(Clock::Instant now, const QDateTime &wallNow)
    {
        const auto offset = difference(now, wallNow);
        const auto jump = offset - std::exchange(offset_, offset);
        return std::chrono::abs(jump) >= Least ? jump : Clock::Milliseconds(0);
    }

private:
    static Clock::Milliseconds difference(Clock::Instant now, const QDateTime &wallNow)
    {
        return Clock::Milliseconds(wallNow.toMSecsSinceEpoch()) -
               std::chrono::duration_cast<Clock::Milliseconds>(now.time_since_epoch());
    }

    Clock::Milliseconds offset_;
};

} // namespace keywheel
