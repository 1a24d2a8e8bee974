// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/httpclient.h"

#include "http/fieldparser.h"

#include <QEventLoop>
#include <QTimer>

namespace keywheel {

HttpClient::HttpClient(quint16 port, const QString &host, QObject *parent) : QObject(parent)
{
    connect(&socket_, &QTcpSocket::readyRead, this, &HttpClient::read);
    connect(&socket_, &QTcpSocket::disconnected, this, [this] {
        response_.closed = true;
        if (response_.status != 0 && !chunks_ && !bodyLeft_)
            response_.complete = true;
        Q_EMIT progress();
    });
    connect(&socket_, &QTcpSocket::errorOccurred, this, [this](QAbstractSocket::SocketError) {
        response_.closed = true;
        Q_EMIT progress();
    });
    socket_.connectToHost(host, port);
    socket_.setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

QByteArray HttpClient::message(const QByteArray &method, const QByteArray &target,
                               const Headers &headers, const QByteArray &body)
{
    QByteArray bytes = method + ' ' + target + " HTTP/1.1\r\n";
    if (!headers.contains("Host"))
        bytes += "Host: localhost\r\n";
    for (const HeaderField &field : headers)
        bytes += field.name + ": " + field.value + "\r\n";
    if (!body.isEmpty() && !headers.contains("Content-Length"))
        bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n";
    return bytes + "\r\n" + body;
}

void HttpClient::send(const QByteArray &bytes)
{
    response_ = {};
    chunks_.reset();
    bodyLeft_.reset();
    headOnly_ = bytes.startsWith("HEAD ");
    socket_.write(bytes);
}

void HttpClient::get(const QByteArray &target, const Headers &headers)
{
    send(message("GET", target, headers));
}

void HttpClient::post(const QByteArray &target, const QByteArray &body, const Headers &headers)
{
    send(message("POST", target, headers, body));
}

bool HttpClient::waitForHead()
{
    return waitUntil([this] { return response_.status != 0 || response_.closed; }) &&
           response_.status != 0;
}

bool HttpClient::waitForBody(qsizetype atLeast)
{
    return waitUntil([=, this] { return response_.body.size() >= atLeast || response_.closed; }) &&
           response_.body.size() >= atLeast;
}

bool HttpClient::waitForEnd()
{
    return waitUntil([this] { return response_.complete || response_.closed; }) &&
           response_.status != 0;
}

void HttpClient::leave()
{
    socket_.disconnectFromHost();
}

void HttpClient::crash()
{
    socket_.abort();
}

void HttpClient::stopReading()
{
    disconnect(&socket_, &QTcpSocket::readyRead, this, nullptr);
    socket_.setReadBufferSize(1);
}

void HttpClient::read()
{
    buffer_ += socket_.readAll();
    if (response_.status == 0 && !parseHead())
        return;
    parseBody();
    Q_EMIT progress();
}

bool HttpClient::parseHead()
{
    const qsizetype end = buffer_.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QByteArray head = buffer_.first(end + 4);
    buffer_.remove(0, end + 4);
    const qsizetype lineEnd = head.indexOf("\r\n");
    const QByteArray line = head.first(lineEnd);
    const auto fields = parseFields(QByteArrayView(head).sliced(lineEnd + 2).chopped(2), 1000);
    const int status = line.mid(9, 3).toInt();
    if (!line.startsWith("HTTP/1.") || status == 0 || !fields) {
        socket_.abort();
        return false;
    }
    if (status < 200)
        return parseHead();
    response_.rawHead = head;
    response_.status = status;
    response_.reason = line.mid(13);
    response_.headers = *fields;
    if (headOnly_ || status == 204 || status == 304)
        bodyLeft_ = 0;
    else if (fields->hasToken("Transfer-Encoding", "chunked"))
        chunks_.emplace();
    else if (fields->contains("Content-Length"))
        bodyLeft_ = fields->value("Content-Length").toLongLong();
    return true;
}

void HttpClient::parseBody()
{
    if (response_.complete)
        return;
    QByteArray decoded;
    if (chunks_) {
        buffer_.remove(0, chunks_->feed(buffer_, decoded));
        response_.complete = chunks_->state() == ChunkedDecoder::State::Finished;
    } else {
        decoded = buffer_.left(bodyLeft_.value_or(buffer_.size()));
        buffer_.remove(0, decoded.size());
        if (bodyLeft_) {
            *bodyLeft_ -= decoded.size();
            response_.complete = *bodyLeft_ == 0;
        }
    }
    response_.body += decoded;
    if (!decoded.isEmpty())
        Q_EMIT data(decoded);
}

bool HttpClient::waitUntil(const std::function<bool()> &condition)
{
    QEventLoop loop;
    QTimer timeout;
    timeout.setSingleShot(true);
    connect(&timeout, &QTimer::timeout, &loop, &QEventLoop::quit);
    connect(this, &HttpClient::progress, &loop, [&] {
        if (condition())
            loop.quit();
    });
    timeout.start(Patience);
    if (!condition())
        loop.exec();
    return condition();
}

Fetched fetch(quint16 port, const QByteArray &method, const QByteArray &target,
              const Headers &headers, const QByteArray &body)
{
    HttpClient client(port);
    client.send(HttpClient::message(method, target, headers, body));
    client.waitForEnd();
    return client.response();
}

} // namespace keywheel
