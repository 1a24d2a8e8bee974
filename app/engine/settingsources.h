// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/serviceoptions.h"
#include "settings/settingsloader.h"

namespace keywheel {

/// Where a .env file may stand, the first choice first: only where the options say, else ./.env,
/// which the desktop does not read, and the one in the application's configuration folder.
QStringList envFilePlaces(const ServiceOptions &options);

/// Where the settings of this process come from at this moment. The .env file is the first of
/// envFilePlaces() that exists, else the last, which need not exist.
SettingSources settingSources(const ServiceOptions &options);

} // namespace keywheel
