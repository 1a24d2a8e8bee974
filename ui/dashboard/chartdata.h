// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/traffic.h"

#include <QPointF>

namespace keywheel {

// Traffic as points of a chart: x in seconds before now (negative), y in the chart's unit. Pure.

/// Requests per minute, over a sliding window that is short for the span: what happens once is
/// still seen, and steady traffic gives a steady line.
QList<QPointF> ratePoints(const Traffic::Series &series, int TrafficPoint::*count);
/// In milliseconds; steps in which nothing was answered are left out.
QList<QPointF> latencyPoints(const Traffic::Series &series,
                             std::chrono::microseconds TrafficPoint::*latency);

/// Of a whole span.
int sumOf(const Traffic::Series &series, int TrafficPoint::*count);
double highest(const QList<QPointF> &points);

/// An axis from 0 up with round numbers.
struct Scale
{
    double top = 1;
    int ticks = 2;
    bool whole = true; ///< no tick needs a decimal

    bool operator==(const Scale &other) const = default;
};
Scale scaleFor(double highest);

} // namespace keywheel
