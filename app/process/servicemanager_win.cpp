// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/servicemanager.h"

namespace keywheel {

// Keywheel is no service of Windows.
void notifyServiceManager(const QByteArray &) {}

} // namespace keywheel
