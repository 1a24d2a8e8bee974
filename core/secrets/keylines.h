// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keycollector.h"

namespace keywheel {

/// What a line says of itself.
enum class LineKind {
    Words,        ///< keys, labels, prose
    KeyVariable,  ///< `NAME=value`, where isKeyName(NAME)
    OtherVariable ///< another `NAME=value`: its value is no key of ours
};
LineKind lineKind(const QByteArray &line);

/// Reads one line of keys, separated or with labels, or of a .env file; see parseKeyImport().
void readKeyLine(const QByteArray &line, int number, KeyCollector *out);

} // namespace keywheel
