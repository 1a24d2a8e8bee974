// SPDX-License-Identifier: GPL-3.0-or-later
#include "notifications.h"

namespace keywheel {

namespace {

/// The system shows them for a tray icon only.
class NoNotifications : public Notifications
{
public:
    void show(const Notification &notification) override { Q_EMIT notShown(notification); }
};

} // namespace

std::unique_ptr<Notifications> systemNotifications()
{
    return std::make_unique<NoNotifications>();
}

} // namespace keywheel
