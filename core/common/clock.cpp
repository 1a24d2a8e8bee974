// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clock.h"

#include <QTimer>

#include <algorithm>

namespace keywheel {

Clock::Instant SystemClock::now() const
{
    return std::chrono::steady_clock::now();
}

QDateTime SystemClock::wallNow() const
{
    return QDateTime::currentDateTimeUtc();
}

void SystemClock::callLater(Milliseconds delay, QObject *context, std::function<void()> call)
{
    // QTimer never fires after a negative one.
    QTimer::singleShot(std::max(delay, Milliseconds(0)), Qt::PreciseTimer, context,
                       std::move(call));
}

} // namespace keywheel
