// SPDX-License-Identifier: GPL-3.0-or-later
#include "systemscheme.h"

namespace keywheel {

// Qt's own palette follows the system.
SystemScheme::SystemScheme(QObject *parent) : QObject(parent) {}

} // namespace keywheel
