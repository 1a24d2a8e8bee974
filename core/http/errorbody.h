// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "http/responsewriter.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <chrono>

namespace keywheel {

/// An error of Keywheel's own, as the client sees it: JSON in OpenAI's shape, so that SDKs show it.
///   {"error":{"message","type","code","param":null,"timestamp"}}
struct OwnError
{
    int status;
    QByteArray code; ///< machine-readable, e.g. `no_keys_available`
    QString message; ///< one sentence, no secrets
    std::optional<std::chrono::seconds> retryAfter = {};
    Headers extraHeaders = {};
};

/// OpenAI's error type for a status: authentication_error, permission_error, rate_limit_error,
/// invalid_request_error (other 4xx) or server_error.
QByteArray errorTypeFor(int status);

QByteArray errorBody(const OwnError &error, const QDateTime &now);

/// Content-Type, Content-Length, x-request-id, Retry-After and the extra headers.
ResponseHead errorHead(const OwnError &error, const QByteArray &requestId, qsizetype bodySize);

void respondError(ResponseWriter &writer, const OwnError &error, const QByteArray &requestId,
                  const QDateTime &now);

/// The standard reason phrase (RFC 9110 §15), empty for a status that has none.
QByteArray reasonPhrase(int status);

} // namespace keywheel
