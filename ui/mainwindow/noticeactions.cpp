// SPDX-License-Identifier: GPL-3.0-or-later
#include "noticeactions.h"

#include "backend/coretext.h"

namespace keywheel {

NoticeActions::NoticeActions(Backend &backend, QObject *parent) : QObject(parent), backend_(backend)
{
}

void NoticeActions::perform(const Notice &notice)
{
    const auto report = [this](const auto &result) {
        if (!result)
            Q_EMIT failed(coreText(result.error().message));
    };
    switch (noticeAction(notice)) {
    case NoticeAction::Start:
        backend_.start();
        break;
    case NoticeAction::ReloadKeys:
        backend_.reloadKeys();
        break;
    case NoticeAction::ImportKeys:
        Q_EMIT importWanted();
        break;
    case NoticeAction::ResetBlacklist:
        backend_.resetBlacklist(this, report);
        break;
    case NoticeAction::AllowOrigin:
        backend_.allowOrigin(notice.subject, this, report);
        break;
    case NoticeAction::OpenSettings:
    case NoticeAction::ShowBlacklist:
    case NoticeAction::ShowRequests:
        open(notice);
        break;
    case NoticeAction::None:
        break;
    }
}

void NoticeActions::open(const Notice &notice)
{
    switch (noticeAction(notice)) {
    case NoticeAction::OpenSettings:
        Q_EMIT pageWanted(PageId::Settings, noticeSetting(notice.kind));
        break;
    case NoticeAction::ShowBlacklist:
    case NoticeAction::ResetBlacklist:
        Q_EMIT pageWanted(PageId::Blacklist, notice.subject);
        break;
    case NoticeAction::ShowRequests:
        Q_EMIT pageWanted(PageId::Requests, {});
        break;
    default: // the attention list has it, with its button
        Q_EMIT pageWanted(PageId::Overview, {});
        break;
    }
}

} // namespace keywheel
