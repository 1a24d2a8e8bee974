// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/engine.h"
#include "engine/networkwatch.h"
#include "process/logsetup.h"
#include "secrets/inmemorykeystore.h"
#include "settings/settingsloader.h"
#include "support/capturedlog.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;

namespace {

Settings settings(const QMap<QString, QString> &given)
{
    SettingSources sources;
    sources.commandLine = given;
    return loadSettings(sources)->settings;
}

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost, 0) ? server.serverPort() : 0;
}

QMap<QString, QString> onPort(quint16 port)
{
    return {{QStringLiteral("PORT"), QString::number(port)}};
}

bool isOpen(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return socket.waitForConnected(5000);
}

/// As a keychain that does not answer yet.
class SlowKeyStore final : public KeyStore
{
public:
    void load() override {}
    void add(const QList<ApiKey> &) override {}
    void remove(const QStringList &) override {}
};

} // namespace

class TestEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void opensWhenTheKeysHaveCome();
    void saysWhenThePortIsTaken();
    void movesTheListener();
    void keepsTheListenerWhenItCannotMove();
    void aFreePortStays();
    void startsWithoutKeysAndSaysSo();
    void warnsOfAnOpenDoor_data();
    void warnsOfAnOpenDoor();
    void warnsOfAShortAuthKey();
    void followsTheKeysFile();
    void blamesNobodyWithoutANetwork_data();
    void blamesNobodyWithoutANetwork();
    void stopsListening();
    void drainsWhenChangesAreStored();

private:
    std::unique_ptr<Engine> engine(const QList<QByteArray> &keys);
    QByteArray logged() { return err_->take(); }

    SystemClock clock_;
    std::unique_ptr<Captured> err_;
    std::unique_ptr<Captured> out_;
    std::unique_ptr<LogSetup> log_;
};

void TestEngine::init()
{
    err_ = std::make_unique<Captured>();
    out_ = std::make_unique<Captured>();
    log_ = std::make_unique<LogSetup>(err_->stream(), out_->stream());
}

void TestEngine::cleanup()
{
    log_.reset();
}

std::unique_ptr<Engine> TestEngine::engine(const QList<QByteArray> &keys)
{
    return std::make_unique<Engine>(clock_, *log_, std::make_unique<InMemoryKeyStore>(keys));
}

void TestEngine::opensWhenTheKeysHaveCome()
{
    const auto running = engine({"sk-test-0000000000000001", "sk-test-0000000000000002"});
    QSignalSpy listening(running.get(), &Engine::listening);
    QVERIFY(running->start(settings({}), true));
    QVERIFY(listening.isEmpty());
    QTRY_COMPARE(listening.size(), 1);
    QCOMPARE(running->keyCount(), 2);
    QCOMPARE(running->url().host(), QStringLiteral("127.0.0.1"));
    QVERIFY(isOpen(quint16(running->url().port())));
}

void TestEngine::saysWhenThePortIsTaken()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    const auto running = engine({"sk-test-0000000000000001"});
    QSignalSpy failed(running.get(), &Engine::failed);
    QVERIFY(running->start(settings(onPort(other.serverPort())), false));
    QTRY_COMPARE(failed.size(), 1);
    const auto error = failed.first().first().value<Error>();
    QVERIFY2(error.message.contains(QString::number(other.serverPort())),
             qPrintable(error.message));
}

void TestEngine::movesTheListener()
{
    const auto running = engine({"sk-test-0000000000000001"});
    QSignalSpy listening(running.get(), &Engine::listening);
    QVERIFY(running->start(settings(onPort(freePort())), false));
    QTRY_COMPARE(listening.size(), 1);
    const quint16 next = freePort();
    QVERIFY(running->apply(settings(onPort(next))));
    QCOMPARE(listening.size(), 2);
    QCOMPARE(running->url().port(), int(next));
    QVERIFY(isOpen(next));
    QVERIFY(running->apply(settings(onPort(next))));
    QCOMPARE(listening.size(), 2);
}

void TestEngine::keepsTheListenerWhenItCannotMove()
{
    QTcpServer other;
    QVERIFY(other.listen(QHostAddress::LocalHost, 0));
    const auto running = engine({"sk-test-0000000000000001"});
    QSignalSpy listening(running.get(), &Engine::listening);
    const quint16 port = freePort();
    QVERIFY(running->start(settings(onPort(port)), false));
    QTRY_COMPARE(listening.size(), 1);
    QVERIFY(!running->apply(settings(onPort(other.serverPort()))));
    QCOMPARE(running->url().port(), int(port));
    QVERIFY(isOpen(port));
}

void TestEngine::aFreePortStays()
{
    const auto running = engine({"sk-test-0000000000000001"});
    QSignalSpy listening(running.get(), &Engine::listening);
    QVERIFY(running->start(settings({}), true));
    QTRY_COMPARE(listening.size(), 1);
    const int port = running->url().port();
    QVERIFY(running->apply(settings({{QStringLiteral("MAX_RETRIES"), QStringLiteral("1")}})));
    QCOMPARE(listening.size(), 1);
    QCOMPARE(running->url().port(), port);
}

void TestEngine::startsWithoutKeysAndSaysSo()
{
    const auto running = engine({});
    QSignalSpy listening(running.get(), &Engine::listening);
    QVERIFY(running->start(settings({}), true));
    QTRY_COMPARE(listening.size(), 1);
    QVERIFY(logged().contains("no_keys_configured"));
}

