// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/ownerrors.h"

namespace keywheel {

OwnError noKeyError(const LeaseRefusal &refusal)
{
    if (refusal.reason == LeaseRefusal::Reason::NoKeys) {
        return {503, "no_keys_configured",
                QStringLiteral("Keywheel has no API keys. Add some to the keys file.")};
    }
    OwnError error{503, "no_keys_available",
                   QStringLiteral("Every API key is blacklisted; see /blacklist.")};
    if (refusal.soonest)
        error.retryAfter = std::max(std::chrono::seconds(1),
                                    std::chrono::ceil<std::chrono::seconds>(*refusal.soonest));
    return error;
}

OwnError noAnswerError(const AttemptResult &result, const Redactor &redactor)
{
    const QString cause = redactor.redact(result.errorText);
    switch (result.kind) {
    case AttemptResult::Kind::NoConnection:
        return {503, "overloaded", QStringLiteral("Keywheel is overloaded: %1").arg(cause)};
    case AttemptResult::Kind::HandOverTimeout:
    case AttemptResult::Kind::ResponseTimeout:
        return {504, "upstream_timeout",
                QStringLiteral("The upstream took too long: %1").arg(cause)};
    case AttemptResult::Kind::ProtocolError:
        return {502, "upstream_protocol_error",
                QStringLiteral("The upstream's answer is not valid HTTP: %1").arg(cause)};
    default:
        return {502, "upstream_unreachable",
                QStringLiteral("The upstream gave no answer: %1").arg(cause)};
    }
}

} // namespace keywheel
