// SPDX-License-Identifier: GPL-3.0-or-later
#include "keystate.h"

#include "theme.h"
#include "tone.h"

#include <QCoreApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>

namespace keywheel {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("KeyState", text);
}

/// A disc with a sign in it: a tick, a clock's hands, a cross or a bar.
class StateIconEngine : public QIconEngine
{
public:
    StateIconEngine(KeyState state, const QPalette &palette)
        : state_(state),
          disc_(keyStateColor(state, palette)),
          greyed_(palette.color(QPalette::Disabled, QPalette::WindowText)),
          sign_(isDarkPalette(palette) ? Qt::black : Qt::white)
    {
    }

    QIconEngine *clone() const override { return new StateIconEngine(*this); }

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
        painter->scale(side / 16, side / 16); // the signs below are drawn in a field of 16 by 16
        painter->setPen(Qt::NoPen);
        painter->setBrush(mode == QIcon::Disabled ? greyed_ : disc_);
        painter->drawEllipse(QPointF(), 7, 7);
        painter->setPen(QPen(sign_, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->setBrush(Qt::NoBrush);
        for (const QPolygonF &line : sign())
            painter->drawPolyline(line);
        painter->restore();
    }

private:
    QList<QPolygonF> sign() const
    {
        switch (state_) {
        case KeyState::Healthy:
            return {QPolygonF{{-3.2, 0.3}, {-1, 2.6}, {3.3, -2.4}}};
        case KeyState::CoolingDown:
            return {QPolygonF{{0, -3.8}, {0, 0.2}, {2.6, 1.8}}};
        case KeyState::Permanent:
            return {QPolygonF{{-2.5, -2.5}, {2.5, 2.5}}, QPolygonF{{-2.5, 2.5}, {2.5, -2.5}}};
        case KeyState::Disabled:
            return {QPolygonF{{-3.3, 0}, {3.3, 0}}};
        }
        return {};
    }

    KeyState state_;
    QColor disc_;
    QColor greyed_;
    QColor sign_;
};

} // namespace

QString keyStateText(const KeySnapshot &key)
{
    switch (key.state) {
    case KeyState::Healthy:
        return translated(QT_TRANSLATE_NOOP("KeyState", "Healthy"));
    case KeyState::CoolingDown:
        return translated(QT_TRANSLATE_NOOP("KeyState", "Cooling down"));
    case KeyState::Permanent:
        return key.fault == FaultClass::Quota
                   ? translated(QT_TRANSLATE_NOOP("KeyState", "No quota"))
                   : translated(QT_TRANSLATE_NOOP("KeyState", "Out of use"));
    case KeyState::Disabled:
        return translated(QT_TRANSLATE_NOOP("KeyState", "Disabled"));
    }
    return {};
}

QIcon keyStateIcon(KeyState state, const QPalette &palette)
{
    return QIcon(new StateIconEngine(state, palette));
}

QColor keyStateColor(KeyState state, const QPalette &palette)
{
    switch (state) {
    case KeyState::Healthy:
        return toneColor(Tone::Good, palette);
    case KeyState::CoolingDown:
        return toneColor(Tone::Caution, palette);
    case KeyState::Permanent:
        return toneColor(Tone::Bad, palette);
    case KeyState::Disabled:
        break;
    }
    return toneColor(Tone::Neutral, palette);
}

QString keyName(const KeySnapshot &key)
{
    return key.label.isEmpty() ? key.preview : key.label;
}

QString remaining(const QDateTime &until, const QDateTime &now)
{
    if (until.isNull())
        return {};
    const qint64 seconds = (std::max<qint64>(now.msecsTo(until), 0) + 999) / 1000;
    const auto two = [](const char *text, qint64 large, qint64 small) {
        return translated(text).arg(large).arg(small, 2, 10, QLatin1Char('0'));
    };
    if (seconds < 60)
        return translated(QT_TRANSLATE_NOOP("KeyState", "%1 s")).arg(seconds);
    if (seconds < 3600)
        return two(QT_TRANSLATE_NOOP("KeyState", "%1 min %2 s"), seconds / 60, seconds % 60);
    if (seconds < 86'400)
        return two(QT_TRANSLATE_NOOP("KeyState", "%1 h %2 min"), seconds / 3600, seconds / 60 % 60);
    return two(QT_TRANSLATE_NOOP("KeyState", "%1 d %2 h"), seconds / 86'400, seconds / 3600 % 24);
}

} // namespace keywheel
