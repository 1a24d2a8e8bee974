// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/server/serverfixture.h"

#include <QLoggingCategory>
#include <QMap>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

QByteArray get(const QByteArray &target, const QByteArray &fields = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n";
}

const QHostAddress Loopback(QHostAddress::LocalHost);

/// What the server logs while it lives.
class LogCapture
{
public:
    LogCapture() : previous_(qInstallMessageHandler(&LogCapture::handle))
    {
        seen().clear();
        QLoggingCategory::setFilterRules(QStringLiteral("keywheel.server.debug=true"));
    }
    ~LogCapture()
    {
        QLoggingCategory::setFilterRules({});
        qInstallMessageHandler(previous_);
    }
    Q_DISABLE_COPY_MOVE(LogCapture)

    QStringList lines(QtMsgType type) const { return seen().value(type); }

private:
    static QMap<QtMsgType, QStringList> &seen()
    {
        static QMap<QtMsgType, QStringList> lines;
        return lines;
    }
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
    {
        if (qstrcmp(context.category, "keywheel.server") == 0)
            seen()[type].append(message);
    }

    QtMessageHandler previous_;
};

} // namespace

class TestHttpServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void authKeyIsNeededButForHealth();
    void wrongKeysAreAnsweredLater();
    void leavingEndsAnAnswerThatIsHeldBack();
    void checksComeInOrder();
    void upgradesToWebSocketAreRefused_data();
    void upgradesToWebSocketAreRefused();
    void checksComeBeforeUpgrades();
    void answersToAllowedPagesCarryCors();
    void refusedOriginIsTold();
    void configTakesEffectWithTheNextRequest();
    void movesTheListener();
    void keepsTheListenerWhenTheNewOneFails();
    void movesToAnotherAddressOfTheSamePort();
    void listensOnBothLoopbacks();
    void triesPortsUntilBothLoopbacksHaveIt();
    void bothLoopbacksOrNone();
    void refusesConnectionsOverTheLimit();
    void survivesDescriptorExhaustion();
    void clientsWaitWhileDescriptorsRunShort();
    void anExceptionEndsItsExchangeOnly_data();
    void anExceptionEndsItsExchangeOnly();
    void stopLetsTheExchangeFinish();
    void stopClosesIdleConnections();
    void stopAnswersARequestThatIsStillArriving_data();
    void stopAnswersARequestThatIsStillArriving();
    void stopSeesARequestThatWaitsInTheSystem();
    void stopDoesNotWaitForAnEmptyLine();
    void refusalsAreLoggedWithoutCredentials();
    void refusalsBeforeARequestAreLogged();
    void overloadIsLoggedOnceASecond();
    void raisesTheDescriptorLimit();
    void answerCountsUntilItIsSent();
    void destructionEndsExchanges();
};

void TestHttpServer::authKeyIsNeededButForHealth()
{
    ServerConfig config;
    config.authKey = "test-auth";
    ServerFixture fixture(config);
    RawClient client(fixture.server.port());
    for (const char *target : {"/stats", "/blacklist", "/reset-keys", "/v1/models"}) {
        client.send(get(target));
        const QByteArray answer = client.answer();
        QCOMPARE(statusOf(answer), 401);
        QVERIFY(answer.contains("missing_authorization"));
        QVERIFY(fieldOf(answer, "x-request-id").startsWith("kw-"));
        client.send(get(target, "Authorization: Bearer test-auth\r\n"));
        QCOMPARE(statusOf(client.answer()), 200);
    }
    client.send(get("/health"));
    QCOMPARE(statusOf(client.answer()), 200);
    QCOMPARE(fixture.handler.requests.size(), size_t(1));
}

