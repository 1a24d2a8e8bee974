// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/message.h"

#include <QObject>

#include <memory>

namespace keywheel {

/// The way back to one client for one request.
///
/// Thread: the core's. Owned by whoever answers (the RequestHandler); destroying it before finish()
/// breaks the client's connection off, as abort() does.
///
/// Order of calls: writeHead() once, write() any number of times, then finish() or abort(). Calls
/// after clientGone(), finish() or abort() do nothing.
///
/// The writer frames the body: with the head's Content-Length when it has one, else chunked, or
/// until close for HTTP/1.0. It leaves the body out where there can be none (HEAD, 204, 304), and
/// adds Connection and Transfer-Encoding itself; a head must not carry hop-by-hop fields.
///
/// Back-pressure: a caller stops reading its source while bytesPending() is HighWater or more, and
/// goes on at drained().
class ResponseWriter : public QObject
{
    Q_OBJECT

public:
    static constexpr qint64 HighWater = qint64{256} * 1024;

    virtual void writeHead(const ResponseHead &head) = 0;
    /// Sends at once; what the client does not take yet is kept and counted by bytesPending().
    virtual void write(const QByteArray &data) = 0;
    /// The body is complete. Fewer bytes than the Content-Length promised is an abort().
    virtual void finish() = 0;
    /// The body cannot be completed: closes the connection so that the client sees it cut short.
    virtual void abort() = 0;
    /// Bytes written and not yet taken by the client's connection.
    virtual qint64 bytesPending() const = 0;

Q_SIGNALS:
    /// bytesPending() has fallen below HighWater after it had reached it.
    void drained();
    /// The client left before finish(). Comes at most once, and last.
    void clientGone();
};

/// Answers requests. Implemented by core/proxy; core/server calls it for all but its own endpoints.
class RequestHandler
{
public:
    virtual ~RequestHandler() = default;
    virtual void handle(Request request, std::unique_ptr<ResponseWriter> writer) = 0;
};

/// Writes a whole answer and finishes it.
void respond(ResponseWriter &writer, ResponseHead head, const QByteArray &body);

} // namespace keywheel
