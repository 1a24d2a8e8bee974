// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/problems.h"
#include "settings/settingsloader.h"

#include <QTest>

using namespace keywheel;
using Kind = Notice::Kind;

namespace {

Settings settings(const QMap<QString, QString> &given)
{
    SettingSources sources;
    sources.commandLine = given;
    return loadSettings(sources)->settings;
}

KeySnapshot key(KeyState state)
{
    KeySnapshot made;
    made.state = state;
    made.fingerprint = QStringLiteral("f");
    made.preview = QStringLiteral("…xy");
    made.reason = QStringLiteral("401: bad");
    made.since = QDateTime::fromSecsSinceEpoch(1'700'000'000).toUTC();
    return made;
}

Condition withKeys(const QList<KeySnapshot> &keys)
{
    Condition condition;
    condition.keysRead = true;
    condition.keys = keys;
    condition.pool.total = int(keys.size());
    condition.pool.available =
        int(std::count_if(keys.begin(), keys.end(), [](const KeySnapshot &each) {
            return each.state == KeyState::Available;
        }));
    return condition;
}

QList<Kind> kinds(const Condition &condition)
{
    QList<Kind> found;
    for (const Notice &notice : problemsOf(condition))
        found.append(notice.kind);
    return found;
}

} // namespace

class TestProblems : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noneAtFirst() { QVERIFY(problemsOf({}).isEmpty()); }

    void noKeys()
    {
        QCOMPARE(kinds(withKeys({})), QList{Kind::NoKeys});
        Condition unreadable = withKeys({});
        unreadable.keysError = QStringLiteral("the keychain is locked");
        QCOMPARE(kinds(unreadable), QList{Kind::KeysUnreadable}); // there may be some
    }

    void keysThatAreOut()
    {
        const auto problems =
            problemsOf(withKeys({key(KeyState::Permanent), key(KeyState::Available)}));
        QCOMPARE(problems.size(), 1);
        QCOMPARE(problems.first().kind, Kind::KeyOut);
        QCOMPARE(problems.first().subject, QStringLiteral("f"));
        QCOMPARE(problems.first().name, QStringLiteral("…xy"));
        QCOMPARE(problems.first().detail, QStringLiteral("401: bad"));
        QVERIFY(problems.first().since.isValid());
    }

    void noKeyLeft()
    {
        const QString policy = QStringLiteral("ALL_KEYS_BLACKLISTED");
        const Settings resets = settings({});
        const Settings rejects = settings({{policy, QStringLiteral("reject")}});
        Condition condition = withKeys({key(KeyState::CoolingDown)});
        condition.settings = &resets;
        QVERIFY(kinds(condition).isEmpty()); // the next request goes on
        condition.settings = &rejects;
        QCOMPARE(kinds(condition), QList{Kind::NoKeyLeft});
        QCOMPARE(kinds(withKeys({key(KeyState::Disabled)})), QList{Kind::NoKeyLeft});
    }

    void openToTheNetwork()
    {
        const QString host = QStringLiteral("HOST");
        const Settings open = settings({{host, QStringLiteral("0.0.0.0")}});
        const Settings guarded =
            settings({{host, QStringLiteral("0.0.0.0")},
                      {QStringLiteral("AUTH_KEY"), QStringLiteral("let-me-in-as-a-guest")}});
        Condition condition;
        condition.settings = &open;
        QCOMPARE(kinds(condition), QList{Kind::OpenToNetwork});
        QCOMPARE(problemsOf(condition).first().detail, QStringLiteral("0.0.0.0"));
        condition.settings = &guarded;
        QVERIFY(kinds(condition).isEmpty());
    }

    void aShortAccessKey()
    {
        const QString authKey = QStringLiteral("AUTH_KEY");
        const Settings tooShort = settings({{authKey, QStringLiteral("fifteen-letters")}});
        const Settings longEnough = settings({{authKey, QStringLiteral("sixteen-letters!")}});
        Condition condition;
        condition.settings = &tooShort;
        QCOMPARE(kinds(condition), QList{Kind::AuthKeyShort});
        condition.settings = &longEnough;
        QVERIFY(kinds(condition).isEmpty());
    }

    void whatOthersSay()
    {
        Condition condition;
        condition.listenError = QStringLiteral("taken");
        condition.settingErrors = {QStringLiteral("one"), QStringLiteral("two")};
        condition.pool.brakeReason = QStringLiteral("the network is down");
        const auto problems = problemsOf(condition);
        QCOMPARE(kinds(condition),
                 (QList{Kind::ListenFailed, Kind::BadSettings, Kind::KeysNotBlamed}));
        QCOMPARE(problems.at(1).detail, QStringLiteral("one\ntwo"));
    }
};

QTEST_GUILESS_MAIN(TestProblems)
#include "test_problems.moc"
