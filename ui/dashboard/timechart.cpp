// SPDX-License-Identifier: GPL-3.0-or-later
#include "timechart.h"

#include <QEvent>
#include <QGraphicsLayout>
#include <QHelpEvent>
#include <QWheelEvent>
#include <QtCharts/QAreaSeries>
#include <QtCharts/QCategoryAxis>
#include <QtCharts/QLegend>
#include <QtCharts/QLineSeries>
#include <QtCharts/QValueAxis>

namespace keywheel {

namespace {

/// `color` with less or more of the background in it.
QColor faded(QColor color, double share)
{
    color.setAlphaF(float(share));
    return color;
}

/// Alone between gaps, a point would not be seen as a line.
constexpr qsizetype FewPoints = 40;

/// The half of "now" that lies right of the axis.
constexpr int RoomForLastLabel = 18;

} // namespace

QPen ChartLine::pen(const QPalette &palette) const
{
    return {toneColor(tone, palette), 2, dash, Qt::FlatCap, Qt::RoundJoin};
}

TimeChart::TimeChart(const QList<ChartLine> &lines, QWidget *parent)
    : QChartView(parent),
      time_(new QCategoryAxis),
      value_(new QValueAxis)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus); // there is nothing to do in it; its numbers stand beside it
    setBackgroundRole(QPalette::Base);
    setInteractive(false);
    setRenderHint(QPainter::Antialiasing);
    setMinimumSize(240, 180);
    chart()->setAnimationOptions(QChart::NoAnimation);
    chart()->setBackgroundVisible(false);
    chart()->setLocalizeNumbers(true); // without it a unit that is not Latin-1 becomes "??"
    chart()->setMargins({0, 0, RoomForLastLabel, 0});
    chart()->layout()->setContentsMargins(0, 0, 0, 0);
    chart()->legend()->hide();
    time_->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    time_->setGridLineVisible(false);
    time_->setTruncateLabels(false);
    value_->setLineVisible(false);
    chart()->addAxis(time_, Qt::AlignBottom);
    chart()->addAxis(value_, Qt::AlignLeft);
    for (const ChartLine &line : lines)
        addLine(line);
    applyPalette();
}

void TimeChart::addLine(const ChartLine &look)
{
    Drawn drawn{look, new QLineSeries, nullptr};
    if (look.filled) {
        drawn.area = new QAreaSeries(drawn.line);
        chart()->addSeries(drawn.area);
        drawn.area->attachAxis(time_);
        drawn.area->attachAxis(value_);
    }
    chart()->addSeries(drawn.line);
    drawn.line->attachAxis(time_);
    drawn.line->attachAxis(value_);
    lines_.append(drawn);
}

void TimeChart::setTime(const QList<Tick> &ticks)
{
    const QStringList old = time_->categoriesLabels();
    for (const QString &label : old)
        time_->remove(label);
    time_->setStartValue(-ticks.constFirst().secondsAgo - 1);
    for (const Tick &tick : ticks)
        time_->append(tick.label, -tick.secondsAgo);
    time_->setRange(-ticks.constFirst().secondsAgo, 0);
}

void TimeChart::setScale(const Scale &scale, const QString &format)
{
    if (scale != scale_) {
        scale_ = scale;
        value_->setTickCount(scale.ticks);
        value_->setRange(0, scale.top);
    }
    if (chart()->locale() != locale())
        chart()->setLocale(locale());
    if (format != value_->labelFormat())
        value_->setLabelFormat(format);
}

void TimeChart::setPoints(int line, const QList<QPointF> &points)
{
    QLineSeries *series = lines_.at(line).line;
    if (series->points() == points)
        return;
    series->setPointsVisible(!lines_.at(line).area && points.size() < FewPoints);
    series->replace(points);
}

QList<QPointF> TimeChart::points(int line) const
{
    return lines_.at(line).line->points();
}

void TimeChart::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyPalette();
}

bool TimeChart::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QChartView::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    if (chart()->plotArea().contains(help->pos()) && !lines_.isEmpty()) {
        const QPointF value = chart()->mapToValue(chart()->mapFromScene(mapToScene(help->pos())),
                                                  chart()->series().constFirst());
        Q_EMIT momentWanted(-value.x(), help->globalPos());
    }
    return true;
}

void TimeChart::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

void TimeChart::applyPalette()
{
    const QColor text = palette().color(QPalette::Text);
    for (QAbstractAxis *axis :
         {static_cast<QAbstractAxis *>(time_), static_cast<QAbstractAxis *>(value_)}) {
        axis->setLabelsFont(font());
        axis->setLabelsColor(text);
        axis->setLinePenColor(faded(text, 0.35));
        axis->setGridLineColor(faded(text, 0.15));
    }
    for (const Drawn &drawn : std::as_const(lines_)) {
        const QPen pen = drawn.look.pen(palette());
        drawn.line->setPen(pen);
        if (drawn.area) {
            drawn.area->setPen(Qt::NoPen); // it would go around the whole area
            drawn.area->setBrush(faded(pen.color(), 0.18));
        }
    }
}

} // namespace keywheel
