// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/autostart.h"

namespace keywheel {

/// Does as told at once, or fails.
class FakeAutostart : public Autostart
{
public:
    bool isEnabled() const override { return enabled_; }
    void setEnabled(bool enabled, bool minimised) override
    {
        if (error_.isEmpty()) {
            enabled_ = enabled;
            minimised_ = minimised;
        }
        Q_EMIT finished(error_);
    }

    QString error_; ///< what it fails with; empty: it does not
    bool enabled_ = false;
    bool minimised_ = false;
};

} // namespace keywheel
