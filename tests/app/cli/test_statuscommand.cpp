// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/statuscommand.h"
#include "demo/minihttpserver.h"
#include "settings/settingsloader.h"

#include <QTest>

using namespace keywheel;
using Command = CommandLine::Command;

namespace {

/// Answers every request alike and remembers the last.
class FakeKeywheel
{
public:
    FakeKeywheel(int status, const QByteArray &body)
    {
        QObject::connect(
            &server_, &MiniHttpServer::requestReceived, &server_,
            [this, status, body](const MiniRequest &request, MiniConnection *connection) {
                last_ = request;
                connection->write(
                    httpHead(status, {{"Content-Length", QByteArray::number(body.size())}}) + body);
                connection->endAnswer(true);
            });
        const auto started = server_.start();
        Q_ASSERT(started);
    }

    quint16 port() const { return server_.serverPort(); }
    QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port())); }
    const MiniRequest &last() const { return last_; }

private:
    MiniHttpServer server_;
    MiniRequest last_;
};

Settings settings(const QMap<QString, QString> &given)
{
    SettingSources sources;
    sources.commandLine = given;
    return loadSettings(sources)->settings;
}

CommandLine line(Command command, const QUrl &url, bool json = false)
{
    CommandLine line;
    line.command = command;
    line.url = url;
    line.json = json;
    return line;
}

const QByteArray Health = R"({"status":"degraded","uptime":"3725s","requestCount":12,
    "keysStatus":{"total":5,"healthy":3,"blacklisted":2},"timestamp":"2026-01-01T00:00:00.000Z"})";
const QByteArray Stats = R"({"server":{"uptime":"5s","requestCount":12,"version":"0.1.0",
    "startTime":"2026-01-01T00:00:00.000Z"},
    "keys":{"currentIndex":1,"totalKeys":2,"healthyKeys":1,"blacklistedKeys":1,"successCount":10,
    "failureCount":2,"brakeReason":"","brakeUntil":null,"rows":[
    {"index":0,"preview":"sk-te…0001","state":"healthy","successes":10,"failures":0,"active":1,
     "until":null,"lastUsed":"2026-01-01T00:00:00.000Z"},
    {"index":1,"preview":"sk-te…0002","state":"permanent","successes":0,"failures":2,"active":0,
     "until":null,"lastUsed":null}]},
    "requests":{"active":1,"succeeded":10,"failed":1,"clientLeft":0,"retries":2,"bytesIn":900,
    "bytesOut":1400000},"firstByteMs":{"p50":12.5,"p95":40,"p99":80}})";
const QByteArray Blacklist = R"({"totalBlacklisted":1,"totalKeys":2,"healthyKeys":1,
    "blacklistedKeys":[{"index":1,"lineNumber":4,"keyPreview":"sk-te…0002","kind":"permanent",
    "reason":"Incorrect API key\nprovided","since":"2026-01-01T00:00:00.000Z","until":null}]})";
const QByteArray Reset =
    R"({"success":true,"message":"1 key is back in the rotation","clearedCount":1,"totalKeys":2})";

} // namespace

class TestStatusCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reports_data();
    void reports();
    void jsonIsWhatTheServerSent();
    void resetIsAPost();
    void sendsTheAuthKey();
    void sendsTheAuthKeyOnlyWhereItBelongs();
    void findsTheServerByItsSettings();
    void failures_data();
    void failures();
    void nobodyListens();
};

void TestStatusCommand::reports_data()
{
    QTest::addColumn<int>("command");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QStringList>("shown");
    QTest::newRow("health") << int(Command::Health) << Health << QStringLiteral("/health")
                            << QStringList{QStringLiteral("Status    degraded\n"),
                                           QStringLiteral("Uptime    1 h 2 min\n"),
                                           QStringLiteral("5 in all, 3 healthy, 2 blacklisted")};
    QTest::newRow("stats") << int(Command::Stats) << Stats << QStringLiteral("/stats")
                           << QStringList{QStringLiteral("12 in all: 1 active, 10 succeeded"),
                                          QStringLiteral("900 bytes in, 1.4 MB out"),
                                          QStringLiteral("p50 12.5 ms, p95 40.0 ms, p99 80.0 ms"),
                                          QStringLiteral("1  sk-te…0002  permanent          0")};
    QTest::newRow("blacklist") << int(Command::Blacklist) << Blacklist
                               << QStringLiteral("/blacklist")
                               << QStringList{QStringLiteral("1 of 2 keys blacklisted"),
                                              QStringLiteral("Incorrect API key\\nprovided\n"),
                                              QStringLiteral("  reset  ")};
    QTest::newRow("reset") << int(Command::ResetKeys) << Reset << QStringLiteral("/reset-keys")
                           << QStringList{
                                  QStringLiteral("1 key is back in the rotation (2 in all)\n")};
}

void TestStatusCommand::reports()
{
    QFETCH(int, command);
    QFETCH(QByteArray, body);
    QFETCH(QString, path);
    QFETCH(QStringList, shown);
    FakeKeywheel server(200, body);
    const CommandResult result = runManagement(line(Command(command), server.url()), settings({}));
    QCOMPARE(result.exitCode, int(ExitOk));
    QVERIFY(result.errors.isEmpty());
    QCOMPARE(QString::fromLatin1(server.last().target), path);
    for (const QString &part : shown)
        QVERIFY2(QString::fromUtf8(result.output).contains(part), result.output.constData());
}

