// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "verdict/verdict.h"

namespace keywheel {

/// What a cause means for key and request. Data, for any thread.
struct CauseSpec
{
    Cause cause = Cause::None;
    FaultClass fault = FaultClass::Success;
    bool retry = false;        ///< with another key
    const char *code = "";     ///< Verdict::code
    const char *words = "";    ///< the beginning of Verdict::reason
    const char *followUp = ""; ///< what Keywheel does, for the documentation
};

/// The one row of each cause.
const CauseSpec &causeSpec(Cause cause);

} // namespace keywheel
