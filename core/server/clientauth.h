// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/credentialforms.h"
#include "http/errorbody.h"

#include <QHash>
#include <QHostAddress>

#include <optional>

namespace keywheel {

/// AUTH_KEY: who may use Keywheel's keys. Clients send it where their SDK puts its key, in any form
/// of common/credentialforms.h; one that matches is enough. Pure.
class ClientAuth
{
public:
    /// Code of the refusal of a well-formed key that is not it.
    static constexpr QByteArrayView WrongKey{"invalid_authorization"};
    /// So many candidates of one request are looked at, one for each form.
    static constexpr int MaxCandidates =
        int(credentialforms::Fields.size() + credentialforms::Parameters.size() + 1);

    /// Empty: nobody needs one.
    void setKey(const QByteArray &key) { key_ = key; }
    bool isRequired() const { return !key_.isEmpty(); }

    /// 401 `missing_authorization`, `invalid_authorization_format` or `invalid_authorization`, with
    /// WWW-Authenticate (RFC 9110 §11.6.1); nothing when the client may go on.
    std::optional<OwnError> check(const Headers &headers, const QByteArray &target) const;

private:
    bool matches(QByteArrayView candidate) const;

    QByteArray key_;
};

/// Slows those who try out AUTH_KEYs: after FreeTries wrong ones the answer to each further one is
/// held back, for 1 s, then 2 s, 4 s and at most LongestDelay. Only wrong keys: the right one is
/// answered at once always, so that no program can lock out another at the same address. (Who
/// tries on many connections at once is slowed by the number of connections only. What keeps
/// a key safe is that it is long and random.)
///
/// Counts per address, of IPv6 per /64 network: that is what one customer gets. A right key does
/// not end the count, as it may be another program's; Memory without a wrong one does. At most
/// MaxAddresses are known; for a further one, the one of the oldest wrong key is forgotten.
///
/// Thread: the core's.
class GuessBrake
{
public:
    static constexpr int FreeTries = 5;
    static constexpr Clock::Milliseconds LongestDelay = std::chrono::seconds(8);
    static constexpr Clock::Milliseconds Memory = std::chrono::minutes(10);
    static constexpr qsizetype MaxAddresses = 1024;

    explicit GuessBrake(const Clock &clock) : clock_(clock) {}

    /// A wrong key came from there; how long to hold its answer back.
    Clock::Milliseconds noteWrongKey(const QHostAddress &from);

private:
    struct Tries
    {
        int count = 0;
        Clock::Instant last;
    };
    void makeRoom();

    const Clock &clock_;
    QHash<QHostAddress, Tries> tries_;
};

} // namespace keywheel
