// SPDX-License-Identifier: GPL-3.0-or-later
#include "dropoverlay.h"

#include "widgets/icons.h"

#include <QPainter>

namespace keywheel {

DropOverlay::DropOverlay(QWidget *parent) : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
}

void DropOverlay::cover()
{
    setGeometry(parentWidget()->rect());
    raise();
    show();
}

void DropOverlay::paintEvent(QPaintEvent *)
{
    constexpr int margin = 16;
    constexpr int side = 48;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor veil = palette().color(QPalette::Window);
    veil.setAlphaF(0.88F);
    painter.fillRect(rect(), veil);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2, Qt::DashLine));
    painter.drawRoundedRect(rect().adjusted(margin, margin, -margin, -margin), 8, 8);

    QRect picture(0, 0, side, side);
    picture.moveCenter(rect().center() - QPoint(0, side / 2));
    symbolicIcon(QStringLiteral("import")).paint(&painter, picture);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    painter.setFont(large);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(0, picture.bottom(), width(), 2 * side), Qt::AlignCenter,
                     tr("Drop here to import keys"));
}

} // namespace keywheel