void TestHttpServer::wrongKeysAreAnsweredLater()
{
    ServerConfig config;
    config.authKey = "test-auth";
    ServerFixture fixture(config);
    RawClient guesser(fixture.server.port());
    const QByteArray wrong = get("/stats", "Authorization: Bearer test-guess\r\n");
    const QByteArray right = get("/stats", "Authorization: Bearer test-auth\r\n");
    for (int i = 0; i < 5; ++i) {
        guesser.send(wrong);
        QCOMPARE(statusOf(guesser.answer()), 401);
    }
    for (const auto delay : {1s, 2s, 4s, 8s, 8s}) {
        guesser.send(wrong + right); // answers stay in order
        QTRY_COMPARE(fixture.server.activeCount(), 1);
        fixture.clock.advance(delay - 1ms);
        // Another program at the same address is served meanwhile, and so is a lack of a key.
        RawClient other(fixture.server.port());
        other.send(right);
        QCOMPARE(statusOf(other.answer()), 200);
        other.send(get("/stats"));
        QCOMPARE(statusOf(other.answer()), 401);
        QVERIFY(guesser.received().isEmpty());
        fixture.clock.advance(1ms);
        QVERIFY(guesser.answer().contains("invalid_authorization"));
        QCOMPARE(statusOf(guesser.answer()), 200);
    }
}

void TestHttpServer::leavingEndsAnAnswerThatIsHeldBack()
{
    ServerConfig config;
    config.authKey = "test-auth";
    ServerFixture fixture(config);
    const QByteArray wrong = get("/stats", "x-api-key: test-guess\r\n");
    {
        RawClient guesser(fixture.server.port());
        for (int i = 0; i < 5; ++i) {
            guesser.send(wrong);
            QCOMPARE(statusOf(guesser.answer()), 401);
        }
        guesser.send(wrong);
        QTRY_COMPARE(fixture.server.activeCount(), 1);
    }
    QTRY_COMPARE(fixture.server.connectionCount(), 0);
    QCOMPARE(fixture.server.activeCount(), 0);
    fixture.clock.advance(10s);

    RawClient guesser(fixture.server.port());
    guesser.send(wrong);
    QTRY_COMPARE(fixture.server.activeCount(), 1);
    fixture.server.stopListening();
    fixture.clock.advance(8s);
    QCOMPARE(statusOf(guesser.answer()), 401);
    QVERIFY(guesser.isClosed());
}

void TestHttpServer::checksComeInOrder()
{
    ServerConfig config;
    config.authKey = "test-auth";
    ServerFixture fixture(config);
    RawClient client(fixture.server.port());
    const QByteArray foreign = "Origin: https://evil.example\r\n";
    client.send("GET /health HTTP/1.1\r\nHost: evil.example\r\n" + foreign + "\r\n");
    QVERIFY(client.answer().contains("forbidden_host"));
    client.send(get("/health", foreign));
    QVERIFY(client.answer().contains("forbidden_origin"));
    // A page cannot make us act by a form either: refused before the body is read.
    client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\n" + foreign +
                "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}");
    QVERIFY(client.answer().contains("forbidden_origin"));
    QVERIFY(client.isClosed());
    QVERIFY(fixture.handler.requests.empty());
}

void TestHttpServer::upgradesToWebSocketAreRefused_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    const QByteArray upgrade("Host: localhost\r\nConnection: Upgrade\r\nUpgrade: ");
    QTest::newRow("websocket") << "GET /v1/responses HTTP/1.1\r\n" + upgrade + "websocket\r\n\r\n"
                               << 426;
    QTest::newRow("in other case and a list")
        << "GET /v1/realtime?model=m HTTP/1.1\r\n" + upgrade + "h2c, WebSocket\r\n\r\n"
        << 426;
    QTest::newRow("h2c") << "GET /v1/models HTTP/1.1\r\n" + upgrade + "h2c\r\n\r\n" << 200;
    QTest::newRow("no GET") << "POST /v1/responses HTTP/1.1\r\n" + upgrade +
                                   "websocket\r\nContent-Length: 2\r\n\r\n{}"
                            << 200;
    QTest::newRow("HTTP/1.0") << "GET /v1/models HTTP/1.0\r\n" + upgrade + "websocket\r\n\r\n"
                              << 200;
    QTest::newRow("health") << "GET /health HTTP/1.1\r\n" + upgrade + "websocket\r\n\r\n" << 200;
}

