// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/noticetext.h"
#include "widgets/page.h"

namespace keywheel {

/// Does what the button of a notice says, for the overview, the tray and notifications alike.
/// Thread: the window's; `backend` must outlive it.
class NoticeActions : public QObject
{
    Q_OBJECT

public:
    explicit NoticeActions(Backend &backend, QObject *parent = nullptr);

    void perform(const Notice &notice);
    /// Shows the page where a person sees what it is about, and changes nothing.
    void open(const Notice &notice);

Q_SIGNALS:
    void pageWanted(keywheel::PageId page, const QString &topic);
    void importWanted();
    /// One sentence.
    void failed(const QString &error);

private:
    Backend &backend_;
};

} // namespace keywheel
