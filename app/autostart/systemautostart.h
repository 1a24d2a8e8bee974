// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/autostart.h"

#include <memory>

namespace keywheel {

/// Start at login as this system does it: an autostart entry of the desktop on Linux, the Run key
/// on Windows, a launch agent on macOS. Needs a QCoreApplication.
std::unique_ptr<Autostart> systemAutostart();

} // namespace keywheel
