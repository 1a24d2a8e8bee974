// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backend.h"

#include <QGroupBox>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;

namespace keywheel {

/// Sends one request the way a tool would, and shows the answer as it comes in, or in words what
/// went wrong.
class TestPanel : public QGroupBox
{
    Q_OBJECT

public:
    explicit TestPanel(Backend &backend, QWidget *parent = nullptr);

    void setRunState(RunState state);
    void retranslate();

private:
    enum class State { Idle, Waiting, Answering, Cancelling, Succeeded, Failed, Cancelled };

    void onButton();
    void onText(const QString &text);
    void onDone(const QString &error);
    void setState(State state);
    bool isBusy() const;
    QString statusText() const;

    Backend &backend_;
    State state_ = State::Idle;
    bool running_ = false;
    QString error_;
    QLabel *modelLabel_;
    QLineEdit *model_;
    QPushButton *button_;
    QPlainTextEdit *answer_;
    QLabel *icon_;
    QLabel *status_;
};

} // namespace keywheel
