// SPDX-License-Identifier: GPL-3.0-or-later
#include "console.h"

namespace keywheel {

void prepareConsole() {}

} // namespace keywheel
