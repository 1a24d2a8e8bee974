// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/notice.h"

#include <QFrame>

class QLabel;
class QPushButton;

namespace keywheel {

/// One problem: what it is, what it means, what to do. Thread: the window's.
class NoticeRow : public QFrame
{
    Q_OBJECT

public:
    explicit NoticeRow(const Notice &notice, QWidget *parent = nullptr);

    const Notice &notice() const { return notice_; }
    /// The same problem, in other words or another language.
    void setNotice(const Notice &notice);
    /// Of its action; empty takes it away.
    void setError(const QString &error);

Q_SIGNALS:
    void actionWanted();
    void dismissed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyPalette();

    Notice notice_;
    QLabel *icon_;
    QLabel *title_;
    QLabel *detail_;
    QLabel *error_;
    QPushButton *action_;
    QPushButton *dismiss_;
};

} // namespace keywheel
