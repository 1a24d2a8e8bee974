// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/connection.h"

#include "common/exceptions.h"
#include "common/logging.h"
#include "server/connectiontable.h"
#include "server/httpadapter.h"

#include <utility>

namespace keywheel {

Connection::Connection(qintptr descriptor, ConnectionTable &table)
    : QObject(&table),
      table_(table),
      stream_(descriptor, table.outbox())
{
    connect(&stream_, &ClientStream::readyRead, this, &Connection::onReadyRead);
    connect(&stream_, &ClientStream::bytesWritten, this, &Connection::onBytesWritten);
    connect(&stream_, &ClientStream::disconnected, this, &Connection::end);
    parser_.reset(table_.maxBodySize());
    updateDeadline();
}

Connection::~Connection()
{
    if (ConnectionWriter *writer = std::exchange(writer_, nullptr))
        writer->clientLeft();
}

ClientSocket *Connection::attach(QObject *parent)
{
    face_ = new ClientSocket(stream_.socket(), parent);
    connect(face_, &ClientSocket::dropped, this, [this] { hangUp(false); });
    return face_;
}

void Connection::refuse(const OwnError &error, bool keepAlive, QByteArray corsOrigin)
{
    const QByteArray id = table_.gate().nextId();
    const RequestLine &line = parser_.line();
    table_.gate().noteRefusal(
        {line.method, line.target, stream_.peer(), stream_.socket().peerPort(), id}, error);
    const auto writer = openWriter(keepAlive, std::move(corsOrigin));
    respondError(*writer, error, id, table_.clock().wallNow());
}

void Connection::stop()
{
    if (state_ != State::Reading || parser_.hasBegun())
        return;
    if (stream_.hasArrived())
        return beginExchange(); // pump() will come
    close();
    releaseWhenFlushed();
}

void Connection::beginExchange()
{
    if (!std::exchange(counted_, true))
        table_.exchangeBegan();
}

void Connection::onReadyRead()
{
    if (state_ == State::Reading)
        pump();
    else if (state_ == State::Closing)
        stream_.discardUnread();
    else if (state_ != State::Gone)
        stream_.readAhead();
    if (state_ == State::Answering && stream_.isFull())
        setDeadline(table_.clock().now() + Timeouts.lookForClient);
}

void Connection::pump()
{
    if (pumping_ || state_ != State::Reading)
        return;
    pumping_ = true;
    const bool well = endsWell("A request", [this] { readRequests(); });
    pumping_ = false;
    if (!well)
        return hangUp(true);
    updateDeadline();
    if (table_.isStopped())
        stop();
}

/// Goes on until no bytes are left, or an answer is under way that has not been finished.
void Connection::readRequests()
{
    const auto feed = [this](QByteArrayView bytes) {
        return parser_.feed(bytes);
    };
    while (state_ == State::Reading && stream_.read(feed)) {
        if (parser_.hasBegun())
            beginExchange();
        if (parser_.state() == RequestParser::State::HeadComplete)
            takeHead();
        if (state_ == State::Reading && parser_.state() == RequestParser::State::Complete)
            takeRequest();
        else if (state_ == State::Reading && parser_.state() == RequestParser::State::Refused)
            refuse({parser_.refusal().status, parser_.refusal().code, parser_.refusal().message});
    }
}

void Connection::takeHead()
{
    RequestGate::Decision decision =
        table_.gate().admit(parser_.line(), parser_.headers(), stream_.peer());
    if (decision.refusal || decision.preflight)
        return answerAndMaybeClose(decision);
    corsOrigin_ = std::move(decision.corsOrigin);
    if (parser_.expectsContinue() && parser_.hasBody()) {
        stream_.send(QByteArrayView("HTTP/1.1 100 Continue\r\n\r\n"));
        stream_.flush();
    }
    parser_.acceptBody();
}

/// A body that nobody wants is not read: the connection closes instead.
void Connection::answerAndMaybeClose(RequestGate::Decision &decision)
{
    const bool keepAlive = parser_.keepAlive() && !parser_.hasBody();
    if (decision.refusal && decision.delay.count() > 0)
        return refuseLater(decision, keepAlive);
    if (decision.refusal)
        return refuse(*decision.refusal, keepAlive, std::move(decision.corsOrigin));
    const auto writer = openWriter(keepAlive, std::move(decision.corsOrigin));
    decision.preflight->headers.append(QByteArrayLiteral("x-request-id"), table_.gate().nextId());
    respond(*writer, *decision.preflight, {});
}

void Connection::refuseLater(const RequestGate::Decision &decision, bool keepAlive)
{
    state_ = State::HeldBack;
    setDeadline({});
    table_.clock().callLater(decision.delay, this, [this, decision, keepAlive] {
        if (state_ == State::HeldBack)
            refuse(*decision.refusal, keepAlive, decision.corsOrigin);
    });
}

void Connection::takeRequest()
{
    bool well = true;
    const bool served = face_ && table_.adapter().pass(*face_, [this, &well] {
        well = endsWell("A request", [this] {
            auto writer = openWriter(parser_.keepAlive(), std::exchange(corsOrigin_, {}));
            table_.gate().serve(assembleRequest(), std::move(writer));
        });
    });
    if (!served)
        qCWarning(lcServer) << "QtHttpServer did not take a request; its connection is closed";
    if (!served || !well)
        hangUp(true);
}

Request Connection::assembleRequest()
{
    RequestLine line = parser_.takeLine();
    return {table_.gate().nextId(),      std::move(line.method), std::move(line.target),
            parser_.takeHeaders(),       parser_.takeBody(),     stream_.peer(),
            stream_.socket().peerPort(), table_.clock().now()};
}

std::unique_ptr<ConnectionWriter> Connection::openWriter(bool keepAlive, QByteArray corsOrigin)
{
    state_ = State::Answering;
    setDeadline({});
    beginExchange();
    const RequestLine &line = parser_.line();
    auto writer = std::make_unique<ConnectionWriter>(
        *this, ConnectionWriter::Options{line.minorVersion == 0, line.method == "HEAD",
                                         keepAlive && !table_.isStopped(), std::move(corsOrigin)});
    writer_ = writer.get();
    return writer;
}

void Connection::onBytesWritten()
{
    releaseWhenFlushed();
    if (writer_)
        writer_->checkDrained();
    else if (state_ == State::Closing)
        close();
    else if (state_ == State::Reading && !parser_.hasBegun())
        updateDeadline();
}

/// An answer counts as given when the system has taken it whole.
void Connection::releaseWhenFlushed()
{
    const bool begun =
        state_ == State::HeldBack || (state_ == State::Reading && parser_.hasBegun());
    if (!writer_ && counted_ && !begun && stream_.bytesToWrite() == 0) {
        counted_ = false;
        table_.exchangeEnded();
    }
}

void Connection::endExchange(bool reusable)
{
    writer_ = nullptr;
    releaseWhenFlushed();
    if (!reusable || table_.isStopped())
        return close();
    state_ = State::Reading;
    headTimed_ = false;
    parser_.reset(table_.maxBodySize());
    if (pumping_)
        return;
    updateDeadline();
    // Queued: the next request must not be served inside the writer's call.
    if (stream_.hasUnread())
        QMetaObject::invokeMethod(this, &Connection::pump, Qt::QueuedConnection);
}

void Connection::breakOff(bool reset)
{
    writer_ = nullptr;
    reset ? hangUp(true) : endExchange(false);
}

void Connection::hangUp(bool reset)
{
    stream_.abort(reset);
    end();
}

/// Sends what is left, then FIN, and waits for the client's: to close before it has read the
/// answer, with bytes of it unread here, would reset the connection and take the answer from it.
void Connection::close()
{
    if (state_ == State::Gone)
        return;
    state_ = State::Closing;
    stream_.flush();
    if (!stream_.isConnected())
        return end();
    const bool flushed = stream_.bytesToWrite() == 0;
    if (flushed)
        stream_.shutDownWriting();
    setDeadline(table_.clock().now() + (flushed ? Timeouts.linger : Timeouts.idle));
    stream_.discardUnread();
}

void Connection::end()
{
    if (state_ == State::Gone)
        return;
    state_ = State::Gone;
    deadline_.reset();
    if (ConnectionWriter *writer = std::exchange(writer_, nullptr))
        writer->clientLeft();
    if (std::exchange(counted_, false))
        table_.exchangeEnded();
    if (face_)
        face_->retire();
    table_.connectionEnded(this);
}

void Connection::expire()
{
    if (state_ == State::Answering && !stream_.hasClientLeft())
        setDeadline(table_.clock().now() + Timeouts.lookForClient);
    else if (state_ == State::Reading && parser_.hasBegun())
        refuse({408, QByteArrayLiteral("request_timeout"),
                QStringLiteral("The request took too long to arrive.")});
    else if (state_ == State::Reading && stream_.bytesToWrite() == 0)
        close();
    else
        hangUp(false);
}

void Connection::setDeadline(std::optional<Clock::Instant> deadline)
{
    deadline_ = deadline;
    if (deadline_)
        table_.watch(*deadline_);
}

void Connection::updateDeadline()
{
    if (state_ != State::Reading)
        return;
    const Clock::Instant now = table_.clock().now();
    if (parser_.state() == RequestParser::State::Body)
        setDeadline(now + Timeouts.bodyStall);
    else if (!parser_.hasBegun())
        setDeadline(now + Timeouts.idle);
    else if (!std::exchange(headTimed_, true))
        setDeadline(now + Timeouts.headers);
}

} // namespace keywheel
