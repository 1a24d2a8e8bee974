// SPDX-License-Identifier: GPL-3.0-or-later
#include "legendlabel.h"

#include <QPainter>

namespace keywheel {

namespace {

constexpr int SampleWidth = 22;
constexpr int Gap = 6;

} // namespace

LegendLabel::LegendLabel(const ChartLine &line, QWidget *parent) : QLabel(parent), line_(line)
{
    if (isRightToLeft())
        setContentsMargins(0, 0, SampleWidth + Gap, 0);
    else
        setContentsMargins(SampleWidth + Gap, 0, 0, 0);
}

void LegendLabel::paintEvent(QPaintEvent *event)
{
    QLabel::paintEvent(event);
    QPainter painter(this);
    painter.setPen(line_.pen(palette()));
    const int left = isRightToLeft() ? width() - SampleWidth : 0;
    painter.drawLine(left, height() / 2, left + SampleWidth, height() / 2);
}

} // namespace keywheel
