// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>
#include <QPixmap>

class QWidget;

namespace keywheel {

/// What a colour says. It never says it alone: words, shapes or dashes say the same.
enum class Tone { Good, Caution, Bad, Neutral, First, Second };

/// One that stands out from the palette's window and base, at least 3 : 1.
QColor toneColor(Tone tone, const QPalette &palette);
/// The symbolic icon of that name (widgets/icons.h) in a tone, for `widget`'s palette and screen.
QPixmap tonedPixmap(const QString &symbol, int size, Tone tone, const QWidget *widget);

} // namespace keywheel