void TestStatusCommand::jsonIsWhatTheServerSent()
{
    FakeKeywheel server(200, Stats);
    const CommandResult result =
        runManagement(line(Command::Stats, server.url(), true), settings({}));
    QCOMPARE(result.exitCode, int(ExitOk));
    QCOMPARE(result.output, Stats + '\n');
}

void TestStatusCommand::resetIsAPost()
{
    FakeKeywheel server(200, Reset);
    runManagement(line(Command::ResetKeys, server.url()), settings({}));
    QCOMPARE(server.last().method, QByteArray("POST"));
    runManagement(line(Command::Health, server.url()), settings({}));
    QCOMPARE(server.last().method, QByteArray("GET"));
}

void TestStatusCommand::sendsTheAuthKey()
{
    FakeKeywheel server(200, Stats);
    runManagement(line(Command::Stats, server.url()),
                  settings({{QStringLiteral("AUTH_KEY"), QStringLiteral("let-me-in")}}));
    QCOMPARE(server.last().headers.value("Authorization"), QByteArray("Bearer let-me-in"));
    runManagement(line(Command::Stats, server.url()), settings({}));
    QVERIFY(!server.last().headers.contains("Authorization"));
}

void TestStatusCommand::sendsTheAuthKeyOnlyWhereItBelongs()
{
    const QMap<QString, QString> given{{QStringLiteral("AUTH_KEY"), QStringLiteral("let-me-in")}};
    FakeKeywheel server(401, R"({"error":{"message":"no"}})");
    runManagement(line(Command::Health, server.url()), settings(given));
    QVERIFY(!server.last().headers.contains("Authorization"));
    // 0.0.0.0 leads here as well, yet nothing says so.
    QUrl elsewhere = server.url();
    elsewhere.setHost(QStringLiteral("0.0.0.0"));
    const CommandResult result = runManagement(line(Command::Stats, elsewhere), settings(given));
    QCOMPARE(server.last().target, QByteArray("/stats"));
    QVERIFY(!server.last().headers.contains("Authorization"));
    QVERIFY(result.errors.first().contains(QLatin1String("AUTH_KEY")));
    QMap<QString, QString> named = given;
    named.insert(QStringLiteral("HOST"), QStringLiteral("0.0.0.0"));
    named.insert(QStringLiteral("PORT"), QString::number(server.port()));
    runManagement(line(Command::Stats, elsewhere), settings(named));
    QCOMPARE(server.last().headers.value("Authorization"), QByteArray("Bearer let-me-in"));
}

void TestStatusCommand::findsTheServerByItsSettings()
{
    FakeKeywheel server(200, Health);
    const CommandResult result =
        runManagement(line(Command::Health, {}),
                      settings({{QStringLiteral("HOST"), QStringLiteral("0.0.0.0")},
                                {QStringLiteral("PORT"), QString::number(server.port())}}));
    QCOMPARE(result.exitCode, int(ExitOk));
    QVERIFY(result.output.contains("degraded"));
}

void TestStatusCommand::failures_data()
{
    QTest::addColumn<int>("command");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("error");
    QTest::newRow("no key left") << int(Command::Health) << 200
                                 << QByteArray(R"({"status":"unhealthy","keysStatus":{}})")
                                 << QString();
    QTest::newRow("no key left, 503")
        << int(Command::Health) << 503 << QByteArray(R"({"status":"unhealthy","keysStatus":{}})")
        << QString();
    QTest::newRow("refused") << int(Command::Stats) << 401
                             << QByteArray(R"({"error":{"message":"AUTH_KEY is needed"}})")
                             << QStringLiteral("refused (status 401): AUTH_KEY is needed");
    QTest::newRow("another server")
        << int(Command::Stats) << 404 << QByteArray("<html>not here</html>")
        << QStringLiteral("is not Keywheel");
    QTest::newRow("another JSON server")
        << int(Command::Health) << 200 << QByteArray(R"({"status":"ok"})")
        << QStringLiteral("is not Keywheel");
    QTest::newRow("it steers the terminal")
        << int(Command::Stats) << 400 << QByteArray(R"({"error":{"message":"\u001b[2J"}})")
        << QStringLiteral("\\u001b[2J");
}

void TestStatusCommand::failures()
{
    QFETCH(int, command);
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(QString, error);
    FakeKeywheel server(status, body);
    const CommandResult result = runManagement(line(Command(command), server.url()), settings({}));
    QCOMPARE(result.exitCode, int(ExitFailed));
    if (error.isEmpty()) {
        QVERIFY(result.errors.isEmpty());
        QVERIFY(result.output.contains("unhealthy"));
        return;
    }
    QCOMPARE(result.errors.size(), 1);
    QVERIFY2(result.errors.first().contains(error), qPrintable(result.errors.first()));
    QVERIFY(result.errors.first().contains(server.url().toString()));
}

void TestStatusCommand::nobodyListens()
{
    QTcpServer freed;
    QVERIFY(freed.listen(QHostAddress::LocalHost, 0));
    const QUrl url(QStringLiteral("http://127.0.0.1:%1").arg(freed.serverPort()));
    freed.close();
    const CommandResult result = runManagement(line(Command::Health, url), settings({}));
    QCOMPARE(result.exitCode, int(ExitFailed));
    QCOMPARE(result.errors.size(), 1);
    QVERIFY(result.errors.first().contains(url.toString()));
}

QTEST_GUILESS_MAIN(TestStatusCommand)
#include "test_statuscommand.moc"
