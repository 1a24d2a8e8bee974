// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

QT_BEGIN_NAMESPACE
class QLabel;
class QPushButton;
QT_END_NAMESPACE

namespace keywheel {

/// A strip across the window that says what holds for all of it, with one button.
/// Thread: the window's.
class Banner : public QFrame
{
    Q_OBJECT

public:
    explicit Banner(const QString &symbol, QWidget *parent = nullptr);

    void setText(const QString &text);
    void setButtonText(const QString &text); ///< with its mnemonic

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void showSymbol();

    QString symbol_;
    QLabel *picture_;
    QLabel *text_;
    QPushButton *button_;
};

} // namespace keywheel
