// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/headers.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>

// How an attempt ended, whose fault that is and what follows from it. Values for every thread; they
// hold no secret but what an upstream may repeat in its texts.
namespace keywheel {

/// Whose fault an attempt's outcome is.
enum class FaultClass {
    Success,
    Permanent,      ///< the key is bad until someone resets, re-validates or removes it
    Quota,          ///< like Permanent, because its money or quota is used up
    Temporary,      ///< the key is over a rate limit
    NotWithThisKey, ///< this request may go with another key; nobody is blamed
    Upstream,       ///< the service, the network or this address; never the key
    Client,         ///< the request itself
    Cancelled       ///< nobody: the client left, or Keywheel is shutting down
};

/// What an answer says, or what happened instead of one. causes.h has the class of each.
enum class Cause {
    None,
    // The key
    InvalidKey,
    AccountClosed,
    Billing, ///< a word about billing, and nothing that says what is wrong
    NoMoney,
    RateLimit,
    // This request with this key
    MissingPermission, ///< scope, endpoint, feature
    ModelAccess,
    UnknownModel, ///< it does not exist, or the key has no access: the answer does not say which
    WrongOrganization, ///< the header OpenAI-Organization or OpenAI-Project does not fit the key
    ForeignObject,     ///< a file, response, … that another key made
    TooLargeForKey,    ///< larger than what the key's limits ever let through
    // The request with any key
    Content,
    MissingCredentials, ///< the answer found none, or not in the form that it takes
    BadRequest,
    // The service, the network, this address
    AddressRefused,
    Overloaded,
    UpstreamTrouble,
    NotTheApi, ///< a page of HTML
    Unreachable,
    ProtocolError,
    NoConnection,
    HandOverTimeout,
    ResponseTimeout,
    Cancelled
};

/// How one attempt ended, as core/proxy saw it.
struct AttemptResult
{
    enum class Kind {
        Answer,          ///< a response with `status`
        StreamError,     ///< an answer of status 200 that is an error; `body` is what says so
        Unreachable,     ///< refused, reset, DNS, TLS: no response came
        ProtocolError,   ///< what came was not HTTP
        NoConnection,    ///< all MAX_SOCKETS connections stayed busy for REQUEST_TIMEOUT
        HandOverTimeout, ///< REQUEST_TIMEOUT ran out before the request was handed over
        ResponseTimeout, ///< RESPONSE_TIMEOUT ran out after it
        Cancelled
    };
    Kind kind = Kind::Answer;
    int status = 0;
    Headers headers;
    /// The start of the body of an answer of 400 and above, content coding taken off.
    QByteArray body;
    QString errorText; ///< of the network, when no answer came
    /// The request may be sent again although it was handed over and perhaps processed: it is a
    /// GET, HEAD, PUT or DELETE (RFC 9110 §9.2.2).
    bool repeatable = true;
    bool namesObject = false; ///< the request names a file, response, … by its id
};

/// What follows from it.
struct Verdict
{
    FaultClass fault = FaultClass::Success;
    bool retry = false;   ///< another key may be tried, if nothing has gone to the client
    bool warn = false;    ///< worth a warning in the log although it is passed on
    QString reason = {};  ///< plain words for log and window; holds upstream text, not yet redacted
    QByteArray code = {}; ///< short and stable: `rate_limit`, `invalid_key`, `quota`, …
    /// For Temporary and Quota: how long the upstream asked to wait. Without it, or with 0 (a date
    /// that has passed says nothing), the pool backs off by itself, or waits for a reset.
    std::optional<std::chrono::milliseconds> cooldown = {};
    Cause cause = Cause::None;
    /// For Permanent: the answer did not say why. One such answer does not condemn a key that has
    /// succeeded before.
    bool weak = false;
    /// The answer is about this very key, so it is believed even when other keys fail alike.
    bool namesKey = false;
    bool saysWait = false; ///< the answer says how long to wait, whoever is at fault
};

} // namespace keywheel
