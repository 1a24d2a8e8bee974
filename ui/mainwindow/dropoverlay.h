// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace keywheel {

/// Covers the window while something is dragged over it that keys can be imported from.
/// Thread: the window's.
class DropOverlay : public QWidget
{
    Q_OBJECT

public:
    explicit DropOverlay(QWidget *parent);

    void cover(); ///< the whole of its parent

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace keywheel
