// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "common/filewatcher.h"
#include "secrets/keychainwriter.h"
#include "secrets/keystore.h"
#include "secrets/timedkeychain.h"

#include <QLockFile>

#include <deque>
#include <memory>

namespace keywheel {

/// The keys in the person's keychain, packed into few entries. The state folder holds what is no
/// secret: `keychain.json`, the index, and `keychain.lock`, which one process holds at a time to
/// change them.
///
/// Every answer comes within 5 s, of a change within 5 s after its last progress(); when the
/// keychain is locked, absent or hung that is failed() or changeFailed() with the reason. Keywheel
/// goes on looking then, without asking the person again, and changed() tells when the keychain can
/// be used. changed() also follows changes by other processes.
class KeychainKeyStore final : public KeyStore
{
    Q_OBJECT

public:
    /// `clock` must outlive it. The folder is made when something is to be stored.
    KeychainKeyStore(std::unique_ptr<Keychain> keychain, Clock &clock, const QString &stateFolder,
                     qsizetype largestPack = LargestKeyPack, QObject *parent = nullptr);
    ~KeychainKeyStore() override;

    /// Warns of keys that were stored and are no longer there.
    void load() override;
    void add(const QList<ApiKey> &keys) override;
    void remove(const QStringList &fingerprints) override;
    /// What the index says.
    bool seemsFilled() const override;

private:
    using Plan = std::function<Expected<QList<PackChange>>(const QList<KeyPack> &)>;
    struct Change
    {
        Plan plan;
        int total = 0;
    };

    void enqueue(std::function<void()> operation);
    void startNext();
    void endOperation();

    void read(KeychainReader::Purpose purpose, KeychainReader::Done done);
    void runLoad();
    void onLoaded(const Expected<KeychainContents> &contents);

    bool lock();
    void runChange(const Change &change);
    void onReadForChange(const Change &change, const Expected<KeychainContents> &contents);
    void write(const KeychainContents &contents, const QList<PackChange> &plan,
               KeychainWriter::Progress progress, KeychainWriter::Done done);
    void failChange(const Error &error);

    QByteArray indexDigest() const;
    void onIndexChanged();
    void lookAgainLater();

    std::unique_ptr<Keychain> keychain_;
    Clock &clock_;
    TimedKeychain timed_;
    QString folder_;
    QString indexPath_;
    qsizetype largestPack_;
    QLockFile lock_;
    FileWatcher watcher_;

    std::deque<std::function<void()>> waiting_;
    bool busy_ = false;
    Clock::Instant lockDeadline_;
    QByteArray knownIndex_; ///< digest of the index that the last answer stood on
    bool unusable_ = false; ///< the last load failed
    bool lookingAgain_ = false;
};

} // namespace keywheel
