// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/logging.h"

namespace keywheel {

Q_LOGGING_CATEGORY(lcAccess, "keywheel.access")
Q_LOGGING_CATEGORY(lcApp, "keywheel.app")
Q_LOGGING_CATEGORY(lcKeys, "keywheel.keys")
Q_LOGGING_CATEGORY(lcServer, "keywheel.server")
Q_LOGGING_CATEGORY(lcSettings, "keywheel.settings")
Q_LOGGING_CATEGORY(lcUpstream, "keywheel.upstream")

} // namespace keywheel
