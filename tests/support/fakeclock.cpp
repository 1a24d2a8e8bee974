// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakeclock.h"

#include <algorithm>

namespace keywheel {

void FakeClock::callLater(Milliseconds delay, QObject *context, std::function<void()> call)
{
    calls_.emplace(now_ + std::max(delay, Milliseconds(0)), Call{context, std::move(call)});
}

void FakeClock::advance(Milliseconds by)
{
    const Instant target = now_ + by;
    while (!calls_.empty() && calls_.begin()->first <= target) {
        const auto due = calls_.begin()->first;
        Call call = std::move(calls_.begin()->second);
        calls_.erase(calls_.begin());
        wall_ = wall_.addMSecs(std::chrono::duration_cast<Milliseconds>(due - now_).count());
        now_ = due;
        if (call.context)
            call.run();
    }
    wall_ = wall_.addMSecs(std::chrono::duration_cast<Milliseconds>(target - now_).count());
    now_ = target;
}

Clock::Milliseconds FakeClock::untilNext() const
{
    if (calls_.empty())
        return Milliseconds(-1);
    return std::chrono::duration_cast<Milliseconds>(calls_.begin()->first - now_);
}

} // namespace keywheel
