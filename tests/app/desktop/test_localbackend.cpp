// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/localbackend.h"
#include "process/logsetup.h"
#include "support/fakeupstream.h"
#include "support/httpclient.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace keywheel;

namespace {

const QByteArray KeyA = "sk-test-backend-alpha-0001";
const QByteArray KeyB = "sk-test-backend-beta-00002";

bool isOpen(quint16 port)
{
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
    return socket.waitForConnected(5000);
}

/// The result of a call, and how often it came.
template <class T>
struct Result
{
    Backend::Done<T> taker()
    {
        return [this](const Expected<T> &result) {
            value = result;
            ++count;
        };
    }
    bool wait() const
    {
        return QTest::qWaitFor([this] { return count > 0; }, 15'000);
    }
    bool isGood() const { return wait() && *value; }
    QString error() const { return wait() && !*value ? value->error().message : QString(); }

    std::optional<Expected<T>> value;
    int count = 0;
};

} // namespace

/// The backend over a real engine, with a real upstream at the other end.
class TestLocalBackend : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void runs();
    void startAndStop();
    void addedKeysAreUsed();
    void keysAreChanged();
    void checksKeys();
    void savedSettingTakesEffect();
    void badValuesAreRefused();
    void aTakenPortIsRefused();
    void startsWithBadSettings();
    void aKeysFileYetToBeMade();
    void portTakenAtTheStart();
    void handEditsShowUp();
    void noticesComeAndGo();
    void refusedOriginIsAllowed();
    void demoAndBack();
    void keysAddedInTheDemoAreOnesOwn();
    void testRequestStreams();
    void testRequestSaysWhatWentWrong();
    void testRequestIsCancelled();
    void noAnswerWithoutContext();
    void aFrozenWindowHoldsUpNoStream();
    void shutsDown();

private:
    void write(const QString &name, const QByteArray &text) const;
    QByteArray read(const QString &name) const;
    /// Starts it with the .env file's lines and waits until it runs.
    void run(const QByteArray &env = {}, const QList<QByteArray> &keys = {KeyA});
    bool shows(const std::function<bool(const BackendSnapshot &)> &condition) const;
    bool hasNotice(Notice::Kind kind) const;
    quint16 port() const { return quint16(backend_->snapshot().address.port()); }

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<FakeUpstream> upstream_;
    std::unique_ptr<LogSetup> log_;
    std::unique_ptr<LocalBackend> backend_;
    std::FILE *sink_ = nullptr;
};

void TestLocalBackend::init()
{
    folder_ = std::make_unique<QTemporaryDir>();
    qputenv("XDG_STATE_HOME", QFile::encodeName(folder_->path()));
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(folder_->path()));
    upstream_ = std::make_unique<FakeUpstream>();
    sink_ = std::tmpfile();
    log_ = std::make_unique<LogSetup>(sink_, sink_);
}

void TestLocalBackend::cleanup()
{
    backend_.reset();
    log_.reset();
    std::fclose(sink_);
}

