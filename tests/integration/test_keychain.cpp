// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/redact.h"
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"
#include "support/keyringsession.h"
#include "support/numberedkey.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QLocalSocket>
#include <QRandomGenerator>
#include <QSet>
#include <QTest>

#include <csignal>

using namespace keywheel;

namespace {

constexpr qint64 PromisedMs = 5000;

/// What keychaintool prints, and what it said last.
struct Output
{
    QByteArrayList lines;
    int exitCode = -1;

    /// How many keys it reported as dealt with.
    int progress() const
    {
        int done = 0;
        for (const QByteArray &line : lines) {
            if (line.startsWith("progress "))
                done = line.mid(9).toInt();
        }
        return done;
    }
    /// The numbers of the keys that were loaded.
    QList<int> loaded() const
    {
        QList<int> numbers;
        for (const QByteArray &line : lines) {
            if (!line.startsWith("loaded "))
                continue;
            for (const QByteArray &number : line.mid(7).split(' '))
                numbers.append(number.toInt());
        }
        return numbers;
    }
};

} // namespace

class TestKeychain : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void keysServeAcrossRestarts();
    void noFileHoldsAKey();
    void noRecordHoldsAKeyInMemory();
    void saysWhyThereAreNoKeys_data();
    void saysWhyThereAreNoKeys();
    void keysComeWhenUnlocked();
    void killedWhileAdding();
    void stopsWhenChangesAreStored();

private:
    QByteArray say(const QByteArray &call, bool answered) const;
    QString stateFolder() const { return keywheel_->path(QStringLiteral(".local/state/keywheel")); }
    std::unique_ptr<QProcess> startTool(const QStringList &arguments) const;
    Output runTool(const QStringList &arguments) const;
    void add(int from, int count)
    {
        const Output output =
            runTool({QStringLiteral("add"), QString::number(from), QString::number(count)});
        QVERIFY2(output.exitCode == 0, output.lines.join('\n').constData());
    }

    std::unique_ptr<KeyringSession> session_;
    std::unique_ptr<FakeUpstream> upstream_;
    std::unique_ptr<KeywheelProcess> keywheel_;
};

void TestKeychain::initTestCase()
{
    if (!KeyringSession::isPossible())
        QSKIP("gnome-keyring-daemon or dbus-daemon is not installed");
}

void TestKeychain::init()
{
    session_ = std::make_unique<KeyringSession>();
    upstream_ = std::make_unique<FakeUpstream>();
    keywheel_ = std::make_unique<KeywheelProcess>(upstream_->url(), QList<QByteArray>());
    keywheel_->set("KEY_STORE", "keychain");
    for (const QString &name :
         {QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), QStringLiteral("XDG_RUNTIME_DIR")})
        keywheel_->setEnvironment(name, session_->environment().value(name));
}

void TestKeychain::cleanup()
{
    keywheel_.reset();
    upstream_.reset();
    session_.reset();
}

std::unique_ptr<QProcess> TestKeychain::startTool(const QStringList &arguments) const
{
    auto process = std::make_unique<QProcess>();
    process->setProcessEnvironment(session_->environment());
    process->start(QStringLiteral(KEYCHAINTOOL), QStringList{stateFolder()} + arguments);
    return process;
}

