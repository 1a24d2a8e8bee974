// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>

namespace keywheel {

// The pictures in resources/icons. Thread: the window's.

/// One of the symbolic icons, such as `copy`. It is drawn in the palette's text colour, also after
/// the palette changed, so that it fits light and dark.
QIcon symbolicIcon(const QString &name);

/// The program's own, in its colours.
QIcon appIcon();

} // namespace keywheel
