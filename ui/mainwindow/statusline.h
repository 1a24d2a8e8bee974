// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backendsnapshot.h"

#include <QStatusBar>

QT_BEGIN_NAMESPACE
class QLabel;
QT_END_NAMESPACE

namespace keywheel {

/// The line at the bottom of the window: how it does, where it listens, how busy it is, and that
/// this is the demo. Thread: the window's.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget *parent = nullptr);

    void refresh(const BackendSnapshot &snapshot);

private:
    QLabel *demo_;
    QLabel *picture_;
    QLabel *state_;
    QLabel *keys_;
    QLabel *address_;
    QLabel *rate_;
};

} // namespace keywheel
