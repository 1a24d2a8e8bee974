// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clockalarm.h"

#include <QSocketNotifier>

#include <cerrno>
#include <cstdint>
#include <limits>
#include <utility>

#include <sys/timerfd.h>
#include <unistd.h>

namespace keywheel {

ClockAlarm::ClockAlarm(QObject *parent)
    : QObject(parent),
      descriptor_(::timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC))
{
    if (descriptor_ < 0)
        return;
    if (!arm()) {
        ::close(std::exchange(descriptor_, -1));
        return;
    }
    auto *const notifier = new QSocketNotifier(descriptor_, QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, [this] {
        std::uint64_t expirations = 0;
        const bool changed =
            ::read(descriptor_, &expirations, sizeof expirations) < 0 && errno == ECANCELED;
        arm();
        if (changed)
            Q_EMIT clockChanged();
    });
}

ClockAlarm::~ClockAlarm()
{
    qDeleteAll(children()); // the notifier goes before its descriptor
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

/// For a time that never comes.
bool ClockAlarm::arm()
{
    itimerspec never = {};
    never.it_value.tv_sec = std::numeric_limits<decltype(never.it_value.tv_sec)>::max() / 4;
    return ::timerfd_settime(descriptor_, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never,
                             nullptr) == 0;
}

} // namespace keywheel
