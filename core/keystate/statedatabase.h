// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "keypool/keyrecord.h"

#include <QDateTime>
#include <QHash>
#include <QSqlDatabase>
#include <QSqlError>

namespace keywheel {

/// The file keywheel.db: what lasts of each key, by fingerprint; no keys. SQLite in WAL mode, so
/// that it survives a kill at any moment, and a second Keywheel may use it at the same time (then
/// the last one to write a key wins). File 0600, folder 0700.
///
/// The schema's version is SQLite's user_version; older ones are migrated when the file is opened.
/// A file that is damaged, or of a later version, is set aside under a new name
/// (keywheel.db.damaged-TIME, keywheel.db.later-TIME) and a new one begun.
///
/// Thread: all calls from the one that opens it. Blocking.
class StateDatabase
{
public:
    static constexpr auto FileName = "keywheel.db";

    StateDatabase() = default;
    ~StateDatabase();
    Q_DISABLE_COPY_MOVE(StateDatabase)

    struct Opened
    {
        QList<KeyRecord> records;
        QString warning; ///< names the file that was set aside; else empty
    };
    Expected<Opened> open(const QString &folder);
    bool isOpen() const { return database_.isOpen(); }

    /// In one transaction. What cannot be written is kept and goes with the next call.
    Expected<void> write(const KeyChanges &changes);

private:
    Expected<QList<KeyRecord>> openFile(const QString &path);
    Expected<qsizetype> version();
    Expected<void> migrate();
    Expected<void> migrateFrom(qsizetype version);
    Expected<QList<KeyRecord>> readAll();
    Expected<void> run(const QString &statement);
    Expected<void> writePending();
    Expected<void> check();
    tl::unexpected<Error> failed(const QSqlError &error);
    void close();

    QString connection_;
    QSqlDatabase database_;
    /// Why the last call failed: only damage is a reason to begin anew.
    enum class Trouble { Passing, Busy, Damaged, Later } trouble_ = Trouble::Passing;
    QHash<QString, std::optional<KeyRecord>> pending_; ///< by fingerprint; nullopt: to be deleted
};

} // namespace keywheel
