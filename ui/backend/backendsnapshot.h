// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/counters.h"
#include "accesslog/requestrecord.h"
#include "accesslog/traffic.h"
#include "keypool/keysnapshot.h"
#include "notice.h"
#include "settings/loadedsettings.h"

#include <QUrl>

#include <optional>

namespace keywheel {

enum class RunState {
    Stopped, ///< by a person
    Starting,
    Running,
    Failed ///< it wants to run, but cannot; there is a notice that says why
};

/// The whole of what the window and the tray show, at one moment. A value; holds no secret.
struct BackendSnapshot
{
    RunState run = RunState::Starting;
    QUrl address;           ///< http://127.0.0.1:3000, also while stopped: where it would listen
    QUrl upstream;          ///< without credentials
    bool needsAuth = false; ///< AUTH_KEY is set
    bool demo = false;      ///< a simulated upstream with sample keys
    QDateTime startedAt;    ///< UTC
    KeyPoolSnapshot pool;
    QList<KeySnapshot> keys;            ///< in list order
    QString keysError;                  ///< why the stored ones cannot be read; empty: they can
    bool keysKept = false;              ///< keysError is of keys that are known to be there
    AccessCounters counters;            ///< since the start
    int requestsPerMinute = 0;          ///< finished in the last 60 s
    std::optional<double> successShare; ///< 0…1, of the last 5 minutes; none without requests
    std::chrono::microseconds p50{0};   ///< to the first byte, of the last 5 minutes; 0: none
    std::chrono::microseconds p95{0};
    Traffic traffic;
    QList<RequestRecord> newRequests; ///< finished since the snapshot before, newest last
    QList<Notice> notices;            ///< the worst first
};

/// One setting as the window shows it.
struct SettingView
{
    QString name;
    QString text;       ///< empty for a secret
    bool isSet = false; ///< differs from "off", for secrets
    SettingOrigin origin = SettingOrigin::Default;
};

struct SettingsView
{
    QList<SettingView> rows; ///< in the order of the settings table
    QString envFile;         ///< where changes are written
    QStringList errors;      ///< of the last reading, one line each; the values before are in use
};

} // namespace keywheel
