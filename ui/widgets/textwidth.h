// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace keywheel {

/// The width of so many digits in the widget's font, about that of ordinary Latin text. Not the
/// average character of QFontMetrics: a font that has Chinese in it makes that twice as wide.
inline int textWidth(const QWidget &widget, int characters)
{
    return widget.fontMetrics().horizontalAdvance(QLatin1Char('0')) * characters;
}

} // namespace keywheel
