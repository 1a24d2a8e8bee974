// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/privateprocess.h"

namespace keywheel {

// Files inherit the access rights of their folder, which in the user's profile is the user's alone.
void keepToOwner() {}

} // namespace keywheel
