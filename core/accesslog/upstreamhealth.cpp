// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/upstreamhealth.h"

namespace keywheel {

bool UpstreamHealth::note(const RequestRecord &record)
{
    const QString before = lastReason();
    const bool wasDown = isDown();
    bool counted = false;
    for (const AttemptRecord &attempt : record.attempts) {
        if (attempt.fault == FaultClass::Cancelled)
            continue;
        if (attempt.fault != FaultClass::Upstream) {
            failing_ = 0;
            counted = false;
            continue;
        }
        reason_ = attempt.reason;
        if (!counted && failing_ < Suspicious)
            ++failing_;
        counted = true;
    }
    return isDown() != wasDown || lastReason() != before;
}

} // namespace keywheel
