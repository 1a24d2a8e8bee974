// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "settings/envfile.h"
#include "settings/settingsloader.h"

#include <optional>

namespace keywheel {

/// The .env file of `sources` with one setting changed, or without it (nullopt). Fails when the
/// value is bad, alone or with the other settings, or when a stronger source fixes the setting; the
/// error says what is accepted, or which source. Nothing is written.
Expected<EnvFile> editSetting(const SettingSources &sources, const QString &name,
                              const std::optional<QString> &value);

/// Atomically, and makes the folder if need be.
Expected<void> saveEnvFile(const EnvFile &file, const QString &path);

} // namespace keywheel
