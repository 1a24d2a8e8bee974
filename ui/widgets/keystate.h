// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keysnapshot.h"

#include <QIcon>
#include <QPalette>

#include <chrono>

namespace keywheel {

// The state of a key as every page shows it, in the present language. Thread: the window's.

/// One or two words: Healthy, Cooling down, No quota, Out of use, Disabled.
QString keyStateText(const KeySnapshot &key);
/// A shape of its own for each state, sharp at every size, for tables and lists.
QIcon keyStateIcon(KeyState state, const QPalette &palette);
QColor keyStateColor(KeyState state, const QPalette &palette);
/// What people call the key: its label, else its preview.
QString keyName(const KeySnapshot &key);

/// The time from `now` to `until` in its two largest units, such as `4 min 05 s`. Rounded up, so
/// that it says `0 s` only when the time has come; empty when `until` is null.
QString remaining(const QDateTime &until, const QDateTime &now);
/// How often something is done: like remaining(), but `1 h` where a countdown says `1 h 00 min`.
QString intervalText(std::chrono::seconds interval);

} // namespace keywheel
