// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/alarm.h"

namespace keywheel {

void Alarm::setAt(Clock::Instant deadline)
{
    deadline_ = deadline;
    if (calledFor_ <= deadline)
        return; // that call looks again
    calledFor_ = deadline;
    const auto wait = std::chrono::ceil<Clock::Milliseconds>(deadline - clock_.now());
    clock_.callLater(wait, &context_, [this, deadline] { onCall(deadline); });
}

void Alarm::setNoLaterThan(Clock::Instant deadline)
{
    if (!deadline_ || deadline < *deadline_)
        setAt(deadline);
}

void Alarm::onCall(Clock::Instant calledFor)
{
    if (calledFor_ != calledFor)
        return; // a sooner call was made after it
    calledFor_ = Clock::Instant::max();
    if (!deadline_)
        return;
    if (*deadline_ > clock_.now())
        return setAt(*deadline_);
    deadline_.reset();
    ring_();
}

} // namespace keywheel
