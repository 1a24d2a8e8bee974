// SPDX-License-Identifier: GPL-3.0-or-later
#include "autostart/entryfile.h"

#include "backend/autostart.h"
#include "common/commitfile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace keywheel {

QString writeEntry(const QString &fileName, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(fileName).path());
    QSaveFile file(fileName);
    if (file.open(QIODevice::WriteOnly) && file.write(content) >= 0 && commitFile(file))
        return {};
    return Autostart::tr("%1 cannot be written: %2").arg(fileName, file.errorString());
}

QString removeEntry(const QString &fileName)
{
    QFile file(fileName);
    if (!file.exists() || file.remove())
        return {};
    return Autostart::tr("%1 cannot be removed: %2").arg(fileName, file.errorString());
}

} // namespace keywheel
