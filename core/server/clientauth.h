// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/errorbody.h"

#include <optional>

namespace keywheel {

/// AUTH_KEY: who may use Keywheel's keys. Clients send it where their SDK puts its key:
/// `Authorization: Bearer`, `x-api-key` or `api-key`; one that matches is enough. Pure.
class ClientAuth
{
public:
    /// Code of the refusal of a well-formed key that is not it.
    static constexpr QByteArrayView WrongKey{"invalid_authorization"};
    /// So many candidates of one request are looked at, one for each field that may carry it.
    static constexpr int MaxCandidates = 3;

    /// Empty: nobody needs one.
    void setKey(const QByteArray &key) { key_ = key; }
    bool isRequired() const { return !key_.isEmpty(); }

    /// 401 `missing_authorization`, `invalid_authorization_format` or `invalid_authorization`, with
    /// WWW-Authenticate (RFC 9110 §11.6.1); nothing when the client may go on.
    std::optional<OwnError> check(const Headers &headers) const;

private:
    bool matches(QByteArrayView candidate) const;

    QByteArray key_;
};

} // namespace keywheel
