// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/random.h"
#include "http/headers.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

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

/// The failure policy as pure logic: what came back, whose fault it is, what happens next. The
/// texts and codes that it knows stand as data in failurelists.h. `wallNow` is needed for
/// Retry-After as an HTTP date (RFC 9110 §10.2.3).
Verdict judge(const AttemptResult &result, const QDateTime &wallNow);

/// A verdict's reason as it is kept and shown: 500 characters at most. Only after redaction, since
/// a secret that is cut in two is not recognised any more.
QString shortReason(QString redacted);

/// How long the upstream asks to wait: retry-after-ms, Retry-After (seconds or date; 0 for one that
/// has passed), then the longest x-ratelimit-reset-* of a limit whose remaining count is 0. nullopt
/// when it does not say, or says nonsense such as a negative or a year-long wait; more than 24
/// hours are cut to 24 hours.
std::optional<std::chrono::milliseconds> requestedWait(const Headers &headers,
                                                       const QDateTime &wallNow);

/// A duration such as `1s`, `6m0s`, `12ms`, `1h2m3.5s`, or plain seconds; parts of a millisecond
/// are rounded up. nullopt for anything else.
std::optional<std::chrono::milliseconds> parseDuration(QByteArrayView text);

/// 1 s · 2ⁿ with jitter of half up or down, 5 min at most; n counts from 0.
std::chrono::milliseconds backoff(int n, const Random &random);

} // namespace keywheel
