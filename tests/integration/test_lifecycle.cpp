// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

const QList<QByteArray> Keys{"sk-test-life-alpha-1", "sk-test-life-beta-2"};

QList<QByteArray> linesWith(const QByteArray &text, const QByteArray &what)
{
    QList<QByteArray> found;
    for (const QByteArray &line : text.split('\n')) {
        if (line.contains(what))
            found += line;
    }
    return found;
}

/// Where a service manager hears of its service.
class DatagramSocket
{
public:
    DatagramSocket(const QByteArray &path, bool abstract)
        : name_((abstract ? "@" : "") + path),
          descriptor_(::socket(AF_UNIX, SOCK_DGRAM, 0))
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.toStdString().copy(address.sun_path + (abstract ? 1 : 0), sizeof address.sun_path - 1);
        const auto length = socklen_t(offsetof(sockaddr_un, sun_path)) + socklen_t(name_.size());
        bound_ = ::bind(descriptor_, reinterpret_cast<sockaddr *>(&address), length) == 0;
    }
    ~DatagramSocket() { ::close(descriptor_); }
    Q_DISABLE_COPY_MOVE(DatagramSocket)

    bool isBound() const { return bound_; }
    QByteArray name() const { return name_; }
    /// All that came so far.
    QByteArrayList heard()
    {
        QByteArray text(100, Qt::Uninitialized);
        ssize_t size = 0;
        while ((size = ::recv(descriptor_, text.data(), size_t(text.size()), MSG_DONTWAIT)) > 0)
            heard_ += text.first(size);
        return heard_;
    }

private:
    QByteArray name_;
    int descriptor_;
    bool bound_ = false;
    QByteArrayList heard_;
};

} // namespace

/// Start and end of the program.
class TestLifecycle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signalLetsAnExchangeFinish_data();
    void signalLetsAnExchangeFinish();
    void secondSignalEndsNow();
    void idleConnectionsDoNotHoldUpTheEnd();
    void portInUse();
    void localhostIsBothLoopbacks();
    void addressOfAnotherMachine();
    void badSettings();
    void badCommandLines_data();
    void badCommandLines();
    void ownAddressIsRefused_data();
    void ownAddressIsRefused();
    void openContainerIsRefused();
    void tellsTheServiceManager_data();
    void tellsTheServiceManager();
    void loopThroughAnAliasEnds_data();
    void loopThroughAnAliasEnds();
    void demo();
};

void TestLifecycle::signalLetsAnExchangeFinish_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGINT") << SIGINT;
}

void TestLifecycle::signalLetsAnExchangeFinish()
{
    QFETCH(const int, signal);
    FakeUpstream upstream;
    upstream.always(Answer::stream());
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    HttpClient client(keywheel.port());
    client.get("/v1/events");
    QTRY_COMPARE(upstream.requestCount(), 1);
    upstream.push(1, "data: 1\n\n");
    QVERIFY(client.waitForBody(9));

    keywheel.signal(signal);
    QTRY_COMPARE(keywheel.fetch("GET", "/health").status, 0); // listens no more
    QVERIFY(keywheel.isRunning());
    upstream.push(1, "data: 2\n\n");
    upstream.end(1);
    QVERIFY(client.waitForEnd());
    QVERIFY(client.response().complete);
    QVERIFY(keywheel.waitForExit());
    QCOMPARE(keywheel.exitCode(), 0);
}

void TestLifecycle::secondSignalEndsNow()
{
    FakeUpstream upstream;
    upstream.always(Answer::stream());
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    HttpClient client(keywheel.port());
    client.get("/v1/events");
    QTRY_COMPARE(upstream.requestCount(), 1);
    upstream.push(1, "data: 1\n\n");
    QVERIFY(client.waitForBody(9));
    keywheel.signal(SIGTERM);
    QTRY_COMPARE(keywheel.fetch("GET", "/health").status, 0);
    QElapsedTimer time;
    time.start();
    keywheel.signal(SIGTERM);
    QVERIFY(keywheel.waitForExit());
    QVERIFY2(time.elapsed() < 5000, QByteArray::number(time.elapsed()).constData());
    QVERIFY(client.waitForEnd());
    QVERIFY(!client.response().complete);
}

void TestLifecycle::idleConnectionsDoNotHoldUpTheEnd()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    HttpClient client(keywheel.port());
    client.get("/v1/models");
    QVERIFY(client.waitForEnd());
    QElapsedTimer time;
    time.start();
    keywheel.signal(SIGTERM);
    QVERIFY(keywheel.waitForExit());
    QCOMPARE(keywheel.exitCode(), 0);
    QVERIFY2(time.elapsed() < 5000, QByteArray::number(time.elapsed()).constData());
}

void TestLifecycle::portInUse()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    const QByteArray port = QByteArray::number(taken.serverPort());
    KeywheelProcess keywheel(QUrl(QStringLiteral("http://127.0.0.1:1")), Keys);
    keywheel.set("PORT", port);
    QCOMPARE(keywheel.run({QStringLiteral("--headless")}), 1);
    const QList<QByteArray> lines = linesWith(keywheel.standardError(), port);
    QCOMPARE(lines.size(), 1);
    QVERIFY2(lines.first().contains("127.0.0.1"), lines.first().constData());