void TestLocalBackend::write(const QString &name, const QByteArray &text) const
{
    QFile file(folder_->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

QByteArray TestLocalBackend::read(const QString &name) const
{
    QFile file(folder_->filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestLocalBackend::run(const QByteArray &env, const QList<QByteArray> &keys)
{
    write(QStringLiteral("keys.txt"), keys.join('\n') + '\n');
    write(QStringLiteral(".env"),
          "KEY_STORE=file\nUPSTREAM_PROXY=none\nKEYS_FILE=" +
              QFile::encodeName(folder_->filePath(QStringLiteral("keys.txt"))) +
              "\nOPENAI_BASE_URL=" + upstream_->url().toEncoded() + '\n' + env);
    ServiceOptions options;
    options.envFile = folder_->filePath(QStringLiteral(".env"));
    options.freePort = !env.contains("PORT=");
    backend_ = std::make_unique<LocalBackend>(options, *log_);
    backend_->run();
    backend_->setWatched(true);
}

bool TestLocalBackend::shows(const std::function<bool(const BackendSnapshot &)> &condition) const
{
    return QTest::qWaitFor([&] { return condition(backend_->snapshot()); }, 15'000);
}

bool TestLocalBackend::hasNotice(Notice::Kind kind) const
{
    const QList<Notice> &all = backend_->snapshot().notices;
    return std::any_of(all.begin(), all.end(),
                       [kind](const Notice &notice) { return notice.kind == kind; });
}

void TestLocalBackend::runs()
{
    run();
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    QVERIFY(shows([](const auto &shown) { return shown.pool.total == 1; }));
    QCOMPARE(backend_->snapshot().upstream, upstream_->url());
    QVERIFY(backend_->settings().rows.size() > 20);
    QVERIFY(backend_->settings().errors.isEmpty());
    QVERIFY(isOpen(port()));
}

void TestLocalBackend::startAndStop()
{
    run();
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    upstream_->always(Answer::stream());
    const quint16 at = port();
    HttpClient client(at);
    client.get("/v1/events");
    QTRY_COMPARE(upstream_->requestCount(), 1);
    backend_->stop();
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Stopped; }));
    QVERIFY(!isOpen(at));
    upstream_->push(1, "data: 1\n\n"); // goes on
    upstream_->end(1);
    QVERIFY(client.waitForEnd());
    QVERIFY(client.response().complete);
    backend_->start();
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    QCOMPARE(port(), at);
    QVERIFY(isOpen(at));
}

void TestLocalBackend::addedKeysAreUsed()
{
    run({}, {});
    QVERIFY(shows([this](const auto &) { return hasNotice(Notice::Kind::NoKeys); }));
    Result<Backend::Added> added;
    backend_->addKeys({{KeyA, 0, QStringLiteral("mine")}, {KeyA, 0, {}}, {KeyB, 0, {}}}, this,
                      added.taker());
    QVERIFY(added.isGood());
    QCOMPARE((*added.value)->added, 2);
    QCOMPARE((*added.value)->present, 1);
    QVERIFY(shows([this](const auto &shown) {
        return shown.pool.available == 2 && !hasNotice(Notice::Kind::NoKeys);
    }));
    QCOMPARE(backend_->snapshot().keys.first().label, QStringLiteral("mine"));
    QCOMPARE(fetch(port(), "GET", "/v1/models").status, 200);
    QCOMPARE(upstream_->keysUsed(), QList{KeyA});
    QVERIFY(shows([](const auto &shown) { return shown.counters.requests == 1; }));
}

void TestLocalBackend::keysAreChanged()
{
    run({}, {KeyA, KeyB});
    QVERIFY(shows([](const auto &shown) { return shown.pool.available == 2; }));
    const QString first = backend_->snapshot().keys.first().fingerprint;
    Result<void> disabled;
    backend_->setKeysDisabled({first}, true, this, disabled.taker());
    QVERIFY(disabled.isGood());
    QVERIFY(shows([](const auto &shown) { return shown.pool.disabled == 1; }));
    Result<void> labelled;
    backend_->setKeyLabel(first, QStringLiteral("laptop"), this, labelled.taker());
    QVERIFY(labelled.isGood());
    QVERIFY(shows(
        [](const auto &shown) { return shown.keys.first().label == QLatin1String("laptop"); }));
    Result<void> removed;
    backend_->removeKeys({first}, this, removed.taker());
    QVERIFY(removed.isGood());
    QVERIFY(shows([](const auto &shown) { return shown.pool.total == 1; }));
    QVERIFY(!read(QStringLiteral("keys.txt")).contains(KeyA));
    Result<void> unknown;
    backend_->removeKeys({QStringLiteral("0123")}, this, unknown.taker());
    QVERIFY(!unknown.error().isEmpty());
}

void TestLocalBackend::checksKeys()
{
    upstream_->forKey(KeyB).reply(Answer::error(401, "invalid_api_key", "Incorrect API key"));
    run({}, {KeyA, KeyB});
    QVERIFY(shows([](const auto &shown) { return shown.pool.available == 2; }));
    const QString bad = backend_->snapshot().keys.last().fingerprint;
    Result<QList<Backend::Checked>> checked;
    backend_->checkKeys({backend_->snapshot().keys.first().fingerprint, bad}, this,
                        checked.taker());
    QVERIFY(checked.isGood());
    for (const Backend::Checked &each : **checked.value)
        QCOMPARE(each.outcome, each.fingerprint == bad ? Backend::Checked::Outcome::Bad
                                                       : Backend::Checked::Outcome::Good);
    QVERIFY(shows([this](const auto &) { return hasNotice(Notice::Kind::KeyOut); }));
    Result<void> released;
    backend_->releaseKeys({bad}, this, released.taker());
    QVERIFY(released.isGood());
    QVERIFY(shows([this](const auto &) { return !hasNotice(Notice::Kind::KeyOut); }));
}

void TestLocalBackend::savedSettingTakesEffect()
{
    run("# a comment\nMAX_RETRIES=3 # tries\n");
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    Result<void> saved;
    backend_->saveSetting(QStringLiteral("AUTH_KEY"), QStringLiteral("let-me-in-please"), this,
                          saved.taker());
    QVERIFY(saved.isGood());
    QVERIFY(read(QStringLiteral(".env")).contains("# a comment\nMAX_RETRIES=3 # tries\n"));
    QVERIFY(read(QStringLiteral(".env")).contains("AUTH_KEY=let-me-in-please"));
    QCOMPARE(fetch(port(), "GET", "/v1/models").status, 401);
    QVERIFY(shows([](const auto &shown) { return shown.needsAuth; }));
    for (const SettingView &row : backend_->settings().rows) {
        if (row.name == QLatin1String("AUTH_KEY")) {
            QVERIFY(row.isSet && row.text.isEmpty());
            QCOMPARE(row.origin, SettingOrigin::EnvFile);
        }
    }
    Result<void> taken;
    backend_->saveSetting(QStringLiteral("AUTH_KEY"), {}, this, taken.taker());
    QVERIFY(taken.isGood());
    QVERIFY(!read(QStringLiteral(".env")).contains("AUTH_KEY"));
    QCOMPARE(fetch(port(), "GET", "/v1/models").status, 200);
}

void TestLocalBackend::badValuesAreRefused()
{
    run();
    const QByteArray before = read(QStringLiteral(".env"));
    Result<void> bad;
    backend_->saveSetting(QStringLiteral("MAX_RETRIES"), QStringLiteral("many"), this, bad.taker());
    QVERIFY2(bad.error().contains(QLatin1String("0 to 100")), qPrintable(bad.error()));
    Result<void> fixed;
    backend_->saveSetting(QStringLiteral("PORT"), QStringLiteral("4000"), this, fixed.taker());
    QVERIFY2(fixed.error().contains(QLatin1String("command line")), qPrintable(fixed.error()));
    QCOMPARE(read(QStringLiteral(".env")), before);
}

void TestLocalBackend::aTakenPortIsRefused()
{
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress::LocalHost));
    const quint16 free = probe.serverPort();
    probe.close();
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    run("PORT=" + QByteArray::number(free) + '\n');
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    const QByteArray before = read(QStringLiteral(".env"));
    Result<void> refused;
    backend_->saveSetting(QStringLiteral("PORT"), QString::number(taken.serverPort()), this,
                          refused.taker());
    QVERIFY(refused.error().contains(QString::number(taken.serverPort())));
    QCOMPARE(read(QStringLiteral(".env")), before);
    QVERIFY(isOpen(free));
    QVERIFY(shows([this](const auto &) { return !hasNotice(Notice::Kind::ListenFailed); }));
}

