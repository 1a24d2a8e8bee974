// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keywheel {

/// Makes the console that this process has, if any, show UTF-8 and colours. Called once, before
/// anything is printed; only Windows needs it.
void prepareConsole();

} // namespace keywheel
