// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "http/headers.h"

#include <QByteArrayView>

namespace keywheel {

/// Rules that requests and responses share (RFC 9110 §5, RFC 9112 §5 and §6). Strict: what two
/// parsers could read in two ways is refused.

/// Parses a header section: the lines between the start line and the empty line, each ended by
/// CRLF, the empty line not included. Refuses white space before the colon, folded lines, bare CR
/// or LF, NUL and other control characters (HTAB is allowed in values), empty names, and more than
/// `maxFields` fields.
Expected<Headers> parseFields(QByteArrayView section, qsizetype maxFields);

/// The message's one Content-Length: absent, or a number. Refuses repeated differing values, lists
/// of them, signs, non-digits and what does not fit (RFC 9112 §6.3).
Expected<std::optional<qint64>> contentLength(const Headers &headers);

bool isToken(QByteArrayView text); ///< RFC 9110 §5.6.2
/// Without control characters but HTAB, as field values and reason phrases are (RFC 9112 §4).
bool isPlainText(QByteArrayView text);

} // namespace keywheel
