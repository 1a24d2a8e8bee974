// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/latencyhistogram.h"
#include "accesslog/requestrecord.h"

#include <QObject>

#include <deque>

namespace keywheel {

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

/// Remembers the last exchanges and counts all of them. Thread: the core's.
class AccessLog : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t Capacity = 10'000;

    using QObject::QObject;

    /// Emits begun().
    void begin();
    /// Emits recorded().
    void finish(const RequestRecord &record);

    const AccessCounters &counters() const { return counters_; }
    const LatencyHistogram &firstByte() const { return firstByte_; }
    /// Newest last.
    const std::deque<RequestRecord> &recent() const { return recent_; }

Q_SIGNALS:
    void begun();
    void recorded(const keywheel::RequestRecord &record);

private:
    AccessCounters counters_;
    LatencyHistogram firstByte_;
    std::deque<RequestRecord> recent_;
};

/// The record as one line for people or as a JSON object (one line); both without secrets.
QString toLine(const RequestRecord &record);
QByteArray toJson(const RequestRecord &record);

/// Path and query with the values of parameters that may hold secrets replaced by `…`.
QByteArray loggablePath(const QByteArray &target);

} // namespace keywheel
