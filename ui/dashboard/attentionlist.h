// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/page.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace keywheel {

class NoticeRow;

/// The problems that a person should know of, the worst first; hidden while there are none. Rows
/// stay the same widgets for as long as their problem lasts, so that focus and errors stay. Thread:
/// the window's; `backend` must outlive it.
class AttentionList : public QWidget
{
    Q_OBJECT

public:
    explicit AttentionList(Backend &backend, QWidget *parent = nullptr);

    void setNotices(const QList<Notice> &notices);
    /// Sets all texts; setNotices() must follow.
    void retranslate();

Q_SIGNALS:
    void pageWanted(keywheel::PageId page, const QString &topic);
    void importWanted();

private:
    NoticeRow *rowOf(const Notice &notice) const;
    NoticeRow *addRow(const Notice &notice);
    void showRows();

    static constexpr qsizetype Few = 4; ///< rows that are shown at first

    Backend &backend_;
    QLabel *heading_;
    QVBoxLayout *list_;
    QPushButton *all_;
    QList<NoticeRow *> rows_;
};

} // namespace keywheel
