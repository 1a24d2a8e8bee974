// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "verdict/verdict.h"

#include <span>

// What providers are known to say, as data: one table for each dialect.
namespace keywheel {

/// With which statuses a row counts; a set.
enum StatusSet : unsigned {
    On400 = 1U << 0,
    On401 = 1U << 1,
    On402 = 1U << 2,
    On403 = 1U << 3,
    On404 = 1U << 4,
    On429 = 1U << 5,
    OnOther4xx = 1U << 6,
    On5xx = 1U << 7,
    InStream = 1U << 8, ///< an error inside a 200
    On4xx = On400 | On401 | On402 | On403 | On404 | On429 | OnOther4xx,
    Refusals = On4xx | InStream,
    AnyStatus = On4xx | On5xx | InStream
};

/// One code or phrase.
struct KnownError
{
    /// Codes are compared as a whole, in lower case with `_` for spaces and `-`; a `*` at one end
    /// stands for anything. Phrases are looked for anywhere in a message, in lower case, with
    /// spaces for `_` and `-`, without what the message quotes.
    enum class Where { Code, Phrase };
    const char *provider = "";
    Where where = Where::Code;
    const char *text = "";
    Cause cause = Cause::None;
    unsigned statuses = AnyStatus;
    const char *source = ""; ///< where the provider, or somebody who met it, says so
};

constexpr KnownError code(const char *provider, const char *text, Cause cause, const char *source,
                          unsigned statuses = AnyStatus)
{
    return {provider, KnownError::Where::Code, text, cause, statuses, source};
}

constexpr KnownError phrase(const char *provider, const char *text, Cause cause, const char *source,
                            unsigned statuses = Refusals)
{
    return {provider, KnownError::Where::Phrase, text, cause, statuses, source};
}

/// The tables by dialect. The order of rows does not matter: judge() has the order of causes.
std::span<const KnownError> openAiErrors();
std::span<const KnownError> kinErrors(); ///< OpenAI's dialect with words of their own
std::span<const KnownError> anthropicErrors();
std::span<const KnownError> geminiErrors();

} // namespace keywheel
