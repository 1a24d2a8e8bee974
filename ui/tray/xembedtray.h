// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keywheel {

/// Whether a tray of the older kind, XEmbed, runs on the X screen; false without X.
bool hasXEmbedTray();

} // namespace keywheel
