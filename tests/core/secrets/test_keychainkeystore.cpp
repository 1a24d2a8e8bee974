// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychainkeystore.h"

#include "common/redact.h"
#include "core/secrets/fakekeychain.h"
#include "support/fakeclock.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

constexpr qsizetype SmallPack = 256; // a few keys each

QList<ApiKey> someKeys(int from, int count)
{
    QList<ApiKey> keys;
    for (int i = from; i < from + count; ++i)
        keys.append({"sk-test-" + QByteArray::number(i).rightJustified(24, '0'), 0,
                     i % 3 == 0 ? QStringLiteral("label %1").arg(i) : QString()});
    return keys;
}

QByteArrayList secrets(const QList<ApiKey> &keys)
{
    QByteArrayList result;
    for (const ApiKey &key : keys)
        result.append(key.secret);
    return result;
}

QStringList fingerprints(const QList<ApiKey> &keys)
{
    return KeyPack{0, keys}.fingerprints();
}

/// A process with a store: what it answered, in order.
struct Run
{
    Run(Vault &vault, const QString &folder)
        : fake(new FakeKeychain(vault)),
          store(std::unique_ptr<Keychain>(fake), clock, folder, SmallPack)
    {
        QObject::connect(&store, &KeyStore::loaded, &store, [this](const KeyList &list) {
            loaded = list;
            answers += QStringLiteral("loaded %1").arg(list.keys.size());
        });
        QObject::connect(&store, &KeyStore::failed, &store, [this](const Error &error) {
            message = error.message;
            answers += QStringLiteral("failed");
        });
        QObject::connect(&store, &KeyStore::changed, &store,
                         [this] { answers += QStringLiteral("changed"); });
        QObject::connect(&store, &KeyStore::progress, &store, [this](int count, int) {
            QVERIFY(count >= lastCount_);
            done = lastCount_ = count;
        });
        QObject::connect(&store, &KeyStore::changeDone, &store, [this] {
            answers += QStringLiteral("done");
            lastCount_ = 0;
        });
        QObject::connect(&store, &KeyStore::changeFailed, &store, [this](const Error &error) {
            message = error.message;
            answers += QStringLiteral("changeFailed");
        });
    }
    /// Until nothing happens any more.
    void settle()
    {
        for (int i = 0; i < 1000; ++i)
            QCoreApplication::sendPostedEvents();
    }
    /// The answers since the last time.
    QStringList take()
    {
        settle();
        lastCount_ = 0;
        return std::exchange(answers, {});
    }

    FakeClock clock;
    FakeKeychain *fake;
    KeychainKeyStore store;
    QStringList answers;
    QString message;
    KeyList loaded;
    int done = 0; ///< of the last change

private:
    int lastCount_ = 0;
};

const QStringList Done{QStringLiteral("done"), QStringLiteral("changed")};
const QStringList Failed{QStringLiteral("failed")};
const QStringList ChangeFailed{QStringLiteral("changeFailed")};

QStringList loadedKeys(int count)
{
    return {QStringLiteral("loaded %1").arg(count)};
}

} // namespace

class TestKeychainKeyStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void storesAcrossRestarts();
    void indexHoldsNoSecret();
    void addsOnlyWhatIsNotThere();
    void fewEntries();
    void removes();
    void answersInOrder();
    void tooLongAKey();
    void saysWhyItCannotBeUsed_data();
    void saysWhyItCannotBeUsed();
    void lookEmptyIsNotEmpty();
    void waitsForAPersonButNotForEver();
    void hungKeychain();
    void comesBackWhenUnlocked();
    void diesAtEachStep_data();
    void diesAtEachStep();
    void failsAtEachStep_data();
    void failsAtEachStep();
    void lostIndex();
    void staleIndex();
    void lostPack();
    void damagedPackIsSetAside();
    void newerPackIsLeftAlone();
    void oneProcessAtATime();
    void followsOtherProcesses();
    void unwritableFolder();

