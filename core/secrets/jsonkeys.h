// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keycollector.h"

namespace keywheel {

/// Whether a text or line that begins like this is JSON and nothing else.
bool beginsAsJson(const QByteArray &text);

/// Reads one JSON value whose first line is `line`; see parseKeyImport(). False, and nothing is
/// taken or remarked, when it is not valid.
bool readJsonKeys(const QByteArray &json, int line, KeyCollector *out);

} // namespace keywheel