void TestHttpServer::upgradesToWebSocketAreRefused()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.send(request);
    const QByteArray answer = client.answer();
    QCOMPARE(statusOf(answer), status);
    if (status != 426)
        return;
    QCOMPARE(fieldOf(answer, "Upgrade"), QByteArray("HTTP/1.1"));
    QCOMPARE(fieldOf(answer, "Connection"), QByteArray("Upgrade"));
    QVERIFY(bodyOf(answer).contains(R"("code":"websocket_unsupported")"));
    QCOMPARE(fixture.handler.requests.size(), size_t(0));
    client.send(get("/v1/models")); // over to HTTP on the same connection
    QCOMPARE(statusOf(client.answer()), 200);
}

void TestHttpServer::checksComeBeforeUpgrades()
{
    ServerConfig config;
    config.authKey = "test-auth";
    ServerFixture fixture(config);
    RawClient client(fixture.server.port());
    const QByteArray upgrade("Connection: Upgrade\r\nUpgrade: websocket\r\n");
    client.send(get("/v1/responses", upgrade));
    QCOMPARE(statusOf(client.answer()), 401);
    client.send(get("/v1/responses", upgrade + "Origin: https://evil.example\r\n"));
    QCOMPARE(statusOf(client.answer()), 403);
    client.send(get("/v1/responses", upgrade + "Sec-WebSocket-Protocol: realtime, "
                                               "openai-insecure-api-key.test-auth\r\n"));
    const QByteArray answer = client.answer();
    QCOMPARE(statusOf(answer), 426);
    QVERIFY(!answer.contains("test-auth"));
}

void TestHttpServer::answersToAllowedPagesCarryCors()
{
    ServerConfig config;
    config.authKey = "test-auth";
    config.allowedOrigins = {QStringLiteral("http://localhost:*")};
    ServerFixture fixture(config);
    fixture.handler.onRequest = [](const Request &, std::unique_ptr<ResponseWriter> writer) {
        respond(
            *writer,
            {200, {}, {{"access-control-allow-origin", "*"}, {"Vary", "Accept"}, {"X-Kept", "1"}}},
            "hi");
    };
    RawClient client(fixture.server.port());
    const QByteArray origin = "Origin: http://localhost:5173\r\n";
    const QByteArray auth = "Authorization: Bearer test-auth\r\n";

    // The preflight needs no key: browsers send none.
    client.send("OPTIONS /v1/x HTTP/1.1\r\nHost: localhost\r\n" + origin +
                "Access-Control-Request-Method: POST\r\n\r\n");
    const QByteArray preflight = client.answer();
    QCOMPARE(statusOf(preflight), 204);
    QCOMPARE(fieldOf(preflight, "Access-Control-Allow-Methods"), QByteArray("POST"));
    QVERIFY(fixture.handler.requests.empty());

    client.send(get("/v1/x", origin + auth));
    const QByteArray answer = client.answer();
    QCOMPARE(fieldOf(answer, "Access-Control-Allow-Origin"), QByteArray("http://localhost:5173"));
    QCOMPARE(answer.toLower().count("access-control-allow-origin:"), 1);
    QVERIFY(fieldOf(answer, "Access-Control-Expose-Headers").contains("x-request-id"));
    QCOMPARE(answer.count("Vary: "), 2);
    QVERIFY(answer.contains("Vary: Origin\r\n"));
    QCOMPARE(fieldOf(answer, "X-Kept"), QByteArray("1"));

    client.send(get("/v1/x", origin)); // the page can read why it is refused
    const QByteArray refused = client.answer();
    QCOMPARE(statusOf(refused), 401);
    QCOMPARE(fieldOf(refused, "Access-Control-Allow-Origin"), QByteArray("http://localhost:5173"));

    client.send(get("/v1/x", auth)); // no page: the upstream's own fields stay
    QCOMPARE(fieldOf(client.answer(), "Access-Control-Allow-Origin"), QByteArray("*"));
}

void TestHttpServer::refusedOriginIsTold()
{
    ServerFixture fixture;
    QSignalSpy refused(&fixture.server, &HttpServer::originRefused);
    RawClient client(fixture.server.port());
    for (const char *origin : {"https://a.example", "https://a.example", "https://b.example"}) {
        client.send(get("/x", "Origin: " + QByteArray(origin) + "\r\n"));
        QCOMPARE(statusOf(client.answer()), 403);
    }
    QCOMPARE(refused.count(), 2);
    QCOMPARE(refused[0][0].toString(), QStringLiteral("https://a.example"));
    QCOMPARE(refused[1][0].toString(), QStringLiteral("https://b.example"));
}