private:
    QString indexPath() const { return folder_ + QStringLiteral("/keychain.json"); }
    void store(const QList<ApiKey> &keys)
    {
        Run run(vault_, folder_);
        run.store.add(keys);
        QCOMPARE(run.take(), Done);
    }
    QByteArrayList readBack()
    {
        Run run(vault_, folder_);
        run.store.load();
        run.settle();
        return secrets(run.loaded.keys);
    }
    /// No entry that does not count.
    void isTidy()
    {
        const auto index = KeychainIndex::read(indexPath());
        QVERIFY(index);
        QVERIFY(index->leftovers.isEmpty());
        QStringList names{keychainDirectoryName()};
        for (const KeychainIndex::Pack &pack : index->packs)
            names += keyPackName(pack.number);
        names.sort();
        QCOMPARE(vault_.entries.keys(), names);
    }

    QTemporaryDir dir_;
    QString folder_;
    Vault vault_;
    int next_ = 0;
};

void TestKeychainKeyStore::init()
{
    vault_ = {};
    folder_ = dir_.filePath(QStringLiteral("state%1").arg(++next_));
}

void TestKeychainKeyStore::storesAcrossRestarts()
{
    Run first(vault_, folder_);
    first.store.load();
    QVERIFY(first.answers.isEmpty());
    QCOMPARE(first.take(), loadedKeys(0));
    QCOMPARE(first.loaded.warnings,
             QStringList{QStringLiteral("The keychain holds no API key of Keywheel")});
    first.store.add(someKeys(0, 20));
    QVERIFY(first.answers.isEmpty());
    QCOMPARE(first.take(), Done);
    QCOMPARE(first.done, 20);
    first.store.load();
    QCOMPARE(first.take(), loadedKeys(20));

    Run second(vault_, folder_);
    second.store.load();
    QCOMPARE(second.take(), loadedKeys(20));
    QCOMPARE(secrets(second.loaded.keys), secrets(someKeys(0, 20)));
    QCOMPARE(second.loaded.keys.at(3).label, QStringLiteral("label 3"));
    QCOMPARE(second.loaded.warnings, QStringList());
}

void TestKeychainKeyStore::indexHoldsNoSecret()
{
    store(someKeys(0, 20));
    QFile index(indexPath());
    QVERIFY(index.open(QIODevice::ReadOnly));
    const QByteArray text = index.readAll();
    QVERIFY(text.contains(fingerprints(someKeys(19, 1)).constFirst().toLatin1()));
    QVERIFY(!text.contains("sk-test"));
    QVERIFY(!text.contains("label"));
#ifdef Q_OS_UNIX
    QCOMPARE(index.permissions() & ~(QFile::ReadUser | QFile::WriteUser),
             QFile::ReadOwner | QFile::WriteOwner);
#endif
}

void TestKeychainKeyStore::addsOnlyWhatIsNotThere()
{
    store(someKeys(0, 5));
    const auto before = vault_.entries;
    Run run(vault_, folder_);
    run.store.add(someKeys(0, 5));
    QCOMPARE(run.take(), QStringList{QStringLiteral("done")});
    QCOMPARE(run.done, 5);
    QCOMPARE(vault_.entries, before);
    run.store.add(someKeys(3, 4) + someKeys(3, 4));
    QCOMPARE(run.take(), Done);
    QCOMPARE(run.done, 8);
    QCOMPARE(readBack(), secrets(someKeys(0, 7)));
}

void TestKeychainKeyStore::fewEntries()
{
    for (int i = 0; i < 20; ++i)
        store(someKeys(i, 1));
    QCOMPARE(readBack(), secrets(someKeys(0, 20)));
    isTidy();
    QVERIFY2(vault_.entries.size() <= 7, qPrintable(vault_.entries.keys().join(u' ')));
    for (const QByteArray &entry : std::as_const(vault_.entries))
        QVERIFY(entry.size() <= SmallPack);
}

