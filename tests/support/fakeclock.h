// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"

#include <QPointer>

#include <map>

namespace keywheel {

/// A clock that stands still until a test moves it. advance() runs what has become due, in order.
class FakeClock final : public Clock
{
public:
    Instant now() const override { return now_; }
    QDateTime wallNow() const override { return wall_; }
    void callLater(Milliseconds delay, QObject *context, std::function<void()> call) override;

    void advance(Milliseconds by);
    /// The wall clock alone is set, or the machine sleeps.
    void jump(Milliseconds by) { wall_ = wall_.addMSecs(by.count()); }
    /// The machine sleeps where the monotonic clock goes on: nothing runs meanwhile.
    void sleep(Milliseconds by)
    {
        now_ += by;
        jump(by);
    }
    /// How long until the next call is due; negative when none waits.
    Milliseconds untilNext() const;
    int waiting() const { return static_cast<int>(calls_.size()); }

private:
    struct Call
    {
        QPointer<QObject> context;
        std::function<void()> run;
    };
    Instant now_{std::chrono::hours(1)};
    QDateTime wall_ = QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05Z"), Qt::ISODate);
    std::multimap<Instant, Call> calls_;
};

} // namespace keywheel
