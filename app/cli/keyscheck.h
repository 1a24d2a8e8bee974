// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commandline.h"
#include "cli/commandresult.h"
#include "engine/keyservice.h"

#include <QJsonArray>

namespace keywheel {

/// `keys check`: asks the API about the keys of `rows`, which have a fingerprint each, by a request
/// that costs nothing. ExitFailed unless all are good.
CommandResult checkAll(const CommandLine &line, KeyService &service, const QJsonArray &rows);

} // namespace keywheel
