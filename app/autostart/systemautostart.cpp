// SPDX-License-Identifier: GPL-3.0-or-later
#include "autostart/systemautostart.h"

#include <QCoreApplication>

#if defined(Q_OS_WIN)
#include "autostart/runkeyautostart.h"
#elif defined(Q_OS_MACOS)
#include "autostart/launchagentautostart.h"

#include <QDir>
#else
#include "autostart/portalautostart.h"
#include "autostart/xdgautostart.h"
#endif

namespace keywheel {

std::unique_ptr<Autostart> systemAutostart()
{
#if defined(Q_OS_WIN)
    // Not keywheel.com, should that be what runs: it would open a console at each login.
    return std::make_unique<RunKeyAutostart>(
        QStringLiteral("HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"),
        QCoreApplication::applicationDirPath() + QStringLiteral("/keywheel.exe"));
#elif defined(Q_OS_MACOS)
    return std::make_unique<LaunchAgentAutostart>(QDir::homePath(),
                                                  QCoreApplication::applicationFilePath());
#else
    const auto environment = QProcessEnvironment::systemEnvironment();
    if (environment.contains(QStringLiteral("FLATPAK_ID")))
        return std::make_unique<PortalAutostart>(environment, QDBusConnection::sessionBus());
    return std::make_unique<XdgAutostart>(environment, QCoreApplication::applicationFilePath());
#endif
}

} // namespace keywheel
