// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clockalarm.h"

namespace keywheel {

ClockAlarm::ClockAlarm(QObject *parent) : QObject(parent) {}

ClockAlarm::~ClockAlarm() = default;

bool ClockAlarm::arm()
{
    return false;
}

} // namespace keywheel
