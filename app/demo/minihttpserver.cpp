// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/minihttpserver.h"

#include "http/credentials.h"
#include "http/errorbody.h"
#include "http/fieldparser.h"

#include <QTimer>

using namespace std::chrono_literals;

namespace keywheel {

QByteArray MiniRequest::key() const
{
    return sentCredentials(headers, target).keys.value(0).toByteArray();
}

MiniConnection::MiniConnection(QTcpSocket *socket, int number, QObject *parent)
    : QObject(parent),
      socket_(socket),
      number_(number)
{
    socket_->setParent(this);
    socket_->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(socket_, &QTcpSocket::readyRead, this, &MiniConnection::read);
    connect(socket_, &QTcpSocket::disconnected, this, [this] {
        Q_EMIT closed();
        deleteLater();
    });
}

void MiniConnection::write(const QByteArray &bytes)
{
    socket_->write(bytes);
}

void MiniConnection::endAnswer(bool keepAlive)
{
    if (!keepAlive) {
        socket_->disconnectFromHost();
        return;
    }
    step_ = Step::Head;
    // Queued: a pipelined request must not be answered inside the answer before it.
    QMetaObject::invokeMethod(this, &MiniConnection::parse, Qt::QueuedConnection);
}

void MiniConnection::limitReading(qint64 bytes)
{
    readLimit_ = bytes;
    socket_->setReadBufferSize(bytes);
    read();
}

void MiniConnection::read()
{
    if (readPaused_)
        return;
    if (readLimit_ == 0) {
        buffer_ += socket_->readAll();
    } else if (socket_->bytesAvailable() > 0) {
        buffer_ += socket_->read(readLimit_);
        readPaused_ = true;
        QTimer::singleShot(10ms, this, [this] {
            readPaused_ = false;
            read();
        });
    }
    parse();
}

void MiniConnection::parse()
{
    if (step_ == Step::Head && !parseHead())
        return;
    if (step_ != Step::Body || !parseBody())
        return;
    step_ = Step::Answering;
    Q_EMIT requestReceived(request_);
}

bool MiniConnection::parseHead()
{
    const qsizetype end = buffer_.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    request_ = {};
    request_.connection = number_;
    request_.arrived = std::chrono::steady_clock::now();
    request_.rawHead = buffer_.first(end + 4);
    buffer_.remove(0, end + 4);

    const qsizetype lineEnd = request_.rawHead.indexOf("\r\n");
    const QList<QByteArray> line = request_.rawHead.first(lineEnd).split(' ');
    const auto section = QByteArrayView(request_.rawHead).sliced(lineEnd + 2).chopped(2);
    auto fields = parseFields(section, 1000);
    if (line.size() != 3 || !fields) {
        refuse();
        return false;
    }
    request_.method = line[0];
    request_.target = line[1];
    request_.headers = std::move(*fields);

    const auto length = contentLength(request_.headers);
    if (!length) {
        refuse();
        return false;
    }
    bodyLeft_ = length->value_or(0);
    chunks_.reset();
    if (request_.headers.hasToken("Transfer-Encoding", "chunked"))
        chunks_.emplace();
    step_ = Step::Body;
    if (request_.headers.hasToken("Expect", "100-continue"))
        write("HTTP/1.1 100 Continue\r\n\r\n");
    Q_EMIT headReceived(request_);
    return true;
}

bool MiniConnection::parseBody()
{
    if (chunks_) {
        buffer_.remove(0, chunks_->feed(buffer_, request_.body));
        if (chunks_->state() == ChunkedDecoder::State::Broken)
            refuse();
        return chunks_->state() == ChunkedDecoder::State::Finished;
    }
    const qint64 taken = std::min<qint64>(bodyLeft_, buffer_.size());
    request_.body += buffer_.first(taken);
    buffer_.remove(0, taken);
    bodyLeft_ -= taken;
    return bodyLeft_ == 0;
}

void MiniConnection::refuse()
{
    write(httpHead(400, {{"Content-Length", "0"}, {"Connection", "close"}}));
    step_ = Step::Answering;
    endAnswer(false);
}

Expected<void> MiniHttpServer::start()
{
    if (!listen(QHostAddress::LocalHost, 0))
        return failure(
            QStringLiteral("No free port on 127.0.0.1 could be opened: %1.").arg(errorString()));
    return {};
}

void MiniHttpServer::incomingConnection(qintptr descriptor)
{
    QTcpSocket *socket = makeSocket ? makeSocket(descriptor, this) : new QTcpSocket(this);
    if (!makeSocket)
        socket->setSocketDescriptor(descriptor);
    auto *connection = new MiniConnection(socket, ++connections_, this);
    connect(connection, &MiniConnection::headReceived, this,
            [this, connection](MiniRequest &request) {
                request.number = ++requests_;
                Q_EMIT headReceived(request, connection);
            });
    connect(connection, &MiniConnection::requestReceived, this,
            [this, connection](const MiniRequest &request) {
                Q_EMIT requestReceived(request, connection);
            });
    Q_EMIT connected(connection);
}

QByteArray httpHead(int status, const Headers &headers, const QByteArray &reason)
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' +
                      (reason.isEmpty() ? reasonPhrase(status) : reason) + "\r\n";
    for (const HeaderField &field : headers)
        head += field.name + ": " + field.value + "\r\n";
    return head + "\r\n";
}

} // namespace keywheel