void TestLocalBackend::startsWithBadSettings()
{
    run("MAX_RETRIES=many\n");
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Failed; }));
    QVERIFY(hasNotice(Notice::Kind::BadSettings));
    QVERIFY(backend_->settings().errors.first().contains(QLatin1String("MAX_RETRIES=many")));
    Result<void> saved;
    backend_->saveSetting(QStringLiteral("MAX_RETRIES"), QStringLiteral("2"), this, saved.taker());
    QVERIFY(saved.isGood());
    QVERIFY(shows([this](const auto &shown) {
        return shown.run == RunState::Running && !hasNotice(Notice::Kind::BadSettings);
    }));
    QCOMPARE(fetch(port(), "GET", "/v1/models").status, 200);
}

void TestLocalBackend::aKeysFileYetToBeMade()
{
    const QString file = folder_->filePath(QStringLiteral("new.txt"));
    run("KEYS_FILE=" + QFile::encodeName(file) + '\n');
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    QTRY_VERIFY(hasNotice(Notice::Kind::NoKeys));
    QVERIFY(!hasNotice(Notice::Kind::KeysUnreadable));
    QCOMPARE(backend_->snapshot().keysError, QString());

    // One that is there and cannot be read may hold keys.
    QVERIFY(QDir().mkdir(file));
    backend_->reloadKeys();
    QTRY_VERIFY(hasNotice(Notice::Kind::KeysUnreadable));
    QVERIFY(backend_->snapshot().keysKept);
}

void TestLocalBackend::portTakenAtTheStart()
{
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    run("PORT=" + QByteArray::number(taken.serverPort()) + '\n');
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Failed; }));
    QVERIFY(hasNotice(Notice::Kind::ListenFailed));
    QCOMPARE(port(), taken.serverPort());
    Result<void> other; // of another setting, which can be saved all the same
    backend_->saveSetting(QStringLiteral("MAX_RETRIES"), QStringLiteral("2"), this, other.taker());
    QVERIFY(other.isGood());
    taken.close();
    backend_->start();
    QVERIFY(shows([this](const auto &shown) {
        return shown.run == RunState::Running && !hasNotice(Notice::Kind::ListenFailed);
    }));
}

