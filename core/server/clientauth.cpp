// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/clientauth.h"

namespace keywheel {

namespace {

constexpr QByteArrayView BearerScheme("Bearer ");

OwnError unauthorized(QByteArrayView code, const QString &message)
{
    OwnError error{401, code.toByteArray(), message};
    error.extraHeaders.append(QByteArrayLiteral("WWW-Authenticate"), QByteArrayLiteral("Bearer"));
    return error;
}

std::optional<QByteArrayView> bearerToken(QByteArrayView value)
{
    if (value.size() <= BearerScheme.size() ||
        !equalsIgnoreCase(value.first(BearerScheme.size()), BearerScheme))
        return {};
    const QByteArrayView token = value.sliced(BearerScheme.size()).trimmed();
    return token.isEmpty() ? std::nullopt : std::optional(token);
}

} // namespace

bool ClientAuth::matches(QByteArrayView candidate) const
{
    // No early end: the time depends on the candidate's length, never on what it has in common with
    // the key.
    volatile unsigned difference = candidate.size() == key_.size() ? 0U : 1U;
    qsizetype at = 0;
    for (const char c : candidate) {
        difference = difference | static_cast<unsigned char>(c ^ key_[at]);
        at = at + 1 == key_.size() ? 0 : at + 1;
    }
    return difference == 0;
}

std::optional<OwnError> ClientAuth::check(const Headers &headers) const
{
    if (!isRequired())
        return {};
    bool sawCredentials = false;
    int candidates = 0;
    for (const HeaderField &field : headers) {
        std::optional<QByteArrayView> candidate;
        if (equalsIgnoreCase(field.name, "Authorization"))
            candidate = bearerToken(field.value);
        else if (equalsIgnoreCase(field.name, "x-api-key") ||
                 equalsIgnoreCase(field.name, "api-key"))
            candidate = field.value;
        else
            continue;
        sawCredentials = true;
        if (candidate && ++candidates <= MaxCandidates && matches(*candidate))
            return {};
    }
    if (!sawCredentials)
        return unauthorized("missing_authorization",
                            QStringLiteral("Send Keywheel's AUTH_KEY as Authorization: Bearer, "
                                           "x-api-key or api-key."));
    if (candidates == 0)
        return unauthorized("invalid_authorization_format",
                            QStringLiteral("The Authorization header must be Bearer and a key."));
    return unauthorized(WrongKey, QStringLiteral("The key sent is not Keywheel's AUTH_KEY."));
}

} // namespace keywheel
