// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/latencyhistogram.h"
#include "accesslog/requestrecord.h"
#include "accesslog/traffic.h"
#include "common/clock.h"

#include <array>
#include <optional>
#include <vector>

namespace keywheel {

/// The traffic of the last 5 minutes, hour and day, for charts and cards.
///
/// Constant work for each exchange, some 250 KiB whatever the traffic, and no timers: it looks at
/// the wall clock when it is used. A clock that is set back goes on where it stood; the time that
/// it is set forward, or the machine slept, is empty. Thread: the core's; `clock` must outlive it.
class TrafficHistory
{
public:
    explicit TrafficHistory(const Clock &clock);

    void add(const RequestRecord &record);

    Traffic traffic();
    int requestsInLastMinute();
    /// Of the last five minutes.
    struct Recent
    {
        int requests = 0;
        std::optional<double> successShare; ///< 0…1; none when none succeeded or failed
        std::chrono::microseconds p50{0};   ///< to the first byte; 0: nothing was answered
        std::chrono::microseconds p95{0};
    };
    Recent recent();

private:
    /// The points of one span, in a ring.
    struct Span
    {
        std::chrono::seconds step;
        std::vector<TrafficPoint> points;
        qint64 current = 0; ///< the number of the growing step, since 1970
        LatencyHistogram firstByte;

        std::size_t at(qint64 number) const { return std::size_t(number) % points.size(); }
        TrafficPoint &growing() { return points[at(current)]; }
        void noteLatencies();
        /// Begins the step of `time`, in seconds since 1970.
        void moveTo(qint64 time);
        QList<TrafficPoint> oldestFirst();
    };
    void catchUp();

    const Clock &clock_;
    qint64 time_ = 0;           ///< of the last look, in seconds since 1970 plus `ahead_`
    qint64 ahead_ = 0;          ///< by how much the clock was set back
    std::array<Span, 3> spans_; ///< by TrafficSpan
    /// All finished exchanges, also those that the client left, by second.
    std::vector<int> requests_;
    /// Latencies by ten seconds, whose sum is that of the last five minutes.
    std::vector<LatencyHistogram> recent_;
};

} // namespace keywheel
