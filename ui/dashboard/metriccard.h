// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/card.h"

namespace keywheel {

/// One number that counts, large, with what it is and what more there is to know. A screen reader
/// hears all of it at once. Thread: the window's.
class MetricCard : public QFrame
{
    Q_OBJECT

public:
    explicit MetricCard(QWidget *parent = nullptr);

    void setTitle(const QString &title);
    void setValue(const QString &value, const QString &detail);

private:
    QLabel *title_;
    QLabel *value_;
    QLabel *detail_;
};

} // namespace keywheel
