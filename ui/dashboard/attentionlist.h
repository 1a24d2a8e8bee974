// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/notice.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace keywheel {

class NoticeRow;

/// The problems that a person should know of, the worst first; hidden while there are none. Rows
/// stay the same widgets for as long as their problem lasts, so that focus and errors stay. Thread:
/// the window's.
class AttentionList : public QWidget
{
    Q_OBJECT

public:
    explicit AttentionList(QWidget *parent = nullptr);

    void setNotices(const QList<Notice> &notices);
    /// Sets all texts; setNotices() must follow.
    void retranslate();

Q_SIGNALS:
    /// `row` takes progress and errors; it may be gone by then.
    void actionWanted(keywheel::NoticeRow *row);
    void dismissed(const keywheel::Notice &notice);

private:
    NoticeRow *rowOf(const Notice &notice) const;
    NoticeRow *addRow(const Notice &notice);
    void showRows();

    static constexpr qsizetype Few = 4; ///< rows that are shown at first

    QLabel *heading_;
    QVBoxLayout *list_;
    QPushButton *all_;
    QList<NoticeRow *> rows_;
};

} // namespace keywheel
