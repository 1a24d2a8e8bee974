// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/controlpath.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

namespace keywheel {

#ifdef Q_OS_UNIX

namespace {

constexpr QFileDevice::Permissions OwnerOnly =
    QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
constexpr QFileDevice::Permissions OthersWrite = QFileDevice::WriteGroup | QFileDevice::WriteOther;
constexpr QFileDevice::Permissions Others = QFileDevice::ReadGroup | QFileDevice::WriteGroup |
                                            QFileDevice::ExeGroup | QFileDevice::ReadOther |
                                            QFileDevice::WriteOther | QFileDevice::ExeOther;

QString folder()
{
    const QString user = QString::number(::getuid());
    const QString name = QStringLiteral("/keywheel");
    // Without the variable Qt makes a folder of its own and warns.
    if (qEnvironmentVariableIsSet("XDG_RUNTIME_DIR")) {
        const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
        if (!runtime.isEmpty())
            return runtime + name;
    }
    // Where systemd has it also for those who come by su or cron and lack the variable.
    if (const QFileInfo runtime(QStringLiteral("/run/user/") + user); runtime.isWritable())
        return runtime.filePath() + name;
    return QDir::tempPath() + name + QLatin1Char('-') + user;
}

/// Whether nobody else can have put anything there.
bool isOwn(const QFileInfo &folder)
{
    const QFileInfo parent(folder.path());
    return parent.ownerId() == ::getuid() &&
           !((parent.permissions() | folder.permissions()) & OthersWrite);
}

} // namespace

Expected<QString> controlPath(const QString &name)
{
    const QString path = folder();
    QDir().mkdir(path, OwnerOnly);
    // Somebody else may have made it in a folder for everyone, to listen in his place.
    const QFileInfo info(path);
    if (!info.isDir() || info.isSymLink() || info.ownerId() != ::getuid())
        return failure(QStringLiteral("%1 is no folder of your own").arg(path));
    // Flatpak makes the folder for the sandbox, and open to all.
    const bool isPrivate =
        !(info.permissions() & Others) || (isOwn(info) && QFile::setPermissions(path, OwnerOnly));
    if (!isPrivate)
        return failure(QStringLiteral("%1 may be entered by others: chmod 700 %1").arg(path));
    return path + QLatin1Char('/') + name;
}

Expected<QString> lockPath(const QString &name)
{
    return controlPath(name);
}

#else

Expected<QString> controlPath(const QString &name)
{
    return QStringLiteral("keywheel-%1-%2").arg(qEnvironmentVariable("USERNAME"), name);
}

Expected<QString> lockPath(const QString &name)
{
    const QString path = QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation);
    if (!QDir().mkpath(path))
        return failure(
            QStringLiteral("The folder %1 cannot be made").arg(QDir::toNativeSeparators(path)));
    return path + QLatin1Char('/') + name;
}

#endif

Expected<QString> controlPath(quint16 port)
{
    return controlPath(QStringLiteral("control-%1").arg(port));
}

} // namespace keywheel