void TestKeychainKeyStore::removes()
{
    store(someKeys(0, 20));
    Run run(vault_, folder_);
    run.store.remove(fingerprints(someKeys(18, 2) + someKeys(0, 7)) +
                     QStringList{QStringLiteral("unknown")});
    QCOMPARE(run.take(), Done);
    QCOMPARE(run.done, 10);
    QCOMPARE(readBack(), secrets(someKeys(7, 11)));
    isTidy();
    run.store.remove(fingerprints(someKeys(0, 20)));
    QCOMPARE(run.take(), Done);
    QCOMPARE(readBack(), QByteArrayList());
    isTidy();
    QCOMPARE(vault_.entries.size(), 1);
    QVERIFY(!run.store.seemsFilled());
}

void TestKeychainKeyStore::answersInOrder()
{
    Run run(vault_, folder_);
    run.store.add(someKeys(0, 3));
    run.store.load();
    run.store.remove(fingerprints(someKeys(0, 1)));
    run.store.load();
    QCOMPARE(run.take(), Done + loadedKeys(3) + Done + loadedKeys(2));
}

void TestKeychainKeyStore::tooLongAKey()
{
    Run run(vault_, folder_);
    run.store.add({{"sk-test-" + QByteArray(SmallPack, 'x'), 0, {}}});
    QCOMPARE(run.take(), ChangeFailed);
    QCOMPARE(run.message,
             QStringLiteral("The key sk-te…xxxx is too long for the keychain: 264 characters"));
    QVERIFY(vault_.entries.isEmpty());
}

void TestKeychainKeyStore::saysWhyItCannotBeUsed_data()
{
    QTest::addColumn<KeychainState>("state");
    QTest::addColumn<bool>("failsReads");
    QTest::addColumn<KeychainAnswer::Outcome>("outcome");
    QTest::addColumn<QString>("reason");
    using Outcome = KeychainAnswer::Outcome;
    QTest::newRow("locked") << KeychainState::Locked << false << Outcome::Done
                            << QStringLiteral("is locked");
    QTest::newRow("no service") << KeychainState::Unknown << true << Outcome::Failed
                                << QStringLiteral("cannot be used (broken)");
    QTest::newRow("denied") << KeychainState::Unlocked << true << Outcome::Denied
                            << QStringLiteral("refused access");
}

void TestKeychainKeyStore::saysWhyItCannotBeUsed()
{
    QFETCH(KeychainState, state);
    QFETCH(bool, failsReads);
    QFETCH(KeychainAnswer::Outcome, outcome);
    QFETCH(QString, reason);
    store(someKeys(0, 5));
    const auto before = vault_.entries;
    vault_.state = state;
    vault_.failsReads = failsReads;
    vault_.failure.outcome = outcome;

    Run run(vault_, folder_);
    run.store.load();
    QCOMPARE(run.take(), Failed);
    QVERIFY2(run.message.contains(reason), qPrintable(run.message));
    QVERIFY2(run.message.contains(QLatin1String("KEY_STORE=file")), qPrintable(run.message));
    run.store.add(someKeys(5, 5));
    run.store.remove(fingerprints(someKeys(0, 1)));
    QCOMPARE(run.take(), ChangeFailed + ChangeFailed);
    QVERIFY2(run.message.contains(reason), qPrintable(run.message));

    vault_.failsReads = false;
    vault_.state = KeychainState::Unlocked;
    QCOMPARE(vault_.entries, before);
    QCOMPARE(readBack(), secrets(someKeys(0, 5)));
}

