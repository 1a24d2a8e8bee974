// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/requestrecord.h"

#include <QWidget>

namespace keywheel {

/// A stretch of an exchange's time.
struct TimeSegment
{
    enum class Kind {
        Queued,     ///< in Keywheel, until a connection to the upstream is free or opened
        Connecting, ///< until that is there
        Waiting,    ///< for the upstream's answer
        Receiving,  ///< the answer comes in
        Pause       ///< before the next attempt
    };
    Kind kind = Kind::Waiting;
    int attempt = 0; ///< counts from 0; for a pause, the one before it
    std::chrono::microseconds begin{0};
    std::chrono::microseconds end{0};

    friend bool operator==(const TimeSegment &, const TimeSegment &) = default;
};

/// In the order of time; only what took time.
QList<TimeSegment> timeSegments(const RequestRecord &record);
/// The same for people who cannot see it, a sentence for each attempt.
QString timeDescription(const RequestRecord &record);

/// Draws where a request's time went, one row per attempt, with a scale and a legend. The kinds
/// differ in pattern as well as in colour.
class Timeline : public QWidget
{
    Q_OBJECT

public:
    explicit Timeline(QWidget *parent = nullptr);

    void setRecord(const RequestRecord &record);
    void retranslate();

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int rowHeight() const;
    void paintRows(QPainter &painter, const QRect &area) const;
    void paintScale(QPainter &painter, const QRect &area) const;
    void paintLegend(QPainter &painter, int top) const;
    /// The sum of the stretches of that kind.
    std::chrono::microseconds spent(TimeSegment::Kind kind) const;

    RequestRecord record_;
    QList<TimeSegment> segments_;
};

} // namespace keywheel
