// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keycollector.h"

namespace keywheel {

/// Reads one line of keys, separated or with labels, or of a .env file; see parseKeyImport().
void readKeyLine(const QByteArray &line, int number, KeyCollector *out);

} // namespace keywheel
