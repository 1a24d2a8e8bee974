// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace keywheel;

namespace {

const QList<QByteArray> Keys{"sk-test-manage-alpha-1", "sk-test-manage-beta-2"};
const QByteArray AuthKey = "local-secret-for-management";

} // namespace

/// The own endpoints, and the commands of the same binary that ask them.
class TestManagement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void health();
    void stats();
    void blacklistAndReset();
    void commandsForPeople_data();
    void commandsForPeople();
    void commandsAsJson_data();
    void commandsAsJson();
    void commandFailsWithoutAServer();
    void commandFailsWithAWrongKey();
    void healthFailsWithoutKeys();
    void configCommands();

private:
    QJsonObject ask(const QByteArray &path)
    {
        return server_->endpoint(path, {{"Authorization", "Bearer " + AuthKey}});
    }
    /// Runs `keywheel COMMAND --url …` with the same AUTH_KEY.
    int command(const QStringList &arguments);

    FakeUpstream upstream_;
    std::unique_ptr<KeywheelProcess> server_;
    std::unique_ptr<KeywheelProcess> tool_;
};

void TestManagement::initTestCase()
{
    upstream_.forKey(Keys[0]).reply(Answer::error(401, "invalid_api_key", "Incorrect API key"));
    server_ = std::make_unique<KeywheelProcess>(upstream_.url(), Keys);
    server_->set("AUTH_KEY", AuthKey);
    QVERIFY(server_->start());
    const Headers auth{{"Authorization", "Bearer " + AuthKey}};
    QCOMPARE(server_->fetch("GET", "/v1/models", auth).status, 200);

    tool_ = std::make_unique<KeywheelProcess>(upstream_.url(), Keys);
    tool_->set("AUTH_KEY", AuthKey);
    tool_->set("PORT", QByteArray::number(server_->port()));
}

int TestManagement::command(const QStringList &arguments)
{
    return tool_->run(arguments);
}

void TestManagement::health()
{
    const QJsonObject health = server_->endpoint("/health");
    QCOMPARE(health[QStringLiteral("status")].toString(), QStringLiteral("degraded"));
    QVERIFY(health[QStringLiteral("uptime")].toString().endsWith(QLatin1Char('s')));
    QVERIFY(health[QStringLiteral("requestCount")].toInt() >= 1);
    const QJsonObject keys{{QStringLiteral("total"), 2},
                           {QStringLiteral("healthy"), 1},
                           {QStringLiteral("blacklisted"), 1},
                           {QStringLiteral("disabled"), 0}};
    QCOMPARE(health[QStringLiteral("keysStatus")].toObject(), keys);
    QVERIFY(QDateTime::fromString(health[QStringLiteral("timestamp")].toString(), Qt::ISODateWithMs)
                .isValid());
}

void TestManagement::stats()
{
    const QJsonObject stats = ask("/stats");
    for (const char *name : {"uptime", "requestCount", "startTime", "version"})
        QVERIFY2(stats[QStringLiteral("server")].toObject().contains(QLatin1String(name)), name);
    const QJsonObject keys = stats[QStringLiteral("keys")].toObject();
    QCOMPARE(keys[QStringLiteral("totalKeys")].toInt(), 2);
    QCOMPARE(keys[QStringLiteral("healthyKeys")].toInt(), 1);
    QCOMPARE(keys[QStringLiteral("blacklistedKeys")].toInt(), 1);
    QCOMPARE(keys[QStringLiteral("successCount")].toInt(), 1);
    QCOMPARE(keys[QStringLiteral("failureCount")].toInt(), 1);
    QVERIFY(keys.contains(QStringLiteral("currentIndex")));
    QCOMPARE(keys[QStringLiteral("memoryUsage")][QStringLiteral("blacklistSize")].toInt(), 1);
}

