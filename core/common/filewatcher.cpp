// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/filewatcher.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <chrono>

namespace keywheel {
namespace {

using namespace std::chrono_literals;

/// A file saved in place is empty for an instant. What comes and goes within this is not reported.
constexpr auto SettleTime = 50ms;

constexpr auto Algorithm = QCryptographicHash::Sha256;

QString nearestFolder(const QString &path)
{
    QString folder = QFileInfo(path).absolutePath();
    while (!QFileInfo::exists(folder) && !QDir(folder).isRoot())
        folder = QFileInfo(folder).absolutePath();
    return folder;
}

} // namespace

FileWatcher::FileWatcher(const QString &path, QObject *parent)
    : QObject(parent),
      path_(QFileInfo(path).absoluteFilePath()),
      watcher_(this),
      settle_(this)
{
    settle_.setSingleShot(true);
    settle_.setInterval(SettleTime);
    connect(&settle_, &QTimer::timeout, this, &FileWatcher::settled);
    connect(&watcher_, &QFileSystemWatcher::fileChanged, this, &FileWatcher::look);
    connect(&watcher_, &QFileSystemWatcher::directoryChanged, this, &FileWatcher::look);
    watch();
    seen_ = known_ = digest();
}

void FileWatcher::setKnown(QByteArrayView contents)
{
    QCryptographicHash hash(Algorithm);
    hash.addData(contents);
    known_ = hash.result();
}

/// The file is added anew each time: after a save by rename the old watch may be of a file that has
/// no name any more. The folder comes first, so that nothing can appear unseen in between.
void FileWatcher::watch()
{
    QString folder;
    do {
        folder = nearestFolder(path_);
        if (watcher_.directories() == QStringList{folder})
            continue;
        if (!watcher_.directories().isEmpty())
            watcher_.removePaths(watcher_.directories());
        watcher_.addPath(folder);
    } while (nearestFolder(path_) != folder);
    watcher_.removePath(path_);
    if (QFileInfo::exists(path_))
        watcher_.addPath(path_);
}

QByteArray FileWatcher::digest() const
{
    QFile file(path_);
    // Opening a pipe or a device could block.
    if (!QFileInfo(path_).isFile() || !file.open(QIODevice::ReadOnly))
        return {};
    QCryptographicHash hash(Algorithm);
    return hash.addData(&file) ? hash.result() : QByteArray();
}

/// True when the contents are not those of the last look.
bool FileWatcher::look()
{
    watch();
    const QByteArray now = digest();
    if (now == seen_)
        return false;
    seen_ = now;
    settle_.start();
    return true;
}

void FileWatcher::settled()
{
    if (look() || seen_ == known_)
        return;
    known_ = seen_;
    Q_EMIT changed();
}

} // namespace keywheel
