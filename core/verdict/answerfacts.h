// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/headers.h"

#include <chrono>
#include <optional>

namespace keywheel {

/// What an answer's head says about its key.
struct AnswerFacts
{
    QByteArray organization; ///< `openai-organization`; empty: not told
    /// What is left of the rate limits, in tokens, a request counted as TokensPerRequest of them;
    /// the least of all limits that are told.
    std::optional<qint64> headroom;
    std::optional<std::chrono::milliseconds> reset; ///< until the limits are whole again
};

constexpr qint64 TokensPerRequest = 1000;

/// Reads `openai-organization` and, when `withLimits`, `x-ratelimit-remaining-*` and
/// `x-ratelimit-reset-*` (numbers and durations such as `6m0s`).
AnswerFacts readAnswer(const Headers &headers, bool withLimits);

} // namespace keywheel
