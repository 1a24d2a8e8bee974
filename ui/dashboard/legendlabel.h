// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timechart.h"

#include <QLabel>

namespace keywheel {

/// What a line of a chart means and how much it is, in words, after a sample of the line. Thread:
/// the window's.
class LegendLabel : public QLabel
{
    Q_OBJECT

public:
    explicit LegendLabel(const ChartLine &line, QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    ChartLine line_;
};

} // namespace keywheel
