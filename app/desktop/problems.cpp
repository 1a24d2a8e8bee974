// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/problems.h"

#include <algorithm>

namespace keywheel {

namespace {

using Kind = Notice::Kind;

Notice problem(Kind kind, const QString &detail = {})
{
    return {kind, {}, detail, {}, {}};
}

Notice outOfUse(const KeySnapshot &key)
{
    return {Kind::KeyOut, key.fingerprint, key.reason,
            key.label.isEmpty() ? key.preview : key.label, key.since};
}

/// With ALL_KEYS_BLACKLISTED=reset the next request ends all cooldowns.
bool isNoKeyLeft(const Condition &condition)
{
    if (condition.pool.total == 0 || condition.pool.available > 0)
        return false;
    const bool resets =
        !condition.settings || condition.settings->allKeysBlacklisted == WhenNoKeyLeft::Reset;
    const bool cooling =
        std::any_of(condition.keys.cbegin(), condition.keys.cend(),
                    [](const KeySnapshot &key) { return key.state == KeyState::CoolingDown; });
    return !(resets && cooling);
}

void addKeyProblems(const Condition &condition, QList<Notice> &problems)
{
    if (!condition.keysError.isEmpty())
        problems.append(problem(Kind::KeysUnreadable, condition.keysError));
    else if (condition.keysRead && condition.pool.total == 0)
        problems.append(problem(Kind::NoKeys));
    if (isNoKeyLeft(condition))
        problems.append(problem(Kind::NoKeyLeft));
    if (!condition.pool.brakeReason.isEmpty())
        problems.append(problem(Kind::KeysNotBlamed, condition.pool.brakeReason));
    for (const KeySnapshot &key : condition.keys) {
        if (key.state == KeyState::Permanent)
            problems.append(outOfUse(key));
    }
}

} // namespace

QList<Notice> problemsOf(const Condition &condition)
{
    QList<Notice> problems;
    if (!condition.listenError.isEmpty())
        problems.append(problem(Kind::ListenFailed, condition.listenError));
    if (!condition.settingErrors.isEmpty())
        problems.append(
            problem(Kind::BadSettings, condition.settingErrors.join(QLatin1Char('\n'))));
    if (const Settings *const settings = condition.settings;
        settings && !settings->host.isLoopback() && settings->authKey.isEmpty())
        problems.append(problem(Kind::OpenToNetwork, settings->host.toString()));
    if (condition.settings && isAuthKeyShort(*condition.settings))
        problems.append(problem(Kind::AuthKeyShort));
    if (condition.upstream.isDown())
        problems.append(problem(Kind::UpstreamDown, condition.upstream.lastReason()));
    addKeyProblems(condition, problems);
    return problems + condition.refusedOrigins;
}

} // namespace keywheel
