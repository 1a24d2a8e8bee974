// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QRandomGenerator>
#include <QTest>

#include <csignal>
#include <deque>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

const QList<QByteArray> Keys{"sk-test-state-alpha-1", "sk-test-state-beta-22",
                             "sk-test-state-gamma-3"};
const QString StateFile = QStringLiteral(".local/state/keywheel/keywheel.db");

qint64 successes(const KeywheelProcess &keywheel)
{
    qint64 sum = 0;
    const QJsonArray rows = keywheel.endpoint("/stats")[QStringLiteral("keys")]
                                .toObject()[QStringLiteral("rows")]
                                .toArray();
    for (const auto &row : rows)
        sum += row[QStringLiteral("successes")].toInteger();
    return sum;
}

/// Sends requests for a random time of more than a second and returns how many had been answered
/// when the last second began.
qint64 load(const KeywheelProcess &keywheel)
{
    constexpr qint64 allowed = 1000;
    const qint64 length = QRandomGenerator::global()->bounded(1400, 2000);
    std::deque<qint64> answeredAt;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < length) {
        if (keywheel.fetch("POST", "/v1/chat/completions", {}, "{}").status == 200)
            answeredAt.push_back(timer.elapsed());
    }
    const qint64 end = timer.elapsed();
    return std::count_if(answeredAt.begin(), answeredAt.end(),
                         [&](qint64 at) { return at < end - allowed; });
}

/// Whether there are state files, and no part of a key in them.
bool noStateFileHolds(const KeywheelProcess &keywheel, const QList<QByteArray> &keys)
{
    QDir folder(keywheel.path(StateFile));
    folder.cdUp();
    const QStringList files = folder.entryList(QDir::Files | QDir::Hidden);
    for (const QString &name : files) {
        QFile file(folder.filePath(name));
        if (!file.open(QFile::ReadOnly))
            return false;
        const QByteArray content = file.readAll();
        for (const QByteArray &key : keys) {
            if (content.contains(key.mid(8)))
                return false;
        }
    }
    return files.size() >= 2;
}

} // namespace

/// What the program knows of its keys outlives it, however it ends.
class TestState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRestartKnowsTheKeys();
    void killedTwentyTimesUnderLoad();
    void aBadKeyThatIsGoodAgainComesBack();
    void aDamagedFileDoesNotKeepItFromStarting();
    void anUnwritableFolderIsAWarning();
};

void TestState::aRestartKnowsTheKeys()
{
    FakeUpstream upstream;
    // Some APIs repeat the key in their answer.
    upstream.forKey(Keys.at(0))
        .reply(Answer::error(401, "invalid_api_key", "Incorrect API key: " + Keys.at(0)));
    upstream.forKey(Keys.at(1))
        .reply(Answer::error(429, "rate_limit_exceeded", "Slow down, " + Keys.at(1))
                   .header("Retry-After", "600"));
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.fetch("POST", "/v1/chat", {}, "{}").status, 200);
    QCOMPARE(keywheel.blacklist(), "0:permanent,1:temporary");
    QVERIFY(noStateFileHolds(keywheel, Keys)); // with what SQLite keeps beside it while it runs
    keywheel.signal(SIGTERM);
    QVERIFY(keywheel.waitForExit());
    QVERIFY(keywheel.start());
    QCOMPARE(keywheel.blacklist(), "0:permanent,1:temporary");
    QCOMPARE(successes(keywheel), 1);

    QVERIFY(noStateFileHolds(keywheel, Keys));
}

void TestState::killedTwentyTimesUnderLoad()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(keywheel.start());
    qint64 before = 0;
    for (int i = 0; i < 20; ++i) {
        const qint64 safe = load(keywheel);
        keywheel.signal(SIGKILL);
        QVERIFY(keywheel.waitForExit());
        QVERIFY(keywheel.start());
        QVERIFY2(!keywheel.everythingPrinted().contains("set aside"),
                 keywheel.everythingPrinted().constData());
        const qint64 known = successes(keywheel);
        QVERIFY(safe > 0);
        QVERIFY2(known >= before + safe, qPrintable(QStringLiteral("kill %1: %2 known, %3 expected")
                                                        .arg(i)
                                                        .arg(known)
                                                        .arg(before + safe)));
        before = known;
    }
}

void TestState::aBadKeyThatIsGoodAgainComesBack()
{
    FakeUpstream upstream;
    upstream.forKey(Keys.at(0))
        .reply(Answer::error(401, "invalid_api_key", "Incorrect API key"))
        .then(Answer::json(200, R"({"object":"list","data":[]})"));
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.set("KEY_CHECK_INTERVAL", "1000");
    QVERIFY(keywheel.start());
    keywheel.fetch("POST", "/v1/chat", {}, "{}");
    QTRY_VERIFY_WITH_TIMEOUT(keywheel.everythingPrinted().contains("it passed a check"), 15'000);
    QCOMPARE(keywheel.blacklist(), "");
}

void TestState::aDamagedFileDoesNotKeepItFromStarting()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    QVERIFY(QDir().mkpath(keywheel.path(QStringLiteral(".local/state/keywheel"))));
    QFile file(keywheel.path(StateFile));
    QVERIFY(file.open(QFile::WriteOnly));
    file.write(QByteArray("no database at all").repeated(500));
    file.close();
    QVERIFY(keywheel.start());
    QVERIFY(keywheel.everythingPrinted().contains("keywheel.db.damaged-"));
    QCOMPARE(keywheel.fetch("POST", "/v1/chat", {}, "{}").status, 200);
}

void TestState::anUnwritableFolderIsAWarning()
{
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), Keys);
    keywheel.setEnvironment(QStringLiteral("XDG_STATE_HOME"), QStringLiteral("/proc/none"));
    QVERIFY(keywheel.start());
    QVERIFY(keywheel.everythingPrinted().contains("/proc/none/keywheel"));
    QCOMPARE(keywheel.fetch("POST", "/v1/chat", {}, "{}").status, 200);
}

QTEST_GUILESS_MAIN(TestState)
#include "test_state.moc"
