// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QList>

#include <array>
#include <chrono>

namespace keywheel {

/// What happened in one step of time.
struct TrafficPoint
{
    int succeeded = 0; ///< exchanges, as AccessCounters counts them
    int failed = 0;
    int retries = 0;                  ///< attempts beyond the first
    std::chrono::microseconds p50{0}; ///< to the first byte; 0: nothing was answered
    std::chrono::microseconds p95{0};
};

enum class TrafficSpan { FiveMinutes, Hour, Day };

/// Traffic of the last 5 minutes, hour and day, for charts. A value.
struct Traffic
{
    struct Series
    {
        std::chrono::seconds step{0}; ///< of each point
        QDateTime end;                ///< UTC; of the last point, which is still growing
        QList<TrafficPoint> points;   ///< oldest first; as many as the span has
    };
    std::array<Series, 3> spans; ///< by TrafficSpan

    const Series &of(TrafficSpan span) const { return spans[static_cast<std::size_t>(span)]; }
};

} // namespace keywheel
