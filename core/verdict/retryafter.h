// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/headers.h"
#include "verdict/errormessage.h"

#include <QDateTime>

#include <chrono>
#include <optional>

// What an answer says about waiting. Pure functions, for any thread.
namespace keywheel {

/// How long the headers ask to wait: retry-after-ms, Retry-After (seconds, a duration or a date; 0
/// for one that has passed) and their kin, then the longest reset of a limit of which nothing is
/// left: x-ratelimit-reset-*, ratelimit-reset, anthropic-ratelimit-*-reset (durations, seconds, RFC
/// 3339, seconds or milliseconds since 1970). nullopt when they do not say, or say nonsense such as
/// a negative or a year-long wait; more than 24 hours are cut to 24 hours.
std::optional<std::chrono::milliseconds> requestedWait(const Headers &headers,
                                                       const QDateTime &wallNow);

/// The same for a rate limit, from the headers, else from the fields of the body, else from its
/// words ("try again in 6m0s", "retry after 45 seconds", "请在 30 秒后重试").
std::optional<std::chrono::milliseconds>
requestedWait(const Headers &headers, const ErrorMessage &error, const QDateTime &wallNow);

/// Until when a quota is used up: Retry-After, the fields of the body or its words ("regain access
/// on 2026-02-01"). nullopt when the answer names no end in the future; 35 days at most.
std::optional<std::chrono::milliseconds>
statedEnd(const Headers &headers, const ErrorMessage &error, const QDateTime &wallNow);

/// A duration such as `1s`, `6m0s`, `12ms`, `1h2m3.5s`, or plain seconds; parts of a millisecond
/// are rounded up. nullopt for anything else.
std::optional<std::chrono::milliseconds> parseDuration(QByteArrayView text);

} // namespace keywheel
