// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/filekeystore.h"

#include "common/commitfile.h"
#include "common/redact.h"
#include "secrets/keyfile.h"
#include "secrets/keyfileedit.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSet>

#include <algorithm>

namespace keywheel {
namespace {

constexpr qint64 LargestFile = qint64(64) * 1024 * 1024;

Error unreadable(const QString &path, const QString &cause)
{
    return {QStringLiteral("The key file %1 cannot be read: %2")
                .arg(QDir::toNativeSeparators(path), cause)};
}

Expected<QByteArray> contents(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return failure(
            QStringLiteral("The key file %1 does not exist: create it with one API key a "
                           "line, or try Keywheel without keys: keywheel --demo")
                .arg(QDir::toNativeSeparators(path)));
    // Opening a pipe or a device could block the core's thread.
    if (!info.isFile())
        return tl::unexpected(unreadable(path, QStringLiteral("it is not a file")));
    if (info.size() > LargestFile)
        return tl::unexpected(unreadable(path, QStringLiteral("it is larger than 64 MiB")));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return tl::unexpected(unreadable(path, file.errorString()));
    QByteArray text = file.readAll();
    if (file.error() != QFileDevice::NoError)
        return tl::unexpected(unreadable(path, file.errorString()));
    return text;
}

Expected<void> replace(const QString &path, const QByteArray &text)
{
    const bool isNew = !QFileInfo::exists(path);
    if (isNew)
        QDir().mkdir(QFileInfo(path).absolutePath()); // of the settings, before there are any
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        if (isNew)
            file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        if (file.write(text) == text.size() && commitFile(file))
            return {};
    }
    return failure(QStringLiteral("The key file %1 cannot be written: %2")
                       .arg(QDir::toNativeSeparators(path), file.errorString()));
}

Error otherForm(const QString &path)
{
    return {
        QStringLiteral("The key file %1 is not a list of one key a line in UTF-8, and Keywheel "
                       "writes no other form. `keywheel keys import --convert` makes it one and "
                       "keeps the old file as .bak")
            .arg(QDir::toNativeSeparators(path))};
}

/// A copy for its owner only; an older one is kept too, under the next name.
Expected<void> keepAsBackup(const QString &path, const QByteArray &text)
{
    QString name = path + QLatin1String(".bak");
    for (int i = 2; QFileInfo::exists(name) || QFileInfo(name).isSymLink(); ++i)
        name = path + QStringLiteral(".bak%1").arg(i);
    QFile file(name);
    const bool written = file.open(QIODevice::WriteOnly | QIODevice::NewOnly,
                                   QFileDevice::ReadOwner | QFileDevice::WriteOwner) &&
                         file.write(text) == text.size() && file.flush();
    if (written)
        return {};
    const QString cause = file.errorString();
    file.remove();
    return failure(QStringLiteral("The key file %1 cannot be written: %2")
                       .arg(QDir::toNativeSeparators(name), cause));
}

bool isOpenToOthers([[maybe_unused]] const QString &path)
{
#ifdef Q_OS_UNIX
    const QFileDevice::Permissions others = QFileDevice::ReadGroup | QFileDevice::WriteGroup |
                                            QFileDevice::ReadOther | QFileDevice::WriteOther;
    return (QFile::permissions(path) & others) != 0;
#else
    return false;
#endif
}

/// How many of the fingerprints belong to keys of the list.
qsizetype countOf(const QStringList &fingerprints, const KeyList &list)
{
    QSet<QString> there;
    for (const ApiKey &key : list.keys)
        there.insert(keyFingerprint(key.secret));
    return std::count_if(fingerprints.cbegin(), fingerprints.cend(),
                         [&](const QString &fingerprint) { return there.contains(fingerprint); });
}

} // namespace

FileKeyStore::FileKeyStore(const QString &path, QObject *parent)
    : KeyStore(parent),
      path_(QFileInfo(path).absoluteFilePath()),
      watcher_(path_, this)
{
    connect(&watcher_, &FileWatcher::changed, this, &KeyStore::changed);
}

void FileKeyStore::load()
{
    QMetaObject::invokeMethod(this, &FileKeyStore::read, Qt::QueuedConnection);
}

void FileKeyStore::read()
{
    const Expected<QByteArray> text = contents(path_);
    if (!text) {
        Q_EMIT failed(text.error());
        return;
    }
    watcher_.setKnown(*text); // else a change of our own would be read twice
    const QString shownPath = QDir::toNativeSeparators(path_);
    KeyList list = parseKeyFile(*text);
    for (QString &warning : list.warnings)
        warning = shownPath + QLatin1String(", ") + warning;
    if (list.keys.isEmpty())
        list.warnings.append(QStringLiteral("%1 holds no API key").arg(shownPath));
    if (isOpenToOthers(path_))
        list.warnings.append(
            QStringLiteral("%1 may be read by others than its owner: chmod 600 %1").arg(shownPath));
    Q_EMIT loaded(list);
}

void FileKeyStore::add(const QList<ApiKey> &keys)
{
    auto append = [this, keys] {
        QStringList fingerprints;
        for (const ApiKey &key : keys)
            fingerprints.append(keyFingerprint(key.secret));
        change(keys.size(), [&](const QByteArray &text) -> Expected<QByteArray> {
            const KeyFile file = readKeyFile(text);
            if (file.oneALine)
                return withKeys(text, keys);
            return countOf(fingerprints, file.list) == fingerprints.size()
                       ? Expected<QByteArray>(text)
                       : tl::unexpected(otherForm(path_));
        });
    };
    QMetaObject::invokeMethod(this, append, Qt::QueuedConnection);
}

void FileKeyStore::remove(const QStringList &fingerprints)
{
    auto cut = [this, fingerprints] {
        change(fingerprints.size(), [&](const QByteArray &text) -> Expected<QByteArray> {
            const KeyFile file = readKeyFile(text);
            if (file.oneALine)
                return withoutKeys(text, fingerprints);
            return countOf(fingerprints, file.list) == 0 ? Expected<QByteArray>(text)
                                                         : tl::unexpected(otherForm(path_));
        });
    };
    QMetaObject::invokeMethod(this, cut, Qt::QueuedConnection);
}

bool FileKeyStore::seemsFilled() const
{
    return QFileInfo::exists(path_);
}

void FileKeyStore::change(qsizetype total,
                          const std::function<Expected<QByteArray>(QByteArray)> &edit)
{
    const Expected<QByteArray> before =
        QFileInfo::exists(path_) ? contents(path_) : Expected<QByteArray>(QByteArray());
    const Expected<QByteArray> after = before.and_then(edit);
    Expected<void> written;
    if (!after)
        written = tl::unexpected(after.error());
    else if (*after != *before)
        written = replace(path_, *after);
    if (!written) {
        Q_EMIT changeFailed(written.error());
        return;
    }
    Q_EMIT progress(int(total), int(total));
    Q_EMIT changeDone();
}

void FileKeyStore::convert()
{
    const auto rewrite = [this] {
        const Expected<QByteArray> before = contents(path_);
        const Expected<QByteArray> after = before.and_then(asOneKeyALine);
        Expected<void> written;
        if (!after)
            written = tl::unexpected(after.error());
        else if (*after != *before)
            written = keepAsBackup(path_, *before).and_then([&] { return replace(path_, *after); });
        if (written)
            Q_EMIT changeDone();
        else
            Q_EMIT changeFailed(written.error());
    };
    QMetaObject::invokeMethod(this, rewrite, Qt::QueuedConnection);
}

} // namespace keywheel
