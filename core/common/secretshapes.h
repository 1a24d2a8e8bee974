// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace keywheel {

/// What stands in the place of a secret that has no preview.
inline constexpr QByteArrayView RedactedMark("[redacted]");

/// The Redactor's second net: takes out what has the shape of a secret, known or not, in one pass.
///   sk-… tokens                                   → preview
///   Bearer …, Authorization, api-key fields       → `[redacted]`, a Bearer sk-… token its preview
///   the WebSocket subprotocol with a key          → the same
///   scheme://user:password@                       → scheme://[redacted]@
///   query parameters (isSecretParameter())        → `[redacted]`
/// Without case. What it wrote itself, and previews, it leaves as they are.
QByteArray redactShapes(const QByteArray &text);

} // namespace keywheel
