// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace keywheel {

class AccessLog;
class KeyPool;
class LogSetup;

/// Logs what happens to keys, and every finished exchange. All three must live as long as `pool`.
void logEvents(const KeyPool &pool, const AccessLog &accessLog, LogSetup &log);

} // namespace keywheel
