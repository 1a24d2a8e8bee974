// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychainreader.h"

#include "common/redact.h"
#include "secrets/keychainerror.h"

#include <QSet>

#include <algorithm>

namespace keywheel {
namespace {

using Outcome = KeychainAnswer::Outcome;

qsizetype keyCount(const KeychainIndex &index)
{
    qsizetype count = 0;
    for (const KeychainIndex::Pack &pack : index.packs)
        count += pack.fingerprints.size();
    return count;
}

} // namespace

QString keychainDirectoryName()
{
    return QStringLiteral("directory");
}

QString keyPackName(int number)
{
    return QStringLiteral("pack-%1").arg(number);
}

QList<ApiKey> KeychainContents::keys() const
{
    QList<ApiKey> result;
    QSet<QByteArray> there;
    for (const KeyPack &pack : packs) {
        for (const ApiKey &key : pack.keys) {
            if (there.contains(key.secret))
                continue;
            there.insert(key.secret);
            result.append(key);
        }
    }
    return result;
}

KeychainReader::KeychainReader(Keychain &keychain, const QString &indexPath, Purpose purpose,
                               QObject *parent)
    : QObject(parent),
      keychain_(keychain),
      indexPath_(indexPath),
      purpose_(purpose)
{
}

void KeychainReader::start(Done done)
{
    done_ = std::move(done);
    keychain_.probe(this, [this](KeychainState state) {
        if (state == KeychainState::NoKeyring && purpose_ == Purpose::Use)
            fail(keychainWithoutKeyring());
        else
            begin(state);
    });
}

void KeychainReader::begin(KeychainState state)
{
    state_ = state;
    packs_.clear();
    damaged_.clear();
    scanned_ = false;
    keychain_.read(keychainDirectoryName(), this,
                   [this](const KeychainAnswer &answer) { onDirectory(answer); });
}

void KeychainReader::onDirectory(const KeychainAnswer &answer)
{
    if (answer.outcome == Outcome::NotFound && state_ == KeychainState::Locked)
        return confirm();
    if (answer.outcome != Outcome::Done && answer.outcome != Outcome::NotFound)
        return fail(keychainError(answer));
    directory_ = KeychainDirectory::parse(answer.data);
    index_ = KeychainIndex::read(indexPath_);
    trusted_ = index_ && index_->serial == directory_.serial;
    if (!trusted_)
        return scan();
    for (const KeychainIndex::Pack &pack : std::as_const(index_->packs))
        queue_.append(pack.number);
    readNext();
}

/// Every pack that has not been read, wherever it may be.
void KeychainReader::scan()
{
    scanned_ = true;
    QSet<int> skipped(damaged_.cbegin(), damaged_.cend());
    for (const KeyPack &pack : std::as_const(packs_))
        skipped.insert(pack.number);
    int highest = directory_.reserved;
    if (index_) {
        for (const KeychainIndex::Pack &pack : std::as_const(index_->packs))
            highest = std::max(highest, pack.number);
    }
    if (trusted_) {
        for (const int number : index_->leftovers + index_->damaged)
            skipped.insert(number);
    }
    for (int number = 1; number <= highest; ++number) {
        if (!skipped.contains(number))
            queue_.append(number);
    }
    readNext();
}

void KeychainReader::readNext()
{
    if (queue_.isEmpty())
        return finishReading();
    const int number = queue_.takeFirst();
    keychain_.read(keyPackName(number), this,
                   [this, number](const KeychainAnswer &answer) { onPack(number, answer); });
}

void KeychainReader::onPack(int number, const KeychainAnswer &answer)
{
    if (answer.outcome == Outcome::NotFound && state_ == KeychainState::Locked)
        return confirm();
    if (answer.outcome != Outcome::Done && answer.outcome != Outcome::NotFound)
        return fail(keychainError(answer));
    if (answer.outcome == Outcome::Done) {
        if (isNewerKeyPack(answer.data))
            return fail(keychainIsNewer());
        if (const auto keys = decodeKeyPack(answer.data))
            packs_.append({number, *keys});
        else
            damaged_.append(number);
    }
    readNext();
}

bool KeychainReader::isAsIndexed() const
{
    return std::equal(packs_.cbegin(), packs_.cend(), index_->packs.cbegin(), index_->packs.cend(),
                      [](const KeyPack &found, const KeychainIndex::Pack &told) {
                          return found.number == told.number &&
                                 found.fingerprints() == told.fingerprints;
                      });
}

void KeychainReader::finishReading()
{
    const bool complete = trusted_ && isAsIndexed();
    if (!complete && !scanned_)
        return scan();
    if (!complete || packs_.isEmpty())
        return confirm();
    conclude();
}

/// Something is not there: is that because nothing can be seen?
void KeychainReader::confirm()
{
    queue_.clear();
    keychain_.probe(this, [this](KeychainState state) { onConfirmed(state); });
}

void KeychainReader::onConfirmed(KeychainState state)
{
    const bool wasLocked = state_ == KeychainState::Locked;
    if (state == KeychainState::Locked || (state == KeychainState::Unknown && wasLocked))
        return fail(keychainLocked());
    if (state == KeychainState::NoKeyring && purpose_ == Purpose::Use)
        return fail(keychainWithoutKeyring());
    if (state == KeychainState::Unlocked && wasLocked)
        return begin(state); // a person has unlocked it in between
    if (state == KeychainState::Unknown && packs_.isEmpty() && index_ && keyCount(*index_) > 0)
        return fail(keychainLooksEmpty(keyCount(*index_)));
    conclude();
}

void KeychainReader::conclude()
{
    KeychainContents contents;
    contents.directory = directory_;
    contents.index.serial = directory_.serial;
    contents.index.damaged = damaged_;
    if (trusted_) {
        contents.index.leftovers = index_->leftovers;
        contents.index.damaged += index_->damaged;
    }
    QSet<QString> seen;
    for (const KeyPack &pack : std::as_const(packs_)) {
        const QStringList fingerprints = pack.fingerprints();
        const auto before = seen.size();
        seen.unite({fingerprints.cbegin(), fingerprints.cend()});
        if (seen.size() == before) { // a crash left a copy
            contents.index.leftovers.append(pack.number);
            continue;
        }
        contents.index.packs.append({pack.number, fingerprints});
        contents.packs.append(pack);
    }
    const bool nothing = !index_ && packs_.isEmpty() && damaged_.isEmpty();
    contents.repaired = scanned_ && !nothing;
    if (contents.repaired)
        warnOfLostKeys(&contents);
    done_(contents);
}

void KeychainReader::warnOfLostKeys(KeychainContents *contents) const
{
    if (!damaged_.isEmpty())
        contents->warnings.append(
            QStringLiteral("Entries of the keychain are damaged, and set aside: %1")
                .arg(damaged_.size()));
    // What an index of an earlier time names may have been removed on purpose.
    if (!trusted_)
        return;
    QSet<QString> there;
    for (const KeychainIndex::Pack &pack : std::as_const(contents->index.packs))
        there.unite({pack.fingerprints.cbegin(), pack.fingerprints.cend()});
    QStringList lost;
    for (const KeychainIndex::Pack &pack : std::as_const(index_->packs)) {
        for (const QString &fingerprint : pack.fingerprints) {
            if (!there.contains(fingerprint))
                lost.append(fingerprint);
        }
    }
    if (!lost.isEmpty())
        contents->warnings.append(
            QStringLiteral("Keys that were stored are no longer in the keychain: %1 (%2%3)")
                .arg(QString::number(lost.size()), lost.mid(0, 5).join(QStringLiteral(", ")),
                     lost.size() > 5 ? QStringLiteral(", …") : QString()));
}

} // namespace keywheel
