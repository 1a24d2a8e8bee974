// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/backendsnapshot.h"
#include "settings/settingsloader.h"

namespace keywheel {

/// The settings as the window shows them; without secrets.
SettingsView settingsView(const LoadedSettings &loaded, const SettingSources &sources,
                          const QStringList &errors);

} // namespace keywheel
