// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keysnapshot.h"

namespace keywheel {

// What the blacklist says of a key, in the present language. Thread: the window's.

/// Why it is not in use, in plain words.
QString causeText(const KeySnapshot &key);
/// What the upstream said, redacted; may be empty.
QString saidText(const KeySnapshot &key);
/// What becomes of it. `checkInterval`: how often Keywheel checks keys by itself; zero: never.
QString nextText(const KeySnapshot &key, const QDateTime &now,
                 std::chrono::milliseconds checkInterval);
/// A moment in local time, with its day unless that is today's; empty when null.
QString timeText(const QDateTime &time, const QDateTime &now);

} // namespace keywheel
