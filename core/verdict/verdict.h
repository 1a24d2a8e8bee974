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
    Permanent, ///< the key is bad until someone resets, re-validates or removes it
    Quota,     ///< like Permanent, because its money or quota is used up
    Temporary, ///< the key is over a rate limit
    Upstream,  ///< the service, the network or this address; never the key
    Client,    ///< the request itself
    Cancelled  ///< nobody: the client left, or Keywheel is shutting down
};

/// How one attempt ended, as core/proxy saw it.
struct AttemptResult
{
    enum class Kind {
        Answer,          ///< a response with `status`
        StreamError,     ///< a 200 event stream whose first event is an error; `body` is its data
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
};

/// What follows from it.
struct Verdict
{
    FaultClass fault = FaultClass::Success;
    bool retry = false;   ///< another key may be tried, if nothing has gone to the client
    bool warn = false;    ///< worth a warning in the log although it is passed on
    QString reason = {};  ///< plain words for log and window; holds upstream text, not yet redacted
    QByteArray code = {}; ///< short and stable: `rate_limit`, `invalid_key`, `quota`, …
    /// For Temporary: how long the upstream asked to wait. Without it, or with 0 (a date that has
    /// passed says nothing), the pool backs off by itself.
    std::optional<std::chrono::milliseconds> cooldown = {};
};

} // namespace keywheel