void TestManagement::blacklistAndReset()
{
    const QJsonObject list = ask("/blacklist");
    QCOMPARE(list[QStringLiteral("totalBlacklisted")].toInt(), 1);
    QCOMPARE(list[QStringLiteral("totalKeys")].toInt(), 2);
    QCOMPARE(list[QStringLiteral("healthyKeys")].toInt(), 1);
    const QJsonValue row = list[QStringLiteral("blacklistedKeys")][0];
    QCOMPARE(row[QStringLiteral("index")].toInt(-1), 0);
    QCOMPARE(row[QStringLiteral("lineNumber")].toInt(-1), 1);
    QCOMPARE(row[QStringLiteral("keyPreview")].toString(), QStringLiteral("sk-te…ha-1"));
    QCOMPARE(row[QStringLiteral("fingerprint")].toString().size(), 16);
    QVERIFY(!row[QStringLiteral("reason")].toString().isEmpty());
    QVERIFY(row[QStringLiteral("until")].isNull());
    const QByteArray method = "POST";
    const Fetched reset =
        server_->fetch(method, "/reset-keys", {{"Authorization", "Bearer " + AuthKey}});
    const QJsonObject answer = QJsonDocument::fromJson(reset.body).object();
    QCOMPARE(answer[QStringLiteral("success")].toBool(), true);
    QCOMPARE(answer[QStringLiteral("clearedCount")].toInt(), 1);
    QCOMPARE(answer[QStringLiteral("totalKeys")].toInt(), 2);
    QCOMPARE(ask("/blacklist")[QStringLiteral("totalBlacklisted")].toInt(-1), 0);
}

void TestManagement::commandsForPeople_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("health") << QStringLiteral("health") << QByteArray("healthy");
    QTest::newRow("stats") << QStringLiteral("stats") << QByteArray("sk-te…ha-1");
    QTest::newRow("blacklist") << QStringLiteral("blacklist") << QByteArray();
    QTest::newRow("reset-keys") << QStringLiteral("reset-keys") << QByteArray("2");
}

void TestManagement::commandsForPeople()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, says);
    QCOMPARE(command({name}), 0);
    QVERIFY(!tool_->standardOutput().isEmpty());
    QVERIFY2(tool_->standardOutput().contains(says), tool_->standardOutput().constData());
    QVERIFY(!tool_->everythingPrinted().contains(AuthKey));
}

void TestManagement::commandsAsJson_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("field");
    QTest::newRow("health") << QStringLiteral("health") << QStringLiteral("keysStatus");
    QTest::newRow("stats") << QStringLiteral("stats") << QStringLiteral("server");
    QTest::newRow("blacklist") << QStringLiteral("blacklist") << QStringLiteral("blacklistedKeys");
    QTest::newRow("reset-keys") << QStringLiteral("reset-keys") << QStringLiteral("clearedCount");
}

void TestManagement::commandsAsJson()
{
    QFETCH(const QString, name);
    QFETCH(const QString, field);
    QCOMPARE(command({name, QStringLiteral("--json")}), 0);
    const QJsonDocument json = QJsonDocument::fromJson(tool_->standardOutput());
    QVERIFY2(json.object().contains(field), tool_->standardOutput().constData());
    const QString url = QStringLiteral("http://127.0.0.1:%1").arg(server_->port());
    QCOMPARE(command({name, QStringLiteral("--json"), QStringLiteral("--url"), url}), 0);
}

void TestManagement::commandFailsWithoutAServer()
{
    QCOMPARE(command({QStringLiteral("health"), QStringLiteral("--url"),
                      QStringLiteral("http://127.0.0.1:1")}),
             1);
    QVERIFY(tool_->standardOutput().isEmpty());
    QVERIFY(tool_->standardError().contains("127.0.0.1:1"));
}

void TestManagement::commandFailsWithAWrongKey()
{
    tool_->set("AUTH_KEY", "not-the-servers-secret");
    QCOMPARE(command({QStringLiteral("stats")}), 1);
    QVERIFY(!tool_->standardError().isEmpty());
    QVERIFY(!tool_->everythingPrinted().contains("not-the-servers-secret"));
    tool_->set("AUTH_KEY", AuthKey);
}

void TestManagement::healthFailsWithoutKeys()
{
    KeywheelProcess empty(upstream_.url(), {});
    QVERIFY(empty.start());
    QCOMPARE(command({QStringLiteral("health"), QStringLiteral("--url"),
                      QStringLiteral("http://127.0.0.1:%1").arg(empty.port())}),
             1);
}

void TestManagement::configCommands()
{
    QCOMPARE(command({QStringLiteral("config"), QStringLiteral("check")}), 0);
    QCOMPARE(command({QStringLiteral("config"), QStringLiteral("show")}), 0);
    QVERIFY(tool_->standardOutput().contains(QByteArray::number(server_->port())));
    QVERIFY(tool_->standardOutput().contains("MAX_RETRIES"));
    QVERIFY(!tool_->everythingPrinted().contains(AuthKey));
    tool_->set("MAX_RETRIES", "many");
    QCOMPARE(command({QStringLiteral("config"), QStringLiteral("check")}), 2);
    QVERIFY(tool_->everythingPrinted().contains("MAX_RETRIES"));
    tool_->set("MAX_RETRIES", {});
}

QTEST_GUILESS_MAIN(TestManagement)
#include "test_management.moc"
