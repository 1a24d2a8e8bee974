// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/noticeboard.h"

#include <QHash>

#include <algorithm>

namespace keywheel {

namespace {

QString identity(const Notice &notice)
{
    return QString::number(int(notice.kind)) + u' ' + notice.subject;
}

} // namespace

QList<Notice> NoticeBoard::update(const QList<Notice> &present, const QDateTime &now)
{
    QHash<QString, Known> before;
    for (const Known &known : std::as_const(known_))
        before.insert(identity(known.notice), known);
    known_.clear();
    QList<Notice> shown;
    for (Notice notice : present) {
        const auto old = before.constFind(identity(notice));
        const bool isOld = old != before.cend();
        if (notice.since.isNull())
            notice.since = isOld ? old->notice.since : now;
        const bool dismissed = isOld && old->dismissed;
        known_.append({notice, dismissed});
        if (!dismissed)
            shown.append(notice);
    }
    // The kinds stand in that order.
    std::stable_sort(shown.begin(), shown.end(),
                     [](const Notice &a, const Notice &b) { return a.kind < b.kind; });
    return shown;
}

void NoticeBoard::dismiss(const Notice &notice)
{
    for (Known &known : known_)
        known.dismissed = known.dismissed || known.notice.isSame(notice);
}

} // namespace keywheel
