// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "secrets/keychainplan.h"
#include "secrets/keychainreader.h"

namespace keywheel {

/// Carries out a change, and clears away what a crash has left.
///
/// Whenever the process dies, the next reading finds every key that progress was told of. First the
/// directory entry gets the next serial number and the highest number of a pack that may come, so
/// that an index of an earlier time is known as such, then the index names the coming packs as
/// leftovers. For each pack in turn: the entry is written under a number that is not in use, and
/// read back; the index names it in place of the old pack (this is the step that counts), the old
/// one becomes a leftover; the old entry is deleted; progress. At the end all leftovers are deleted
/// and struck off.
class KeychainWriter : public QObject
{
    Q_OBJECT

public:
    using Progress = std::function<void(int done)>;
    using Done = std::function<void(const Expected<void> &)>;

    /// `contents` as just read, by whoever holds the lock of the state folder. `keychain` must
    /// outlive it.
    KeychainWriter(Keychain &keychain, const QString &indexPath, const KeychainContents &contents,
                   QObject *parent);

    /// Calls `done` once. Without a plan it only makes the index match and deletes the leftovers.
    void start(const QList<PackChange> &plan, Progress progress, Done done);

private:
    void reserveNumbers();
    void next();
    void verify();
    void commit();
    void eraseOld();
    void eraseLeftovers(QList<int> numbers);

    Keychain &keychain_;
    QString indexPath_;
    KeychainDirectory directory_;
    KeychainIndex index_;
    QList<PackChange> plan_; ///< what is left of it; the first is under way
    QList<int> numbers_;     ///< of the new packs, likewise
    QByteArray entry_;       ///< the one under way
    Progress progress_;
    Done done_;
};

} // namespace keywheel
