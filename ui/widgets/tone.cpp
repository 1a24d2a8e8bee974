// SPDX-License-Identifier: GPL-3.0-or-later
#include "tone.h"

#include "icons.h"
#include "theme.h"

#include <QPainter>
#include <QWidget>

namespace keywheel {

QColor toneColor(Tone tone, const QPalette &palette)
{
    const bool dark = isDarkPalette(palette);
    switch (tone) {
    case Tone::Good:
        return dark ? QColor(0x5f, 0xc2, 0x7e) : QColor(0x1e, 0x84, 0x49);
    case Tone::Caution:
        return dark ? QColor(0xf2, 0xb1, 0x3c) : QColor(0xb8, 0x6e, 0x00);
    case Tone::Bad:
        return dark ? QColor(0xf0, 0x71, 0x67) : QColor(0xc6, 0x28, 0x28);
    case Tone::Neutral:
        return dark ? QColor(0x9a, 0xa2, 0xad) : QColor(0x6b, 0x72, 0x80);
    case Tone::First:
        return dark ? QColor(0x6c, 0xb2, 0xf5) : QColor(0x1f, 0x6f, 0xc2);
    case Tone::Second:
        return dark ? QColor(0xc3, 0x9a, 0xf0) : QColor(0x7e, 0x4f, 0xb8);
    }
    return palette.color(QPalette::WindowText);
}

QPixmap tonedPixmap(const QString &symbol, int size, Tone tone, const QWidget *widget)
{
    QPixmap pixmap = symbolicIcon(symbol).pixmap(QSize(size, size), widget->devicePixelRatioF());
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(QRect({}, QSize(size, size)), toneColor(tone, widget->palette()));
    return pixmap;
}

} // namespace keywheel