void TestKeychainKeyStore::lookEmptyIsNotEmpty()
{
    store(someKeys(0, 5));
    const auto before = std::exchange(vault_.entries, {});
    vault_.state = KeychainState::Unknown;
    Run run(vault_, folder_);
    run.store.load();
    QCOMPARE(run.take(), Failed);
    QVERIFY(run.message.contains(QLatin1String("none of the 5 keys")));
    QVERIFY(run.store.seemsFilled());
    run.store.add(someKeys(5, 1));
    QCOMPARE(run.take(), ChangeFailed);
    QVERIFY(vault_.entries.isEmpty());
    vault_.entries = before;
    QCOMPARE(readBack(), secrets(someKeys(0, 5)));

    // A keyring that has yet to be made is no error for the first import.
    vault_ = {};
    vault_.state = KeychainState::NoKeyring;
    folder_ += QStringLiteral("b");
    Run fresh(vault_, folder_);
    fresh.store.load();
    QCOMPARE(fresh.take(), Failed);
    QVERIFY(fresh.message.contains(QLatin1String("no keyring yet")));
    QVERIFY(!fresh.store.seemsFilled());
    fresh.store.add(someKeys(0, 5));
    QCOMPARE(fresh.take(), Done);
}

void TestKeychainKeyStore::waitsForAPersonButNotForEver()
{
    store(someKeys(0, 5));
    vault_.state = KeychainState::Locked;
    vault_.asks = true;
    Run run(vault_, folder_);
    run.store.load();
    QVERIFY(run.take().isEmpty());
    run.clock.advance(5s);
    QCOMPARE(run.take(), Failed);
    QVERIFY(run.message.contains(QLatin1String("does not answer in time")));
    vault_.state = KeychainState::Unlocked;
    run.fake->resume();
    QCOMPARE(run.take(), QStringList{QStringLiteral("changed")});
    run.store.load();
    QCOMPARE(run.take(), loadedKeys(5));

    // Unlocked in time: nothing is concluded from before.
    vault_.state = KeychainState::Locked;
    Run quick(vault_, folder_);
    quick.store.load();
    QVERIFY(quick.take().isEmpty());
    vault_.state = KeychainState::Unlocked;
    quick.fake->resume();
    QCOMPARE(quick.take(), loadedKeys(5));
    QCOMPARE(quick.loaded.warnings, QStringList());
}

void TestKeychainKeyStore::hungKeychain()
{
    store(someKeys(0, 20));
    Run run(vault_, folder_);
    run.fake->hang();
    run.store.load();
    run.store.add(someKeys(20, 1));
    run.settle();
    run.clock.advance(5s);
    QCOMPARE(run.take(), Failed);
    run.clock.advance(5s);
    QCOMPARE(run.take(), ChangeFailed);
    QVERIFY(run.message.contains(QLatin1String("does not answer in time")));
    run.fake->resume();
    QCOMPARE(run.take(), QStringList({QStringLiteral("changed"), QStringLiteral("changed")}));
    run.store.add(someKeys(20, 1));
    QCOMPARE(run.take(), Done);
    QCOMPARE(readBack(), secrets(someKeys(0, 21)));
    isTidy();
}

void TestKeychainKeyStore::comesBackWhenUnlocked()
{
    store(someKeys(0, 5));
    vault_.state = KeychainState::Locked;
    Run run(vault_, folder_);
    run.store.load();
    QCOMPARE(run.take(), Failed);
    const int reads = vault_.reads;
    run.clock.advance(5s);
    run.settle();
    run.clock.advance(5s);
    QVERIFY(run.take().isEmpty());
    QCOMPARE(vault_.reads, reads); // a read would ask the person again
    vault_.state = KeychainState::Unlocked;
    run.clock.advance(5s);
    QCOMPARE(run.take(), QStringList{QStringLiteral("changed")});
    run.store.load();
    QCOMPARE(run.take(), loadedKeys(5));
    run.clock.advance(60s);
    QVERIFY(run.take().isEmpty());
}

void TestKeychainKeyStore::diesAtEachStep_data()
{
    QTest::addColumn<bool>("removes");
    QTest::addColumn<bool>("diesAfter");
    for (const bool removes : {false, true}) {
        for (const bool after : {false, true})
            QTest::addRow("%s, %s", removes ? "remove" : "add",
                          after ? "after the step" : "before it")
                << removes << after;
    }
}

