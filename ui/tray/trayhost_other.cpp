// SPDX-License-Identifier: GPL-3.0-or-later
#include "trayhost.h"

#include <QSystemTrayIcon>

namespace keywheel {

namespace {

/// Part of the system, there from the login on.
class SystemTrayHost : public TrayHost
{
public:
    bool isThere() const override { return QSystemTrayIcon::isSystemTrayAvailable(); }
};

} // namespace

std::unique_ptr<TrayHost> systemTrayHost()
{
    return std::make_unique<SystemTrayHost>();
}

} // namespace keywheel
