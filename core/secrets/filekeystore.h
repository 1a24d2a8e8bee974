// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/filewatcher.h"
#include "secrets/keystore.h"

namespace keywheel {

/// The keys of KEYS_FILE; parseKeyFile() tells its format. changed() follows each change of the
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

private:
    void read();

    QString path_; ///< absolute
    FileWatcher watcher_;
};

} // namespace keywheel
