// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/headers.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace keywheel {

/// Why a request is not taken: becomes an answer in OpenAI's error shape, and the connection
/// closes.
struct Refusal
{
    int status = 400;
    QByteArray code = QByteArrayLiteral("invalid_request");
    QString message; ///< one sentence; never a part of the request that could hold a secret
};

/// The first line of a request (RFC 9112 §3).
struct RequestLine
{
    QByteArray method;
    QByteArray target;
    int minorVersion = 1; ///< HTTP/1.x
};

/// Parses `line` (without its CRLF) into `out`. Refuses what is not `method SP target SP HTTP/d.d`
/// (400), CONNECT and TRACE (501), and versions other than 1.0 and 1.1 (505).
std::optional<Refusal> parseRequestLine(QByteArrayView line, RequestLine &out);

/// Checks Host (RFC 9110 §7.2, RFC 9112 §3.2): exactly one in HTTP/1.1, at most one in HTTP/1.0,
/// and a plain `host[:port]`. Checks that the target is in origin form, `*` of an OPTIONS, or an
/// absolute http:// URL whose authority is the Host; the last is reduced to origin form.
std::optional<Refusal> checkTarget(RequestLine &line, const Headers &headers);

/// RFC 9110 §5.6.2 tchar; says early that what comes is no HTTP (a TLS hello, for one).
bool canBeginRequest(char byte);

} // namespace keywheel
