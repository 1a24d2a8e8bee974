// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timechart.h"
#include "widgets/card.h"

class QBoxLayout;
class QButtonGroup;
class QLabel;

namespace keywheel {

class LegendLabel;

/// The charts of the overview, requests and latency, with the choice of their span. Thread: the
/// window's.
class TrafficView : public QWidget
{
    Q_OBJECT

public:
    explicit TrafficView(QWidget *parent = nullptr);

    void setTraffic(const Traffic &traffic);
    /// Sets all texts that do not depend on the traffic.
    void retranslate();

protected:
    /// The charts stand side by side where there is room.
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct ChartCard
    {
        Card *card = nullptr;
        TimeChart *chart = nullptr;
        QList<LegendLabel *> legend;
    };
    ChartCard addChart(const QList<ChartLine> &lines, const QString &name);
    QLayout *makeSpanChoice();
    void setSpan(TrafficSpan span);
    void markSpan();
    void showRequests(const Traffic::Series &series);
    void showLatency(const Traffic::Series &series);
    void showMoment(const ChartCard &card, double secondsAgo, const QPoint &globalPos) const;
    QString spanText() const; ///< "Last 5 minutes"

    Traffic traffic_;
    TrafficSpan span_ = TrafficSpan::FiveMinutes;
    QLabel *heading_;
    QButtonGroup *spans_;
    QBoxLayout *charts_;
    ChartCard requests_;
    ChartCard latency_;
};

} // namespace keywheel
