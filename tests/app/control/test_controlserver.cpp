// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/controlclient.h"
#include "control/controlpath.h"
#include "control/controlserver.h"

#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace keywheel;

namespace {

constexpr quint16 Port = 3999;
constexpr std::chrono::seconds Limit{10};

QString path()
{
    return controlPath(Port).value_or(QString());
}

/// Answers each call with its arguments and counts them.
ControlServer::Handlers echo()
{
    return {{QStringLiteral("echo"),
             [](const QJsonObject &arguments, const ControlServer::Answer &answer) {
                 answer(arguments);
             }},
            {QStringLiteral("fail"), [](const QJsonObject &, const ControlServer::Answer &answer) {
                 answer(failure(QStringLiteral("It cannot be done.")));
             }}};
}

/// What the server says to these bytes until it ends the connection or `lines` lines have come.
QByteArray say(const QByteArray &bytes, qsizetype lines)
{
    QLocalSocket socket;
    socket.connectToServer(path());
    if (!socket.waitForConnected())
        return "not connected";
    socket.write(bytes);
    QByteArray answer;
    const bool answered = QTest::qWaitFor(
        [&] {
            answer += socket.readAll();
            return answer.count('\n') >= lines || socket.state() != QLocalSocket::ConnectedState;
        },
        10'000);
    return answered ? answer + socket.readAll() : "no answer";
}

} // namespace

class TestControlServer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void answers();
    void answersLater();
    void passesErrorsOn();
    void unknownCall();
    void nobodyListens();
    void replacesAStaleSocket();
    void leavesAnotherServerAlone();
    void movesToAnotherPort();
    void onlyTheUserMayEnter();
    void refusesAFolderOfOthers();
    void refusesAnOpenFolder();
    void refusesAnOpenFolderAmongOthers();
    void makesItsOwnFolderPrivate();
    void aLockIsAFile();
    void pipelinedCalls();
    void bytesInPieces();
    void refusesWhatIsNoCall_data();
    void refusesWhatIsNoCall();
    void refusesLongLines();
    void doesNotSendLongAnswers();
    void limitsConnections();
    void clientLeavesBeforeTheAnswer();
    void serverEndsBeforeTheAnswer();

private:
    std::unique_ptr<QTemporaryDir> runtime_;
};

void TestControlServer::init()
{
    runtime_ = std::make_unique<QTemporaryDir>();
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime_->path()));
}

void TestControlServer::answers()
{
    ControlServer server;
    server.addHandlers(echo());
    QVERIFY(server.listen(Port));
    const auto client = ControlClient::find(Port);
    QVERIFY(client && *client);
    for (int i = 0; i < 3; ++i) {
        const QJsonObject arguments{{QStringLiteral("number"), i}};
        QCOMPARE((*client)->call(QStringLiteral("echo"), arguments, Limit).value(), arguments);
    }
}

void TestControlServer::answersLater()
{
    ControlServer server;
    ControlServer::Answer pending;
    server.addHandlers(
        {{QStringLiteral("wait"), [&](const QJsonObject &, const ControlServer::Answer &answer) {
              pending = answer;
              QMetaObject::invokeMethod(
                  this, [&] { pending(QJsonObject()); }, Qt::QueuedConnection);
          }}});
    QVERIFY(server.listen(Port));
    const auto client = ControlClient::find(Port);
    QVERIFY(client && *client);
    QVERIFY((*client)->call(QStringLiteral("wait"), {}, Limit));
}

void TestControlServer::passesErrorsOn()
{
    ControlServer server;
    server.addHandlers(echo());
    QVERIFY(server.listen(Port));
    const auto client = ControlClient::find(Port);
    QVERIFY(client && *client);
    const auto answer = (*client)->call(QStringLiteral("fail"), {}, Limit);
    QVERIFY(!answer);
    QCOMPARE(answer.error().message, QStringLiteral("It cannot be done."));
    QVERIFY((*client)->call(QStringLiteral("echo"), {}, Limit));
}

void TestControlServer::unknownCall()
{
    ControlServer server;
    QVERIFY(server.listen(Port));
    const auto client = ControlClient::find(Port);
    QVERIFY(client && *client);
    const auto answer = (*client)->call(QStringLiteral("echo"), {}, Limit);
    QVERIFY(!answer);
    QVERIFY(answer.error().message.contains(QLatin1String("`echo`")));
}

void TestControlServer::nobodyListens()
{
    const auto client = ControlClient::find(Port);
    QVERIFY(client);
    QVERIFY(!*client);
}

void TestControlServer::replacesAStaleSocket()
{
    {
        // A file where a socket should be is what a crash leaves, but for its kind.
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    const auto nobody = ControlClient::find(Port);
    QVERIFY(nobody && !*nobody);
    ControlServer server;
    server.addHandlers(echo());
    QVERIFY(server.listen(Port));
    const auto client = ControlClient::find(Port);
    QVERIFY(client && *client);
    QVERIFY((*client)->call(QStringLiteral("echo"), {}, Limit));
}

void TestControlServer::leavesAnotherServerAlone()
{
    ControlServer first;
    first.addHandlers(echo());
    QVERIFY(first.listen(Port));
    ControlServer second;
    const auto refused = second.listen(Port);
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(path()));
    const auto client = ControlClient::find(Port);
    QVERIFY(client && *client);
    QVERIFY((*client)->call(QStringLiteral("echo"), {}, Limit));
}

