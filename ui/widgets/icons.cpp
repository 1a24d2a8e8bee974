// SPDX-License-Identifier: GPL-3.0-or-later
#include "icons.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace keywheel {

namespace {

QColor inkFor(QIcon::Mode mode)
{
    const QPalette palette = QGuiApplication::palette();
    switch (mode) {
    case QIcon::Disabled:
        return palette.color(QPalette::Disabled, QPalette::WindowText);
    case QIcon::Selected:
        return palette.color(QPalette::Active, QPalette::HighlightedText);
    case QIcon::Normal:
    case QIcon::Active:
        break;
    }
    return palette.color(QPalette::Active, QPalette::WindowText);
}

/// Draws an SVG as a stencil. It asks for the colour each time, so a new palette needs no new icon.
class SymbolicEngine : public QIconEngine
{
public:
    explicit SymbolicEngine(const QString &name) : name_(name) {}

    QIconEngine *clone() const override { return new SymbolicEngine(*this); }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        QPixmap picture = pixmap((QSizeF(rect.size()) * ratio).toSize(), mode, state);
        picture.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect.topLeft(), picture);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        const QColor ink = inkFor(mode);
        const QString key = QStringLiteral("keywheel/%1/%2x%3/%4")
                                .arg(name_)
                                .arg(size.width())
                                .arg(size.height())
                                .arg(ink.rgba(), 8, 16);
        QPixmap picture;
        if (!QPixmapCache::find(key, &picture)) {
            picture = draw(size, ink);
            QPixmapCache::insert(key, picture);
        }
        return picture;
    }

    QString iconName() override { return name_; }

private:
    QPixmap draw(const QSize &size, const QColor &ink) const
    {
        QPixmap picture(size);
        picture.fill(Qt::transparent);
        QSvgRenderer drawing(QStringLiteral(":/icons/symbolic/%1.svg").arg(name_));
        drawing.setAspectRatioMode(Qt::KeepAspectRatio);
        QPainter painter(&picture);
        drawing.render(&painter);
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(picture.rect(), ink);
        return picture;
    }

    QString name_;
};

} // namespace

QIcon symbolicIcon(const QString &name)
{
    return QIcon(new SymbolicEngine(name));
}

QIcon appIcon()
{
    return QIcon::fromTheme(QStringLiteral("keywheel"),
                            QIcon(QStringLiteral(":/icons/app/keywheel.svg")));
}

} // namespace keywheel
