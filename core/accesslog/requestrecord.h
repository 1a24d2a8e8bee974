// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keychoice.h"
#include "verdict/verdict.h"

#include <QDateTime>
#include <QList>
#include <QMetaType>

#include <chrono>

namespace keywheel {

/// One attempt of an exchange. Holds no secret.
struct AttemptRecord
{
    int keyIndex = -1;
    QString keyPreview;
    int status = 0; ///< 0 when no answer came
    FaultClass fault = FaultClass::Success;
    QString reason;          ///< redacted
    LeaseReason choice = {}; ///< why this key
    // Since the request was received; 0: it did not come to that.
    std::chrono::microseconds began{0};
    /// No longer waiting for one of MAX_SOCKETS connections: one was free, or was opened.
    std::chrono::microseconds queuedUntil{0};
    std::chrono::microseconds sent{0}; ///< a connection was there, and took it
    /// The answer could be judged: at its head, a stream's at its first event, an error's at its
    /// end.
    std::chrono::microseconds answered{0};
    std::chrono::microseconds ended{0};
};

/// One finished exchange, for the log, the counters and the window. A value; holds no secret and no
/// body.
struct RequestRecord
{
    QByteArray id;
    QDateTime startedAt; ///< UTC
    QByteArray method;
    QByteArray path; ///< query values that may hold secrets are taken out
    QString peer;    ///< address and port of the client
    int status = 0;  ///< sent to the client; 0 when it left before one was sent
    bool clientLeft = false;
    bool brokenOff = false; ///< the upstream broke off in mid-body
    std::chrono::microseconds firstByte{
        0}; ///< from request received to response head sent; 0: none
    std::chrono::microseconds total{0};
    qint64 bytesIn = 0;    ///< request body
    qint64 bytesOut = 0;   ///< response body
    QByteArray upstreamId; ///< x-request-id of the last answer, for asking the upstream's support
    QList<AttemptRecord> attempts;
};

/// What a finished exchange counts as.
enum class RequestOutcome {
    Succeeded, ///< status below 400, and complete
    Failed,
    ClientLeft
};

inline RequestOutcome outcomeOf(const RequestRecord &record)
{
    if (record.clientLeft)
        return RequestOutcome::ClientLeft;
    const bool failed = record.brokenOff || record.status == 0 || record.status >= 400;
    return failed ? RequestOutcome::Failed : RequestOutcome::Succeeded;
}

} // namespace keywheel