void TestControlServer::movesToAnotherPort()
{
    ControlServer server;
    QVERIFY(server.listen(Port));
    QVERIFY(server.listen(Port + 1));
    QVERIFY(!*ControlClient::find(Port));
    QVERIFY(*ControlClient::find(Port + 1));
    server.close();
    QVERIFY(!*ControlClient::find(Port + 1));
}

void TestControlServer::onlyTheUserMayEnter()
{
#ifdef Q_OS_UNIX
    ControlServer server;
    QVERIFY(server.listen(Port));
    constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                            QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFileInfo(path()).permissions() & others, QFile::Permissions());
    QCOMPARE(QFileInfo(QFileInfo(path()).path()).permissions() & others, QFile::Permissions());
#endif
}

void TestControlServer::refusesAFolderOfOthers()
{
#ifdef Q_OS_UNIX
    QTemporaryDir elsewhere;
    QVERIFY(QFile::link(elsewhere.path(), runtime_->filePath(QStringLiteral("keywheel"))));
    QVERIFY(!controlPath(Port));
    QVERIFY(!ControlServer().listen(Port));
    QVERIFY(!ControlClient::find(Port));
#endif
}

void TestControlServer::refusesAnOpenFolder()
{
#ifdef Q_OS_UNIX
    const QString folder = runtime_->filePath(QStringLiteral("keywheel"));
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner |
                                              QFile::WriteOther | QFile::ExeOther));
    const auto refused = controlPath(Port);
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(QLatin1String("chmod 700 ") + folder));
#endif
}

void TestControlServer::refusesAnOpenFolderAmongOthers()
{
#ifdef Q_OS_UNIX
    const QString user = QString::number(::getuid());
    if (QFileInfo(QStringLiteral("/run/user/") + user).isWritable())
        QSKIP("the folder for temporary files is not used");
    qunsetenv("XDG_RUNTIME_DIR");
    const QByteArray before = qgetenv("TMPDIR");
    qputenv("TMPDIR", QFile::encodeName(runtime_->path()));
    const auto restore = qScopeGuard([&] { qputenv("TMPDIR", before); });
    QVERIFY(QFile::setPermissions(runtime_->path(), QFile::Permissions(0x7777)));
    const QString folder = runtime_->filePath(QStringLiteral("keywheel-") + user);
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(QFile::setPermissions(folder, QFile::Permissions(0x7755)));
    const auto refused = controlPath(Port);
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(QLatin1String("chmod 700 ") + folder));
#endif
}

/// Flatpak has made it for the sandbox.
void TestControlServer::makesItsOwnFolderPrivate()
{
#ifdef Q_OS_UNIX
    constexpr auto owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    constexpr auto others = QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
    const QString folder = runtime_->filePath(QStringLiteral("keywheel"));
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(QFile::setPermissions(folder, owner | others));
    ControlServer server;
    QVERIFY(server.listen(Port));
    QCOMPARE(QFileInfo(folder).permissions() & others, QFile::Permissions());
#endif
}

void TestControlServer::aLockIsAFile()
{
    const auto path = lockPath(QStringLiteral("desktop.lock"));
    QVERIFY(path);
    QVERIFY(QDir::isAbsolutePath(*path));
    QVERIFY(QFileInfo(QFileInfo(*path).path()).isWritable());
}

void TestControlServer::pipelinedCalls()
{
    ControlServer server;
    server.addHandlers(echo());
    QVERIFY(server.listen(Port));
    const QByteArray call = R"({"keywheel":1,"call":"echo","arguments":{"n":%}})";
    QByteArray calls;
    QByteArray answers;
    for (int i = 0; i < 50; ++i) {
        calls += QByteArray(call).replace('%', QByteArray::number(i)) + '\n';
        answers += R"({"keywheel":1,"result":{"n":)" + QByteArray::number(i) + "}}\n";
    }
    QCOMPARE(say(calls, 50), answers);
}

void TestControlServer::bytesInPieces()
{
    ControlServer server;
    server.addHandlers(echo());
    QVERIFY(server.listen(Port));
    QLocalSocket socket;
    socket.connectToServer(path());
    QVERIFY(socket.waitForConnected());
    for (const char c : QByteArray("{\"keywheel\":1,\"call\":\"echo\"}\n")) {
        socket.write(&c, 1);
        QVERIFY(socket.waitForBytesWritten());
        QCoreApplication::processEvents();
    }
    QTRY_VERIFY(socket.canReadLine());
    QCOMPARE(socket.readLine(), QByteArray("{\"keywheel\":1,\"result\":{}}\n"));
}

