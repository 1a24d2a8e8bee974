// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace keywheel {

/// The parts of the manual pages and completions that are made of the tables of commands, options
/// and settings, by the names that stand between @…@ in a template: `man-commands` and so on.
/// Null for another name.
QString generatedPart(const QString &name);

/// The template with each @name@ replaced. Null when it has a name that there is not.
QString filledTemplate(const QString &text);

} // namespace keywheel