#ifdef Q_OS_LINUX
    QVERIFY2(lines.first().contains(QByteArray::number(QCoreApplication::applicationPid())),
             lines.first().constData());
#endif
}

void TestLifecycle::localhostIsBothLoopbacks()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("HOST", "localhost");
    QVERIFY(keywheel.start());
    QVERIFY(keywheel.everythingPrinted().contains("http://127.0.0.1:"));
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    if (!QTcpServer().listen(QHostAddress::LocalHostIPv6))
        return;
    HttpClient client(keywheel.port(), QStringLiteral("::1"));
    client.get("/v1/models");
    QVERIFY(client.waitForEnd());
    QCOMPARE(client.response().status, 200);
}

void TestLifecycle::addressOfAnotherMachine()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::AnyIPv4));
    KeywheelProcess keywheel(QUrl(QStringLiteral("http://127.0.0.1:1")), Keys);
    keywheel.set("HOST", "192.0.2.1");
    keywheel.set("PORT", QByteArray::number(taken.serverPort()));
    keywheel.set("AUTH_KEY", "local-secret-for-the-net");
    QCOMPARE(keywheel.run({QStringLiteral("--headless")}), 1);
    QVERIFY(!keywheel.standardError().contains("held by"));
}

void TestLifecycle::badSettings()
{
    KeywheelProcess keywheel(QUrl(QStringLiteral("ftp://example.org")), Keys);
    keywheel.set("PORT", "99999");
    keywheel.set("MAX_RETRIES", "many");
    keywheel.set("AUTH_KEY", "a secret with \x01 in it");
    keywheel.setEnvironment(QStringLiteral("ENABLE_CORS"), QStringLiteral("perhaps"));
    QCOMPARE(keywheel.run({QStringLiteral("--headless")}), 2);
    const QList<std::pair<QByteArray, QByteArray>> bad{{"OPENAI_BASE_URL", "ftp://example.org"},
                                                       {"PORT", "99999"},
                                                       {"MAX_RETRIES", "many"},
                                                       {"ENABLE_CORS", "perhaps"}};
    for (const auto &[name, value] : bad) {
        const QList<QByteArray> lines = linesWith(keywheel.standardError(), name);
        QVERIFY2(lines.size() == 1, keywheel.standardError().constData());
        QVERIFY2(lines.first().contains(value), lines.first().constData());
    }
    QVERIFY(!keywheel.everythingPrinted().contains("a secret with"));
}

void TestLifecycle::badCommandLines_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("unknown option") << QStringList{QStringLiteral("--headles")};
    QTest::newRow("unknown command") << QStringList{QStringLiteral("helth")};
    QTest::newRow("unknown setting") << QStringList{
        QStringLiteral("--headless"), QStringLiteral("--set"), QStringLiteral("PROT=1")};
    QTest::newRow("port out of bounds") << QStringList{
        QStringLiteral("--headless"), QStringLiteral("--port"), QStringLiteral("65536")};
}

void TestLifecycle::badCommandLines()
{
    QFETCH(const QStringList, arguments);
    KeywheelProcess keywheel(QUrl(QStringLiteral("http://127.0.0.1:1")), Keys);
    QCOMPARE(keywheel.run(arguments), 2);
    QVERIFY(!keywheel.standardError().isEmpty());
}

void TestLifecycle::ownAddressIsRefused_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QString>("upstream");
    const auto row = [](const char *host, const char *upstream) {
        QTest::addRow("%s %s", host, upstream) << QByteArray(host) << QString::fromLatin1(upstream);
    };
    row("127.0.0.1", "http://127.0.0.1:%1");
    row("127.0.0.1", "http://localhost:%1/v1");
    row("0.0.0.0", "http://127.0.0.1:%1");
    row("::1", "http://[::1]:%1");
}

void TestLifecycle::ownAddressIsRefused()
{
    QFETCH(const QByteArray, host);
    QFETCH(const QString, upstream);
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    const quint16 port = probe.serverPort();
    probe.close();
    KeywheelProcess keywheel(QUrl(upstream.arg(port)), Keys);
    keywheel.set("HOST", host);
    keywheel.set("PORT", QByteArray::number(port));
    QCOMPARE(keywheel.run({QStringLiteral("--headless")}), 2);
    QCOMPARE(linesWith(keywheel.standardError(), "OPENAI_BASE_URL").size(), 1);
}

