// SPDX-License-Identifier: GPL-3.0-or-later
#include "keystate.h"

#include "signicon.h"

#include <QCoreApplication>

namespace keywheel {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("KeyState", text);
}

Sign signOf(KeyState state)
{
    switch (state) {
    case KeyState::Available:
        return Sign::Tick;
    case KeyState::CoolingDown:
        return Sign::Hands;
    case KeyState::Permanent:
        return Sign::Cross;
    case KeyState::Disabled:
        break;
    }
    return Sign::Bar;
}

Tone toneOf(KeyState state)
{
    switch (state) {
    case KeyState::Available:
        return Tone::Good;
    case KeyState::CoolingDown:
        return Tone::Caution;
    case KeyState::Permanent:
        return Tone::Bad;
    case KeyState::Disabled:
        break;
    }
    return Tone::Neutral;
}

QString twoUnits(qint64 seconds)
{
    const auto two = [](const char *text, qint64 large, qint64 small) {
        return translated(text).arg(large).arg(small, 2, 10, QLatin1Char('0'));
    };
    if (seconds < 60)
        return translated(QT_TRANSLATE_NOOP("KeyState", "%1 s")).arg(seconds);
    if (seconds < 3600)
        return two(QT_TRANSLATE_NOOP("KeyState", "%1 min %2 s"), seconds / 60, seconds % 60);
    if (seconds < 86'400)
        return two(QT_TRANSLATE_NOOP("KeyState", "%1 h %2 min"), seconds / 3600, seconds / 60 % 60);
    return two(QT_TRANSLATE_NOOP("KeyState", "%1 d %2 h"), seconds / 86'400, seconds / 3600 % 24);
}

} // namespace

QString keyStateText(const KeySnapshot &key)
{
    switch (key.state) {
    case KeyState::Available:
        return translated(QT_TRANSLATE_NOOP("KeyState", "Healthy"));
    case KeyState::CoolingDown:
        return translated(QT_TRANSLATE_NOOP("KeyState", "Cooling down"));
    case KeyState::Permanent:
        return key.fault == FaultClass::Quota
                   ? translated(QT_TRANSLATE_NOOP("KeyState", "No quota"))
                   : translated(QT_TRANSLATE_NOOP("KeyState", "Out of use"));
    case KeyState::Disabled:
        return translated(QT_TRANSLATE_NOOP("KeyState", "Disabled"));
    }
    return {};
}

QIcon keyStateIcon(KeyState state, const QPalette &palette)
{
    return signIcon(signOf(state), toneOf(state), palette);
}

QColor keyStateColor(KeyState state, const QPalette &palette)
{
    return toneColor(toneOf(state), palette);
}

QString keyName(const KeySnapshot &key)
{
    return key.label.isEmpty() ? key.preview : key.label;
}

QString remaining(const QDateTime &until, const QDateTime &now)
{
    return until.isNull() ? QString()
                          : twoUnits((std::max<qint64>(now.msecsTo(until), 0) + 999) / 1000);
}

QString intervalText(std::chrono::seconds interval)
{
    using namespace std::chrono_literals;
    if (interval % 1h == 0s)
        return translated(QT_TRANSLATE_NOOP("KeyState", "%1 h")).arg(interval / 1h);
    if (interval % 1min == 0s)
        return translated(QT_TRANSLATE_NOOP("KeyState", "%1 min")).arg(interval / 1min);
    return twoUnits(interval.count());
}

} // namespace keywheel
