// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/errorbody.h"
#include "http/message.h"
#include "http/responsewriter.h"

#include <QDateTime>
#include <QHostAddress>
#include <QJsonObject>

namespace keywheel {

/// Which of the keys an answer lists. An answer about all of 100,000 would hold up every stream.
struct RowRange
{
    static constexpr int Most = 1000;
    int offset = 0;
    int limit = Most;
};

/// What Keywheel's own endpoints answer; app joins it to the services. No secrets in any of them.
class Management
{
public:
    virtual ~Management() = default;
    virtual QJsonObject health() const = 0;
    virtual QJsonObject stats(const RowRange &rows) const = 0;
    virtual QJsonObject blacklist(const RowRange &rows) const = 0;
    virtual QJsonObject resetKeys() = 0;
};

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

/// Names a request that Keywheel answers itself in the log (category `server`), as the records of
/// exchanges do not contain it. It holds views only: use it within one call.
struct LoggedRequest
{
    QByteArrayView method; ///< empty, like `target`, when the request was not read that far
    QByteArrayView target;
    QHostAddress peer;
    quint16 peerPort;
    QByteArrayView id;
};

/// Writes one line at info level: `refused POST /v1/x 401 missing_authorization from
/// 127.0.0.1:5000 id kw-…`. It names the target's path only, and no header, because the rest may
/// hold secrets.
void logRefusal(const LoggedRequest &request, const OwnError &error);

} // namespace keywheel
