// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>

namespace keywheel {

/// What a colour says. It never says it alone: words, shapes or dashes say the same.
enum class Tone { Good, Caution, Bad, Neutral, First, Second };

bool isDark(const QPalette &palette);
/// One that stands out from the palette's window and base, at least 3 : 1.
QColor toneColor(Tone tone, const QPalette &palette);

} // namespace keywheel
