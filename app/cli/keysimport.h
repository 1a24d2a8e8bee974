// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"
#include "cli/commandresult.h"
#include "engine/keyservice.h"

namespace keywheel {

/// `keys import`: reads a file or the standard input as parseKeyImport() understands it and stores
/// the keys in parts, so that an interruption (SIGINT, SIGTERM) keeps those before it; then the
/// exit code is 128 + its number. ExitFailed when no key was found or not all could be stored;
/// rejected lines alone are only reported. With --convert the key file is made one that Keywheel
/// can write before, and that is all when it is the source. A file is shredded only when all of it
/// has been stored.
CommandResult importKeys(const CommandLine &line, const Settings &settings);

} // namespace keywheel
