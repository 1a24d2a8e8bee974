// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/server/serverfixture.h"

#include <QCoreApplication>
#include <QTest>

namespace keywheel {

void FakeHandler::handle(Request request, std::unique_ptr<ResponseWriter> writer)
{
    requests.push_back(request);
    if (onRequest)
        return onRequest(request, std::move(writer));
    respond(*writer, {200, {}, {}}, request.method + ' ' + request.target + ' ' + request.body);
}

void FakeHandler::holdRequests()
{
    onRequest = [this](const Request &, std::unique_ptr<ResponseWriter> writer) {
        held.push_back(std::move(writer));
    };
}

QJsonObject FakeManagement::health() const
{
    return {{QStringLiteral("status"), QStringLiteral("healthy")}};
}

QJsonObject FakeManagement::stats(const RowRange &rows) const
{
    return {
        {QStringLiteral("what"), QStringLiteral("stats")},
        {QStringLiteral("rows"), QStringLiteral("%1 from %2").arg(rows.limit).arg(rows.offset)}};
}

QJsonObject FakeManagement::blacklist(const RowRange &rows) const
{
    return {
        {QStringLiteral("what"), QStringLiteral("blacklist")},
        {QStringLiteral("rows"), QStringLiteral("%1 from %2").arg(rows.limit).arg(rows.offset)}};
}

QJsonObject FakeManagement::resetKeys()
{
    ++resets;
    return {{QStringLiteral("success"), true}};
}

RawClient::RawClient(quint16 port)
{
    QObject::connect(&socket_, &QTcpSocket::readyRead, &socket_,
                     [this] { received_ += socket_.readAll(); });
    socket_.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    if (!QTest::qWaitFor([this] { return isOpen(); }))
        qFatal("the server takes no connection");
    socket_.setSocketOption(QAbstractSocket::LowDelayOption, 1);
}

void RawClient::send(const QByteArray &bytes)
{
    socket_.write(bytes);
    socket_.flush();
}

void RawClient::sendSlowly(const QByteArray &bytes)
{
    for (const char byte : bytes) {
        if (!isOpen())
            return;
        send(QByteArray(1, byte));
        QCoreApplication::processEvents();
    }
}

bool RawClient::receive(const std::function<bool(const QByteArray &)> &enough)
{
    return QTest::qWaitFor([&] { return enough(received_); });
}

namespace {

/// Where the answer at the start of `bytes` ends; -1: not yet.
qsizetype answerEnd(const QByteArray &bytes)
{
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    if (headEnd < 0)
        return -1;
    const qsizetype body = headEnd + 4;
    if (bytes.left(headEnd).toLower().contains("transfer-encoding: chunked")) {
        const qsizetype last = bytes.indexOf("0\r\n\r\n", body);
        return last < 0 ? -1 : last + 5;
    }
    const qsizetype end = body + fieldOf(bytes, "Content-Length").toLongLong();
    return bytes.size() < end ? -1 : end;
}

} // namespace

QByteArray RawClient::answer()
{
    if (!receive([](const QByteArray &bytes) { return answerEnd(bytes) >= 0; }))
        return {};
    const qsizetype end = answerEnd(received_);
    const QByteArray first = received_.left(end);
    received_.remove(0, end);
    return first;
}

bool RawClient::isClosed()
{
    return QTest::qWaitFor([this] { return socket_.state() == QAbstractSocket::UnconnectedState; });
}

int statusOf(const QByteArray &answer)
{
    return answer.startsWith("HTTP/1.1 ") ? answer.mid(9, 3).toInt() : 0;
}

QByteArray bodyOf(const QByteArray &answer)
{
    return answer.mid(answer.indexOf("\r\n\r\n") + 4);
}

QByteArray fieldOf(const QByteArray &answer, const QByteArray &name)
{
    const QByteArray head = answer.left(answer.indexOf("\r\n\r\n") + 2);
    const qsizetype at = head.toLower().indexOf("\r\n" + name.toLower() + ": ");
    if (at < 0)
        return {};
    const qsizetype value = at + 2 + name.size() + 2;
    return head.mid(value, head.indexOf("\r\n", value) - value);
}

ServerFixture::ServerFixture(const ServerConfig &config) : server(handler, management, clock)
{
    server.setConfig(config);
    if (!server.listen(QHostAddress(QHostAddress::LocalHost), 0))
        qFatal("no port to listen on");
}

} // namespace keywheel
