// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"
#include "http/responsewriter.h"
#include "server/management.h"

#include <QDateTime>

namespace keywheel {

/// Keywheel's own endpoints: /health, /stats, /blacklist (GET, HEAD) and /reset-keys (GET, POST),
/// and `OPTIONS *`, which asks about the server itself. Everything else is forwarded.
class OwnEndpoints
{
public:
    explicit OwnEndpoints(Management &management) : management_(management) {}

    /// /health tells nothing that needs AUTH_KEY.
    static bool isOpen(QByteArrayView target);
    /// Answers, or returns false: the request is not for Keywheel itself.
    bool answer(const Request &request, ResponseWriter &writer, const QDateTime &now);

private:
    void answerJson(const Request &request, ResponseWriter &writer, const QJsonObject &object);
    void answerReset(const Request &request, ResponseWriter &writer, const QDateTime &now);

    Management &management_;
};

} // namespace keywheel