void TestHttpServer::configTakesEffectWithTheNextRequest()
{
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.send(get("/x"));
    QCOMPARE(statusOf(client.answer()), 200);
    ServerConfig config;
    config.authKey = "test-auth";
    fixture.server.setConfig(config);
    client.send(get("/x"));
    QCOMPARE(statusOf(client.answer()), 401);
}

void TestHttpServer::movesTheListener()
{
    ServerFixture fixture;
    fixture.handler.holdRequests();
    const quint16 oldPort = fixture.server.port();
    RawClient client(oldPort);
    client.send(get("/slow"));
    QTRY_COMPARE(fixture.handler.held.size(), size_t(1));

    QVERIFY(fixture.server.listen(Loopback, 0));
    QVERIFY(fixture.server.port() != oldPort);
    QTcpSocket late;
    late.connectToHost(Loopback, oldPort);
    QTRY_COMPARE(late.error(), QAbstractSocket::ConnectionRefusedError);

    // What was open stays.
    respond(*fixture.handler.held.front(), {200, {}, {}}, "done");
    QCOMPARE(bodyOf(client.answer()), QByteArray("done"));
    client.send(get("/health"));
    QCOMPARE(statusOf(client.answer()), 200);
    RawClient next(fixture.server.port());
    next.send(get("/health"));
    QCOMPARE(statusOf(next.answer()), 200);
}

void TestHttpServer::keepsTheListenerWhenTheNewOneFails()
{
    ServerFixture fixture;
    const quint16 port = fixture.server.port();
    QTcpServer other;
    QVERIFY(other.listen(Loopback, 0));

    const auto taken = fixture.server.listen(Loopback, other.serverPort());
    QVERIFY(!taken);
    QVERIFY(taken.error().message.contains(QString::number(other.serverPort())));
    // No address of this machine, on the port that it has.
    QVERIFY(!fixture.server.listen(QHostAddress(QStringLiteral("192.0.2.1")), port));

    QVERIFY(fixture.server.isListening());
    QCOMPARE(fixture.server.port(), port);
    QCOMPARE(fixture.server.address(), Loopback);
    RawClient client(port);
    client.send(get("/health"));
    QCOMPARE(statusOf(client.answer()), 200);
}

void TestHttpServer::movesToAnotherAddressOfTheSamePort()
{
    ServerFixture fixture;
    const quint16 port = fixture.server.port();
    QVERIFY(fixture.server.listen(QHostAddress(QHostAddress::AnyIPv4), port));
    QCOMPARE(fixture.server.address(), QHostAddress(QHostAddress::AnyIPv4));
    RawClient client(port);
    client.send("GET /x HTTP/1.1\r\nHost: keys.example\r\n\r\n"); // its name is others' choice now
    QCOMPARE(statusOf(client.answer()), 200);
    QVERIFY(fixture.server.listen(QHostAddress(QHostAddress::AnyIPv4), port)); // as it is: nothing
}

namespace {

const QHostAddress Loopback6(QHostAddress::LocalHostIPv6);
const QList<QHostAddress> Localhost{Loopback, Loopback6};

bool hasIPv6()
{
    return QTcpServer().listen(Loopback6, 0);
}

bool connects(const QHostAddress &address, quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(address, port);
    return QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::ConnectedState; }, 1000);
}

} // namespace

void TestHttpServer::listensOnBothLoopbacks()
{
    ServerFixture fixture;
    const quint16 port = fixture.server.port();
    QVERIFY(fixture.server.listen(Localhost, port)); // as HOST=localhost after HOST=127.0.0.1
    QVERIFY(fixture.server.isListeningOn(Localhost, port));
    QVERIFY(!fixture.server.isListeningOn({Loopback}, port));
    QCOMPARE(fixture.server.address(), Loopback);
    QCOMPARE(fixture.server.port(), port);
    QVERIFY(connects(Loopback, port));
    if (!hasIPv6()) {
        QCOMPARE(fixture.server.addresses(), QList{Loopback});
        return;
    }
    QCOMPARE(fixture.server.addresses(), Localhost);
    QVERIFY(connects(Loopback6, port));
    QVERIFY(fixture.server.listen(Loopback, port)); // and back
    QVERIFY(!connects(Loopback6, port));
    fixture.server.stopListening();
    QVERIFY(!fixture.server.isListening());
}

