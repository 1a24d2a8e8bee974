// SPDX-License-Identifier: GPL-3.0-or-later
// What Google's Gemini API says.
#include "verdict/knownerrors.h"

namespace keywheel {

namespace {

using enum Cause;

constexpr KnownError Gemini[] = {
    // The key
    code("Gemini", "api_key_invalid", InvalidKey, "ai.google.dev/gemini-api/docs/troubleshooting"),
    phrase("Gemini", "api key not valid", InvalidKey,
           "ai.google.dev/gemini-api/docs/troubleshooting", AnyStatus),
    phrase("Gemini", "api key expired", InvalidKey,
           "ai.google.dev/gemini-api/docs/troubleshooting"),
    phrase("Gemini", "reported as leaked", InvalidKey,
           "ai.google.dev/gemini-api/docs/troubleshooting"),
    code("Gemini", "consumer_suspended", AccountClosed,
         "ai.google.dev/gemini-api/docs/troubleshooting"),
    // Money
    phrase("Gemini", "prepayment credits", NoMoney, "ai.google.dev/gemini-api/docs/billing"),
    code("Gemini", "billing_disabled", NoMoney, "cloud.google.com/apis/design/errors"),
    // This request with this key
    code("Gemini", "api_key_service_blocked", MissingPermission,
         "cloud.google.com/apis/design/errors"),
    code("Gemini", "api_key_http_referrer_blocked", MissingPermission,
         "cloud.google.com/apis/design/errors"),
    code("Gemini", "service_disabled", MissingPermission, "cloud.google.com/apis/design/errors"),
    code("Gemini", "permission_denied", MissingPermission,
         "ai.google.dev/gemini-api/docs/troubleshooting"),
    phrase("Gemini", "free tier is not available", ModelAccess,
           "ai.google.dev/gemini-api/docs/troubleshooting"),
    // The request
    code("Gemini", "prohibited_content", Content, "ai.google.dev/gemini-api/docs/safety-settings"),
    // The service and this address
    code("Gemini", "api_key_ip_address_blocked", AddressRefused,
         "cloud.google.com/apis/design/errors"),
    phrase("Gemini", "user location is not supported", AddressRefused,
           "ai.google.dev/gemini-api/docs/available-regions"),
    code("Gemini", "model_capacity_exhausted", Overloaded,
         "ai.google.dev/gemini-api/docs/troubleshooting"),
    phrase("Gemini", "no capacity available for model", Overloaded,
           "ai.google.dev/gemini-api/docs/troubleshooting"),
    phrase("Gemini", "the model is overloaded", Overloaded,
           "ai.google.dev/gemini-api/docs/troubleshooting"),
    phrase("Vertex", "resource exhausted, please try again later", Overloaded,
           "cloud.google.com/vertex-ai/generative-ai/docs/error-code-429"),
    // Rates
    code("Gemini", "resource_exhausted", RateLimit, "ai.google.dev/gemini-api/docs/troubleshooting",
         InStream),
    code("Gemini", "internal", UpstreamTrouble, "ai.google.dev/gemini-api/docs/troubleshooting",
         InStream),
    code("Gemini", "unavailable", UpstreamTrouble, "ai.google.dev/gemini-api/docs/troubleshooting",
         InStream),
};

} // namespace

std::span<const KnownError> geminiErrors()
{
    return Gemini;
}

} // namespace keywheel
