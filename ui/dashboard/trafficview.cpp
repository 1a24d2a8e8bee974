// SPDX-License-Identifier: GPL-3.0-or-later
#include "trafficview.h"

#include "legendlabel.h"
#include "widgets/numbers.h"

#include <QButtonGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>
#include <QToolTip>

#include <cmath>

namespace keywheel {

namespace {

const QList<ChartLine> RequestLines{
    {Tone::Good, Qt::SolidLine, true}, {Tone::Caution, Qt::DashLine}, {Tone::Bad, Qt::DotLine}};
const QList<ChartLine> LatencyLines{{Tone::First}, {Tone::Second, Qt::DashLine}};

/// Below this width the charts stand one above the other.
constexpr int RoomForTwo = 720;

} // namespace

TrafficView::TrafficView(QWidget *parent)
    : QWidget(parent),
      heading_(new QLabel),
      spans_(new QButtonGroup(this)),
      charts_(new QBoxLayout(QBoxLayout::LeftToRight))
{
    scaleFont(heading_, 1.15, true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(makeSpanChoice());
    layout->addLayout(charts_, 1);
    requests_ = addChart(RequestLines, QStringLiteral("requestChart"));
    latency_ = addChart(LatencyLines, QStringLiteral("latencyChart"));
}

QLayout *TrafficView::makeSpanChoice()
{
    auto *row = new QHBoxLayout;
    row->addWidget(heading_);
    row->addStretch();
    for (int span = 0; span < 3; ++span) {
        auto *button = new QToolButton;
        button->setObjectName(QStringLiteral("span%1").arg(span));
        button->setCheckable(true);
        button->setChecked(span == int(span_));
        button->setFocusPolicy(Qt::StrongFocus);
        spans_->addButton(button, span);
        row->addWidget(button);
    }
    connect(spans_, &QButtonGroup::idClicked, this,
            [this](int span) { setSpan(static_cast<TrafficSpan>(span)); });
    return row;
}

TrafficView::ChartCard TrafficView::addChart(const QList<ChartLine> &lines, const QString &name)
{
    ChartCard result{new Card, new TimeChart(lines), {}};
    result.chart->setObjectName(name);
    auto *legend = new QHBoxLayout;
    legend->setSpacing(14);
    for (const ChartLine &line : lines) {
        result.legend.append(new LegendLabel(line));
        legend->addWidget(result.legend.constLast());
    }
    legend->addStretch();
    result.card->body()->addLayout(legend);
    result.card->body()->addWidget(result.chart, 1);
    charts_->addWidget(result.card, lines.size()); // the one with more to see is the wider one
    connect(result.chart, &TimeChart::momentWanted, this,
            [this, result](double secondsAgo, const QPoint &globalPos) {
                showMoment(result, secondsAgo, globalPos);
            });
    return result;
}

void TrafficView::retranslate()
{
    heading_->setText(tr("Traffic"));
    const QStringList names{tr("5 min"), tr("1 h"), tr("24 h")};
    const QStringList descriptions{tr("Show the last 5 minutes"), tr("Show the last hour"),
                                   tr("Show the last 24 hours")};
    for (int span = 0; span < 3; ++span) {
        spans_->button(span)->setText(names.at(span));
        spans_->button(span)->setAccessibleName(descriptions.at(span));
        spans_->button(span)->setToolTip(descriptions.at(span));
    }
    requests_.card->setTitle(tr("Requests per minute"));
    requests_.chart->setAccessibleName(tr("Chart of requests per minute"));
    latency_.card->setTitle(tr("Time to first byte"));
    latency_.chart->setAccessibleName(tr("Chart of the time to the first byte"));
    setSpan(span_);
}

void TrafficView::setSpan(TrafficSpan span)
{
    span_ = span;
    markSpan();
    QList<TimeChart::Tick> ticks;
    const auto add = [&ticks](int from, int step, int seconds, const QString &label) {
        for (int ago = from; ago > 0; ago -= step)
            ticks.append({double(ago) * seconds,
                          ago == from ? label.arg(ago) : QStringLiteral("−%1").arg(ago)});
    };
    switch (span) {
    case TrafficSpan::FiveMinutes:
        add(5, 1, 60, tr("−%1 min"));
        break;
    case TrafficSpan::Hour:
        add(60, 15, 60, tr("−%1 min"));
        break;
    case TrafficSpan::Day:
        add(24, 6, 3600, tr("−%1 h"));
        break;
    }
    ticks.append({0, tr("now")});
    requests_.chart->setTime(ticks);
    latency_.chart->setTime(ticks);
    setTraffic(traffic_);
}

void TrafficView::setTraffic(const Traffic &traffic)
{
    traffic_ = traffic;
    showRequests(traffic.of(span_));
    showLatency(traffic.of(span_));
}

void TrafficView::showRequests(const Traffic::Series &series)
{
    constexpr int TrafficPoint::*Counts[] = {&TrafficPoint::succeeded, &TrafficPoint::retries,
                                             &TrafficPoint::failed};
    double top = 0;
    QStringList totals;
    for (int line = 0; line < 3; ++line) {
        const QList<QPointF> points = ratePoints(series, Counts[line]);
        requests_.chart->setPoints(line, points);
        top = std::max(top, highest(points));
        totals.append(locale().toString(sumOf(series, Counts[line])));
    }
    const Scale scale = scaleFor(top);
    requests_.chart->setScale(
        scale, tr("%1/min").arg(scale.whole ? QStringLiteral("%.0f") : QStringLiteral("%.1f")));
    requests_.legend[0]->setText(tr("%1 succeeded").arg(totals[0]));
    requests_.legend[1]->setText(tr("%1 retries").arg(totals[1]));
    requests_.legend[2]->setText(tr("%1 failed").arg(totals[2]));
    requests_.chart->setAccessibleDescription(
        tr("%1: %2 succeeded, %3 retries, %4 failed. At most %5 in a minute.")
            .arg(spanText(), totals[0], totals[1], totals[2], locale().toString(std::lround(top))));
}

void TrafficView::showLatency(const Traffic::Series &series)
{
    constexpr std::chrono::microseconds TrafficPoint::*Latencies[] = {&TrafficPoint::p50,
                                                                      &TrafficPoint::p95};
    QList<QPointF> points[2];
    for (int line = 0; line < 2; ++line)
        points[line] = latencyPoints(series, Latencies[line]);
    const double top = std::max(highest(points[0]), highest(points[1]));
    const bool seconds = top >= 2000;
    const Scale scale = scaleFor(seconds ? top / 1000 : top);
    const QString number = scale.whole ? QStringLiteral("%.0f") : QStringLiteral("%.1f");
    latency_.chart->setScale(scale, seconds ? tr("%1 s").arg(number) : tr("%1 ms").arg(number));
    QStringList last;
    for (int line = 0; line < 2; ++line) {
        last.append(points[line].isEmpty() ? tr("none")
                                           : durationText(points[line].constLast().y(), locale()));
        if (seconds)
            for (QPointF &point : points[line])
                point.ry() /= 1000;
        latency_.chart->setPoints(line, points[line]);
    }
    latency_.legend[0]->setText(tr("p50: %1").arg(last[0]));
    latency_.legend[1]->setText(tr("p95: %1").arg(last[1]));
    latency_.chart->setAccessibleDescription(
        tr("%1: p50 is now %2, p95 is now %3. At most %4.")
            .arg(spanText(), last[0], last[1], durationText(top, locale())));
}

void TrafficView::showMoment(const ChartCard &card, double secondsAgo,
                             const QPoint &globalPos) const
{
    const Traffic::Series &series = traffic_.of(span_);
    if (series.points.isEmpty())
        return;
    const auto steps = std::lround(secondsAgo / double(series.step.count()));
    const auto index =
        std::clamp<qsizetype>(series.points.size() - 1 - steps, 0, series.points.size() - 1);
    const double x = -double(series.points.size() - 1 - index) * double(series.step.count());
    const QString time = locale().toString(
        series.end.addSecs(qint64(x)).toLocalTime().time(),
        span_ == TrafficSpan::FiveMinutes ? QLocale::LongFormat : QLocale::ShortFormat);
    const TrafficPoint &point = series.points.at(index);
    QString text;
    if (card.chart == latency_.chart) {
        if (point.p50.count() == 0)
            return;
        text = tr("%1\np50: %2\np95: %3")
                   .arg(time, durationText(double(point.p50.count()) / 1000, locale()),
                        durationText(double(point.p95.count()) / 1000, locale()));
    } else {
        QStringList rates;
        for (int line = 0; line < 3; ++line)
            rates.append(locale().toString(requests_.chart->points(line).at(index).y(), 'f', 0));
        text = tr("%1\n%2 succeeded per minute\n%3 retries per minute\n%4 failed per minute")
                   .arg(time, rates[0], rates[1], rates[2]);
    }
    QToolTip::showText(globalPos, text, card.chart);
}

QString TrafficView::spanText() const
{
    switch (span_) {
    case TrafficSpan::FiveMinutes:
        return tr("Last 5 minutes");
    case TrafficSpan::Hour:
        return tr("Last hour");
    case TrafficSpan::Day:
        return tr("Last 24 hours");
    }
    return {};
}

void TrafficView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    charts_->setDirection(width() < RoomForTwo ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void TrafficView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        markSpan();
}

// The style's own mark of a checked button is hardly seen where the palette is dark.
void TrafficView::markSpan()
{
    for (QAbstractButton *button : spans_->buttons()) {
        QPalette marked;
        if (button->isChecked()) {
            marked.setColor(QPalette::Button, palette().color(QPalette::Highlight));
            marked.setColor(QPalette::ButtonText, palette().color(QPalette::HighlightedText));
        }
        button->setPalette(marked);
    }
}

} // namespace keywheel