void TestLocalBackend::handEditsShowUp()
{
    run("MAX_RETRIES=3\n");
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    const QByteArray good = read(QStringLiteral(".env"));
    QByteArray edited = good;
    write(QStringLiteral(".env"), edited.replace("MAX_RETRIES=3", "MAX_RETRIES=lots"));
    QTRY_VERIFY(!backend_->settings().errors.isEmpty());
    QVERIFY(shows([this](const auto &) { return hasNotice(Notice::Kind::BadSettings); }));
    QCOMPARE(backend_->snapshot().run, RunState::Running);
    write(QStringLiteral(".env"), good);
    QVERIFY(shows([this](const auto &) { return !hasNotice(Notice::Kind::BadSettings); }));
}

void TestLocalBackend::noticesComeAndGo()
{
    upstream_->always(Answer::error(401, "invalid_api_key", "Incorrect API key provided"));
    run();
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    QCOMPARE(fetch(port(), "GET", "/v1/models").status, 401);
    QVERIFY(shows([this](const auto &) {
        return hasNotice(Notice::Kind::KeyOut) && hasNotice(Notice::Kind::NoKeyLeft);
    }));
    Notice out = backend_->snapshot().notices.last();
    QCOMPARE(out.kind, Notice::Kind::KeyOut);
    QVERIFY(out.detail.contains(QLatin1String("Incorrect API key")));
    backend_->dismissNotice(out);
    QVERIFY(shows([this](const auto &) { return !hasNotice(Notice::Kind::KeyOut); }));
    QVERIFY(hasNotice(Notice::Kind::NoKeyLeft));
    Result<int> reset;
    backend_->resetBlacklist(this, reset.taker());
    QVERIFY(reset.isGood());
    QCOMPARE(**reset.value, 1);
    QVERIFY(shows([](const auto &shown) { return shown.notices.isEmpty(); }));
}

void TestLocalBackend::refusedOriginIsAllowed()
{
    run();
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    const Headers page{{"Origin", "https://chat.example"}};
    QCOMPARE(fetch(port(), "GET", "/v1/models", page).status, 403);
    QVERIFY(shows([this](const auto &) { return hasNotice(Notice::Kind::OriginRefused); }));
    Result<void> allowed;
    backend_->allowOrigin(backend_->snapshot().notices.first().subject, this, allowed.taker());
    QVERIFY(allowed.isGood());
    QVERIFY(read(QStringLiteral(".env")).contains("https://chat.example"));
    QCOMPARE(fetch(port(), "GET", "/v1/models", page).status, 200);
    QVERIFY(shows([](const auto &shown) { return shown.notices.isEmpty(); }));
}

void TestLocalBackend::demoAndBack()
{
    run();
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    const QByteArray env = read(QStringLiteral(".env"));
    const QByteArray keys = read(QStringLiteral("keys.txt"));
    const quint16 at = port();
    backend_->setDemo(true);
    QVERIFY(shows([](const auto &shown) {
        return shown.demo && shown.run == RunState::Running && shown.pool.total == 5;
    }));
    QCOMPARE(port(), at);
    QVERIFY(fetch(at, "GET", "/v1/models").body.contains("keywheel-demo"));
    QCOMPARE(upstream_->requestCount(), 0);
    backend_->setDemo(false);
    QVERIFY(shows([](const auto &shown) {
        return !shown.demo && shown.run == RunState::Running && shown.pool.total == 1;
    }));
    QCOMPARE(port(), at);
    QCOMPARE(fetch(at, "GET", "/v1/models").status, 200);
    QCOMPARE(upstream_->keysUsed(), QList{KeyA});
    QCOMPARE(read(QStringLiteral(".env")), env);
    QCOMPARE(read(QStringLiteral("keys.txt")), keys);
    backend_.reset();
    const QByteArray state = read(QStringLiteral("keywheel/keywheel.db"));
    QVERIFY(!state.contains("out of quota"));
}

void TestLocalBackend::keysAddedInTheDemoAreOnesOwn()
{
    run({}, {});
    backend_->setDemo(true);
    QVERIFY(shows([](const auto &shown) { return shown.demo && shown.pool.total == 5; }));
    Result<Backend::Added> added;
    backend_->addKeys({{KeyB, 0, {}}}, this, added.taker());
    QVERIFY(added.isGood());
    QVERIFY(shows([](const auto &shown) { return !shown.demo && shown.pool.total == 1; }));
    QVERIFY(read(QStringLiteral("keys.txt")).contains(KeyB));
}

