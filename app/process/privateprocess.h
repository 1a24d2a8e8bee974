// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keywheel {

/// Keeps what this process knows to its owner: files that it makes get mode 0600 and folders 0700;
/// on Linux, in release builds, the system writes no core dump of it and lets no other program of
/// the same user read its memory (which means no debugger either). Elsewhere only what there is of
/// that. Called once, before anything is read.
void keepToOwner();

} // namespace keywheel
