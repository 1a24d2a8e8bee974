// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "notice.h"

namespace keywheel {

enum class Severity { Info, Warning, Danger };

/// What a notice's one button does; see noticeActionText().
enum class NoticeAction {
    None,
    Start,
    OpenSettings, ///< at noticeSetting()
    ReloadKeys,
    ImportKeys,
    ResetBlacklist,
    ShowBlacklist,
    ShowRequests,
    AllowOrigin,
};

// A notice in words, in the present language. Thread: the window's.
QString noticeTitle(const Notice &notice);  ///< one line
QString noticeDetail(const Notice &notice); ///< what it means and what to do; a sentence or two
Severity noticeSeverity(Notice::Kind kind);
NoticeAction noticeAction(const Notice &notice);
QString noticeActionText(const Notice &notice); ///< of its button; empty without one
QString noticeSetting(Notice::Kind kind);       ///< the variable to look at; may be empty

} // namespace keywheel
