// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/requestrecord.h"

namespace keywheel {

/// Whether the upstream works: down once the last attempts of three exchanges in a row, and all
/// between, failed through nobody's fault but its own or the network's; up at the first other
/// outcome. Attempts that were cancelled tell nothing. A value.
class UpstreamHealth
{
public:
    static constexpr int Suspicious = 3; ///< exchanges

    /// Whether isDown() or, while it is, lastReason() has changed.
    bool note(const RequestRecord &record);

    bool isDown() const { return failing_ >= Suspicious; }
    /// Of the last failure in words, redacted; empty while it is up.
    QString lastReason() const { return isDown() ? reason_ : QString(); }

private:
    int failing_ = 0; ///< exchanges since the last other outcome
    QString reason_;
};

} // namespace keywheel
