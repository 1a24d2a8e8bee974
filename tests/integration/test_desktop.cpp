// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>

using namespace keywheel;

namespace {

const QList<QByteArray> Keys{"sk-test-desk-alpha-1", "sk-test-desk-beta-2"};

quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress::LocalHost) ? server.serverPort() : 0;
}

bool isOpen(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return socket.waitForConnected(5000);
}

/// The program with its window on Qt's offscreen platform.
class DesktopProcess : public KeywheelProcess
{
public:
    explicit DesktopProcess(const QUrl &upstream) : KeywheelProcess(upstream, Keys)
    {
        setEnvironment(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        set("PORT", QByteArray::number(port_));
    }

    bool startDesktop(const QStringList &options = {})
    {
        launch(options);
        // Open is a moment before the other ways to reach it are; an answer comes after them.
        return QTest::qWaitFor([this] { return !isRunning() || isOpen(port_); }, 20'000) &&
               isRunning() && keywheel::fetch(port_, "GET", "/health").status > 0;
    }
    quint16 desktopPort() const { return port_; }

private:
    quint16 port_ = freePort();
};

/// Another start by the same user.
class SecondStart : public KeywheelProcess
{
public:
    explicit SecondStart(const DesktopProcess &first) : KeywheelProcess(QUrl(), {})
    {
        setEnvironment(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        setEnvironment(QStringLiteral("XDG_RUNTIME_DIR"), first.path(QString()));
        set("PORT", QByteArray::number(freePort())); // in case that it is the first after all
    }
};

/// A profile like a person's, with a .env file in its configuration folder.
class Profile
{
public:
    explicit Profile(const QByteArray &settings)
    {
        for (const char *name : {"one", "two", ".config/keywheel"})
            QDir(home_.path()).mkpath(QLatin1String(name));
        QFile env(path(".config/keywheel/.env"));
        if (env.open(QIODevice::WriteOnly))
            env.write(settings);
        environment_.insert(QStringLiteral("HOME"), home_.path());
        environment_.insert(QStringLiteral("XDG_RUNTIME_DIR"), home_.path());
        environment_.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    }

    QString path(const char *name) const { return home_.filePath(QLatin1String(name)); }
    void start(QProcess &process, const char *from, const QStringList &arguments) const
    {
        process.setProcessEnvironment(environment_);
        process.setWorkingDirectory(path(from));
        process.start(QStringLiteral(KEYWHEEL_BINARY), arguments);
    }
    /// What a command prints.
    QByteArray run(const char *from, const QString &arguments, const QByteArray &input = {}) const
    {
        QProcess command;
        start(command, from, arguments.split(u' '));
        command.write(input);
        command.closeWriteChannel();
        return command.waitForFinished(20'000) ? command.readAllStandardOutput() : QByteArray();
    }

private:
    QTemporaryDir home_;
    QProcessEnvironment environment_;
};

} // namespace

/// The program with a window: one for each user, and what others may tell it.
class TestDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void needsADisplay();
    void nobodyToTell_data();
    void nobodyToTell();
    void aSecondStartEndsAtOnce();
    void twoStartsAtOnce();
    void aKilledOneIsReplaced();
    void startAndStop();
    void quits();
    void signalsLetARequestFinish();
    void secondSignalEndsNow();
    void keysOfTheRunningOne();
    void theKeychainIsTheDefault();
    void theKeysFileStaysWhereItIs();
};

void TestDesktop::needsADisplay()
{
    KeywheelProcess keywheel(QUrl(), Keys);
    QCOMPARE(keywheel.run({}), 2);
    QVERIFY(keywheel.standardError().contains("--headless"));
    QCOMPARE(keywheel.run({QStringLiteral("--show")}), 2);
}

void TestDesktop::nobodyToTell_data()
{
    QTest::addColumn<QString>("option");
    for (const char *option : {"--toggle", "--start", "--stop", "--quit"})
        QTest::newRow(option) << QString::fromLatin1(option);
}

void TestDesktop::nobodyToTell()
{
    QFETCH(const QString, option);
    KeywheelProcess keywheel(QUrl(), Keys);
    QCOMPARE(keywheel.run({option}), 1);
    QVERIFY(keywheel.standardError().contains("No Keywheel runs"));
}

void TestDesktop::aSecondStartEndsAtOnce()
{
    FakeUpstream upstream;
    DesktopProcess first(upstream.url());
    QVERIFY(first.startDesktop());
    SecondStart second(first);
    QCOMPARE(second.run({}), 0);
    QCOMPARE(second.run({QStringLiteral("--show")}), 0);
    QCOMPARE(second.run({QStringLiteral("--minimized")}), 0);
    QCOMPARE(second.run({QStringLiteral("--toggle")}), 0);
    QVERIFY(first.isRunning());
    QCOMPARE(fetch(first.desktopPort(), "GET", "/v1/models").status, 200);
}

void TestDesktop::twoStartsAtOnce()
{
    FakeUpstream upstream;
    DesktopProcess first(upstream.url());
    SecondStart second(first);
    first.launch({});
    second.launch({});
    QTRY_VERIFY_WITH_TIMEOUT(!first.isRunning() || !second.isRunning(), 20'000);
    KeywheelProcess &ended = first.isRunning() ? static_cast<KeywheelProcess &>(second) : first;
    QCOMPARE(ended.exitCode(), 0);
    QVERIFY(first.isRunning() != second.isRunning());
}

void TestDesktop::aKilledOneIsReplaced()
{
    FakeUpstream upstream;
    DesktopProcess first(upstream.url());
    QVERIFY(first.startDesktop());
    first.signal(SIGKILL);
    QVERIFY(first.waitForExit());
    QVERIFY(first.startDesktop());
    QCOMPARE(SecondStart(first).run({}), 0);
}

void TestDesktop::startAndStop()
{
    FakeUpstream upstream;
    DesktopProcess first(upstream.url());
    QVERIFY(first.startDesktop({QStringLiteral("--minimized")}));
    SecondStart second(first);
    QCOMPARE(second.run({QStringLiteral("--stop")}), 0);
    QTRY_VERIFY(!isOpen(first.desktopPort()));
    QVERIFY(first.isRunning());
    QCOMPARE(second.run({QStringLiteral("--start")}), 0);
    QTRY_VERIFY(isOpen(first.desktopPort()));
}

void TestDesktop::quits()
{
    FakeUpstream upstream;
    DesktopProcess first(upstream.url());
    QVERIFY(first.startDesktop());
    SecondStart second(first);
    QCOMPARE(second.run({QStringLiteral("--quit")}), 0);
    QVERIFY(first.waitForExit());
    QCOMPARE(first.exitCode(), 0);
    QCOMPARE(second.run({QStringLiteral("--quit")}), 1);
}

void TestDesktop::signalsLetARequestFinish()
{
    FakeUpstream upstream;
    upstream.always(Answer::stream());
    DesktopProcess keywheel(upstream.url());
    QVERIFY(keywheel.startDesktop());
    HttpClient client(keywheel.desktopPort());
    client.get("/v1/events");
    QTRY_COMPARE(upstream.requestCount(), 1);
    keywheel.signal(SIGTERM);
    QTRY_VERIFY(!isOpen(keywheel.desktopPort()));
    QVERIFY(keywheel.isRunning());
    upstream.push(1, "data: 1\n\n");
    upstream.end(1);
    QVERIFY(client.waitForEnd());
    QVERIFY(client.response().complete);
    QVERIFY(keywheel.waitForExit());
    QCOMPARE(keywheel.exitCode(), 0);
}

void TestDesktop::secondSignalEndsNow()
{
    FakeUpstream upstream;
    upstream.always(Answer::stream());
    DesktopProcess keywheel(upstream.url());
    QVERIFY(keywheel.startDesktop());
    HttpClient client(keywheel.desktopPort());
    client.get("/v1/events");
    QTRY_COMPARE(upstream.requestCount(), 1);
    keywheel.signal(SIGTERM);
    QTRY_VERIFY(!isOpen(keywheel.desktopPort()));
    QElapsedTimer time;
    time.start();
    keywheel.signal(SIGTERM);
    QVERIFY(keywheel.waitForExit());
    QVERIFY(time.elapsed() < 5000);
    QCOMPARE(keywheel.exitCode(), 128 + SIGTERM);
}

void TestDesktop::keysOfTheRunningOne()
{
    FakeUpstream upstream;
    DesktopProcess first(upstream.url());
    QVERIFY(first.startDesktop());
    KeywheelProcess command(upstream.url(), {});
    command.set("PORT", QByteArray::number(first.desktopPort()));
    command.setEnvironment(QStringLiteral("XDG_RUNTIME_DIR"), first.path(QString()));
    QCOMPARE(
        command.run({QStringLiteral("keys"), QStringLiteral("list"), QStringLiteral("--json")}), 0);
    QVERIFY(command.standardOutput().contains("\"running\": true"));
}

void TestDesktop::theKeychainIsTheDefault()
{
    // Without --env-file, which stands for no desktop.
    QTemporaryDir home;
    QProcess keywheel;
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("HOME"), home.path());
    environment.insert(QStringLiteral("PATH"), qEnvironmentVariable("PATH"));
    const auto store = [&](const QStringList &further) {
        keywheel.setProcessEnvironment(environment);
        keywheel.setWorkingDirectory(home.path());
        keywheel.start(QStringLiteral(KEYWHEEL_BINARY),
                       QStringList{QStringLiteral("config"), QStringLiteral("show")} + further);
        keywheel.waitForFinished();
        const QString text = QString::fromUtf8(keywheel.readAllStandardOutput()).simplified();
        return text.section(QStringLiteral("KEY_STORE default "), 1).section(u' ', 0, 0);
    };
    QCOMPARE(store({}), QStringLiteral("file"));
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    QCOMPARE(store({}), QStringLiteral("keychain"));
    QCOMPARE(store({QStringLiteral("--headless")}), QStringLiteral("file"));
}

/// Wherever the program is started from.
void TestDesktop::theKeysFileStaysWhereItIs()
{
    const quint16 port = freePort();
    const Profile profile("KEY_STORE=file\nUPSTREAM_PROXY=none\nPORT=" + QByteArray::number(port) +
                          '\n');
    const QString file = profile.path(".config/keywheel/keys.txt");
    QVERIFY(profile.run("one", QStringLiteral("config show")).contains(file.toUtf8()));
    (void)profile.run("one", QStringLiteral("keys import -"), Keys.join('\n'));
    QVERIFY(QFile::exists(file));

    QProcess desktop;
    profile.start(desktop, "two", {QStringLiteral("--minimized")});
    QVERIFY(QTest::qWaitFor([&] { return isOpen(port); }, 20'000));
    const Fetched health = keywheel::fetch(port, "GET", "/health");
    QVERIFY2(health.body.contains("\"total\":2"), health.body.constData());
    desktop.terminate();
    QVERIFY(desktop.waitForFinished(20'000));
    const QByteArray listed = profile.run("two", QStringLiteral("keys list --json"));
    QCOMPARE(listed.count("\"fingerprint\""), 2);

    // Without a window it is the working directory, as for any server.
    const QByteArray server = profile.run("two", QStringLiteral("config show --headless"));
    QVERIFY(server.contains("keys.txt"));
    QVERIFY(!server.contains(file.toUtf8()));
}

QTEST_GUILESS_MAIN(TestDesktop)
#include "test_desktop.moc"
