// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"

namespace keywheel {

/// Whether the desktop starts Keywheel at login. app implements it for each system; tests use a
/// fake. Thread: the window's.
class Autostart
{
public:
    Autostart() = default;
    virtual ~Autostart() = default;
    Q_DISABLE_COPY_MOVE(Autostart)

    virtual bool isEnabled() const = 0;
    /// `minimised`: into the tray.
    virtual Expected<void> setEnabled(bool enabled, bool minimised) = 0;
};

} // namespace keywheel
