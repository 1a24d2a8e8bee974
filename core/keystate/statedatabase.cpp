// SPDX-License-Identifier: GPL-3.0-or-later
#include "keystate/statedatabase.h"

#include "keystate/rowcodec.h"
#include "keystate/statefolder.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QFile>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>
#include <QVariant>

#include <atomic>
#include <chrono>

namespace keywheel {

namespace {

/// Each step leads from the version of its position to the next one. Never change a step that was
/// released: append.
const QList<QStringList> &migrations()
{
    static const QList<QStringList> steps{
        {QStringLiteral("CREATE TABLE keys (fingerprint TEXT PRIMARY KEY, state TEXT NOT NULL, "
                        "fault TEXT NOT NULL, code TEXT, last_error TEXT, reason TEXT, "
                        "since INTEGER, until INTEGER, successes INTEGER NOT NULL, "
                        "failures INTEGER NOT NULL, failures_in_row INTEGER NOT NULL, "
                        "cooldowns_in_row INTEGER NOT NULL, last_used INTEGER, label TEXT) "
                        "WITHOUT ROWID")},
        {QStringLiteral("ALTER TABLE keys ADD COLUMN organization TEXT")},
    };
    return steps;
}

/// For others to finish with the file.
constexpr std::chrono::milliseconds BusyTime{2000};

/// Moves the file and what SQLite put beside it; the new name.
QString setAside(const QString &path, const QString &why)
{
    const QString time =
        QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd'T'HHmmsszzz"));
    QString name = path + QLatin1Char('.') + why + QLatin1Char('-') + time;
    for (const auto suffix : {"", "-wal", "-shm"})
        QFile::rename(path + QLatin1String(suffix), name + QLatin1String(suffix));
    return name;
}

Expected<void> makePrivateFile(const QString &path)
{
    QFile file(path);
    const auto owner = QFile::ReadOwner | QFile::WriteOwner;
    if (!file.open(QFile::ReadWrite) || !file.setPermissions(owner))
        return failure(file.errorString());
    return {};
}

} // namespace

StateDatabase::~StateDatabase()
{
    close();
}

Expected<StateDatabase::Opened> StateDatabase::open(const QString &folder)
{
    if (const auto made = makePrivateFolder(folder); !made)
        return tl::unexpected(made.error());
    const QString path = folder + QLatin1Char('/') + QLatin1String(FileName);
    const QString shown = QDir::toNativeSeparators(path);
    // Anything else that is wrong than its content would be so again with a new file.
    if (const auto made = makePrivateFile(path); !made)
        return failure(QStringLiteral("%1 cannot be written: %2").arg(shown, made.error().message));
    const QDeadlineTimer patience(BusyTime);
    auto records = openFile(path);
    // SQLite does not always wait for others that open or close the file in the same moment.
    while (!records && trouble_ == Trouble::Busy && !patience.hasExpired()) {
        close();
        QThread::msleep(10);
        records = openFile(path);
    }
    if (records)
        return Opened{*records, {}};
    const QString cause = records.error().message;
    const auto trouble = trouble_;
    close();
    if (trouble == Trouble::Passing || trouble == Trouble::Busy)
        return failure(QStringLiteral("%1 cannot be used: %2").arg(shown, cause));
    const QString name = setAside(path, trouble == Trouble::Later ? QStringLiteral("later")
                                                                  : QStringLiteral("damaged"));
    records = makePrivateFile(path).and_then([&] { return openFile(path); });
    if (!records)
        return failure(QStringLiteral("%1 cannot be used: %2").arg(shown, records.error().message));
    return Opened{*records, QStringLiteral("%1 cannot be used: %2. It was set aside as %3, and the "
                                           "state of the keys begins anew.")
                                .arg(shown, cause, QDir::toNativeSeparators(name))};
}

Expected<QList<KeyRecord>> StateDatabase::openFile(const QString &path)
{
    static std::atomic<int> count = 0;
    connection_ = QStringLiteral("keywheel-state-%1").arg(++count);
    database_ = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), connection_);
    database_.setDatabaseName(path);
    database_.setConnectOptions(QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(BusyTime.count()));
    if (!database_.open())
        return failed(database_.lastError());
    // NORMAL in WAL mode: a kill loses nothing, and only now and then something waits for the disk.
    for (const auto *pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL"}) {
        if (const auto done = run(QLatin1String(pragma)); !done)
            return tl::unexpected(done.error());
    }
    return check().and_then([this] { return migrate(); }).and_then([this] { return readAll(); });
}

