// SPDX-License-Identifier: GPL-3.0-or-later
#include "quietlabel.h"

#include <QEvent>

namespace keywheel {

namespace {

constexpr qreal Size = 0.92;
constexpr qreal Strength = 0.72; ///< about 6:1 on white

QColor mixed(const QColor &text, const QColor &ground)
{
    auto mix = [](int a, int b) {
        return int(a * Strength + b * (1 - Strength));
    };
    return {mix(text.red(), ground.red()), mix(text.green(), ground.green()),
            mix(text.blue(), ground.blue())};
}

} // namespace

QuietLabel::QuietLabel(QWidget *parent) : QLabel(parent)
{
    QFont smaller = font();
    smaller.setPointSizeF(smaller.pointSizeF() * Size);
    setFont(smaller);
    tint();
}

void QuietLabel::changeEvent(QEvent *event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        tint();
}

void QuietLabel::showEvent(QShowEvent *event)
{
    QLabel::showEvent(event);
    tint();
}

void QuietLabel::tint()
{
    const QPalette around = parentWidget() ? parentWidget()->palette() : palette();
    const QColor wanted = mixed(around.color(QPalette::WindowText), around.color(QPalette::Window));
    if (palette().color(QPalette::WindowText) == wanted)
        return; // its own palette change comes back here
    QPalette mine;
    mine.setColor(QPalette::WindowText, wanted);
    setPalette(mine);
}

} // namespace keywheel
