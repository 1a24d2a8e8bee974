// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/causes.h"

#include <algorithm>
#include <array>

namespace keywheel {

namespace {

using F = FaultClass;

constexpr const char *ForGood = "The key is blacklisted until a reset, a passed check or its "
                                "removal. The next key is tried.";
constexpr const char *OtherKey = "The next key is tried. No key is blamed; for an hour this key is "
                                 "tried last for such requests.";
constexpr const char *PassedOn = "The answer is passed on. No key is blamed.";
constexpr const char *TriedAgain = "The next key is tried after a short wait. No key is blamed.";

constexpr std::array Causes{
    CauseSpec{Cause::None, F::Success, false, "", "", "The answer is passed on."},
    CauseSpec{Cause::InvalidKey, F::Permanent, true, "invalid_key", "invalid key", ForGood},
    CauseSpec{Cause::AccountClosed, F::Permanent, true, "account", "account closed or unknown",
              ForGood},
    CauseSpec{Cause::Billing, F::Permanent, true, "billing", "billing problem", ForGood},
    CauseSpec{Cause::NoMoney, F::Quota, true, "quota", "out of quota",
              "The key is blacklisted until the time that the answer states, else until a reset or "
              "its removal. The next key is tried."},
    CauseSpec{Cause::RateLimit, F::Temporary, true, "rate_limit", "rate limit",
              "The key is blacklisted for the wait that the answer states, else for 1 s, 2 s, 4 s "
              "… up to 5 min. The next key is tried."},
    CauseSpec{Cause::MissingPermission, F::NotWithThisKey, true, "permission",
              "not permitted with this key", OtherKey},
    CauseSpec{Cause::ModelAccess, F::NotWithThisKey, true, "model_access",
              "no access to this model with this key", OtherKey},
    CauseSpec{Cause::UnknownModel, F::NotWithThisKey, true, "unknown_model",
              "model unknown, or no access to it",
              "One more key is tried if no key was ever answered with this model, else as for no "
              "access to a model."},
    CauseSpec{Cause::WrongOrganization, F::NotWithThisKey, true, "organization",
              "the organization or project header does not fit this key", OtherKey},
    CauseSpec{Cause::ForeignObject, F::NotWithThisKey, true, "foreign_object",
              "what the request names belongs to another key", OtherKey},
    CauseSpec{Cause::TooLargeForKey, F::NotWithThisKey, true, "too_large",
              "the request is larger than this key's limit", OtherKey},
    CauseSpec{Cause::Content, F::Client, false, "content", "content refused", PassedOn},
    CauseSpec{Cause::MissingCredentials, F::Client, false, "credentials",
              "no key where the API looks for it", PassedOn},
    CauseSpec{Cause::BadRequest, F::Client, false, "client", "", PassedOn},
    CauseSpec{Cause::AddressRefused, F::Upstream, false, "address", "address or region refused",
              "The answer is passed on, with a warning in the log. No key is blamed."},
    CauseSpec{Cause::Overloaded, F::Upstream, true, "overloaded", "upstream overloaded",
              TriedAgain},
    CauseSpec{Cause::UpstreamTrouble, F::Upstream, true, "upstream", "", TriedAgain},
    CauseSpec{Cause::NotTheApi, F::Upstream, false, "not_the_api",
              "a web page instead of an answer", PassedOn},
    CauseSpec{Cause::Unreachable, F::Upstream, true, "unreachable", "upstream unreachable",
              TriedAgain},
    CauseSpec{Cause::ProtocolError, F::Upstream, true, "protocol", "answer is not HTTP",
              TriedAgain},
    // Another key waits for the same connections, and would wait behind all others.
    CauseSpec{Cause::NoConnection, F::Upstream, false, "no_connection",
              "no connection was free in time", "503. No key is blamed."},
    CauseSpec{Cause::HandOverTimeout, F::Upstream, true, "hand_over_timeout",
              "request not taken in time", TriedAgain},
    // It was handed over and may be billed already.
    CauseSpec{Cause::ResponseTimeout, F::Upstream, false, "response_timeout", "no answer in time",
              "504. No key is blamed."},
    CauseSpec{Cause::Cancelled, F::Cancelled, false, "cancelled", "cancelled", ""},
};

constexpr bool isInOrder()
{
    for (size_t i = 0; i < Causes.size(); ++i) {
        if (static_cast<size_t>(Causes[i].cause) != i)
            return false;
    }
    return Causes.size() == static_cast<size_t>(Cause::Cancelled) + 1;
}
static_assert(isInOrder());

} // namespace

const CauseSpec &causeSpec(Cause cause)
{
    return Causes[static_cast<size_t>(cause)];
}

} // namespace keywheel
