// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/counters.h"
#include "accesslog/latencyhistogram.h"
#include "accesslog/requestrecord.h"

#include <QObject>

#include <deque>

namespace keywheel {

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

} // namespace keywheel
