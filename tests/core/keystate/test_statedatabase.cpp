// SPDX-License-Identifier: GPL-3.0-or-later
#include "keystate/statedatabase.h"
#include "keystate/statefolder.h"

#include <QDir>
#include <QFile>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <barrier>
#include <thread>
#include <vector>

using namespace keywheel;

namespace {

KeyRecord record(const QString &fingerprint)
{
    KeyRecord record;
    record.fingerprint = fingerprint;
    record.state = KeyState::CoolingDown;
    record.fault = FaultClass::Temporary;
    record.code = "rate_limit";
    record.lastError = QStringLiteral("slow down");
    record.reason = QStringLiteral("over its rate limit");
    record.since = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123).toUTC();
    record.until = record.since.addSecs(60);
    record.successes = 5'000'000'000;
    record.failures = 7;
    record.failuresInRow = 2;
    record.cooldownsInRow = 3;
    record.lastUsed = record.since.addSecs(-1);
    record.label = QStringLiteral("Größe 鍵");
    record.organization = "org-a";
    return record;
}

const QString One = QStringLiteral("0000000000000001");
const QString Two = QStringLiteral("0000000000000002");

} // namespace

/// The file: what goes in comes out, whatever state it is found in.
class TestStateDatabase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void everythingComesBack()
    {
        {
            StateDatabase database;
            QVERIFY(opened(database).isEmpty());
            KeyRecord healthy;
            healthy.fingerprint = Two;
            QVERIFY(database.write({{record(One), healthy}, {}}));
        }
        StateDatabase database;
        const auto records = opened(database);
        QCOMPARE(records.size(), 2);
        const KeyRecord seen = records.at(0);
        const KeyRecord put = record(One);
        QCOMPARE(seen.fingerprint, put.fingerprint);
        QCOMPARE(seen.state, put.state);
        QCOMPARE(seen.fault, put.fault);
        QCOMPARE(seen.code, put.code);
        QCOMPARE(seen.lastError, put.lastError);
        QCOMPARE(seen.reason, put.reason);
        QCOMPARE(seen.since, put.since);
        QCOMPARE(seen.until, put.until);
        QCOMPARE(seen.successes, put.successes);
        QCOMPARE(seen.failures, put.failures);
        QCOMPARE(seen.failuresInRow, put.failuresInRow);
        QCOMPARE(seen.cooldownsInRow, put.cooldownsInRow);
        QCOMPARE(seen.lastUsed, put.lastUsed);
        QCOMPARE(seen.label, put.label);
        QCOMPARE(seen.organization, put.organization);
        QCOMPARE(records.at(1).state, KeyState::Available);
        QVERIFY(records.at(1).since.isNull());
    }

    void forgottenKeysAreGone()
    {
        StateDatabase database;
        opened(database);
        QVERIFY(database.write({{record(One), record(Two)}, {}}));
        QVERIFY(database.write({{}, {One}}));
        QVERIFY(database.write({}));
        StateDatabase other;
        const auto records = opened(other); // while the first is open
        QCOMPARE(records.size(), 1);
        QCOMPARE(records.at(0).fingerprint, Two);
    }

    void nobodyElseCanReadIt()
    {
        StateDatabase database;
        opened(database);
        QVERIFY(database.write({{record(One)}, {}}));
        const auto owner =
            QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
        for (const auto *suffix : {"", "-wal", "-shm"}) {
            QVERIFY(QFile::exists(file() + QLatin1String(suffix)));
            QCOMPARE(QFile::permissions(file() + QLatin1String(suffix)), owner);
        }
        QCOMPARE(QFile::permissions(folder()), owner | QFile::ExeOwner | QFile::ExeUser);
    }

    void anOlderVersionIsMigrated()
    {
        makeFirstVersion();
        StateDatabase database;
        const auto records = opened(database);
        QCOMPARE(records.size(), 1);
        QCOMPARE(records.at(0).fingerprint, One);
        QCOMPARE(records.at(0).state, KeyState::Permanent);
        QCOMPARE(records.at(0).label, QStringLiteral("mine"));
        QVERIFY(records.at(0).organization.isEmpty());
        QVERIFY(database.write({{record(One)}, {}}));
    }

    void manyMayOpenItAtOnce_data()
    {
        QTest::addColumn<bool>("isNew");
        QTest::newRow("new") << true;
        QTest::newRow("of an older version") << false;
    }

    /// As two servers do, or a command beside one.
    void manyMayOpenItAtOnce()
    {
        QFETCH(const bool, isNew);
        constexpr int Many = 4;
        for (int round = 0; round < 10; ++round) {
            init();
            if (!isNew)
                makeFirstVersion();
            std::barrier start(Many);
            std::array<Expected<StateDatabase::Opened>, Many> results;
            std::vector<std::thread> threads;
            for (auto &result : results)
                threads.emplace_back([&] {
                    StateDatabase database;
                    start.arrive_and_wait();
                    result = database.open(folder());
                });
            for (std::thread &thread : threads)
                thread.join();
            for (const auto &result : results) {
                QVERIFY2(result, qPrintable(result ? QString() : result.error().message));
                QCOMPARE(result->warning, QString());
                QCOMPARE(result->records.size(), isNew ? 0 : 1);
            }
        }
    }

    void aLaterVersionIsSetAside()
    {
        makeFirstVersion();
        execute({QStringLiteral("PRAGMA user_version=99")});
        StateDatabase database;
        const auto result = database.open(folder());
        QVERIFY(result);
        QVERIFY(result->warning.contains(QStringLiteral("later version")));
        QCOMPARE(asideFiles(QStringLiteral("later")), 1);
        QVERIFY(database.write({{record(One)}, {}}));
    }

    void aDamagedFileIsSetAside_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("no database") << QByteArray("This is no database.").repeated(200);
        QTest::newRow("another program's table") << QByteArray("table");
        QTest::newRow("damaged page") << QByteArray("page");
    }

    void aDamagedFileIsSetAside()
    {
        QFETCH(QByteArray, content);
        if (content == "table") {
            QVERIFY(makePrivateFolder(folder()));
            execute({QStringLiteral("CREATE TABLE keys (name TEXT)"),
                     QStringLiteral("PRAGMA user_version=1")});
        } else if (content == "page") {
            makeLarge();
            QFile damaged(file());
            QVERIFY(damaged.open(QFile::ReadWrite));
            damaged.seek(4096);
            damaged.write(QByteArray(8192, 'x'));
        } else {
            QVERIFY(makePrivateFolder(folder()));
            QFile damaged(file());
            QVERIFY(damaged.open(QFile::WriteOnly));
            damaged.write(content);
        }
        StateDatabase database;
        const auto result = database.open(folder());
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QVERIFY(result->records.isEmpty());
        QVERIFY2(result->warning.contains(QStringLiteral("keywheel.db.damaged-")),
                 qPrintable(result->warning));
        QCOMPARE(asideFiles(QStringLiteral("damaged")), 1);
        QVERIFY(database.write({{record(One)}, {}}));
    }

    void aFolderThatCannotBeWrittenIsAnError()
    {
        QFile blocker(folder_->filePath(QStringLiteral("file")));
        QVERIFY(blocker.open(QFile::WriteOnly));
        StateDatabase database;
        const auto result = database.open(blocker.fileName() + QStringLiteral("/below"));
        QVERIFY(!result);
        QVERIFY(result.error().message.contains(blocker.fileName()));
        QVERIFY(!database.isOpen());
    }

    void aBusyFileIsNotDamaged()
    {
        StateDatabase database;
        opened(database);
        execute({QStringLiteral("CREATE TABLE other (a)")});
        {
            QSqlDatabase locker = plain();
            QSqlQuery query(locker);
            QVERIFY(query.exec(QStringLiteral("BEGIN EXCLUSIVE")));
            const auto refused = database.write({{record(One)}, {}});
            QVERIFY(!refused);
            QVERIFY(query.exec(QStringLiteral("ROLLBACK")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("plain"));
        QVERIFY(database.write({{record(Two)}, {}})); // brings the first one too
        StateDatabase other;
        QCOMPARE(opened(other).size(), 2);
        QCOMPARE(asideFiles(QStringLiteral("damaged")), 0);
    }

    void anOlderFileThatIsBusyIsNotDamaged()
    {
        makeFirstVersion();
        {
            QSqlDatabase locker = plain();
            QSqlQuery query(locker);
            QVERIFY(query.exec(QStringLiteral("PRAGMA journal_mode=WAL")));
            QVERIFY(query.exec(QStringLiteral("BEGIN IMMEDIATE")));
            StateDatabase database;
            QVERIFY(!database.open(folder()));
            QVERIFY(query.exec(QStringLiteral("ROLLBACK")));
        }
        QSqlDatabase::removeDatabase(QStringLiteral("plain"));
        StateDatabase database;
        QCOMPARE(opened(database).size(), 1);
        QCOMPARE(asideFiles(QStringLiteral("damaged")), 0);
    }

    void theFolderFollowsXdg()
    {
#if defined(Q_OS_WIN) || defined(Q_OS_MACOS)
        QSKIP("XDG is for other systems");
#endif
        qputenv("XDG_STATE_HOME", "/somewhere/state");
        QCOMPARE(stateFolder(), QStringLiteral("/somewhere/state/keywheel"));
        const QString usual = QDir::homePath() + QStringLiteral("/.local/state/keywheel");
        qputenv("XDG_STATE_HOME", "relative");
        QCOMPARE(stateFolder(), usual);
        qunsetenv("XDG_STATE_HOME");
        QCOMPARE(stateFolder(), usual);
    }

private:
    QString folder() const
    {
        return folder_->filePath(QStringLiteral("state"));
    }
    QString file() const
    {
        return folder() + QStringLiteral("/keywheel.db");
    }

    QList<KeyRecord> opened(StateDatabase &database) const
    {
        const auto result = database.open(folder());
        if (!result || !result->warning.isEmpty())
            qFatal("The database does not open");
        return result->records;
    }

    QSqlDatabase plain() const
    {
        auto database =
            QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("plain"));
        database.setDatabaseName(file());
        database.open();
        return database;
    }

    void execute(const QStringList &statements) const
    {
        {
            QSqlDatabase database = plain();
            for (const QString &statement : statements) {
                QSqlQuery query(database);
                if (!query.exec(statement))
                    qFatal("%s fails", qPrintable(statement));
            }
        }
        QSqlDatabase::removeDatabase(QStringLiteral("plain"));
    }

    /// As the first release wrote it; never to be changed.
    void makeFirstVersion() const
    {
        QVERIFY(makePrivateFolder(folder()));
        execute({QStringLiteral(
                     "CREATE TABLE keys (fingerprint TEXT PRIMARY KEY, state TEXT NOT NULL, "
                     "fault TEXT NOT NULL, code TEXT, last_error TEXT, reason TEXT, since INTEGER, "
                     "until INTEGER, successes INTEGER NOT NULL, failures INTEGER NOT NULL, "
                     "failures_in_row INTEGER NOT NULL, cooldowns_in_row INTEGER NOT NULL, "
                     "last_used INTEGER, label TEXT) WITHOUT ROWID"),
                 QStringLiteral("INSERT INTO keys VALUES ('0000000000000001', 'permanent', "
                                "'quota', 'quota', 'no money', 'no money', 1700000000000, NULL, "
                                "3, 1, 0, 0, 1700000000000, 'mine')"),
                 QStringLiteral("PRAGMA user_version=1")});
    }

    void makeLarge() const
    {
        StateDatabase database;
        opened(database);
        KeyChanges changes;
        for (int i = 0; i < 1000; ++i)
            changes.records.append(record(QStringLiteral("%1").arg(i, 16)));
        QVERIFY(database.write(changes));
    }

    qsizetype asideFiles(const QString &why) const
    {
        return QDir(folder())
            .entryList(
                {QStringLiteral("keywheel.db.%1-?????????????????").arg(why) + QStringLiteral("?")})
            .size();
    }

    std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_GUILESS_MAIN(TestStateDatabase)
#include "test_statedatabase.moc"
