// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/headers.h"

#include <QDateTime>

#include <chrono>
#include <optional>

// What an answer's headers say about waiting. Pure functions, for any thread.
namespace keywheel {

/// How long the upstream asks to wait: retry-after-ms, Retry-After (seconds or date; 0 for one that
/// has passed), then the longest x-ratelimit-reset-* of a limit whose remaining count is 0. nullopt
/// when it does not say, or says nonsense such as a negative or a year-long wait; more than 24
/// hours are cut to 24 hours.
std::optional<std::chrono::milliseconds> requestedWait(const Headers &headers,
                                                       const QDateTime &wallNow);

/// A duration such as `1s`, `6m0s`, `12ms`, `1h2m3.5s`, or plain seconds; parts of a millisecond
/// are rounded up. nullopt for anything else.
std::optional<std::chrono::milliseconds> parseDuration(QByteArrayView text);

} // namespace keywheel
