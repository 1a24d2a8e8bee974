// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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
    /// `rate_limit_exceeded` or `resource_exhausted`.
    QByteArrayList codes;
    int status = 0; ///< a code that is the number of an HTTP error, 400 to 599; else 0
};

/// Understands {"error":{"message","type","code","status","details"}}, {"error":"text"},
/// {"message","code"}, {"detail":…} (FastAPI), {"errors":[…]}, {"response":{"error":{…}}} (a failed
/// stream of the Responses API), an array that holds one of these (Gemini), HTML (its title) and
/// plain text. Never fails: what says nothing gives an empty message.
ErrorMessage parseErrorMessage(const QByteArray &body);

} // namespace keywheel
