// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/shred.h"

#include <QFile>
#include <QFileInfo>
#include <QList>
#include <QRandomGenerator>

#include <algorithm>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#endif

namespace keywheel {

namespace {

bool overwrite(QFile &file)
{
    constexpr qint64 Step = 65536;
    QList<quint32> random(Step / qint64(sizeof(quint32)));
    for (qint64 left = file.size(); left > 0; left -= Step) {
        QRandomGenerator::system()->fillRange(random.data(), random.size());
        const qint64 size = std::min(left, Step);
        if (file.write(reinterpret_cast<const char *>(random.constData()), size) != size)
            return false;
    }
    return file.flush();
}

bool sync(QFile &file)
{
#ifdef Q_OS_WIN
    return _commit(file.handle()) == 0;
#else
    return ::fsync(file.handle()) == 0;
#endif
}

} // namespace

Expected<void> shredFile(const QString &path)
{
    const QFileInfo info(path);
    if (!info.isFile() || info.isSymLink())
        return failure(QStringLiteral("%1 is no plain file and stays.").arg(path));
    QFile file(path);
    // ReadWrite: WriteOnly alone would truncate, and the blocks would keep their contents.
    if (file.open(QIODevice::ReadWrite) && overwrite(file) && sync(file) && file.remove())
        return {};
    return failure(
        QStringLiteral("%1 cannot be overwritten and removed: %2").arg(path, file.errorString()));
}

} // namespace keywheel