void TestKeychainKeyStore::diesAtEachStep()
{
    QFETCH(bool, removes);
    QFETCH(bool, diesAfter);
    const QList<ApiKey> first = someKeys(0, 12); // two packs and a bit
    const QList<ApiKey> second = someKeys(12, 14);
    const QList<ApiKey> leaving = someKeys(0, 7) + someKeys(11, 1);
    bool finished = false;
    for (int step = 0; !finished; ++step) {
        init();
        store(first);
        vault_.dieAt = vault_.changes + step;
        vault_.diesAfter = diesAfter;
        int done = 0;
        {
            Run run(vault_, folder_);
            if (removes)
                run.store.remove(fingerprints(leaving));
            else
                run.store.add(second);
            finished = run.take() == Done;
            done = run.done;
        }
        vault_.dieAt = -1;
        const QByteArrayList found = readBack();
        const auto has = [&](const ApiKey &key) {
            return found.contains(key.secret);
        };
        if (removes) {
            for (const ApiKey &key : someKeys(7, 4))
                QVERIFY(has(key));
            QVERIFY(std::count_if(leaving.cbegin(), leaving.cend(), has) <= leaving.size() - done);
        } else {
            for (const ApiKey &key : first + second.mid(0, done))
                QVERIFY2(has(key), key.secret.constData());
        }
        for (const QByteArray &key : found)
            QVERIFY(secrets(first + second).contains(key));
        isTidy();
        store(someKeys(50, 9));
        QCOMPARE(readBack(), found + secrets(someKeys(50, 9)));
        isTidy();
        QVERIFY(step < 100);
        if (finished)
            QVERIFY(step >= 5);
    }
}

void TestKeychainKeyStore::failsAtEachStep_data()
{
    QTest::addColumn<bool>("removes");
    QTest::newRow("add") << false;
    QTest::newRow("remove") << true;
}

void TestKeychainKeyStore::failsAtEachStep()
{
    QFETCH(bool, removes);
    const QList<ApiKey> first = someKeys(0, 12);
    const QList<ApiKey> second = someKeys(12, 14);
    int failures = 0;
    for (int step = 0; step < 8; ++step) {
        init();
        store(first);
        vault_.failAt = vault_.changes + step;
        Run run(vault_, folder_);
        if (removes)
            run.store.remove(fingerprints(someKeys(0, 7) + someKeys(11, 1)));
        else
            run.store.add(second);
        const QStringList answers = run.take();
        QVERIFY(answers == Done ||
                answers == ChangeFailed + QStringList{QStringLiteral("changed")});
        failures += int(answers != Done);
        run.store.load();
        run.settle();
        const QByteArrayList found = secrets(run.loaded.keys);
        const QList<ApiKey> expected = removes ? someKeys(7, 4) : first + second.mid(0, run.done);
        for (const ApiKey &key : expected)
            QVERIFY2(found.contains(key.secret), key.secret.constData());
        isTidy();
    }
    QVERIFY(failures >= 5);
}

void TestKeychainKeyStore::lostIndex()
{
    store(someKeys(0, 20));
    QVERIFY(QFile::remove(indexPath()));
    QCOMPARE(readBack(), secrets(someKeys(0, 20)));
    isTidy();

    QFile file(indexPath());
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("{\"version\":1,\"pa");
    file.close();
    store(someKeys(20, 1));
    QCOMPARE(readBack(), secrets(someKeys(0, 21)));
}

/// Two state folders and one keychain, as of a program in a sandbox and one outside.
void TestKeychainKeyStore::staleIndex()
{
    const QString mine = folder_;
    store(someKeys(0, 6));
    folder_ = mine + QStringLiteral("b");
    store(someKeys(6, 12));
    {
        Run run(vault_, folder_);
        run.store.remove(fingerprints(someKeys(0, 2)));
        QCOMPARE(run.take(), Done);
    }
    folder_ = mine;
    Run run(vault_, folder_);
    run.store.load();
    QCOMPARE(run.take(), loadedKeys(16));
    QCOMPARE(run.loaded.warnings, QStringList());
    store(someKeys(18, 3));
    folder_ += QStringLiteral("b");
    QCOMPARE(readBack().size(), 19);
}