void TestControlServer::refusesWhatIsNoCall_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("empty") << QByteArray() << QByteArray("no message");
    QTest::newRow("no JSON") << QByteArray("GET / HTTP/1.1") << QByteArray("no message");
    QTest::newRow("no object") << QByteArray("[1]") << QByteArray("no message");
    QTest::newRow("no version") << QByteArray(R"({"call":"echo"})") << QByteArray("no message");
    QTest::newRow("another version")
        << QByteArray(R"({"keywheel":2,"call":"echo"})") << QByteArray("control channel 2, not 1");
    QTest::newRow("deep") << QByteArray("[").repeated(100'000) << QByteArray("no message");
}

void TestControlServer::refusesWhatIsNoCall()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, named);
    ControlServer server;
    server.addHandlers(echo());
    QVERIFY(server.listen(Port));
    // The call behind it is not looked at any more.
    const QByteArray answer = say(line + "\n{\"keywheel\":1,\"call\":\"echo\"}\n", 2);
    QCOMPARE(answer.count('\n'), 1);
    QVERIFY2(answer.contains("\"error\"") && answer.contains(named), answer.constData());
}

void TestControlServer::refusesLongLines()
{
    ControlServer server;
    QVERIFY(server.listen(Port));
    const QByteArray answer = say(QByteArray(control::LongestLine + 1, 'x'), 1);
    QVERIFY2(answer.contains("too long"), answer.constData());
    const auto client = ControlClient::find(Port);
    QVERIFY(client && *client);
    const QString text(control::LongestLine, QLatin1Char('x'));
    QVERIFY(!(*client)->call(QStringLiteral("echo"), {{QStringLiteral("text"), text}}, Limit));
}

void TestControlServer::doesNotSendLongAnswers()
{
    ControlServer server;
    server.addHandlers(
        {{QStringLiteral("long"), [](const QJsonObject &, const ControlServer::Answer &answer) {
              answer(QJsonObject{
                  {QStringLiteral("x"), QString(control::LongestLine, QLatin1Char('x'))}});
          }}});
    QVERIFY(server.listen(Port));
    const auto client = ControlClient::find(Port);
    QVERIFY(client && *client);
    const auto answer = (*client)->call(QStringLiteral("long"), {}, Limit);
    QVERIFY(!answer);
    QVERIFY(answer.error().message.contains(QLatin1String("too long")));
}

void TestControlServer::limitsConnections()
{
    ControlServer server;
    server.addHandlers(echo());
    QVERIFY(server.listen(Port));
    std::vector<std::unique_ptr<ControlClient>> clients;
    for (int i = 0; i < ControlServer::MostConnections; ++i) {
        clients.push_back(std::move(*ControlClient::find(Port)));
        QVERIFY(clients.back()->call(QStringLiteral("echo"), {}, Limit));
    }
    const auto further = ControlClient::find(Port);
    QVERIFY(further && *further);
    QVERIFY(!(*further)->call(QStringLiteral("echo"), {}, Limit));
    clients.clear();
    const auto call = [] {
        const auto client = ControlClient::find(Port);
        return client && *client && (*client)->call(QStringLiteral("echo"), {}, Limit);
    };
    QTRY_VERIFY(call());
}

void TestControlServer::clientLeavesBeforeTheAnswer()
{
    ControlServer server;
    ControlServer::Answer pending;
    server.addHandlers(
        {{QStringLiteral("wait"), [&](const QJsonObject &, const ControlServer::Answer &answer) {
              pending = answer;
          }}});
    server.addHandlers(echo());
    QVERIFY(server.listen(Port));
    {
        QLocalSocket socket;
        socket.connectToServer(path());
        QVERIFY(socket.waitForConnected());
        socket.write("{\"keywheel\":1,\"call\":\"wait\"}\n");
        QTRY_VERIFY(pending);
    }
    const auto client = ControlClient::find(Port);
    QVERIFY(client && *client);
    QVERIFY((*client)->call(QStringLiteral("echo"), {}, Limit));
    pending(QJsonObject());
    QVERIFY((*client)->call(QStringLiteral("echo"), {}, Limit));
}

void TestControlServer::serverEndsBeforeTheAnswer()
{
    auto server = std::make_unique<ControlServer>();
    ControlServer::Answer pending;
    server->addHandlers(
        {{QStringLiteral("wait"), [&](const QJsonObject &, const ControlServer::Answer &answer) {
              pending = answer;
              QMetaObject::invokeMethod(
                  this, [&] { server.reset(); }, Qt::QueuedConnection);
          }}});
    QVERIFY(server->listen(Port));
    const auto client = ControlClient::find(Port);
    QVERIFY(client && *client);
    const auto answer = (*client)->call(QStringLiteral("wait"), {}, Limit);
    QVERIFY(!answer);
    QVERIFY(answer.error().message.contains(QLatin1String("broke off")));
    pending(QJsonObject()); // to nobody
}

QTEST_GUILESS_MAIN(TestControlServer)
#include "test_controlserver.moc"