Output TestKeychain::runTool(const QStringList &arguments) const
{
    const auto process = startTool(arguments);
    if (!process->waitForFinished(60'000))
        return {};
    return {process->readAllStandardOutput().split('\n'), process->exitCode()};
}

void TestKeychain::keysServeAcrossRestarts()
{
    QVERIFY(session_->startUnlocked());
    add(0, 1000);
    for (int round = 0; round < 2; ++round) {
        if (round == 1)
            QVERIFY(session_->startUnlocked());
        QVERIFY(keywheel_->start());
        const QJsonObject keys = keywheel_->endpoint("/stats")[QStringLiteral("keys")].toObject();
        QCOMPARE(keys[QStringLiteral("totalKeys")].toInt(), 1000);
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(keywheel_->fetch("GET", "/v1/models").status, 200);
            QCOMPARE(upstream_->keysUsed().constLast(), numberedKey(i));
        }
        keywheel_->signal(SIGTERM);
        QVERIFY(keywheel_->waitForExit());
        QVERIFY(!keywheel_->everythingPrinted().contains("aaaaaaaaaa"));
    }
}

void TestKeychain::noFileHoldsAKey()
{
    QVERIFY(session_->startUnlocked());
    add(0, 100);
    QVERIFY(keywheel_->start());
    QCOMPARE(keywheel_->fetch("GET", "/v1/models").status, 200);
    keywheel_->signal(SIGTERM);
    QVERIFY(keywheel_->waitForExit());
    // Both are scratch folders: of Keywheel, and of the keyring, which encrypts.
    const QStringList folders{keywheel_->path({}),
                              session_->environment().value(QStringLiteral("HOME"))};
    QStringList seen;
    for (const QString &folder : folders) {
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("sk-test-"), qPrintable(file.fileName()));
            seen += files.fileName();
        }
    }
    QVERIFY(seen.contains(QStringLiteral("keychain.json")));
    QVERIFY(seen.contains(QStringLiteral("login.keyring")));
    QVERIFY(seen.contains(QStringLiteral("keywheel.db")));
}

/// Index and database are read by a process that never had a key, after an upstream told keys back.
void TestKeychain::noRecordHoldsAKeyInMemory()
{
#ifndef Q_OS_LINUX
    QSKIP("reads /proc");
#endif
    QVERIFY(session_->startUnlocked());
    add(0, 3);
    upstream_->always(Answer::error(401, "invalid_api_key", "Incorrect key: " + numberedKey(0)));
    QVERIFY(keywheel_->start());
    QCOMPARE(keywheel_->fetch("GET", "/v1/models").status, 401);
    keywheel_->signal(SIGTERM);
    QVERIFY(keywheel_->waitForExit());

    QProcess tool;
    tool.start(QStringLiteral(RECORDSTOOL), {stateFolder()});
    QVERIFY(tool.waitForFinished());
    QCOMPARE(tool.readAllStandardError(), QByteArray());
    QCOMPARE(tool.readAllStandardOutput(), QByteArray("keys 0\nfingerprints 3\n"));
}

void TestKeychain::saysWhyThereAreNoKeys_data()
{
    QTest::addColumn<QString>("keyring");
    QTest::addColumn<QByteArray>("reason");
    QTest::newRow("locked") << QStringLiteral("locked") << QByteArray("The keychain is locked");
    QTest::newRow("no keyring") << QStringLiteral("none") << QByteArray("no keyring yet");
    QTest::newRow("no service") << QString() << QByteArray("The keychain cannot be used (");
    QTest::newRow("no bus") << QStringLiteral("no bus")
                            << QByteArray("The keychain cannot be used (");
    QTest::newRow("hung") << QStringLiteral("hung") << QByteArray("does not answer in time");
}

