// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace keywheel {

/// Tells the service manager that started this process how it is doing, as systemd's Type=notify
/// wants it: "READY=1" once requests are taken, "STOPPING=1" from when they are not. Without one
/// (NOTIFY_SOCKET is not set) nothing happens, and no error is worth one to the program.
/// https://www.freedesktop.org/software/systemd/man/sd_notify.html
void notifyServiceManager(const QByteArray &state);

} // namespace keywheel