void TestHttpServer::triesPortsUntilBothLoopbacksHaveIt()
{
    ServerFixture fixture;
    for (int i = 0; i < 20; ++i) {
        QVERIFY(fixture.server.listen(Localhost, 0));
        QVERIFY(connects(Loopback, fixture.server.port()));
        QVERIFY(!hasIPv6() || connects(Loopback6, fixture.server.port()));
    }
}

void TestHttpServer::bothLoopbacksOrNone()
{
    if (!hasIPv6())
        QSKIP("needs IPv6");
    ServerFixture fixture;
    const quint16 port = fixture.server.port();
    QTcpServer other;
    QVERIFY(other.listen(Loopback6, port));
    const auto opened = fixture.server.listen(Localhost, port);
    QVERIFY(!opened);
    QVERIFY2(opened.error().message.contains(QStringLiteral("::1")),
             qPrintable(opened.error().message));
    QCOMPARE(fixture.server.addresses(), QList{Loopback});
    QVERIFY(connects(Loopback, port));
}

void TestHttpServer::refusesConnectionsOverTheLimit()
{
    ServerConfig config;
    config.maxConnections = 2;
    ServerFixture fixture(config);
    auto first = std::make_unique<RawClient>(fixture.server.port());
    RawClient second(fixture.server.port());
    QTRY_COMPARE(fixture.server.connectionCount(), 2);
    RawClient third(fixture.server.port());
    QVERIFY(third.isClosed());
    QCOMPARE(statusOf(third.received()), 503);
    QVERIFY(third.received().contains("\"overloaded\""));

    first.reset();
    QTRY_COMPARE(fixture.server.connectionCount(), 1);
    RawClient fourth(fixture.server.port());
    fourth.send(get("/health"));
    QCOMPARE(statusOf(fourth.answer()), 200);
}

void TestHttpServer::survivesDescriptorExhaustion()
{
    ServerFixture fixture;
    RawClient before(fixture.server.port());
    before.send(get("/health"));
    QCOMPARE(statusOf(before.answer()), 200);

    // Nothing but the client's own socket fits under the limit any more.
    rlimit old{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &old), 0);
    rlimit tight = old;
    tight.rlim_cur = 64;
    std::vector<int> fill;
    while (fill.empty() || fill.back() < 62)
        fill.push_back(::dup(0));
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &tight), 0);
    QTcpSocket first;
    first.connectToHost(Loopback, fixture.server.port()); // takes the last
    QTRY_COMPARE(first.state(), QAbstractSocket::ConnectedState);
    before.send(get("/stats")); // those who are in are served
    QCOMPARE(statusOf(before.answer()), 200);
    QCOMPARE(fixture.server.connectionCount(), 1);

    // A descriptor above the reserve: seen, closed again, and then no more are taken.
    ::close(fill.back());
    fill.pop_back();
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("run short")));
    QVERIFY(QTest::qWaitFor([&] { return fixture.clock.untilNext() <= 1s; }));
    fixture.clock.advance(1s); // still short
    QVERIFY(fixture.clock.untilNext() == 1s);

    for (const int descriptor : fill)
        ::close(descriptor);
    ::setrlimit(RLIMIT_NOFILE, &old);
    fixture.clock.advance(1s);
    RawClient client(fixture.server.port());
    client.send(get("/health"));
    QCOMPARE(statusOf(client.answer()), 200);
}

