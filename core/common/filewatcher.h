// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

namespace keywheel {

/// Tells when the contents of one file change, however it is saved: in place, by a rename over it,
/// deleted and made again. The file, and its folder, may be missing at first.
/// Only a hash of the contents is kept, so that secrets do not linger in memory.
/// Thread: its own, which needs an event loop.
class FileWatcher : public QObject
{
    Q_OBJECT

public:
    explicit FileWatcher(const QString &path, QObject *parent = nullptr);

    /// The owner knows these contents: it has just read them.
    void setKnown(QByteArrayView contents);

Q_SIGNALS:
    /// The contents differ from those that are known, those at the last signal or construction, and
    /// have stood still for a moment. Also when the file appears, disappears or cannot be read any
    /// more. Not for a touch, or a save of the same bytes.
    void changed();

private:
    void watch();
    QByteArray digest() const;
    bool look();
    void settled();

    QString path_; ///< absolute
    QFileSystemWatcher watcher_;
    QTimer settle_;
    QByteArray seen_;  ///< null: no readable file
    QByteArray known_; ///< to the owner
};

} // namespace keywheel
