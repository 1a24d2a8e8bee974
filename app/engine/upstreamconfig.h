// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "settings/settings.h"
#include "upstream/accessmanager.h"

namespace keywheel {

/// What the settings say about connections to the upstream.
UpstreamConfig upstreamConfig(const Settings &settings);

} // namespace keywheel
