// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "http/headers.h"

#include <QHostAddress>
#include <QMetaType>

namespace keywheel {

/// One request of a client, whole, as core/server hands it over. A value.
struct Request
{
    QByteArray id;     ///< x-request-id of logs, window and answer; unique in this process
    QByteArray method; ///< as sent; methods are case-sensitive
    QByteArray target; ///< origin form exactly as sent: path and query, undecoded
    Headers headers;   ///< all that came, hop-by-hop fields too
    QByteArray body;   ///< decoded from its transfer coding, otherwise as sent
    QHostAddress peer;
    quint16 peerPort = 0;
    Clock::Instant received; ///< when its last byte came
};

/// The start of a response, of the upstream or of our own.
struct ResponseHead
{
    int status = 0;
    QByteArray reason; ///< may be empty: HTTP/2 has none
    Headers headers;
};

} // namespace keywheel
