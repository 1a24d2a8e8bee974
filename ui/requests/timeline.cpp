// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline.h"

#include "models/requesttext.h"
#include "widgets/tone.h"

#include <QCoreApplication>
#include <QPainter>

#include <algorithm>
#include <array>

namespace keywheel {

namespace {

using std::chrono::microseconds;
using Kind = TimeSegment::Kind;

constexpr std::array kinds{Kind::Queued, Kind::Connecting, Kind::Waiting, Kind::Receiving,
                           Kind::Pause};
constexpr int Gap = 6;
/// Every request takes a little until it is on its way, which nobody need be told.
constexpr std::chrono::milliseconds LeastQueued{1};

QString nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Queued:
        return Timeline::tr("Queued");
    case Kind::Connecting:
        return Timeline::tr("Connecting");
    case Kind::Waiting:
        return Timeline::tr("Waiting");
    case Kind::Receiving:
        return Timeline::tr("Receiving");
    case Kind::Pause:
        return Timeline::tr("Pause");
    }
    return {};
}

QBrush brushOf(Kind kind, const QPalette &palette)
{
    switch (kind) {
    case Kind::Queued:
        return {toneColor(Tone::Caution, palette), Qt::VerPattern};
    case Kind::Connecting:
        return {toneColor(Tone::Second, palette), Qt::BDiagPattern};
    case Kind::Waiting:
        return {toneColor(Tone::Neutral, palette), Qt::Dense4Pattern};
    case Kind::Receiving:
        return {toneColor(Tone::First, palette)};
    case Kind::Pause:
        break;
    }
    return Qt::NoBrush;
}

void paintBar(QPainter &painter, const QRectF &bar, Kind kind, const QPalette &palette)
{
    const QBrush brush = brushOf(kind, palette);
    if (brush.style() == Qt::NoBrush) {
        painter.setPen(QPen(toneColor(Tone::Neutral, palette), 1, Qt::DotLine));
        painter.drawLine(QPointF(bar.left(), bar.center().y()),
                         QPointF(bar.right(), bar.center().y()));
        return;
    }
    painter.setPen(QPen(brush.color(), 1));
    painter.setBrush(brush);
    painter.drawRect(bar);
}

class Segments
{
public:
    void add(Kind kind, int attempt, microseconds begin, microseconds end)
    {
        if (end > begin)
            list_.append({kind, attempt, begin, end});
    }
    QList<TimeSegment> list() const { return list_; }

private:
    QList<TimeSegment> list_;
};

/// Zero stands for "did not come to that".
microseconds orElse(microseconds value, microseconds otherwise)
{
    return value.count() > 0 ? value : otherwise;
}

/// When the attempt had waited its turn. One that ended without being sent or given a connection
/// did so to its end.
microseconds queueEnd(const AttemptRecord &attempt)
{
    return orElse(attempt.queuedUntil, attempt.sent.count() > 0 ? attempt.began : attempt.ended);
}

} // namespace

QList<TimeSegment> timeSegments(const RequestRecord &record)
{
    Segments segments;
    for (int i = 0; i < record.attempts.size(); ++i) {
        const AttemptRecord &attempt = record.attempts.at(i);
        const microseconds answered = orElse(attempt.answered, attempt.ended);
        const microseconds sent = orElse(attempt.sent, answered);
        if (i > 0)
            segments.add(Kind::Pause, i - 1, record.attempts.at(i - 1).ended, attempt.began);
        // The first one's turn begins with the request.
        const microseconds came = i > 0 ? attempt.began : microseconds(0);
        const microseconds placed = queueEnd(attempt);
        const bool queued = placed - came >= LeastQueued;
        if (queued)
            segments.add(Kind::Queued, i, came, placed);
        segments.add(Kind::Connecting, i, queued ? placed : attempt.began, sent);
        segments.add(Kind::Waiting, i, sent, answered);
        segments.add(Kind::Receiving, i, answered, attempt.ended);
    }
    return segments.list();
}

QString timeDescription(const RequestRecord &record)
{
    QStringList parts;
    for (const TimeSegment &segment : timeSegments(record)) {
        const QString took = durationText(segment.end - segment.begin);
        const int number = segment.attempt + 1;
        switch (segment.kind) {
        case Kind::Queued:
            parts += Timeline::tr("Attempt %1: %2 in the queue.").arg(number).arg(took);
            break;
        case Kind::Connecting:
            parts += Timeline::tr("Attempt %1: %2 for a connection.").arg(number).arg(took);
            break;
        case Kind::Waiting:
            parts += Timeline::tr("Attempt %1: %2 until the answer.").arg(number).arg(took);
            break;
        case Kind::Receiving:
            parts += Timeline::tr("Attempt %1: %2 to receive it.").arg(number).arg(took);
            break;
        case Kind::Pause:
            parts += Timeline::tr("Pause of %1.").arg(took);
            break;
        }
    }
    parts += Timeline::tr("In all: %1.").arg(durationText(record.total));
    return parts.join(QLatin1Char(' '));
}

