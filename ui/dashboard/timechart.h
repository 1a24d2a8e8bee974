// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "chartdata.h"
#include "widgets/tone.h"

#include <QtCharts/QChartView>

class QAreaSeries;
class QCategoryAxis;
class QLineSeries;
class QValueAxis;

namespace keywheel {

/// One line of a chart. Dashes tell lines apart where colours do not.
struct ChartLine
{
    Tone tone = Tone::First;
    Qt::PenStyle dash = Qt::SolidLine;
    bool filled = false;

    QPen pen(const QPalette &palette) const;
};

/// A chart of the last minutes or hours, with `now` at the right. New points replace the old ones;
/// nothing is made anew, and nothing is drawn when they are the same. It follows the palette.
/// Thread: the window's.
class TimeChart : public QChartView
{
    Q_OBJECT

public:
    explicit TimeChart(const QList<ChartLine> &lines, QWidget *parent = nullptr);

    struct Tick
    {
        double secondsAgo = 0;
        QString label;
    };
    /// Oldest first; the first is the left end.
    void setTime(const QList<Tick> &ticks);
    /// `format` as of printf, for one number.
    void setScale(const Scale &scale, const QString &format);
    void setPoints(int line, const QList<QPointF> &points);

    QList<QPointF> points(int line) const;
    const Scale &scale() const { return scale_; }

Q_SIGNALS:
    /// The pointer rests on a moment.
    void momentWanted(double secondsAgo, const QPoint &globalPos);

protected:
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    /// The page scrolls, the chart does not.
    void wheelEvent(QWheelEvent *event) override;

private:
    void addLine(const ChartLine &line);
    void applyPalette();

    struct Drawn
    {
        ChartLine look;
        QLineSeries *line = nullptr;
        QAreaSeries *area = nullptr; ///< of a filled one
    };
    QCategoryAxis *time_;
    QValueAxis *value_;
    QList<Drawn> lines_;
    Scale scale_;
};

} // namespace keywheel
