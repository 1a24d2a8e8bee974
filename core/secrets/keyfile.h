// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keystore.h"

#include <QByteArray>

namespace keywheel {

/// Reads a list of keys: one a line, with `#` comments (also after a key and a space), blank lines,
/// a BOM and any line ends. White space and one pair of quotes around a key are dropped; a comment
/// after it becomes its label. A key is 8 to 512 characters of visible ASCII. Other lines, and keys
/// that came before, are left out with a warning that names the line numbers and never their
/// contents.
KeyList parseKeyFile(const QByteArray &text);

} // namespace keywheel
