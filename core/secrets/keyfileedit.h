// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "keypool/keysnapshot.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

namespace keywheel {

/// The text of a key file (parseKeyFile() tells its format) with one line more for each of `keys`
/// that it does not hold, its label as a comment. Nothing else changes but a missing last line end.
/// Fails when a key could not be read back, and names its preview.
Expected<QByteArray> withKeys(const QByteArray &text, const QList<ApiKey> &keys);

/// The text without the lines that hold those keys, repetitions too; all else byte for byte.
QByteArray withoutKeys(const QByteArray &text, const QStringList &fingerprints);

/// The same keys and labels, one a line in UTF-8; other comments are dropped. A text that is so
/// already stays. Fails when a line holds something else, and names it.
Expected<QByteArray> asOneKeyALine(const QByteArray &text);

} // namespace keywheel
