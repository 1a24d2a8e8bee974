// SPDX-License-Identifier: GPL-3.0-or-later
#include "blacklisttext.h"

#include "widgets/keystate.h"

#include <QCoreApplication>
#include <QLocale>

namespace keywheel {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("Blacklist", text);
}

/// By FailurePolicy's codes.
const char *causeOf(const QByteArray &code)
{
    if (code == "invalid_key")
        return QT_TRANSLATE_NOOP("Blacklist", "The upstream does not know this key");
    if (code == "account")
        return QT_TRANSLATE_NOOP("Blacklist", "Its account is closed or unknown");
    if (code == "billing")
        return QT_TRANSLATE_NOOP("Blacklist", "There is a problem with its bills");
    if (code == "permission")
        return QT_TRANSLATE_NOOP("Blacklist", "It lacks a permission");
    return nullptr;
}

} // namespace

QString causeText(const KeySnapshot &key)
{
    if (key.state == KeyState::Disabled)
        return translated(QT_TRANSLATE_NOOP("Blacklist", "You disabled it"));
    if (const char *cause = causeOf(key.code))
        return translated(cause);
    switch (key.fault) {
    case FaultClass::Quota:
        return translated(QT_TRANSLATE_NOOP("Blacklist", "Its quota or its money is used up"));
    case FaultClass::Temporary:
        return translated(QT_TRANSLATE_NOOP("Blacklist", "It is over its rate limit"));
    default:
        return translated(QT_TRANSLATE_NOOP("Blacklist", "The upstream refused it"));
    }
}

QString saidText(const KeySnapshot &key)
{
    if (key.state == KeyState::Disabled)
        return {};
    // The policy's own words stand before the colon; causeText() says them better.
    return key.reason.section(QLatin1String(": "), 1);
}

QString nextText(const KeySnapshot &key, const QDateTime &now,
                 std::chrono::milliseconds checkInterval)
{
    switch (key.state) {
    case KeyState::CoolingDown:
        return translated(QT_TRANSLATE_NOOP("Blacklist", "Comes back by itself at %1"))
            .arg(timeText(key.until, now));
    case KeyState::Permanent:
        if (checkInterval.count() > 0)
            return translated(QT_TRANSLATE_NOOP("Blacklist",
                                                "Checked every %1; back once it passes or you "
                                                "release it"))
                .arg(intervalText(std::chrono::ceil<std::chrono::seconds>(checkInterval)));
        return translated(
            QT_TRANSLATE_NOOP("Blacklist", "Stays out until a check passes or you release it"));
    case KeyState::Disabled:
        return translated(QT_TRANSLATE_NOOP("Blacklist", "Stays out until you enable it"));
    case KeyState::Available:
        break;
    }
    return {};
}

QString timeText(const QDateTime &time, const QDateTime &now)
{
    if (time.isNull())
        return {};
    const QDateTime local = time.toLocalTime();
    const QLocale locale;
    const QString clock = locale.toString(local.time(), QStringLiteral("HH:mm:ss"));
    return local.date() == now.toLocalTime().date()
               ? clock
               : locale.toString(local.date(), QLocale::ShortFormat) + QLatin1Char(' ') + clock;
}

} // namespace keywheel
