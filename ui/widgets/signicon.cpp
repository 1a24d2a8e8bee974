// SPDX-License-Identifier: GPL-3.0-or-later
#include "signicon.h"

#include "theme.h"

#include <QIconEngine>
#include <QPainter>
#include <QPixmap>

namespace keywheel {

namespace {

QList<QPolygonF> linesOf(Sign sign)
{
    switch (sign) {
    case Sign::Tick:
        return {QPolygonF{{-3.2, 0.3}, {-1, 2.6}, {3.3, -2.4}}};
    case Sign::Hands: // of a clock
        return {QPolygonF{{0, -3.8}, {0, 0.2}, {2.6, 1.8}}};
    case Sign::Cross:
        return {QPolygonF{{-2.5, -2.5}, {2.5, 2.5}}, QPolygonF{{-2.5, 2.5}, {2.5, -2.5}}};
    case Sign::Bar:
        return {QPolygonF{{-3.3, 0}, {3.3, 0}}};
    case Sign::Exclamation:
        return {QPolygonF{{0, -3.8}, {0, 0.6}}, QPolygonF{{0, 3.4}, {0, 3.5}}};
    }
    return {};
}

class SignIconEngine : public QIconEngine
{
public:
    SignIconEngine(Sign sign, Tone tone, const QPalette &palette)
        : lines_(linesOf(sign)),
          disc_(toneColor(tone, palette)),
          greyed_(palette.color(QPalette::Disabled, QPalette::WindowText)),
          ink_(isDarkPalette(palette) ? Qt::black : Qt::white)
    {
    }

    QIconEngine *clone() const override { return new SignIconEngine(*this); }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent); // the base class leaves it as it comes
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        return pixmap;
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal side = std::min(rect.width(), rect.height());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(QRectF(rect).center());
        painter->scale(side / 16, side / 16); // the signs are drawn in a field of 16 by 16
        // A ring keeps it apart from a selection of nearly its colour.
        painter->setPen(mode == QIcon::Selected ? QPen(ink_, 1.6) : QPen(Qt::NoPen));
        painter->setBrush(mode == QIcon::Disabled ? greyed_ : disc_);
        painter->drawEllipse(QPointF(), 7, 7);
        painter->setPen(QPen(ink_, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(Qt::NoBrush);
        for (const QPolygonF &line : lines_)
            painter->drawPolyline(line);
        painter->restore();
    }

private:
    QList<QPolygonF> lines_;
    QColor disc_;
    QColor greyed_;
    QColor ink_;
};

} // namespace

QIcon signIcon(Sign sign, Tone tone, const QPalette &palette)
{
    return QIcon(new SignIconEngine(sign, tone, palette));
}

} // namespace keywheel