Timeline::Timeline(QWidget *parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("timeline"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    retranslate();
}

void Timeline::setRecord(const RequestRecord &record)
{
    record_ = record;
    segments_ = timeSegments(record);
    retranslate();
    updateGeometry();
    update();
}

void Timeline::retranslate()
{
    setAccessibleName(tr("Time line"));
    setAccessibleDescription(timeDescription(record_));
    setToolTip(accessibleDescription());
    update();
}

int Timeline::rowHeight() const
{
    return fontMetrics().height() + 2;
}

QSize Timeline::sizeHint() const
{
    const int rows = std::max(1, int(record_.attempts.size()));
    const int legend = fontMetrics().height() + Gap;
    // Words may be long, and at the least width there is room for two.
    const int lines = std::all_of(kinds.begin(), kinds.end(),
                                  [this](Kind kind) { return spent(kind).count() > 0; })
                          ? 3
                          : 2;
    return {320, rows * rowHeight() + lines * legend + fontMetrics().height() + 2 * Gap};
}

QSize Timeline::minimumSizeHint() const
{
    return {180, sizeHint().height()};
}

void Timeline::paintEvent(QPaintEvent *)
{
    if (record_.total.count() <= 0)
        return;
    QPainter painter(this);
    const int rows = std::max(1, int(record_.attempts.size()));
    const int label = fontMetrics().horizontalAdvance(QString::number(rows)) + Gap;
    const QRect area(label, 0, width() - label - 1, rows * rowHeight());
    paintScale(painter, area);
    paintRows(painter, area);
    paintLegend(painter, area.bottom() + fontMetrics().height() + 2 * Gap);
}

void Timeline::paintScale(QPainter &painter, const QRect &area) const
{
    constexpr int Steps = 4;
    QColor line = palette().color(QPalette::WindowText);
    line.setAlphaF(0.2F);
    const int top = area.bottom() + Gap / 2;
    for (int i = 0; i <= Steps; ++i) {
        const int x = area.left() + (area.width() - 1) * i / Steps;
        painter.setPen(line);
        painter.drawLine(x, area.top(), x, area.bottom() + Gap / 2);
        // Between the ends there is no room for more than every other number.
        if (i % 2 == 1)
            continue;
        painter.setPen(palette().color(QPalette::WindowText));
        const QString text = durationText(record_.total * i / Steps);
        const int wide = fontMetrics().horizontalAdvance(text);
        const int left = std::clamp(x - wide / 2, area.left(), area.right() - wide);
        painter.drawText(QRect(left, top, wide + 1, fontMetrics().height()), text);
    }
}

void Timeline::paintRows(QPainter &painter, const QRect &area) const
{
    painter.setPen(palette().color(QPalette::WindowText));
    for (int i = 0; i < record_.attempts.size(); ++i)
        painter.drawText(QRect(0, area.top() + i * rowHeight(), area.left(), rowHeight()),
                         Qt::AlignVCenter | Qt::AlignLeft, QString::number(i + 1));
    const double scale = double(area.width() - 1) / double(record_.total.count());
    for (const TimeSegment &segment : segments_) {
        const double left = area.left() + double(segment.begin.count()) * scale;
        const double wide = double((segment.end - segment.begin).count()) * scale;
        const int top = area.top() + segment.attempt * rowHeight();
        // What is too short to be seen is drawn one pixel wide.
        paintBar(painter, QRectF(left, top + 3, std::max(wide, 1.0), rowHeight() - 6), segment.kind,
                 palette());
    }
}

void Timeline::paintLegend(QPainter &painter, int top) const
{
    const int swatch = fontMetrics().height() * 3 / 4;
    int x = 0;
    for (const Kind kind : kinds) {
        const microseconds took = spent(kind);
        if (took.count() == 0)
            continue;
        const QString text = nameOf(kind) + QLatin1Char(' ') + durationText(took);
        const int wide = fontMetrics().horizontalAdvance(text);
        if (x > 0 && x + swatch + Gap + wide > width()) {
            x = 0;
            top += fontMetrics().height() + Gap;
        }
        paintBar(painter, QRectF(x + 0.5, top + 2, swatch, swatch), kind, palette());
        x += swatch + Gap;
        painter.setPen(palette().color(QPalette::WindowText));
        painter.drawText(QRect(x, top, wide + 1, fontMetrics().height()), text);
        x += wide + 2 * Gap;
    }
}

microseconds Timeline::spent(Kind kind) const
{
    microseconds sum{0};
    for (const TimeSegment &segment : segments_) {
        if (segment.kind == kind)
            sum += segment.end - segment.begin;
    }
    return sum;
}

} // namespace keywheel
