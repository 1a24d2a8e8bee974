// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QObject>

#include <chrono>
#include <functional>

namespace keywheel {

/// Time and delays, injected so that cooldowns, time-outs and back-off are tested without waiting.
/// Thread: used from the core's thread only.
class Clock
{
public:
    using Instant = std::chrono::steady_clock::time_point;
    using Milliseconds = std::chrono::milliseconds;

    virtual ~Clock() = default;

    /// Monotonic: never jumps, for durations and deadlines.
    virtual Instant now() const = 0;
    /// Wall clock in UTC, for what people and HTTP dates see.
    virtual QDateTime wallNow() const = 0;
    /// Runs `call` once, in this thread, not before `delay` has passed: soon after a negative one,
    /// as of a deadline that is over. Dropped when `context` dies.
    virtual void callLater(Milliseconds delay, QObject *context, std::function<void()> call) = 0;
};

class SystemClock final : public Clock
{
public:
    Instant now() const override;
    QDateTime wallNow() const override;
    void callLater(Milliseconds delay, QObject *context, std::function<void()> call) override;
};

} // namespace keywheel
