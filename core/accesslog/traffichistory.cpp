// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/traffichistory.h"

#include "accesslog/accesslog.h"

#include <algorithm>
#include <numeric>

namespace keywheel {

namespace {

using namespace std::chrono_literals;

constexpr qint64 RecentStep = 10; ///< seconds
constexpr qint64 RecentSteps = 30;
constexpr qint64 Minute = 60; ///< in seconds

/// Calls `begin` with the place in a ring of `size` of each step after `before` up to `now`.
template <class Function>
void forEachStep(qint64 before, qint64 now, qint64 size, Function begin)
{
    for (qint64 step = std::max(before, now - size) + 1; step <= now; ++step)
        begin(std::size_t(step % size));
}

} // namespace

TrafficHistory::TrafficHistory(const Clock &clock)
    : clock_(clock),
      spans_{{{1s, std::vector<TrafficPoint>(300), 0, {}},
              {10s, std::vector<TrafficPoint>(360), 0, {}},
              {300s, std::vector<TrafficPoint>(288), 0, {}}}},
      requests_(300),
      recent_(std::size_t(RecentSteps))
{
    catchUp();
}

void TrafficHistory::add(const RequestRecord &record)
{
    catchUp();
    const RequestOutcome outcome = outcomeOf(record);
    const auto retries = int(std::max<qsizetype>(0, record.attempts.size() - 1));
    const bool answered = record.firstByte.count() > 0;
    for (Span &span : spans_) {
        TrafficPoint &point = span.growing();
        point.succeeded += outcome == RequestOutcome::Succeeded ? 1 : 0;
        point.failed += outcome == RequestOutcome::Failed ? 1 : 0;
        point.retries += retries;
        if (answered)
            span.firstByte.add(record.firstByte);
    }
    ++requests_[std::size_t(time_) % requests_.size()];
    if (answered)
        recent_[std::size_t(time_ / RecentStep % RecentSteps)].add(record.firstByte);
}

Traffic TrafficHistory::traffic()
{
    catchUp();
    Traffic result;
    for (std::size_t i = 0; i < spans_.size(); ++i) {
        Span &span = spans_[i];
        const qint64 end = (span.current + 1) * span.step.count() - ahead_;
        result.spans[i] = {span.step, QDateTime::fromSecsSinceEpoch(end).toUTC(),
                           span.oldestFirst()};
    }
    return result;
}

int TrafficHistory::requestsInLastMinute()
{
    catchUp();
    int sum = 0;
    for (qint64 back = 0; back < Minute; ++back)
        sum += requests_[std::size_t(time_ - back) % requests_.size()];
    return sum;
}

TrafficHistory::Recent TrafficHistory::recent()
{
    catchUp();
    Recent result;
    result.requests = std::accumulate(requests_.cbegin(), requests_.cend(), 0);
    int succeeded = 0;
    int failed = 0;
    for (const TrafficPoint &point : spans_[0].points) {
        succeeded += point.succeeded;
        failed += point.failed;
    }
    if (succeeded + failed > 0)
        result.successShare = double(succeeded) / (succeeded + failed);
    LatencyHistogram sum;
    for (const LatencyHistogram &step : recent_)
        sum.add(step);
    result.p50 = sum.percentile(0.50);
    result.p95 = sum.percentile(0.95);
    return result;
}

void TrafficHistory::catchUp()
{
    const qint64 wall = clock_.wallNow().toSecsSinceEpoch();
    const qint64 before = time_;
    ahead_ = std::max(ahead_, before - wall);
    time_ = wall + ahead_;
    if (time_ == before)
        return; // nothing has ended
    forEachStep(before, time_, qint64(requests_.size()),
                [&](std::size_t at) { requests_[at] = 0; });
    forEachStep(before / RecentStep, time_ / RecentStep, RecentSteps,
                [&](std::size_t at) { recent_[at].clear(); });
    for (Span &span : spans_)
        span.moveTo(time_);
}

void TrafficHistory::Span::moveTo(qint64 time)
{
    const qint64 next = time / step.count();
    if (next == current)
        return;
    noteLatencies();
    firstByte.clear();
    forEachStep(current, next, qint64(points.size()), [&](std::size_t at) { points[at] = {}; });
    current = next;
}

void TrafficHistory::Span::noteLatencies()
{
    growing().p50 = firstByte.percentile(0.50);
    growing().p95 = firstByte.percentile(0.95);
}

QList<TrafficPoint> TrafficHistory::Span::oldestFirst()
{
    noteLatencies();
    const auto oldest = points.cbegin() + qptrdiff(at(current + 1));
    QList<TrafficPoint> result;
    result.reserve(qsizetype(points.size()));
    std::copy(oldest, points.cend(), std::back_inserter(result));
    std::copy(points.cbegin(), oldest, std::back_inserter(result));
    return result;
}

} // namespace keywheel
