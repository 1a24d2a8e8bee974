// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "secrets/keychain.h"
#include "secrets/keychainindex.h"
#include "secrets/keypack.h"

#include <QHash>

namespace keywheel {

/// How the entries of the keychain are named.
QString keychainDirectoryName();
QString keyPackName(int number);

/// What the keychain holds.
struct KeychainContents
{
    KeychainDirectory directory;
    KeychainIndex index;   ///< names exactly what was found
    QList<KeyPack> packs;  ///< in the order of the rotation; a key may stand in two after a crash
    bool repaired = false; ///< the index is not that of the file
    QStringList warnings;  ///< about keys that are gone or cannot be read

    /// Each key once.
    QList<ApiKey> keys() const;
};

/// Reads all keys, once. Packs that the index names come first; when they are not exactly as it
/// says, or it is missing or of an earlier time, every entry up to the directory's highest number
/// is looked at. Writes nothing. Concludes that keys are gone only from a keychain that is
/// unlocked.
class KeychainReader : public QObject
{
    Q_OBJECT

public:
    enum class Purpose {
        Use,
        Change ///< a keychain without a keyring counts as empty: writing makes one
    };
    using Done = std::function<void(const Expected<KeychainContents> &)>;

    /// `keychain` must outlive it.
    KeychainReader(Keychain &keychain, const QString &indexPath, Purpose purpose, QObject *parent);

    /// Calls `done` once.
    void start(Done done);

private:
    void begin(KeychainState state);
    void onDirectory(const KeychainAnswer &answer);
    void scan();
    void readNext();
    void onPack(int number, const KeychainAnswer &answer);
    bool isAsIndexed() const;
    void finishReading();
    void confirm();
    void onConfirmed(KeychainState state);
    void conclude();
    void warnOfLostKeys(KeychainContents *contents) const;
    void fail(const Error &error) { done_(tl::unexpected(error)); }

    Keychain &keychain_;
    QString indexPath_;
    Purpose purpose_;
    Done done_;

    KeychainState state_ = KeychainState::Unknown; ///< when reading began
    KeychainDirectory directory_;
    std::optional<KeychainIndex> index_; ///< as the file has it
    bool trusted_ = false;               ///< the index is of the directory's last change
    bool scanned_ = false;
    QList<int> queue_; ///< numbers of packs to read
    QList<KeyPack> packs_;
    QList<int> damaged_;
};

} // namespace keywheel