void TestHttpServer::clientsWaitWhileDescriptorsRunShort()
{
    ServerFixture fixture;
    std::array<QTcpSocket, 40> clients; // all in the system's queue at once
    for (QTcpSocket &client : clients) {
        client.connectToHost(Loopback, fixture.server.port());
        QVERIFY(client.waitForConnected());
        client.write(get("/health"));
        QVERIFY(client.waitForBytesWritten());
    }
    // The last quarter is kept back: of the queue, ten fit.
    const int next = ::dup(0);
    ::close(next);
    rlimit old{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &old), 0);
    rlimit tight = old;
    tight.rlim_cur = static_cast<rlim_t>(next + 10) * 4 / 3;
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &tight), 0);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("run short")));
    QVERIFY(QTest::qWaitFor([&] { return fixture.clock.untilNext() == 1s; }));
    ::setrlimit(RLIMIT_NOFILE, &old);
    fixture.clock.advance(1s);
    const auto served = [&] {
        return std::count_if(clients.begin(), clients.end(),
                             [](QTcpSocket &client) { return client.bytesAvailable() > 0; });
    };
    QVERIFY(QTest::qWaitFor([&] { return served() == 40; }));
}

void TestHttpServer::anExceptionEndsItsExchangeOnly_data()
{
    QTest::addColumn<bool>("begun"); // the head of an answer had gone out
    QTest::addColumn<bool>("kept");  // the handler still holds the writer
    QTest::newRow("at once") << false << false;
    QTest::newRow("the writer kept") << false << true;
    QTest::newRow("in an answer") << true << false;
    QTest::newRow("in an answer, the writer kept") << true << true;
}

void TestHttpServer::anExceptionEndsItsExchangeOnly()
{
    QFETCH(bool, begun);
    QFETCH(bool, kept);
    ServerFixture fixture;
    fixture.handler.holdRequests();
    RawClient other(fixture.server.port());
    other.send(get("/other"));
    QTRY_COMPARE(fixture.handler.held.size(), size_t(1));
    fixture.handler.onRequest = [&](const Request &, std::unique_ptr<ResponseWriter> writer) {
        if (begun) {
            writer->writeHead({200, {}, {{"Content-Length", "5"}}});
            writer->write("he");
        }
        if (kept)
            fixture.handler.held.push_back(std::move(writer));
        throw std::bad_alloc();
    };
    RawClient client(fixture.server.port());
    QTest::ignoreMessage(QtCriticalMsg, "A request was given up: std::bad_alloc");
    client.send(get("/bad") + get("/next"));
    QVERIFY(client.isClosed());
    QVERIFY(!client.received().contains("hello"));
    QCOMPARE(client.received().count("HTTP/1.1"), begun ? 1 : 0);
    QTRY_COMPARE(fixture.server.connectionCount(), 1);
    QCOMPARE(fixture.server.activeCount(), 1);

    respond(*fixture.handler.held.front(), {200, {}, {}}, "other");
    QCOMPARE(bodyOf(other.answer()), QByteArray("other"));
    fixture.handler.onRequest = {};
    other.send(get("/again"));
    QCOMPARE(statusOf(other.answer()), 200);
}

void TestHttpServer::stopLetsTheExchangeFinish()
{
    ServerFixture fixture;
    fixture.handler.holdRequests();
    RawClient client(fixture.server.port());
    client.send(get("/slow") + get("/never"));
    QTRY_COMPARE(fixture.handler.held.size(), size_t(1));
    QSignalSpy idle(&fixture.server, &HttpServer::idle);
    const quint16 port = fixture.server.port();
    fixture.server.stopListening();
    QVERIFY(!fixture.server.isListening());
    QCOMPARE(fixture.server.activeCount(), 1);
    QTcpSocket late;
    late.connectToHost(Loopback, port);
    QTRY_COMPARE(late.error(), QAbstractSocket::ConnectionRefusedError);

    respond(*fixture.handler.held.front(), {200, {}, {}}, "done");
    QCOMPARE(idle.count(), 1);
    QCOMPARE(fixture.server.activeCount(), 0);
    QCOMPARE(bodyOf(client.answer()), QByteArray("done"));
    QVERIFY(client.isClosed());
    QCOMPARE(fixture.handler.requests.size(), size_t(1));
    QTRY_COMPARE(fixture.server.connectionCount(), 0);
}