void TestLocalBackend::testRequestStreams()
{
    upstream_->onRequest(1, Answer::json(200, R"({"data":[{"id":"first-model"},{"id":"b"}]})"));
    upstream_->onRequest(
        2, Answer::sse({R"({"choices":[{"delta":{"role":"assistant","content":""}}]})",
                        R"({"choices":[{"delta":{"content":"Hel"}}]})",
                        R"({"choices":[{"delta":{"content":"lo"}}]})", "[DONE]"}));
    run("AUTH_KEY=let-me-in-please\n");
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    QSignalSpy text(backend_.get(), &Backend::testText);
    QSignalSpy done(backend_.get(), &Backend::testDone);
    backend_->startTest({});
    QTRY_COMPARE(done.size(), 1);
    QCOMPARE(done.first().first().toString(), QString());
    QString all;
    for (const auto &piece : text)
        all += piece.first().toString();
    QCOMPARE(all, QStringLiteral("Hello"));
    QVERIFY(upstream_->request(2).body.contains(R"("model":"first-model")"));
    QCOMPARE(upstream_->keysUsed().last(), KeyA);
}

void TestLocalBackend::testRequestSaysWhatWentWrong()
{
    upstream_->always(Answer::error(404, "model_not_found", "The model `x` does not exist"));
    run();
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    QSignalSpy done(backend_.get(), &Backend::testDone);
    backend_->startTest(QStringLiteral("x"));
    QTRY_COMPARE(done.size(), 1);
    const QString error = done.takeFirst().first().toString();
    QVERIFY2(error.contains(QLatin1String("404")) &&
                 error.contains(QLatin1String("The model `x` does not exist")),
             qPrintable(error));
    backend_->stop();
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Stopped; }));
    backend_->startTest(QStringLiteral("x"));
    QTRY_COMPARE(done.size(), 1);
    QVERIFY(!done.first().first().toString().isEmpty());
}

void TestLocalBackend::testRequestIsCancelled()
{
    upstream_->always(Answer::stream());
    run();
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    QSignalSpy done(backend_.get(), &Backend::testDone);
    QSignalSpy left(upstream_.get(), &FakeUpstream::peerLeft);
    backend_->startTest(QStringLiteral("x"));
    QTRY_COMPARE(upstream_->requestCount(), 1);
    backend_->cancelTest();
    QCOMPARE(done.size(), 1);
    QTRY_COMPARE(left.size(), 1);
    backend_->cancelTest();
    QCOMPARE(done.size(), 1);
}

void TestLocalBackend::noAnswerWithoutContext()
{
    run();
    auto context = std::make_unique<QObject>();
    Result<int> dropped;
    backend_->resetBlacklist(context.get(), dropped.taker());
    context.reset();
    Result<int> taken;
    backend_->resetBlacklist(this, taken.taker());
    QCOMPARE(taken.count, 0); // later than the call
    QVERIFY(taken.wait());
    QCOMPARE(dropped.count, 0);
    QCOMPARE(taken.count, 1);
}

void TestLocalBackend::aFrozenWindowHoldsUpNoStream()
{
    run({}, {KeyA});
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    backend_->setDemo(true); // its upstream lives in the core's thread
    QVERIFY(shows([](const auto &shown) { return shown.demo && shown.run == RunState::Running; }));
    Fetched got;
    // A QThread has an event dispatcher before its first socket.
    const std::unique_ptr<QThread> client(QThread::create([&got, at = port()] {
        got =
            fetch(at, "POST", "/v1/chat/completions", {{"Content-Type", "application/json"}},
                  R"({"model":"demo","stream":true,"messages":[{"role":"user","content":"Hi"}]})");
    }));
    client->start();
    client->wait(); // this thread, the window's, does nothing meanwhile
    QCOMPARE(got.status, 200);
    QVERIFY2(got.body.endsWith("data: [DONE]\n\n"), got.body.constData());
    QVERIFY(got.complete);
    QVERIFY(shows([](const auto &shown) { return shown.counters.requests > 0; }));
}

void TestLocalBackend::shutsDown()
{
    run();
    QVERIFY(shows([](const auto &shown) { return shown.run == RunState::Running; }));
    upstream_->always(Answer::stream());
    HttpClient client(port());
    client.get("/v1/events");
    QTRY_COMPARE(upstream_->requestCount(), 1);
    QSignalSpy finished(backend_.get(), &LocalBackend::finished);
    backend_->shutDown();
    QTRY_VERIFY(!isOpen(port()));
    QVERIFY(finished.isEmpty());
    upstream_->end(1);
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().toInt(), 0);
    QVERIFY(client.waitForEnd());
    QVERIFY(client.response().complete);
}

QTEST_GUILESS_MAIN(TestLocalBackend)
#include "test_localbackend.moc"
