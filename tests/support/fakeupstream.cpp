// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakeupstream.h"

#include <QSslSocket>
#include <QTimer>

#ifdef Q_OS_WIN
#include <winsock2.h>
#else
#include <sys/socket.h>
#endif

namespace keywheel {

namespace {

#ifdef Q_OS_WIN
constexpr int WriteSide = SD_SEND;
#else
constexpr int WriteSide = SHUT_WR;
#endif

/// Ends TCP with FIN; says nothing of it to TLS.
void endTcp(QTcpSocket &socket)
{
    socket.flush();
    ::shutdown(socket.socketDescriptor(), WriteSide);
}

/// Closes with RST instead of FIN.
void resetConnection(QTcpSocket &socket)
{
    const linger now{1, 0};
    setsockopt(socket.socketDescriptor(), SOL_SOCKET, SO_LINGER,
               reinterpret_cast<const char *>(&now), sizeof now);
    socket.abort();
}

} // namespace

Script &Script::reply(const Answer &answer)
{
    answers_ = {answer};
    next_ = 0;
    return *this;
}

Script &Script::then(const Answer &answer)
{
    answers_ += answer;
    return *this;
}

Answer Script::next()
{
    Answer answer = answers_[next_];
    next_ = std::min(next_ + 1, answers_.size() - 1);
    return answer;
}

FakeUpstream::FakeUpstream(QObject *parent) : QObject(parent)
{
    start();
}

FakeUpstream::FakeUpstream(const QSslConfiguration &tls, QObject *parent) : QObject(parent)
{
    server_.makeSocket = [tls](qintptr descriptor, QObject *owner) {
        auto *socket = new QSslSocket(owner);
        socket->setSslConfiguration(tls);
        socket->setSocketDescriptor(descriptor);
        socket->startServerEncryption();
        return socket;
    };
    start();
}

void FakeUpstream::start()
{
    connect(&server_, &MiniHttpServer::connected, this, [this](MiniConnection *connection) {
        if (readLimit_ > 0)
            connection->limitReading(readLimit_);
        connect(connection, &MiniConnection::closed, this,
                [this, number = connection->number()] { noteClosed(number); });
    });
    connect(&server_, &MiniHttpServer::headReceived, this, &FakeUpstream::noteHead);
    connect(&server_, &MiniHttpServer::requestReceived, this, &FakeUpstream::noteRequest);
    server_.setListenBacklogSize(1000); // many may come at once
    const auto started = server_.start();
    if (!started)
        qFatal("%s", qPrintable(started.error().message));
}

QUrl FakeUpstream::url(const QString &path) const
{
    const bool tls = bool(server_.makeSocket);
    return QUrl(QStringLiteral("%1://127.0.0.1:%2%3")
                    .arg(tls ? QStringLiteral("https") : QStringLiteral("http"))
                    .arg(port())
                    .arg(path));
}

void FakeUpstream::closeIdle()
{
    QList<MiniConnection *> busy;
    for (const auto &[number, playing] : playing_) {
        if (!playing.over)
            busy += playing.connection;
    }
    for (MiniConnection *connection : server_.findChildren<MiniConnection *>()) {
        if (!busy.contains(connection)) {
            connection->socket().disconnectFromHost();
            connection->socket().flush(); // TLS has a farewell to send
        }
    }
}

void FakeUpstream::push(int number, const QByteArray &data)
{
    const Playing &playing = playing_.at(number);
    if (!playing.connection)
        return;
    playing.connection->write(playing.answer.isChunked() ? httpChunk(data) : data);
    playing.connection->socket().flush();
}

void FakeUpstream::end(int number)
{
    Playing &playing = playing_.at(number);
    playing.over = true;
    if (!playing.connection)
        return;
    if (playing.answer.isChunked())
        playing.connection->write(QByteArrayLiteral("0\r\n\r\n"));
    playing.connection->endAnswer(playing.answer.isChunked());
}

void FakeUpstream::cut(int number)
{
    Playing &playing = playing_.at(number);
    playing.over = true;
    if (playing.connection)
        playing.connection->endAnswer(false);
}

void FakeUpstream::reset(int number)
{
    Playing &playing = playing_.at(number);
    playing.over = true;
    if (playing.connection)
        resetConnection(playing.connection->socket());
}

QList<Received> FakeUpstream::requests() const
{
    QList<Received> list;
    for (const auto &[number, request] : requests_)
        list += request;
    return list;
}

QList<QByteArray> FakeUpstream::keysUsed() const
{
    QList<QByteArray> keys;
    for (const auto &[number, request] : requests_)
        keys += request.key();
    return keys;
}

int FakeUpstream::wholeRequests() const
{
    int whole = 0;
    for (const auto &[number, request] : requests_)
        whole += request.whole ? 1 : 0;
    return whole;
}

int FakeUpstream::connectionsOpen() const
{
    int open = 0;
    for (MiniConnection *connection : server_.findChildren<MiniConnection *>())
        open += connection->socket().state() == QAbstractSocket::ConnectedState ? 1 : 0;
    return open;
}

void FakeUpstream::noteHead(const MiniRequest &request, MiniConnection *connection)
{
    static_cast<MiniRequest &>(requests_[request.number]) = request;
    Playing &playing = playing_[request.number];
    playing.connection = connection;
    playing.answer = choose(request);
    playing.steps = playing.answer.steps(request.method);
    Q_EMIT headReceived(request.number);
    if (playing.answer.isBeforeBody())
        play(request.number);
}

void FakeUpstream::noteRequest(const MiniRequest &request, MiniConnection *)
{
    Received &received = requests_[request.number];
    static_cast<MiniRequest &>(received) = request;
    received.whole = true;
    Q_EMIT requestReceived(request.number);
    if (!playing_.at(request.number).answer.isBeforeBody())
        play(request.number);
}

void FakeUpstream::noteClosed(int connection)
{
    for (auto &[number, received] : requests_) {
        if (received.connection != connection || received.closedAt)
            continue;
        received.closedAt = std::chrono::steady_clock::now();
        Playing &playing = playing_.at(number);
        if (playing.over)
            continue;
        playing.over = true;
        Q_EMIT peerLeft(number);
    }
}

Answer FakeUpstream::choose(const MiniRequest &request)
{
    if (const auto it = numbered_.constFind(request.number); it != numbered_.cend())
        return *it;
    if (const auto it = keyed_.find(request.key()); it != keyed_.end())
        return it->next();
    if (request.key().startsWith("sk-keywheel-check-")) // whose key nobody has
        return Answer::error(401, "invalid_api_key", "Incorrect API key provided");
    return any_ ? any_->next() : Answer::json(200, QByteArrayLiteral("{\"ok\":true}"));
}

void FakeUpstream::play(int number)
{
    Playing &playing = playing_.at(number);
    while (!playing.steps.isEmpty()) {
        Answer::Step &step = playing.steps.first();
        if (step.pause.count() > 0) {
            const auto pause = std::exchange(step.pause, Answer::Milliseconds(0));
            QTimer::singleShot(pause, Qt::PreciseTimer, playing.connection.data(),
                               [this, number] { play(number); });
            return;
        }
        playing.connection->write(step.bytes);
        playing.connection->socket().flush();
        playing.steps.removeFirst();
    }
    finish(number);
}

void FakeUpstream::finish(int number)
{
    Playing &playing = playing_.at(number);
    const Answer::End end = playing.answer.ending();
    if (end == Answer::End::Hold)
        return;
    playing.over = true;
    if (end == Answer::End::Reset)
        resetConnection(playing.connection->socket());
    else if (end == Answer::End::Shutdown)
        endTcp(playing.connection->socket());
    else
        playing.connection->endAnswer(end == Answer::End::KeepAlive);
}

} // namespace keywheel
