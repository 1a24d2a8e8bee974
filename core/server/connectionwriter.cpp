// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/connectionwriter.h"

#include "http/errorbody.h"
#include "http/fieldparser.h"
#include "server/connection.h"
#include "server/originpolicy.h"

#include <QStringBuilder>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace keywheel {

ConnectionWriter::ConnectionWriter(Connection &connection, Options options)
    : connection_(&connection),
      options_(std::move(options)),
      full_(ConnectionWriter::bytesPending() >= HighWater) // of the answer before
{
}

ConnectionWriter::~ConnectionWriter()
{
    ConnectionWriter::abort();
}

void ConnectionWriter::writeHead(const ResponseHead &head)
{
    if (!connection_ || headWritten_)
        return;
    const auto length = contentLength(head.headers);
    if (!length)
        return abort();
    headWritten_ = true;
    chooseFraming(head.status, *length);

    QByteArray &text = connection_->stream().gathered();
    text += "HTTP/1.1 " % QByteArray::number(head.status) % ' ' %
            (head.reason.isEmpty() ? reasonPhrase(head.status) : head.reason) % "\r\n";
    appendFields(text, head);
    text.append("\r\n");
    if (bytesPending() < HighWater)
        return connection_->stream().flushLater();
    connection_->stream().flush();
    noteLevel();
}

void ConnectionWriter::chooseFraming(int status, std::optional<qint64> length)
{
    if (options_.headOnly || status < 200 || status == 204 || status == 304) {
        framing_ = Framing::None;
    } else if (length) {
        framing_ = Framing::Length;
        remaining_ = *length;
    } else if (!options_.http10) {
        framing_ = Framing::Chunked;
    } else {
        framing_ = Framing::UntilClose;
        options_.keepAlive = false;
    }
}

void ConnectionWriter::appendFields(QByteArray &text, const ResponseHead &head) const
{
    for (const HeaderField &field : head.headers) {
        if (!options_.corsOrigin.isEmpty() && isCorsField(field.name))
            continue;
        // RFC 9110 §8.6: 204 has none.
        if (head.status == 204 && equalsIgnoreCase(field.name, "Content-Length"))
            continue;
        text += field.name % ": " % field.value % "\r\n";
    }
    if (!options_.corsOrigin.isEmpty())
        appendCorsFields(text, options_.corsOrigin);
    if (framing_ == Framing::Chunked)
        text.append("Transfer-Encoding: chunked\r\n");
    if (!options_.keepAlive)
        text.append("Connection: close\r\n");
    else if (options_.http10)
        text.append("Connection: keep-alive\r\n");
}

void ConnectionWriter::write(const QByteArray &data)
{
    if (!connection_ || !headWritten_ || framing_ == Framing::None || data.isEmpty())
        return;
    if (framing_ == Framing::Chunked) {
        sendChunkSize(data.size());
        connection_->stream().send(data);
        connection_->stream().send(QByteArrayView("\r\n"));
    } else if (framing_ == Framing::Length && data.size() > remaining_) {
        // More than was promised would be taken for the next answer.
        connection_->stream().send(QByteArrayView(data).first(std::exchange(remaining_, 0)));
    } else {
        remaining_ -= framing_ == Framing::Length ? data.size() : 0;
        connection_->stream().send(data);
    }
    connection_->stream().flush();
    noteLevel();
}

/// What the system takes at once is not told by checkDrained().
void ConnectionWriter::noteLevel()
{
    if (bytesPending() >= HighWater)
        full_ = true;
    else if (full_)
        QMetaObject::invokeMethod(this, &ConnectionWriter::checkDrained, Qt::QueuedConnection);
}

void ConnectionWriter::sendChunkSize(qsizetype size)
{
    std::array<char, 20> text{};
    char *const end = std::to_chars(text.data(), text.data() + 16, size, 16).ptr;
    end[0] = '\r';
    end[1] = '\n';
    connection_->stream().send(QByteArrayView(text.data(), end + 2 - text.data()));
}

void ConnectionWriter::finish()
{
    if (!connection_)
        return;
    if (!headWritten_ || (framing_ == Framing::Length && remaining_ > 0))
        return abort();
    if (framing_ == Framing::Chunked)
        connection_->stream().send(QByteArrayView("0\r\n\r\n"));
    connection_->stream().flush();
    std::exchange(connection_, nullptr)->endExchange(options_.keepAlive);
}

void ConnectionWriter::abort()
{
    if (connection_)
        std::exchange(connection_, nullptr)->breakOff(framing_ == Framing::UntilClose);
}

qint64 ConnectionWriter::bytesPending() const
{
    return connection_ ? connection_->stream().bytesToWrite() : 0;
}

void ConnectionWriter::clientLeft()
{
    connection_ = nullptr;
    Q_EMIT clientGone();
}

void ConnectionWriter::checkDrained()
{
    if (!full_ || !connection_ || bytesPending() >= HighWater)
        return;
    full_ = false;
    Q_EMIT drained();
}

} // namespace keywheel