void TestHttpServer::stopClosesIdleConnections()
{
    ServerFixture fixture;
    RawClient idle(fixture.server.port());
    RawClient used(fixture.server.port());
    used.send(get("/x"));
    QCOMPARE(statusOf(used.answer()), 200);
    QTRY_COMPARE(fixture.server.connectionCount(), 2);
    fixture.server.stopListening();
    QCOMPARE(fixture.server.activeCount(), 0);
    QVERIFY(idle.isClosed());
    QVERIFY(used.isClosed());
    QTRY_COMPARE(fixture.server.connectionCount(), 0);

    QVERIFY(fixture.server.listen(Loopback, 0)); // and it can start again
    RawClient client(fixture.server.port());
    client.send(get("/x") + get("/x"));
    QCOMPARE(statusOf(client.answer()), 200);
    QCOMPARE(statusOf(client.answer()), 200);
}

void TestHttpServer::stopAnswersARequestThatIsStillArriving_data()
{
    QTest::addColumn<QByteArray>("begin");
    QTest::addColumn<QByteArray>("rest");
    const QByteArray post = "POST /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n";
    QTest::newRow("first byte") << QByteArray("P") << post.mid(1) + "\r\nbody";
    QTest::newRow("half a head") << post << QByteArray("\r\nbody");
    QTest::newRow("half a body") << post + "\r\nbo" << QByteArray("dy");
    QTest::newRow("asked for its body") << post + "Expect: 100-continue\r\n\r\n"
                                        << QByteArray("body");
}

void TestHttpServer::stopAnswersARequestThatIsStillArriving()
{
    QFETCH(QByteArray, begin);
    QFETCH(QByteArray, rest);
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    client.send(begin);
    QTRY_COMPARE(fixture.server.activeCount(), 1);
    if (begin.contains("Expect"))
        QVERIFY(client.answer().startsWith("HTTP/1.1 100 "));
    QSignalSpy idle(&fixture.server, &HttpServer::idle);
    fixture.server.stopListening();
    QCoreApplication::processEvents();
    QCOMPARE(fixture.server.activeCount(), 1);
    QCOMPARE(idle.count(), 0);

    client.send(rest);
    const QByteArray answer = client.answer();
    QCOMPARE(bodyOf(answer), QByteArray("POST /x body"));
    QCOMPARE(fieldOf(answer, "Connection"), QByteArray("close"));
    QVERIFY(client.isClosed());
    QCOMPARE(idle.count(), 1);
    QCOMPARE(fixture.server.activeCount(), 0);
    QTRY_COMPARE(fixture.server.connectionCount(), 0);
}

void TestHttpServer::stopSeesARequestThatWaitsInTheSystem()
{
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    QTRY_COMPARE(fixture.server.connectionCount(), 1);
    client.send(get("/x")); // the server's loop has had no turn to read it
    fixture.server.stopListening();
    QCOMPARE(fixture.server.activeCount(), 1);
    QCOMPARE(bodyOf(client.answer()), QByteArray("GET /x "));
    QVERIFY(client.isClosed());
    QCOMPARE(fixture.server.activeCount(), 0);
}

void TestHttpServer::stopDoesNotWaitForAnEmptyLine()
{
    ServerFixture fixture;
    RawClient client(fixture.server.port());
    QTRY_COMPARE(fixture.server.connectionCount(), 1);
    client.send("\r\n");
    fixture.server.stopListening();
    QVERIFY(client.isClosed());
    QCOMPARE(fixture.server.activeCount(), 0);
    QVERIFY(client.received().isEmpty());
}

void TestHttpServer::refusalsAreLoggedWithoutCredentials()
{
    ServerConfig config;
    config.authKey = "test-auth";
    ServerFixture fixture(config);
    RawClient client(fixture.server.port());
    LogCapture log;
    client.send(get("/v1/models?key=sk-test-1", "Authorization: Bearer sk-test-2\r\n"));
    const QByteArray answer = client.answer();
    QCOMPARE(statusOf(answer), 401);
    client.send(get("/health?key=sk-test-3"));
    QCOMPARE(statusOf(client.answer()), 200);

    const QString peer = QStringLiteral(" from 127.0.0.1:%1 id ").arg(client.socket().localPort());
    const QStringList infos = log.lines(QtInfoMsg);
    QCOMPARE(infos.size(), 1);
    QCOMPARE(infos.front(), QStringLiteral("refused GET /v1/models 401 invalid_authorization") +
                                peer + QString::fromLatin1(fieldOf(answer, "x-request-id")));
    const QStringList debugs = log.lines(QtDebugMsg);
    QCOMPARE(debugs.size(), 1);
    QVERIFY(debugs.front().startsWith(QStringLiteral("answered GET /health 200") + peer));
}