void TestLifecycle::openContainerIsRefused()
{
    KeywheelProcess keywheel(QUrl(QStringLiteral("http://127.0.0.1:1")), Keys);
    keywheel.setEnvironment(QStringLiteral("KEYWHEEL_CONTAINER"), QStringLiteral("1"));
    keywheel.set("HOST", "0.0.0.0");
    QCOMPARE(keywheel.run({QStringLiteral("--headless")}), 2);
    QVERIFY(keywheel.standardError().contains("ALLOW_OPEN=true"));
    QCOMPARE(keywheel.run({QStringLiteral("config"), QStringLiteral("check")}), 2);
    QCOMPARE(keywheel.run({QStringLiteral("keys"), QStringLiteral("list")}), 0);
    keywheel.set("ALLOW_OPEN", "true");
    QVERIFY(keywheel.start());
    // Closing it by an edit is right, opening it again is not: the edit is refused.
    keywheel.set("HOST", "127.0.0.1");
    QTRY_VERIFY(keywheel.everythingPrinted().contains("Settings read anew"));
    keywheel.set("HOST", "0.0.0.0");
    keywheel.set("ALLOW_OPEN", "");
    QTRY_VERIFY(keywheel.everythingPrinted().contains("The settings in use stay in use."));
}

void TestLifecycle::tellsTheServiceManager_data()
{
    QTest::addColumn<bool>("abstract");
    QTest::newRow("a file") << false;
#ifdef Q_OS_LINUX
    QTest::newRow("an abstract name") << true;
#endif
}

/// systemd counts a service of Type=notify as started from its READY=1 on.
void TestLifecycle::tellsTheServiceManager()
{
    QFETCH(const bool, abstract);
    QTemporaryDir folder;
    DatagramSocket manager(QFile::encodeName(folder.filePath(QStringLiteral("notify"))), abstract);
    QVERIFY(manager.isBound());
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.setEnvironment(QStringLiteral("NOTIFY_SOCKET"), QFile::decodeName(manager.name()));
    QVERIFY(keywheel.start());
    QTRY_COMPARE(manager.heard(), QByteArrayList{"READY=1"});
    QCOMPARE(keywheel.fetch("GET", "/health").status, 200);
    keywheel.signal(SIGTERM);
    QVERIFY(keywheel.waitForExit());
    QCOMPARE(manager.heard(), (QByteArrayList{"READY=1", "STOPPING=1"}));
    QCOMPARE(keywheel.exitCode(), 0);
}

void TestLifecycle::loopThroughAnAliasEnds_data()
{
    QTest::addColumn<QByteArray>("host");
    QTest::addColumn<QString>("upstream");
    const auto row = [](const char *host, const char *upstream) {
        QTest::addRow("%s %s", host, upstream) << QByteArray(host) << QString::fromLatin1(upstream);
    };
    // The port is not known before it listens, so no check of the settings can see it.
    row("127.0.0.1", "http://127.0.0.1:%1");
    row("127.0.0.1", "http://localhost.:%1");
    row("0.0.0.0", "http://127.0.0.2:%1");
}

void TestLifecycle::loopThroughAnAliasEnds()
{
    QFETCH(const QByteArray, host);
    QFETCH(const QString, upstream);
    FakeUpstream elsewhere;
    KeywheelProcess keywheel(elsewhere.url(), Keys);
    keywheel.set("HOST", host);
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    keywheel.set("OPENAI_BASE_URL", upstream.arg(keywheel.port()).toUtf8());
    // Either the edit is refused and the old upstream stays, or each request ends in an error.
    QTRY_VERIFY(!linesWith(keywheel.everythingPrinted(), "OPENAI_BASE_URL").isEmpty() ||
                keywheel.fetch("GET", "/v1/models").status == 502);
    const Fetched got = keywheel.fetch("GET", "/v1/models");
    QVERIFY(got.status == 200 || got.status == 502);
    const QJsonObject stats = keywheel.endpoint("/stats");
    QVERIFY(stats[QStringLiteral("requests")][QStringLiteral("finished")].toInt() < 200);
    QCOMPARE(keywheel.blacklist(), QByteArray());
}

void TestLifecycle::demo()
{
    KeywheelProcess keywheel(QUrl(), {});
    QVERIFY(keywheel.start({QStringLiteral("--demo")}));
    const QByteArray base = "http://127.0.0.1:" + QByteArray::number(keywheel.port());
    QTRY_VERIFY(keywheel.everythingPrinted().contains(base + "/v1"));
    QTRY_VERIFY(keywheel.everythingPrinted().contains("curl"));
    const Fetched models = keywheel.fetch("GET", "/v1/models");
    QVERIFY2(models.body.contains("keywheel-demo"), models.body.constData());
    const Fetched stream = keywheel.fetch(
        "POST", "/v1/chat/completions", {{"Content-Type", "application/json"}},
        R"({"model":"keywheel-demo","stream":true,"messages":[{"role":"user","content":"Hi"}]})");
    QCOMPARE(stream.status, 200);
    QVERIFY(stream.complete);
    QVERIFY(stream.body.endsWith("data: [DONE]\n\n"));
    // Bad keys are met and set aside, unseen by the client.
    for (int i = 0; i < 10; ++i)
        QCOMPARE(keywheel.fetch("GET", "/v1/models").status, 200);
    QVERIFY(keywheel.blacklist().startsWith("1:permanent,3:quota"));
}

QTEST_GUILESS_MAIN(TestLifecycle)
#include "test_lifecycle.moc"
