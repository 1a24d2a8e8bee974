// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <cstdio>

namespace keywheel {

/// Whether a person sees what goes to `stream`, or types what comes from it.
bool isTerminal(std::FILE *stream);

/// Whether colours may be written to `stream`: it is a terminal, NO_COLOR (no-color.org) is not set
/// and TERM is not `dumb`.
bool takesColour(std::FILE *stream);

/// The text without characters that could move a terminal's cursor or begin a line of their own:
/// controls, line separators and bidirectional marks as `\n`, `\r`, `\t` or `\uXXXX`.
QString escapeControls(const QString &text);

/// Columns under their headings, two blanks apart; columns of numbers to the right. Each cell
/// passes escapeControls(). Ends with a line feed.
QString textTable(const QStringList &headings, const QList<QStringList> &rows);

/// `1.4 MB` for people.
QString humanBytes(qint64 bytes);
/// `2 d 3 h`, `3 h 12 min`, `12 min 5 s` or `5 s`.
QString humanSeconds(qint64 seconds);

} // namespace keywheel
