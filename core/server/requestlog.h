// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/errorbody.h"
#include "http/message.h"

#include <QHostAddress>

namespace keywheel {

/// Names a request that Keywheel answers itself, for one line of the log (category `server`): no
/// record of an exchange tells of it. Only views: for use within a call.
struct LoggedRequest
{
    QByteArrayView method; ///< empty when it was not read that far, as `target`
    QByteArrayView target;
    QHostAddress peer;
    quint16 peerPort;
    QByteArrayView id;
};

LoggedRequest loggedRequest(const Request &request);

/// One line at info level: `refused POST /v1/x 401 missing_authorization from 127.0.0.1:5000 id
/// kw-…`. Of the target only its path is named, and no header: they may hold secrets.
void logRefusal(const LoggedRequest &request, const OwnError &error);
/// One line at debug level, likewise.
void logAnswer(const LoggedRequest &request, int status);

} // namespace keywheel