void TestHttpServer::refusalsBeforeARequestAreLogged()
{
    ServerFixture fixture;
    LogCapture log;
    RawClient noHttp(fixture.server.port());
    noHttp.send(QByteArray(1, '\x16'));
    QVERIFY(noHttp.isClosed());
    RawClient elsewhere(fixture.server.port());
    elsewhere.send("GET http://user:sk-test-1@evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QVERIFY(elsewhere.isClosed());
    RawClient method(fixture.server.port());
    method.send("PUT /stats HTTP/1.1\r\nHost: localhost\r\n\r\n");
    QCOMPARE(statusOf(method.answer()), 405);

    const QStringList lines = log.lines(QtInfoMsg);
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].startsWith(QStringLiteral("refused - - 400 invalid_request from 127.0.0.1:")));
    QVERIFY(lines[1].startsWith(QStringLiteral("refused GET - 400 invalid_request from ")));
    QVERIFY(lines[2].startsWith(QStringLiteral("refused PUT /stats 405 method_not_allowed from ")));
}

void TestHttpServer::overloadIsLoggedOnceASecond()
{
    ServerConfig config;
    config.maxConnections = 0;
    ServerFixture fixture(config);
    LogCapture log;
    const auto beRefused = [&fixture] {
        RawClient client(fixture.server.port());
        return client.isClosed() && statusOf(client.received()) == 503;
    };
    QVERIFY(beRefused() && beRefused() && beRefused());
    QCOMPARE(log.lines(QtInfoMsg).size(), 1);
    QVERIFY(log.lines(QtInfoMsg).front().startsWith(QStringLiteral("refused - - 503 overloaded ")));
    fixture.clock.advance(1s);
    QVERIFY(beRefused() && beRefused());
    QCOMPARE(log.lines(QtInfoMsg).size(), 2);
}

void TestHttpServer::raisesTheDescriptorLimit()
{
    rlimit old{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &old), 0);
    rlimit low = old;
    low.rlim_cur = std::min<rlim_t>(256, old.rlim_max);
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &low), 0);
    const ServerFixture fixture;
    rlimit now{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &now), 0);
    QCOMPARE(now.rlim_cur, old.rlim_max);
    QCOMPARE(now.rlim_max, old.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &old);
}

void TestHttpServer::answerCountsUntilItIsSent()
{
    ServerFixture fixture;
    fixture.handler.holdRequests();
    RawClient client(fixture.server.port());
    client.socket().setReadBufferSize(1);
    client.send(get("/x"));
    QTRY_COMPARE(fixture.handler.held.size(), size_t(1));
    const QByteArray body(32 * 1024 * 1024, 'x');
    respond(*fixture.handler.held.front(), {200, {}, {}}, body);
    QCOMPARE(fixture.server.activeCount(), 1);
    fixture.server.stopListening();
    client.socket().setReadBufferSize(0);
    client.socket().readAll();
    QTRY_COMPARE(fixture.server.activeCount(), 0);
    QVERIFY(client.isClosed());
}

void TestHttpServer::destructionEndsExchanges()
{
    auto fixture = std::make_unique<ServerFixture>();
    fixture->handler.holdRequests();
    RawClient client(fixture->server.port());
    client.send(get("/slow"));
    QTRY_COMPARE(fixture->handler.held.size(), size_t(1));
    const auto writer = std::move(fixture->handler.held.front());
    QSignalSpy gone(writer.get(), &ResponseWriter::clientGone);
    fixture.reset();
    QCOMPARE(gone.count(), 1);
    writer->finish();
    QVERIFY(client.isClosed());
}

QTEST_GUILESS_MAIN(TestHttpServer)
#include "test_httpserver.moc"
