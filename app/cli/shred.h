// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"

namespace keywheel {

/// Overwrites the contents of a file with random bytes, brings them to the disk and removes the
/// file. Journals, snapshots, backups and the spare blocks of an SSD may still hold the old
/// contents. Fails for what is no plain file, such as a link, and when the file cannot be written.
Expected<void> shredFile(const QString &path);

} // namespace keywheel