void TestKeychain::saysWhyThereAreNoKeys()
{
    QFETCH(QString, keyring);
    QFETCH(QByteArray, reason);
    if (keyring == QLatin1String("locked") || keyring == QLatin1String("hung")) {
        QVERIFY(session_->startUnlocked());
        add(0, 10);
    }
    if (keyring == QLatin1String("locked") || keyring == QLatin1String("none"))
        QVERIFY(session_->startLocked());
    if (keyring == QLatin1String("hung"))
        session_->suspend();
    if (keyring == QLatin1String("no bus"))
        keywheel_->setEnvironment(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                                  QStringLiteral("unix:path=/nowhere"));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(keywheel_->start());
    QVERIFY2(timer.elapsed() < PromisedMs, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(keywheel_->standardError().contains(reason), keywheel_->standardError().constData());
    QVERIFY(keywheel_->standardError().contains("KEY_STORE=file"));
    const Fetched answer = keywheel_->fetch("GET", "/v1/models");
    QCOMPARE(answer.status, 503);
    QVERIFY(answer.body.contains("no_keys_configured"));
    QVERIFY(upstream_->requests().isEmpty());

    if (keyring == QLatin1String("no bus"))
        return; // it was keywheel's alone
    timer.start();
    const Output output =
        runTool({QStringLiteral("add"), QStringLiteral("10"), QStringLiteral("1")});
    QVERIFY(timer.elapsed() < PromisedMs);
    QCOMPARE(output.exitCode, 1);
}

void TestKeychain::keysComeWhenUnlocked()
{
    QVERIFY(session_->startUnlocked());
    add(0, 10);
    QVERIFY(session_->startLocked());
    keywheel_->set("LOG_LEVEL", "warning");
    QVERIFY(keywheel_->start());
    QCOMPARE(keywheel_->fetch("GET", "/v1/models").status, 503);
    QVERIFY(session_->startUnlocked());
    const bool served = QTest::qWaitFor(
        [this] { return keywheel_->fetch("GET", "/v1/models").status == 200; }, 20'000);
    QVERIFY2(served, keywheel_->standardError().constData());
    session_->suspend();
    QCOMPARE(keywheel_->fetch("GET", "/v1/models").status, 200);
}

/// At moments that are random, and all over the time that it takes.
void TestKeychain::killedWhileAdding()
{
    QVERIFY(session_->startUnlocked());
    constexpr int Count = 200;
    const QString packSize = QStringLiteral("4096"); // nine steps or so
    QElapsedTimer timer;
    timer.start();
    const Output first =
        runTool({QStringLiteral("add"), QStringLiteral("0"), QString::number(Count), packSize});
    QCOMPARE(first.progress(), Count);
    const qint64 whole = timer.elapsed();
    QSet<int> stored;
    for (int i = 0; i < Count; ++i)
        stored.insert(i);
    QRandomGenerator random(QRandomGenerator::global()->generate());
    int interrupted = 0;
    for (int round = 1; round <= 20; ++round) {
        const int from = round * Count;
        const auto process = startTool(
            {QStringLiteral("add"), QString::number(from), QString::number(Count), packSize});
        process->waitForFinished(int(random.bounded(whole)));
        interrupted += int(process->state() == QProcess::Running);
        process->kill();
        process->waitForFinished();
        const int done = Output{process->readAllStandardOutput().split('\n'), 0}.progress();
        for (int i = from; i < from + done; ++i)
            stored.insert(i);

        const Output output = runTool({QStringLiteral("load")});
        const QList<int> found = output.loaded();
        const QSet<int> there(found.cbegin(), found.cend());
        QVERIFY2((stored - there).isEmpty(), output.lines.join('\n').constData());
        QVERIFY(!there.contains(-1));
        QCOMPARE(there.size(), found.size());
        QVERIFY(!output.lines.join().contains("warning"));
        stored = there;
    }
    QVERIFY2(interrupted >= 10, qPrintable(QString::number(interrupted)));
}

/// One call of the control channel, by a connection of its own.
QByteArray TestKeychain::say(const QByteArray &call, bool answered) const
{
    QLocalSocket socket;
    socket.connectToServer(session_->environment().value(QStringLiteral("XDG_RUNTIME_DIR")) +
                           QStringLiteral("/keywheel/control-%1").arg(keywheel_->port()));
    if (!socket.waitForConnected())
        return {};
    socket.write(call + '\n');
    if (!socket.waitForBytesWritten())
        return {};
    if (answered)
        socket.waitForReadyRead(10'000);
    return socket.readAll();
}

void TestKeychain::stopsWhenChangesAreStored()
{
    QVERIFY(session_->startUnlocked());
    add(0, 3);
    QVERIFY(keywheel_->start());
    session_->suspend();
    (void)say(R"({"keywheel":1,"call":"keys.remove","arguments":{"fingerprints":[")" +
                  keyFingerprint(numberedKey(0)).toUtf8() + "\"]}}",
              false);
    QVERIFY(say(R"({"keywheel":1,"call":"keys.list"})", true).contains("rows")); // it has both
    keywheel_->signal(SIGTERM);
    QTRY_VERIFY(keywheel_->standardError().contains("Stopping"));
    QVERIFY(keywheel_->isRunning());
    session_->resume();
    QVERIFY(keywheel_->waitForExit());
    QCOMPARE(keywheel_->exitCode(), 0);

    QVERIFY(keywheel_->start());
    const QJsonObject keys = keywheel_->endpoint("/stats")[QStringLiteral("keys")].toObject();
    QCOMPARE(keys[QStringLiteral("totalKeys")].toInt(), 2);
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "test_keychain.moc"
