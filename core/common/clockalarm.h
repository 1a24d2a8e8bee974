// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace keywheel {

/// Tells when somebody set the wall clock or the machine woke, without looking again and again
/// (Linux, timerfd_create(2): TFD_TIMER_CANCEL_ON_SET). Thread: its own, which needs an event loop.
class ClockAlarm : public QObject
{
    Q_OBJECT

public:
    explicit ClockAlarm(QObject *parent = nullptr);
    ~ClockAlarm() override;

    /// Whether this system can tell.
    bool isAvailable() const { return descriptor_ >= 0; }

Q_SIGNALS:
    void clockChanged();

private:
    bool arm();

    int descriptor_ = -1;
};

} // namespace keywheel
