// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace keywheel {

/// One `NAME=value` of a .env file and where its bytes stand.
struct EnvEntry
{
    QString name;
    QString value;            ///< without quotes, escapes undone, variables put in
    int line = 0;             ///< of its name, from 1
    char quote = 0;           ///< `'`, `"`, or 0 when the value is not quoted
    qsizetype begin = 0;      ///< of its line
    qsizetype valueBegin = 0; ///< quotes included
    qsizetype valueEnd = 0;
    qsizetype end = 0; ///< past the line end
};

struct EnvSyntax
{
    QList<EnvEntry> entries; ///< in the order of the file, duplicates included
    QList<Error> errors;     ///< one per malformed line, with its number and never its value
};

/// Reads the syntax of github.com/joho/godotenv: NAME=value, NAME: value, `export`, comments,
/// single quotes (raw), double quotes (\n \r \t \" \\ \$; any other escaped character stands for
/// itself), values over several lines in quotes, ${NAME} and $NAME (capitals, digits and _) from
/// earlier lines, BOM, CR, LF and CRLF, a `---` line. Where it differs, it is on purpose: the first
/// ` #` of an unquoted value starts the comment, not the last, also right after the `=`; and a
/// malformed line does not spoil the others. Variables put in a million characters at most; a line
/// with more is malformed.
EnvSyntax parseEnv(const QByteArray &text);

/// How `value` may stand in the file, the likest to `quote` first. Another may be needed when a
/// malformed line above leaves a quote open.
QList<QByteArray> encodeEnvValue(const QString &value, char quote);

} // namespace keywheel
