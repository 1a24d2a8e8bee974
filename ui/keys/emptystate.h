// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace keywheel {

/// What stands in the place of an empty table: why it is empty, and a way out. Thread: the
/// window's.
class EmptyState : public QWidget
{
    Q_OBJECT

public:
    explicit EmptyState(QWidget *parent = nullptr);

    void setTexts(const QString &title, const QString &text, const QString &action);

Q_SIGNALS:
    void actionTriggered();

private:
    QLabel *title_;
    QLabel *text_;
    QPushButton *action_;
};

} // namespace keywheel