void TestKeychainKeyStore::lostPack()
{
    store(someKeys(0, 20));
    vault_.entries.remove(keyPackName(1));
    Run run(vault_, folder_);
    run.store.load();
    run.settle();
    const QByteArrayList left = secrets(run.loaded.keys);
    QVERIFY(left.size() < 20 && left.size() > 10);
    QCOMPARE(left, secrets(someKeys(20 - int(left.size()), int(left.size()))));
    QCOMPARE(run.loaded.warnings.size(), 1);
    QVERIFY(run.loaded.warnings.constFirst().contains(fingerprints(someKeys(0, 1)).constFirst()));
    run.store.load();
    run.settle();
    QCOMPARE(run.loaded.warnings, QStringList());
}

void TestKeychainKeyStore::damagedPackIsSetAside()
{
    store(someKeys(0, 20));
    QByteArray &entry = vault_.entries[keyPackName(2)];
    entry[entry.size() - 1] = char(entry.back() ^ 1);
    const QByteArray damaged = entry;
    Run run(vault_, folder_);
    run.store.load();
    run.settle();
    QVERIFY(run.loaded.keys.size() < 20);
    QCOMPARE(run.loaded.warnings.size(), 2);
    run.answers.clear();
    run.store.add(someKeys(0, 40));
    QCOMPARE(run.take(), Done);
    QCOMPARE(vault_.entries.value(keyPackName(2)), damaged);
    run.store.load();
    QCOMPARE(run.take(), loadedKeys(40));
    QCOMPARE(run.loaded.warnings, QStringList());
}

void TestKeychainKeyStore::newerPackIsLeftAlone()
{
    store(someKeys(0, 3));
    vault_.entries[keyPackName(1)][6] = 2;
    const auto before = vault_.entries;
    Run run(vault_, folder_);
    run.store.load();
    run.store.add(someKeys(3, 1));
    QCOMPARE(run.take(), Failed + ChangeFailed);
    QVERIFY(run.message.contains(QLatin1String("newer Keywheel")));
    QCOMPARE(vault_.entries, before);
}

void TestKeychainKeyStore::oneProcessAtATime()
{
    store(someKeys(0, 3));
    QLockFile other(folder_ + QStringLiteral("/keychain.lock"));
    QVERIFY(other.tryLock(0));
    Run run(vault_, folder_);
    run.store.load();
    QCOMPARE(run.take(), loadedKeys(3));
    run.store.add(someKeys(3, 1));
    run.settle();
    run.clock.advance(1s);
    QVERIFY(run.take().isEmpty());
    run.clock.advance(4s);
    QCOMPARE(run.take(), ChangeFailed);
    QVERIFY(run.message.startsWith(QLatin1String("Another Keywheel")));
    run.store.add(someKeys(3, 1));
    run.settle();
    other.unlock();
    run.clock.advance(50ms);
    QCOMPARE(run.take(), Done);
}

void TestKeychainKeyStore::followsOtherProcesses()
{
    store(someKeys(0, 3));
    Run run(vault_, folder_);
    run.store.load();
    QCOMPARE(run.take(), loadedKeys(3));
    store(someKeys(3, 3));
    QTRY_COMPARE(run.answers, QStringList{QStringLiteral("changed")});
    run.answers.clear();
    run.store.load();
    QCOMPARE(run.take(), loadedKeys(6));
}

void TestKeychainKeyStore::unwritableFolder()
{
    QFile file(folder_);
    QVERIFY(file.open(QIODevice::WriteOnly));
    Run run(vault_, folder_ + QStringLiteral("/state"));
    run.store.load();
    QCOMPARE(run.take(), loadedKeys(0));
    run.store.add(someKeys(0, 1));
    QCOMPARE(run.take(), ChangeFailed);
    QVERIFY(run.message.startsWith(QLatin1String("Nothing can be written in the folder ")));
    QVERIFY(vault_.entries.isEmpty());
}

QTEST_GUILESS_MAIN(TestKeychainKeyStore)
#include "test_keychainkeystore.moc"
