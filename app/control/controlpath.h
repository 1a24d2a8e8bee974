// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"

namespace keywheel {

/// Where a Keywheel listens to commands of its own user: a socket in a folder that nobody else may
/// enter, which is made if need be: `keywheel` in $XDG_RUNTIME_DIR or in /run/user/UID, else
/// `keywheel-UID` in the folder for temporary files. On Windows the name of a pipe. Fails when the
/// folder cannot be made or is not private; one that others may only look into is made private
/// where nobody else could have made it.
Expected<QString> controlPath(const QString &name);

/// That of the one on `port`.
Expected<QString> controlPath(quint16 port);

/// Where a file `name` of such a Keywheel stands, such as a lock: an absolute path, in a folder
/// that is the user's, as above.
Expected<QString> lockPath(const QString &name);

} // namespace keywheel
