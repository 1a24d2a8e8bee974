// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demoupstream.h"

#include "demo/demoanswers.h"
#include "demo/minihttpserver.h"

#include <QJsonDocument>

namespace keywheel {

namespace {

const QByteArray InvalidKey = QByteArrayLiteral("sk-test-demo-invalid-bad3");
const QByteArray EmptyKey = QByteArrayLiteral("sk-test-demo-no-quota-out4");
const QByteArray LimitedKey = QByteArrayLiteral("sk-test-demo-limited-lim5");

const QList<ApiKey> &sampleKeys()
{
    static const QList<ApiKey> keys{
        {QByteArrayLiteral("sk-test-demo-good-one1"), 1, QStringLiteral("good")},
        {InvalidKey, 2, QStringLiteral("invalid")},
        {QByteArrayLiteral("sk-test-demo-good-two2"), 3, QStringLiteral("good")},
        {EmptyKey, 4, QStringLiteral("out of quota")},
        {LimitedKey, 5, QStringLiteral("rate-limited now and then")}};
    return keys;
}

void send(MiniConnection *connection, const demo::JsonAnswer &answer)
{
    const QByteArray body = QJsonDocument(answer.body).toJson(QJsonDocument::Compact);
    Headers headers = answer.headers;
    headers.append("Content-Type", "application/json");
    headers.append("Content-Length", QByteArray::number(body.size()));
    connection->write(httpHead(answer.status, headers) + body);
    connection->endAnswer(true);
}

QByteArray chunk(const QByteArray &data)
{
    return QByteArray::number(data.size(), 16) + "\r\n" + data + "\r\n";
}

} // namespace

DemoUpstream::DemoUpstream(Clock &clock, QObject *parent)
    : QObject(parent),
      clock_(clock),
      server_(std::make_unique<MiniHttpServer>())
{
    connect(server_.get(), &MiniHttpServer::requestReceived, this, &DemoUpstream::answer);
}

DemoUpstream::~DemoUpstream() = default;

Expected<void> DemoUpstream::start()
{
    return server_->start();
}

QUrl DemoUpstream::baseUrl() const
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(server_->serverPort()));
}

QList<ApiKey> DemoUpstream::keys()
{
    return sampleKeys();
}

void DemoUpstream::answer(const MiniRequest &request, MiniConnection *connection)
{
    if (refuseKey(request, connection))
        return;
    const QByteArray path = request.target.split('?').constFirst();
    const bool get = request.method == "GET";
    const bool post = request.method == "POST";
    if (get && path == "/v1/models")
        send(connection, demo::models());
    else if (get && path.startsWith("/v1/models/"))
        send(connection, demo::model(path.mid(11)));
    else if (post && path == "/v1/chat/completions")
        chat(request, connection);
    else if (post && path == "/v1/embeddings")
        send(connection, demo::embeddings(request.body));
    else if (post && path == "/v1/files")
        send(connection, demo::uploadedFile(request.headers.value("Content-Type"), request.body));
    else
        send(connection,
             demo::error(404,
                         QStringLiteral("Invalid URL (%1 %2)")
                             .arg(QString::fromLatin1(request.method), QString::fromUtf8(path)),
                         QStringLiteral("invalid_request_error"), QString()));
}

bool DemoUpstream::refuseKey(const MiniRequest &request, MiniConnection *connection)
{
    const QByteArray key = request.key();
    const auto known = [&key](const ApiKey &sample) {
        return sample.secret == key;
    };
    const bool valid =
        key != InvalidKey && std::any_of(sampleKeys().begin(), sampleKeys().end(), known);
    if (!valid) {
        send(connection, demo::error(401, QStringLiteral("Incorrect API key provided."),
                                     QStringLiteral("invalid_request_error"),
                                     QStringLiteral("invalid_api_key")));
        return true;
    }
    if (key == EmptyKey) {
        send(connection,
             demo::error(429,
                         QStringLiteral("You exceeded your current quota, please check your plan "
                                        "and billing details."),
                         QStringLiteral("insufficient_quota"),
                         QStringLiteral("insufficient_quota")));
        return true;
    }
    return key == LimitedKey && refuseLimited(connection);
}

bool DemoUpstream::refuseLimited(MiniConnection *connection)
{
    const Clock::Instant now = clock_.now();
    if (limitedUntil_ && now >= *limitedUntil_)
        limitedUntil_.reset();
    if (!limitedUntil_ && ++limitedRequests_ % LimitedEvery == 0)
        limitedUntil_ = now + LimitedFor;
    if (!limitedUntil_)
        return false;
    const auto left = std::chrono::ceil<std::chrono::seconds>(*limitedUntil_ - now);
    demo::JsonAnswer answer =
        demo::error(429, QStringLiteral("Rate limit reached for requests. Please try again later."),
                    QStringLiteral("requests"), QStringLiteral("rate_limit_exceeded"));
    answer.headers.append("Retry-After", QByteArray::number(qint64(left.count())));
    send(connection, answer);
    return true;
}

void DemoUpstream::chat(const MiniRequest &request, MiniConnection *connection)
{
    const demo::ChatAnswer answer = demo::chat(request.body, clock_.wallNow().toSecsSinceEpoch());
    if (answer.whole) {
        send(connection, *answer.whole);
        return;
    }
    connection->write(httpHead(200, {{"Content-Type", "text/event-stream"},
                                     {"Cache-Control", "no-cache"},
                                     {"Transfer-Encoding", "chunked"}}));
    stream(connection, answer.events, 0);
}

void DemoUpstream::stream(MiniConnection *connection, const QList<QByteArray> &events,
                          qsizetype next)
{
    connection->write(chunk(events[next]));
    if (next + 1 == events.size()) {
        connection->write(QByteArrayLiteral("0\r\n\r\n"));
        connection->endAnswer(true);
        return;
    }
    clock_.callLater(TokenPace, connection, [=, this] { stream(connection, events, next + 1); });
}

} // namespace keywheel
