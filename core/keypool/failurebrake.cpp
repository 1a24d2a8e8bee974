// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/failurebrake.h"

#include <algorithm>

namespace keywheel {

FailureBrake::Decision FailureBrake::failed(KeyId key, FaultClass fault, const QByteArray &code,
                                            Clock::Instant now)
{
    if (isOn(now))
        return Decision::Braked;
    std::erase_if(recent_, [&](const Failure &failure) { return now - failure.at > Window; });
    const auto isAlike = [&](const Failure &failure) {
        return failure.fault == fault && failure.code == code;
    };
    std::erase_if(recent_,
                  [&](const Failure &failure) { return failure.key == key && isAlike(failure); });
    if (std::count_if(recent_.begin(), recent_.end(), isAlike) < 2) {
        recent_.push_back({key, fault, code, now});
        return Decision::Blame;
    }
    burst_.clear();
    for (const Failure &failure : recent_) {
        if (isAlike(failure))
            burst_.push_back(failure.key);
    }
    recent_.clear();
    until_ = now + Length;
    return Decision::Applied;
}

void FailureBrake::hold(Clock::Instant until)
{
    recent_.clear();
    until_ = std::max(until_, until);
}

void FailureBrake::release()
{
    recent_.clear();
    until_ = Clock::Instant::min();
}

} // namespace keywheel
