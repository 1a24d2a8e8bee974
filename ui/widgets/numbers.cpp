// SPDX-License-Identifier: GPL-3.0-or-later
#include "numbers.h"

#include <QCoreApplication>

#include <cmath>

namespace keywheel {

QString durationText(double milliseconds, const QLocale &locale)
{
    // Below 999.5, so that rounding does not give 1000 ms.
    if (milliseconds < 999.5)
        return QCoreApplication::translate("Numbers", "%1 ms")
            .arg(locale.toString(std::lround(milliseconds)));
    return QCoreApplication::translate("Numbers", "%1 s")
        .arg(locale.toString(milliseconds / 1000, 'f', milliseconds < 9950 ? 1 : 0));
}

} // namespace keywheel
