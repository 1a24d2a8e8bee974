// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/requestrecord.h"

#include <QWidget>

class QGridLayout;

namespace keywheel {

/// The attempts of one request: which key, what came back, what that meant, and why the next key.
class AttemptList : public QWidget
{
    Q_OBJECT

public:
    explicit AttemptList(QWidget *parent = nullptr);

    void setRecord(const RequestRecord &record);

private:
    void addAttempt(const AttemptRecord &attempt, int number, bool last);
    void addText(const QString &text, int row, int column);
};

} // namespace keywheel
