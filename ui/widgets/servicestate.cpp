// SPDX-License-Identifier: GPL-3.0-or-later
#include "servicestate.h"

#include "backend/noticetext.h"

#include <QCoreApplication>

#include <algorithm>

namespace keywheel {

namespace {

using Kind = Notice::Kind;

const Notice *find(const BackendSnapshot &snapshot, Kind kind)
{
    const auto found = std::find_if(snapshot.notices.cbegin(), snapshot.notices.cend(),
                                    [kind](const Notice &notice) { return notice.kind == kind; });
    return found == snapshot.notices.cend() ? nullptr : &*found;
}

/// Of the problems that it can serve with.
const Notice *worry(const BackendSnapshot &snapshot)
{
    for (const Kind kind : {Kind::OpenToNetwork, Kind::UpstreamDown, Kind::BadSettings})
        if (const Notice *notice = find(snapshot, kind))
            return notice;
    return nullptr;
}

QString translated(const char *text)
{
    return QCoreApplication::translate("ServiceState", text);
}

} // namespace

ServiceState serviceState(const BackendSnapshot &snapshot)
{
    switch (snapshot.run) {
    case RunState::Stopped:
        return ServiceState::Stopped;
    case RunState::Starting:
        return ServiceState::Starting;
    case RunState::Failed:
        return ServiceState::Error;
    case RunState::Running:
        break;
    }
    if (snapshot.pool.total == 0 && find(snapshot, Kind::KeysUnreadable))
        return ServiceState::Error;
    if (snapshot.pool.available == 0)
        return ServiceState::NoKeys;
    return blacklistedCount(snapshot) > 0 || worry(snapshot) ? ServiceState::Degraded
                                                             : ServiceState::Running;
}

QString serviceStateText(const BackendSnapshot &snapshot)
{
    switch (serviceState(snapshot)) {
    case ServiceState::Starting:
        return translated(QT_TRANSLATE_NOOP("ServiceState", "Starting…"));
    case ServiceState::Stopped:
        return translated(QT_TRANSLATE_NOOP("ServiceState", "Stopped"));
    case ServiceState::Error: {
        const Kind kind =
            snapshot.run == RunState::Failed ? Kind::ListenFailed : Kind::KeysUnreadable;
        return noticeTitle(Notice{kind, {}, {}, {}, {}});
    }
    case ServiceState::NoKeys:
        return snapshot.pool.total == 0
                   ? translated(QT_TRANSLATE_NOOP("ServiceState", "No API keys yet"))
                   : translated(QT_TRANSLATE_NOOP("ServiceState", "No API key is left"));
    case ServiceState::Degraded:
        if (const Notice *notice = worry(snapshot))
            return noticeTitle(*notice);
        return translated(QT_TRANSLATE_NOOP("ServiceState", "Running; some keys are set aside"));
    case ServiceState::Running:
        break;
    }
    return translated(QT_TRANSLATE_NOOP("ServiceState", "Running"));
}

QString usableKeysText(const BackendSnapshot &snapshot)
{
    return translated(QT_TRANSLATE_NOOP("ServiceState", "%L1 of %L2 keys usable"))
        .arg(snapshot.pool.available)
        .arg(snapshot.pool.total);
}

QString requestRateText(const BackendSnapshot &snapshot)
{
    return translated(QT_TRANSLATE_NOOP("ServiceState", "%L1 requests/min"))
        .arg(snapshot.requestsPerMinute);
}

QString serviceStateSymbol(ServiceState state)
{
    switch (state) {
    case ServiceState::Starting:
        return QStringLiteral("wait");
    case ServiceState::Running:
        return QStringLiteral("ok");
    case ServiceState::Degraded:
        return QStringLiteral("warning");
    case ServiceState::NoKeys:
        return QStringLiteral("keys");
    case ServiceState::Stopped:
        return QStringLiteral("stopped");
    case ServiceState::Error:
        break;
    }
    return QStringLiteral("error");
}

QString baseUrl(const BackendSnapshot &snapshot)
{
    QUrl url = snapshot.address;
    url.setPath(QStringLiteral("/v1"));
    return url.toString();
}

bool needsFirstKeys(const BackendSnapshot &snapshot)
{
    return !snapshot.demo && snapshot.pool.total == 0 && snapshot.run != RunState::Starting &&
           !(snapshot.keysKept && !snapshot.keysError.isEmpty());
}

int blacklistedCount(const BackendSnapshot &snapshot)
{
    return snapshot.pool.total - snapshot.pool.available - snapshot.pool.disabled;
}

} // namespace keywheel
