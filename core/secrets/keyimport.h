// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keysnapshot.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace keywheel {

/// Something about one line of a text; `reason` never holds a key or any other part of the text.
struct ImportRemark
{
    int line = 0; ///< from 1
    QString reason;
};

/// How often something was remarked, and where the first times.
struct ImportRemarks
{
    static constexpr qsizetype MostKept = 1000; ///< so that a file without keys fills no memory

    qsizetype count = 0;
    QList<ImportRemark> kept;
};

/// What was found in a text.
struct KeyImport
{
    QList<ApiKey> keys; ///< in their order, each secret once, with line and perhaps a label
    ImportRemarks duplicates;
    ImportRemarks rejected;
    ImportRemarks warnings; ///< about keys that were taken
};

/// Finds the keys in what people keep them in:
/// - one a line, or several with commas, semicolons or blanks between them. Words after a key that
///   do not look like one are its label, as is a comment there; behind a comma only what cannot be
///   a key is
/// - `NAME=value` of .env files, with or without `export`, when isKeyName(NAME)
/// - CSV (comma, semicolon or tab) whose first line has a column with a key's name, perhaps one
///   with a label's
/// - JSON, as a whole or one value a line: strings in arrays, and members with a key's name,
///   however deep. The label of an object goes to the keys in it
///
/// Quotes around a value, a BOM (UTF-8, UTF-16), any line ends and lines that are `#` comments do
/// not matter. Never fails; takes linear time. What a key is: whyNotAKey().
KeyImport parseKeyImport(const QByteArray &text);

} // namespace keywheel