void TestEngine::warnsOfAnOpenDoor_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("authKey");
    QTest::addColumn<bool>("warned");
    QTest::newRow("loopback") << QStringLiteral("127.0.0.1") << QString() << false;
    QTest::newRow("IPv6 loopback") << QStringLiteral("::1") << QString() << false;
    QTest::newRow("everywhere") << QStringLiteral("0.0.0.0") << QString() << true;
    QTest::newRow("everywhere with a key")
        << QStringLiteral("0.0.0.0") << QStringLiteral("let-me-in") << false;
}

void TestEngine::warnsOfAnOpenDoor()
{
    QFETCH(QString, host);
    QFETCH(QString, authKey);
    const auto running = engine({"sk-test-0000000000000001"});
    // The keys never come, so nothing is opened.
    QVERIFY(running->start(settings({{QStringLiteral("HOST"), host},
                                     {QStringLiteral("AUTH_KEY"), authKey},
                                     {QStringLiteral("LOG_LEVEL"), QStringLiteral("error")}}),
                           true));
    QTEST(logged().contains("DANGER"), "warned");
}

void TestEngine::warnsOfAShortAuthKey()
{
    const auto running = engine({"sk-test-0000000000000001"});
    const auto with = [this](const char *authKey) {
        return settings({{QStringLiteral("AUTH_KEY"), QLatin1String(authKey)}});
    };
    QVERIFY(running->start(with("let-me-in"), true));
    const QByteArray log = logged();
    QCOMPARE(log.count("easily guessed"), 1);
    QVERIFY(!log.contains("let-me-in"));
    QVERIFY(running->apply(with("let-me-in")));
    QVERIFY(running->apply(with("let-me-in-as-a-guest")));
    QVERIFY(!logged().contains("easily guessed"));
}

void TestEngine::followsTheKeysFile()
{
    QTemporaryDir folder;
    const auto write = [&folder](const QString &name, const QByteArray &text) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(write(QStringLiteral("one"), "sk-test-0000000000000001\n"));
    QVERIFY(write(QStringLiteral("two"), "sk-test-0000000000000001\nsk-test-0000000000000002\n"));
    Engine running(clock_, *log_);
    QSignalSpy listening(&running, &Engine::listening);
    const QString name = QStringLiteral("KEYS_FILE");
    QVERIFY(running.start(settings({{name, folder.filePath(QStringLiteral("one"))}}), true));
    QTRY_COMPARE(listening.size(), 1);
    QCOMPARE(running.keyCount(), 1);
    QVERIFY(running.apply(settings({{name, folder.filePath(QStringLiteral("two"))}})));
    QTRY_COMPARE(running.keyCount(), 2);
    QVERIFY(running.apply(settings({{name, folder.filePath(QStringLiteral("missing"))}})));
    QByteArray log;
    QTRY_VERIFY((log += logged()).contains("in use stay in use: 2"));
    QVERIFY(log.contains("missing"));
    QCOMPARE(log.count("read anew"), 1);
    QCOMPARE(running.keyCount(), 2);
}

void TestEngine::blamesNobodyWithoutANetwork_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<bool>("held");
    QTest::newRow("upstream elsewhere") << QStringLiteral("https://api.example.com") << true;
    QTest::newRow("upstream on this machine") << QStringLiteral("http://127.0.0.1:9") << false;
    QTest::newRow("localhost") << QStringLiteral("http://localhost:9") << false;
}

void TestEngine::blamesNobodyWithoutANetwork()
{
    QFETCH(QString, url);
    const auto running = engine({"sk-test-0000000000000001"});
    running->setNetworkDown(true);
    QVERIFY(running->start(settings({{QStringLiteral("OPENAI_BASE_URL"), url}}), true));
    QTEST(logged().contains("the network is down"), "held");
    using Reachability = QNetworkInformation::Reachability;
    QVERIFY(NetworkWatch::isDown(Reachability::Disconnected));
    QVERIFY(!NetworkWatch::isDown(Reachability::Local)); // the upstream may be near
    QVERIFY(!NetworkWatch::isDown(Reachability::Unknown));
}

void TestEngine::stopsListening()
{
    const auto running = engine({"sk-test-0000000000000001"});
    QSignalSpy listening(running.get(), &Engine::listening);
    QVERIFY(running->start(settings({}), true));
    QTRY_COMPARE(listening.size(), 1);
    const auto port = quint16(running->url().port());
    running->stopListening();
    QVERIFY(running->isDrained());
    QVERIFY(!isOpen(port));
}

void TestEngine::drainsWhenChangesAreStored()
{
    auto slow = std::make_unique<SlowKeyStore>();
    SlowKeyStore *const store = slow.get();
    Engine running(clock_, *log_, std::move(slow));
    QSignalSpy drained(&running, &Engine::drained);
    QVERIFY(running.start(settings({}), true));
    QStringList answers;
    const auto remove = running.keyAdmin().handlers().value(QStringLiteral("keys.remove"));
    remove({{QStringLiteral("all"), true}}, [&](const Expected<QJsonObject> &answer) {
        answers.append(answer ? QString() : answer.error().message);
    });
    running.stopListening();
    QVERIFY(!running.isDrained());
    QCOMPARE(drained.size(), 0);
    Q_EMIT store->changeDone();
    Q_EMIT store->loaded({});
    QVERIFY(running.isDrained());
    QCOMPARE(drained.size(), 1);
    QCOMPARE(answers, QStringList{QString()});
}

QTEST_GUILESS_MAIN(TestEngine)
#include "test_engine.moc"
