// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/headers.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

namespace keywheel {

/// What an upstream's error body says, whatever its shape. A value; holds upstream text, not yet
/// redacted.
struct ErrorMessage
{
    QString message; ///< for people, on one line, without control characters
    /// Its codes, types, states and detail reasons in lower case with `_` between words, such as
    /// `rate_limit_exceeded` or `resource_exhausted`. Where a service has numbers of its own in a
    /// field of its own, the field is named: `base_resp.1008`, `error_code.336502`.
    QByteArrayList codes;
    int status = 0; ///< a code that is the number of an HTTP error, 400 to 599; else 0
    // How long to wait, as the body says it in fields of its own.
    QByteArrayList delays;   ///< durations: `38s`, `6m0s`, seconds
    QByteArrayList instants; ///< points in time: RFC 3339, or seconds or ms since 1970
    Headers headers;         ///< fields of another answer that the body repeats
    bool isPage = false;     ///< HTML
    bool isRelayed = false;  ///< a gateway passes on what a provider told the gateway's own key
    bool isEmpty() const { return message.isEmpty() && codes.isEmpty(); }
};

/// Understands {"error":{"message","type","code","status","details"}}, {"error":"text"},
/// {"message","code"}, {"detail":…} (FastAPI), {"errors":[…]}, {"response":{"error":{…}}} (a failed
/// stream of the Responses API), {"base_resp":{…}} (MiniMax), {"Response":{"Error":{…}}} (Tencent),
/// {"error_code","error_msg"} (Baidu), an array that holds one of these (Gemini), an error within
/// `metadata.raw` (OpenRouter) or within a message, HTML (its title) and plain text. Never fails:
/// what says nothing gives an empty message.
ErrorMessage parseErrorMessage(const QByteArray &body);

} // namespace keywheel
