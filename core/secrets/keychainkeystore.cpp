// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keychainkeystore.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>

#include <algorithm>

namespace keywheel {
namespace {

using namespace std::chrono_literals;

/// For all of a reading, which is many jobs: within the 5 s that are promised.
constexpr auto ReadLimit = 3500ms;
constexpr auto LockInterval = 50ms;
constexpr auto LookInterval = 5s;

} // namespace

KeychainKeyStore::KeychainKeyStore(std::unique_ptr<Keychain> keychain, Clock &clock,
                                   const QString &stateFolder, qsizetype largestPack,
                                   QObject *parent)
    : KeyStore(parent),
      keychain_(std::move(keychain)),
      clock_(clock),
      timed_(*keychain_, clock),
      folder_(QDir(stateFolder).absolutePath()),
      indexPath_(folder_ + QLatin1String("/keychain.json")),
      largestPack_(largestPack),
      lock_(folder_ + QLatin1String("/keychain.lock")),
      watcher_(indexPath_)
{
    lock_.setStaleLockTime(0); // it is stale when its process is gone, however old
    connect(&watcher_, &FileWatcher::changed, this, &KeychainKeyStore::onIndexChanged);
    connect(&timed_, &TimedKeychain::answeredLate, this, [this] {
        if (unusable_ && !busy_)
            Q_EMIT changed();
    });
}

KeychainKeyStore::~KeychainKeyStore() = default;

void KeychainKeyStore::load()
{
    enqueue([this] { runLoad(); });
}

void KeychainKeyStore::add(const QList<ApiKey> &keys)
{
    QList<ApiKey> tidy = keys;
    for (ApiKey &key : tidy)
        key.label = key.label.simplified();
    auto plan = [tidy, limit = largestPack_](const QList<KeyPack> &packs) {
        return planAdding(packs, tidy, limit);
    };
    const Change change{plan, int(keys.size())};
    enqueue([this, change] {
        lockDeadline_ = clock_.now() + ReadLimit;
        runChange(change);
    });
}

void KeychainKeyStore::remove(const QStringList &fingerprints)
{
    auto plan = [fingerprints](const QList<KeyPack> &packs) {
        return Expected<QList<PackChange>>(planRemoving(packs, fingerprints));
    };
    const Change change{plan, int(fingerprints.size())};
    enqueue([this, change] {
        lockDeadline_ = clock_.now() + ReadLimit;
        runChange(change);
    });
}

bool KeychainKeyStore::seemsFilled() const
{
    if (!QFile::exists(indexPath_))
        return false;
    const auto index = KeychainIndex::read(indexPath_);
    if (!index)
        return true; // it cannot be told
    return !index->damaged.isEmpty() || std::any_of(index->packs.cbegin(), index->packs.cend(),
                                                    [](const KeychainIndex::Pack &pack) {
                                                        return !pack.fingerprints.isEmpty();
                                                    });
}

void KeychainKeyStore::enqueue(std::function<void()> operation)
{
    waiting_.push_back(std::move(operation));
    if (!busy_) {
        busy_ = true;
        QMetaObject::invokeMethod(this, &KeychainKeyStore::startNext, Qt::QueuedConnection);
    }
}

void KeychainKeyStore::startNext()
{
    auto operation = std::move(waiting_.front());
    waiting_.pop_front();
    operation();
}

/// Queued, so that what it ends is off the stack.
void KeychainKeyStore::endOperation()
{
    lock_.unlock();
    if (waiting_.empty())
        busy_ = false;
    else
        QMetaObject::invokeMethod(this, &KeychainKeyStore::startNext, Qt::QueuedConnection);
    if (!busy_)
        onIndexChanged();
}

void KeychainKeyStore::read(KeychainReader::Purpose purpose, KeychainReader::Done done)
{
    timed_.setDeadline(clock_.now() + ReadLimit);
    auto *reader = new KeychainReader(timed_, indexPath_, purpose, this);
    reader->start([this, reader, done = std::move(done)](const auto &contents) {
        reader->deleteLater();
        timed_.setDeadline(Clock::Instant::max());
        done(contents);
    });
}

void KeychainKeyStore::runLoad()
{
    knownIndex_ = indexDigest();
    // Without the lock another process is at it: read, and repair nothing.
    lock_.tryLock(0);
    read(KeychainReader::Purpose::Use, [this](const auto &contents) { onLoaded(contents); });
}

void KeychainKeyStore::onLoaded(const Expected<KeychainContents> &contents)
{
    unusable_ = !contents;
    if (!contents) {
        Q_EMIT failed(contents.error());
        lookAgainLater();
        return endOperation();
    }
    KeyList list{contents->keys(), lock_.isLocked() ? contents->warnings : QStringList()};
    if (list.keys.isEmpty())
        list.warnings.append(QStringLiteral("The keychain holds no API key of Keywheel"));
    Q_EMIT loaded(list);
    if (!lock_.isLocked() || (!contents->repaired && contents->index.leftovers.isEmpty()))
        return endOperation();
    write(*contents, {}, {}, [this](const auto &) { endOperation(); });
}

/// Whether this process holds the lock now.
bool KeychainKeyStore::lock()
{
    QDir().mkpath(folder_);
    return lock_.tryLock(0);
}

void KeychainKeyStore::runChange(const Change &change)
{
    if (!lock()) {
        if (lock_.error() != QLockFile::LockFailedError)
            return failChange({QStringLiteral("Nothing can be written in the folder %1")
                                   .arg(QDir::toNativeSeparators(folder_))});
        if (clock_.now() >= lockDeadline_)
            return failChange({QStringLiteral("Another Keywheel is changing the keys in the "
                                              "keychain: try again when it has finished")});
        clock_.callLater(LockInterval, this, [this, change] { runChange(change); });
        return;
    }
    read(KeychainReader::Purpose::Change,
         [this, change](const auto &contents) { onReadForChange(change, contents); });
}

void KeychainKeyStore::onReadForChange(const Change &change,
                                       const Expected<KeychainContents> &contents)
{
    if (!contents)
        return failChange(contents.error());
    const auto plan = change.plan(contents->packs);
    if (!plan)
        return failChange(plan.error());
    auto reported = std::make_shared<int>(-1);
    auto report = [this, reported, total = change.total](int done) {
        *reported = done;
        Q_EMIT progress(done, total);
    };
    auto done = [this, reported, report, total = change.total,
                 different = !plan->isEmpty()](const Expected<void> &written) {
        if (!written) {
            failChange(written.error());
        } else {
            if (*reported != total)
                report(total);
            Q_EMIT changeDone();
            endOperation();
        }
        if (different)
            Q_EMIT changed();
    };
    write(*contents, *plan, report, done);
}

void KeychainKeyStore::write(const KeychainContents &contents, const QList<PackChange> &plan,
                             KeychainWriter::Progress progress, KeychainWriter::Done done)
{
    auto *writer = new KeychainWriter(timed_, indexPath_, contents, this);
    writer->start(plan, std::move(progress),
                  [this, writer, done = std::move(done)](const Expected<void> &written) {
                      writer->deleteLater();
                      knownIndex_ = indexDigest();
                      done(written);
                  });
}

void KeychainKeyStore::failChange(const Error &error)
{
    Q_EMIT changeFailed(error);
    endOperation();
}

QByteArray KeychainKeyStore::indexDigest() const
{
    QFile file(indexPath_);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256);
}

/// By another process, or by this one as it works.
void KeychainKeyStore::onIndexChanged()
{
    if (busy_ || indexDigest() == knownIndex_)
        return;
    knownIndex_ = indexDigest();
    Q_EMIT changed();
}

/// Until the keyring can be used. A failure with an unlocked keyring is of another kind, and would
/// come again at once.
void KeychainKeyStore::lookAgainLater()
{
    if (lookingAgain_)
        return;
    lookingAgain_ = true;
    timed_.probe(this, [this](KeychainState before) {
        if (before == KeychainState::Unlocked) {
            lookingAgain_ = false;
            return;
        }
        clock_.callLater(LookInterval, this, [this] {
            timed_.probe(this, [this](KeychainState now) {
                lookingAgain_ = false;
                if (!unusable_)
                    return;
                if (now == KeychainState::Unlocked)
                    Q_EMIT changed();
                else
                    lookAgainLater();
            });
        });
    });
}

} // namespace keywheel
