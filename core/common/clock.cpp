// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clock.h"

#include <QTimer>

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
    QTimer::singleShot(delay, Qt::PreciseTimer, context, std::move(call));
}

} // namespace keywheel
