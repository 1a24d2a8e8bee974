// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/notice.h"

#include <QList>

namespace keywheel {

/// Remembers since when each problem has lasted, and which of them a person has put away: those
/// stay so until they have been gone. A value.
class NoticeBoard
{
public:
    /// What to show of the problems that there are now, the worst first. A `since` that is null is
    /// when the problem was first there.
    QList<Notice> update(const QList<Notice> &present, const QDateTime &now);
    void dismiss(const Notice &notice);

private:
    struct Known
    {
        Notice notice;
        bool dismissed = false;
    };
    QList<Known> known_;
};

} // namespace keywheel
