// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychainwriter.h"

#include "secrets/keychainerror.h"

#include <QSet>

#include <algorithm>

namespace keywheel {
namespace {

using Outcome = KeychainAnswer::Outcome;

/// The directory names more than are needed, so that it seldom grows.
constexpr int NumbersAtOnce = 64;

} // namespace

KeychainWriter::KeychainWriter(Keychain &keychain, const QString &indexPath,
                               const KeychainContents &contents, QObject *parent)
    : QObject(parent),
      keychain_(keychain),
      indexPath_(indexPath),
      directory_(contents.directory),
      index_(contents.index)
{
}

void KeychainWriter::start(const QList<PackChange> &plan, Progress progress, Done done)
{
    plan_ = plan;
    progress_ = std::move(progress);
    done_ = std::move(done);
    if (plan_.isEmpty())
        return eraseLeftovers(index_.leftovers);
    reserveNumbers();
    directory_.serial = ++index_.serial;
    keychain_.write(keychainDirectoryName(), directory_.entry(), this,
                    [this](const KeychainAnswer &answer) {
                        if (answer.outcome != Outcome::Done)
                            return done_(tl::unexpected(keychainError(answer)));
                        if (const auto written = index_.write(indexPath_); !written)
                            return done_(written);
                        next();
                    });
}

void KeychainWriter::reserveNumbers()
{
    QSet<int> used;
    for (const KeychainIndex::Pack &pack : std::as_const(index_.packs))
        used.insert(pack.number);
    for (const int number : index_.leftovers + index_.damaged)
        used.insert(number);
    int number = 0;
    for (const PackChange &change : std::as_const(plan_)) {
        if (change.keys.isEmpty()) {
            numbers_.append(0);
            continue;
        }
        do
            ++number;
        while (used.contains(number));
        numbers_.append(number);
        index_.leftovers.append(number);
    }
    const int blocks = (number + NumbersAtOnce - 1) / NumbersAtOnce;
    directory_.reserved = std::max(directory_.reserved, blocks * NumbersAtOnce);
}

void KeychainWriter::next()
{
    if (plan_.isEmpty())
        return eraseLeftovers(index_.leftovers);
    if (numbers_.constFirst() == 0)
        return commit();
    entry_ = encodeKeyPack(plan_.constFirst().keys);
    keychain_.write(keyPackName(numbers_.constFirst()), entry_, this,
                    [this](const KeychainAnswer &answer) {
                        if (answer.outcome != Outcome::Done)
                            return done_(tl::unexpected(keychainError(answer)));
                        verify();
                    });
}

void KeychainWriter::verify()
{
    keychain_.read(keyPackName(numbers_.constFirst()), this, [this](const KeychainAnswer &answer) {
        if (answer.outcome == Outcome::NotFound)
            return done_(tl::unexpected(keychainLocked()));
        if (answer.outcome != Outcome::Done)
            return done_(tl::unexpected(keychainError(answer)));
        if (answer.data != entry_)
            return done_(
                failure(QStringLiteral("The keychain does not give back what was stored in it")));
        commit();
    });
}

void KeychainWriter::commit()
{
    const PackChange &change = plan_.constFirst();
    const KeyPack pack{numbers_.constFirst(), change.keys};
    auto place = std::find_if(index_.packs.begin(), index_.packs.end(),
                              [&](const auto &old) { return old.number == change.replaces; });
    if (place != index_.packs.end()) {
        place = index_.packs.erase(place);
        index_.leftovers.append(change.replaces);
    }
    if (pack.number != 0) {
        index_.packs.insert(place, {pack.number, pack.fingerprints()});
        index_.leftovers.removeOne(pack.number);
    }
    if (const auto written = index_.write(indexPath_); !written)
        return done_(written);
    eraseOld();
}

void KeychainWriter::eraseOld()
{
    const PackChange change = plan_.takeFirst();
    numbers_.removeFirst();
    auto finish = [this, change] {
        progress_(change.doneAfter);
        next();
    };
    if (change.replaces == 0)
        return finish();
    keychain_.erase(keyPackName(change.replaces), this,
                    [this, change, finish](const KeychainAnswer &answer) {
                        if (answer.outcome != Outcome::Done)
                            return done_(tl::unexpected(keychainError(answer)));
                        index_.leftovers.removeOne(change.replaces);
                        finish();
                    });
}

/// What cannot be deleted now stays a leftover.
void KeychainWriter::eraseLeftovers(QList<int> numbers)
{
    if (numbers.isEmpty())
        return done_(index_.write(indexPath_));
    const int number = numbers.takeFirst();
    keychain_.erase(keyPackName(number), this,
                    [this, number, numbers](const KeychainAnswer &answer) {
                        if (answer.outcome == Outcome::Done)
                            index_.leftovers.removeOne(number);
                        eraseLeftovers(numbers);
                    });
}

} // namespace keywheel
