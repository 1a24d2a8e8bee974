// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QString>

namespace keywheel {

/// Such as `242 ms`, `1.3 s` or `12 s`, in the present language.
QString durationText(double milliseconds, const QLocale &locale);

} // namespace keywheel
