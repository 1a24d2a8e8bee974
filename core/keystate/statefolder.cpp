// SPDX-License-Identifier: GPL-3.0-or-later
#include "keystate/statefolder.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace keywheel {

QString stateFolder()
{
#if defined(Q_OS_WIN) || defined(Q_OS_MACOS)
    return QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
#else
    // A relative path in the variable is to be ignored, says the specification.
    QString base = qEnvironmentVariable("XDG_STATE_HOME");
    if (!QDir::isAbsolutePath(base))
        base = QDir::homePath() + QLatin1String("/.local/state");
    return base + QLatin1String("/keywheel");
#endif
}

Expected<void> makePrivateFolder(const QString &folder)
{
    const auto owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (!QDir().mkpath(folder) || !QFile::setPermissions(folder, owner))
        return failure(QStringLiteral("The folder %1 cannot be made or made private")
                           .arg(QDir::toNativeSeparators(folder)));
    return {};
}

} // namespace keywheel
