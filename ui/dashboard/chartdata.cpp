// SPDX-License-Identifier: GPL-3.0-or-later
#include "chartdata.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace keywheel {

namespace {

/// 10 s of five minutes, a minute of an hour, 15 minutes of a day.
qsizetype windowOf(const Traffic::Series &series)
{
    const auto step = series.step.count();
    return step <= 1 ? 10 : step <= 10 ? 6 : 3;
}

double secondsAgo(const Traffic::Series &series, qsizetype index)
{
    return double((index + 1 - series.points.size()) * series.step.count());
}

} // namespace

QList<QPointF> ratePoints(const Traffic::Series &series, int TrafficPoint::*count)
{
    const qsizetype window = std::min(windowOf(series), series.points.size());
    const double seconds = double(window * series.step.count());
    QList<QPointF> result;
    result.reserve(series.points.size());
    // The oldest points share the first window: in one of their own a single request is a peak.
    qint64 sum = 0;
    for (qsizetype i = 0; i < window; ++i)
        sum += series.points.at(i).*count;
    for (qsizetype i = 0; i < series.points.size(); ++i) {
        if (i >= window)
            sum += series.points.at(i).*count - series.points.at(i - window).*count;
        result.append({secondsAgo(series, i), double(sum) * 60 / seconds});
    }
    return result;
}

QList<QPointF> latencyPoints(const Traffic::Series &series,
                             std::chrono::microseconds TrafficPoint::*latency)
{
    QList<QPointF> result;
    for (qsizetype i = 0; i < series.points.size(); ++i) {
        const auto value = series.points.at(i).*latency;
        if (value.count() > 0)
            result.append({secondsAgo(series, i), double(value.count()) / 1000});
    }
    return result;
}

int sumOf(const Traffic::Series &series, int TrafficPoint::*count)
{
    return std::accumulate(
        series.points.cbegin(), series.points.cend(), 0,
        [count](int sum, const TrafficPoint &point) { return sum + point.*count; });
}

double highest(const QList<QPointF> &points)
{
    double result = 0;
    for (const QPointF &point : points)
        result = std::max(result, point.y());
    return result;
}

Scale scaleFor(double highest)
{
    constexpr double Steps = 4; // at most
    const double wanted = std::max(highest, 1.0) / Steps;
    const double decade = std::pow(10, std::floor(std::log10(wanted)));
    double step = 10 * decade;
    for (const double nice : {1.0, 2.0, 2.5, 5.0}) {
        if (nice * decade >= wanted) {
            step = nice * decade;
            break;
        }
    }
    const double count = std::max(std::ceil(highest / step), 2.0);
    return {count * step, int(count) + 1, std::floor(step) == step};
}

} // namespace keywheel
