// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/upstreamhealth.h"
#include "backend/notice.h"
#include "keypool/keysnapshot.h"
#include "settings/settings.h"

#include <QStringList>

namespace keywheel {

/// All by which one can tell what is wrong with an engine. A value.
struct Condition
{
    QString listenError; ///< empty: none
    QStringList settingErrors;
    bool keysRead = false;              ///< at least once
    QString keysError;                  ///< of the last reading; empty: none
    const Settings *settings = nullptr; ///< in use; null: none yet
    KeyPoolSnapshot pool;
    QList<KeySnapshot> keys;
    UpstreamHealth upstream;
    QList<Notice> refusedOrigins;
};

/// The problems there are, in no order; without `since` where nobody knows.
QList<Notice> problemsOf(const Condition &condition);

} // namespace keywheel
