// SPDX-License-Identifier: GPL-3.0-or-later
// What Anthropic says.
#include "verdict/knownerrors.h"

namespace keywheel {

namespace {

using enum Cause;

constexpr KnownError Anthropic[] = {
    // The key
    phrase("Anthropic", "invalid x api key", InvalidKey, "docs.anthropic.com/en/api/errors"),
    phrase("Anthropic", "organization has been disabled", AccountClosed,
           "docs.anthropic.com/en/api/errors"),
    // Money
    phrase("Anthropic", "reached your specified api usage limits", NoMoney,
           "docs.anthropic.com/en/api/errors"),
    phrase("Anthropic", "reached your specified workspace api usage limits", NoMoney,
           "docs.anthropic.com/en/api/errors"),
    phrase("Anthropic", "you will regain access on", NoMoney, "docs.anthropic.com/en/api/errors"),
    code("Anthropic", "enforced_spend_limit_reached", NoMoney, "docs.anthropic.com/en/api/errors"),
    // This request with this key
    phrase("Anthropic", "oauth authentication is currently not", MissingPermission,
           "docs.anthropic.com/en/api/errors"),
    phrase("Anthropic", "does not meet scope requirement", MissingPermission,
           "docs.anthropic.com/en/api/errors"),
    phrase("Anthropic", "does not include long context", ModelAccess,
           "docs.anthropic.com/en/api/errors"),
    code("Anthropic", "permission_error", MissingPermission, "docs.anthropic.com/en/api/errors"),
    // The request
    phrase("Anthropic", "blocked by content filter", Content, "docs.anthropic.com/en/api/errors"),
    phrase("Anthropic", "content filtering policy", Content, "docs.anthropic.com/en/api/errors"),
    phrase("Anthropic", "x api key header is required", MissingCredentials,
           "docs.anthropic.com/en/api/errors", On401),
    // The service
    code("Anthropic", "overloaded_error", Overloaded, "docs.anthropic.com/en/api/errors"),
};

} // namespace

std::span<const KnownError> anthropicErrors()
{
    return Anthropic;
}

} // namespace keywheel
