// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/announcement.h"

#include "engine/engine.h"
#include "process/logsetup.h"

namespace keywheel {

namespace {

QString keyCount(int count)
{
    return count == 1 ? QStringLiteral("1 API key") : QStringLiteral("%1 API keys").arg(count);
}

void announceDemo(LogSetup &log, const QString &url, bool needsAuth)
{
    const QString credentials =
        needsAuth ? QStringLiteral(R"( -H "Authorization: Bearer $AUTH_KEY")") : QString();
    log.announce(QStringLiteral("Base URL for your tools: %1/v1 (a simulated API; two of its keys "
                                "are bad, and one is over its rate limit now and then)")
                     .arg(url));
    log.announce(QStringLiteral("Try: curl -N %1/v1/chat/completions%2 "
                                "-H 'Content-Type: application/json' "
                                R"(-d '{"model":"demo","stream":true,"messages":)"
                                R"([{"role":"user","content":"Hello"}]}')")
                     .arg(url, credentials));
}

} // namespace

void announceListener(LogSetup &log, const Engine &engine, bool demo)
{
    const Settings &settings = *engine.settings();
    log.announce(QStringLiteral("Keywheel listens on ") + engine.url().toString());
    log.announce(keyCount(engine.keyCount()) + QStringLiteral(" for ") +
                 settings.baseUrl.toString(QUrl::RemoveUserInfo));
    if (demo)
        announceDemo(log, engine.url().toString(), !settings.authKey.isEmpty());
}

} // namespace keywheel
