// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace keywheel {

/// Why `token` cannot be a key, in words that follow `line N: ` and never hold the token; empty
/// when it can: 8 to 512 characters of visible ASCII.
QString whyNotAKey(const QByteArray &token);

/// What makes a possible key unlike those that APIs hand out, such as a placeholder or a word of
/// prose, in the same form; empty when nothing does.
QString whyUnusualKey(const QByteArray &key);

/// Whether a variable, a column or a member of that name holds keys: `key`, `api_key`, `credential`
/// and `OPENAI_API_KEY`, one or many, in any spelling, perhaps with a number at the end. Names of
/// other services' keys are not: those keys must not go to this upstream.
bool isKeyName(const QByteArray &name);

/// The same for the name that a person gave to a key: `label`, `name`, `title`, `note` …
bool isLabelName(const QByteArray &name);

} // namespace keywheel
