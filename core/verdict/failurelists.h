// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

/// All the texts and codes by which the failure policy knows whose fault an error is; included by
/// judge.cpp only. Codes are compared as a whole, in lower case with `_` between words;
/// phrases anywhere in a message, in lower case with spaces for `_` and `-`.
namespace keywheel::failurelists {

struct Known
{
    QByteArrayView text;
    const char *verdict = nullptr; ///< Verdict::code
};

constexpr Known PermanentCodes[] = {
    {"invalid_api_key", "invalid_key"},
    {"incorrect_api_key", "invalid_key"},
    {"api_key_not_found", "invalid_key"},
    {"api_key_invalid", "invalid_key"},
    {"authentication_error", "invalid_key"},
    {"unauthenticated", "invalid_key"},
    {"unauthorized", "invalid_key"},
    {"account_deactivated", "account"},
    {"invalid_organization", "account"},
    {"access_terminated", "account"},
    {"billing", "billing"},
};
/// Phrases that count with every status of 400 and above.
constexpr Known PermanentPhrases[] = {
    {"invalid api key", "invalid_key"},   {"incorrect api key", "invalid_key"},
    {"api key not found", "invalid_key"}, {"api key not valid", "invalid_key"},
    {"account deactivated", "account"},   {"account has been deactivated", "account"},
};
/// Single words that blameless messages hold too; see countsWords().
constexpr Known PermanentWords[] = {{"unauthorized", "invalid_key"}, {"billing", "billing"}};

/// A leading `*` stands for anything.
constexpr QByteArrayView QuotaCodes[] = {
    "insufficient_quota",      "billing_hard_limit_reached",        "credit_balance_exhausted",
    "*_spend_limit_exceeded",  "organization_usage_limit_exceeded", "billing_not_active",
    "insufficient_user_quota", "exceeded_current_quota_error",      "billing_error",
};
constexpr QByteArrayView QuotaPhrases[] = {"credit balance is too low"};

/// What in a 403 names the key, the account or a permission: whole words of message and codes.
constexpr QByteArrayView PermissionWords[] = {"key",         "keys",       "apikey",
                                              "account",     "accounts",   "permission",
                                              "permissions", "credential", "credentials"};

/// The address or the region is refused, with 401 or 403: no other key would help.
constexpr QByteArrayView AddressCodes[] = {"ip_not_authorized",
                                           "unsupported_country_region_territory"};
constexpr QByteArrayView AddressPhrases[] = {"ip not authorized", "ip is not authorized",
                                             "ip address is not authorized",
                                             "country, region, or territory not supported"};

constexpr QByteArrayView RateLimitCodes[] = {
    "rate_limit_exceeded", "rate_limit_error", "resource_exhausted",
    "too_many_requests",   "requests",         "tokens"};
constexpr QByteArrayView UpstreamCodes[] = {
    "server_error",        "overloaded_error",      "api_error", "internal_error",
    "service_unavailable", "internal_server_error", "internal",  "unavailable"};

} // namespace keywheel::failurelists
