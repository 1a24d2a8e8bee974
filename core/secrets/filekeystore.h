// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/filewatcher.h"
#include "secrets/keystore.h"

#include <functional>

namespace keywheel {

/// The keys of KEYS_FILE; readKeyFile() tells its format. changed() follows each change of the
/// file's contents, also when it appears or disappears.
class FileKeyStore final : public KeyStore
{
    Q_OBJECT

public:
    /// `path` may be relative to the working directory, and need not exist yet.
    explicit FileKeyStore(const QString &path, QObject *parent = nullptr);

    /// Fails when the file cannot be read; an empty one is a list without keys and a warning. Warns
    /// when others than the owner may read the file. Each call is answered.
    void load() override;
    /// This and remove() fail for a file in another form than one key a line in UTF-8, and say so.
    /// Appends lines, each with its label as a comment. The file is replaced as a whole or not at
    /// all, keeps its mode, and is for its owner only when it is new.
    /// Its folder is made then, the folder's own is not.
    void add(const QList<ApiKey> &keys) override;
    /// Deletes the lines of those keys, also repeated ones; every other byte stays.
    void remove(const QStringList &fingerprints) override;
    /// Rewrites the file so; the old one is kept beside it as `.bak`, for its owner only. One that
    /// is so already stays. Fails when a line holds something else than keys, which would be lost.
    void convert() override;
    /// Whether there is a file.
    bool seemsFilled() const override;

private:
    void read();
    /// Answers a change of `total` keys: writes what `edit` makes of the file's contents.
    void change(qsizetype total, const std::function<Expected<QByteArray>(QByteArray)> &edit);

    QString path_; ///< absolute
    FileWatcher watcher_;
};

} // namespace keywheel