Expected<void> StateDatabase::check()
{
    QSqlQuery query(database_);
    if (!query.exec(QStringLiteral("PRAGMA quick_check(1)")) || !query.next())
        return failed(query.lastError());
    const QString found = query.value(0).toString();
    if (found == QLatin1String("ok"))
        return {};
    trouble_ = Trouble::Damaged;
    return failure(found);
}

tl::unexpected<Error> StateDatabase::failed(const QSqlError &error)
{
    // SQLITE_BUSY, SQLITE_ERROR (no such table or column: not our file), SQLITE_CORRUPT,
    // SQLITE_NOTADB; https://www.sqlite.org/rescode.html
    const int code = error.nativeErrorCode().toInt() & 0xff;
    const bool damaged = code == 1 || code == 11 || code == 26;
    trouble_ = code == 5 ? Trouble::Busy : damaged ? Trouble::Damaged : Trouble::Passing;
    return failure(error.databaseText().isEmpty() ? error.text() : error.databaseText());
}

Expected<qsizetype> StateDatabase::version()
{
    QSqlQuery query(database_);
    if (!query.exec(QStringLiteral("PRAGMA user_version")) || !query.next())
        return failed(query.lastError());
    const auto version = query.value(0).toLongLong();
    if (version > migrations().size()) {
        trouble_ = Trouble::Later;
        return failure(QStringLiteral("a later version of Keywheel wrote it"));
    }
    return version;
}

Expected<void> StateDatabase::migrate()
{
    const auto before = version();
    if (!before)
        return tl::unexpected(before.error());
    if (*before == migrations().size())
        return {};
    // Closing the file rolls back what failed in between.
    return run(QStringLiteral("BEGIN IMMEDIATE"))
        .and_then([this] { return version(); }) // another may have been faster
        .and_then([this](qsizetype version) { return migrateFrom(version); })
        .and_then([this] { return run(QStringLiteral("COMMIT")); });
}

Expected<void> StateDatabase::migrateFrom(qsizetype version)
{
    for (auto step = version; step < migrations().size(); ++step) {
        for (const QString &statement : migrations().at(step)) {
            if (auto done = run(statement); !done)
                return done;
        }
    }
    return run(QStringLiteral("PRAGMA user_version=%1").arg(migrations().size()));
}

Expected<QList<KeyRecord>> StateDatabase::readAll()
{
    QSqlQuery query(database_);
    query.setForwardOnly(true);
    if (!query.exec(QStringLiteral("SELECT %1 FROM keys").arg(rowcodec::columns())))
        return failed(query.lastError());
    QList<KeyRecord> records;
    while (query.next())
        records.append(rowcodec::read(query));
    return records;
}

Expected<void> StateDatabase::run(const QString &statement)
{
    QSqlQuery query(database_);
    if (!query.exec(statement))
        return failed(query.lastError());
    return {};
}

Expected<void> StateDatabase::write(const KeyChanges &changes)
{
    for (const QString &fingerprint : changes.forgotten)
        pending_.insert(fingerprint, std::nullopt);
    for (const KeyRecord &record : changes.records)
        pending_.insert(record.fingerprint, record);
    if (pending_.isEmpty())
        return {};
    auto written = run(QStringLiteral("BEGIN IMMEDIATE"))
                       .and_then([this] { return writePending(); })
                       .and_then([this] { return run(QStringLiteral("COMMIT")); });
    if (written)
        pending_.clear();
    else
        (void)run(QStringLiteral("ROLLBACK"));
    return written;
}

Expected<void> StateDatabase::writePending()
{
    QSqlQuery forget(database_);
    QSqlQuery put(database_);
    if (!forget.prepare(QStringLiteral("DELETE FROM keys WHERE fingerprint = ?")) ||
        !put.prepare(QStringLiteral("INSERT OR REPLACE INTO keys (%1) VALUES (%2)")
                         .arg(rowcodec::columns(), rowcodec::placeholders())))
        return failed(put.lastError());
    for (const auto &[fingerprint, record] : pending_.asKeyValueRange()) {
        QSqlQuery &query = record ? put : forget;
        if (record)
            rowcodec::bind(query, *record);
        else
            query.bindValue(0, fingerprint);
        if (!query.exec())
            return failed(query.lastError());
    }
    return {};
}

void StateDatabase::close()
{
    if (connection_.isEmpty())
        return;
    database_.close();
    database_ = {};
    QSqlDatabase::removeDatabase(std::exchange(connection_, {}));
}

} // namespace keywheel
