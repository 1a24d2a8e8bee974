// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keystore.h"

#include <QByteArray>

namespace keywheel {

/// What a key file holds, and whether Keywheel may write to it.
struct KeyFile
{
    KeyList list;
    /// One key a line in UTF-8, with blank lines, comments and lines that hold none.
    bool oneALine = true;
    int firstLeftOut = 0; ///< the first line whose contents are not all in `list`; 0: none
};

/// Reads a list of keys: one a line, with `#` comments (also after a key and a space), blank lines,
/// a BOM and any line ends. White space and one pair of quotes around a key are dropped; a comment
/// after it becomes its label. A key is 8 to 512 characters of visible ASCII.
///
/// Also reads whatever parseKeyImport() understands: variables, several keys a line, labels, CSV,
/// JSON, UTF-16. It is stricter, since nobody looks at what it finds before it is sent upstream:
/// of a line with other words only what looks like an API key is taken (whyUnusualKey()), and no
/// URL, name of a variable or value of another one.
///
/// Other lines, and keys that came before, are left out with a warning that names the line numbers
/// and never their contents.
KeyFile readKeyFile(const QByteArray &text);

/// The list alone.
KeyList parseKeyFile(const QByteArray &text);

} // namespace keywheel
