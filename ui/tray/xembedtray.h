// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QByteArray;

namespace keywheel {

/// Whether a tray of the older kind, XEmbed, runs on the X screen; false without X.
bool hasXEmbedTray();

/// Whether this event, as a QAbstractNativeEventFilter gets it, may be the end of one that Qt uses:
/// Qt asks to be told of that.
bool mayEndXEmbedTray(const QByteArray &eventType, const void *event);

} // namespace keywheel
