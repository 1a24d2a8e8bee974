// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace keywheel {

/// What AccessLog counts. A value.
struct AccessCounters
{
    quint64 requests = 0; ///< finished exchanges
    // Each finished exchange counts as one of these three, by outcomeOf().
    quint64 succeeded = 0;
    quint64 failed = 0;
    quint64 clientLeft = 0;
    quint64 retries = 0; ///< attempts beyond the first
    quint64 bytesIn = 0;
    quint64 bytesOut = 0;
    int active = 0; ///< exchanges under way
};

} // namespace keywheel
