// SPDX-License-Identifier: GPL-3.0-or-later
#include "xdgautostart.h"

#include "systemautostart.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace keywheel {

namespace {

/// Where the desktop looks. A Flatpak sees a folder of its own under XDG_CONFIG_HOME.
QString configFolder(const QProcessEnvironment &environment, bool flatpak)
{
    QString folder = environment.value(flatpak ? QStringLiteral("HOST_XDG_CONFIG_HOME")
                                               : QStringLiteral("XDG_CONFIG_HOME"));
    // The specification: relative paths are to be ignored.
    if (QDir::isAbsolutePath(folder))
        return folder;
    return environment.value(QStringLiteral("HOME"), QDir::homePath()) + QStringLiteral("/.config");
}

/// One argument of Exec: quoted for its own rules, then for those of a string value.
QString quoted(const QString &argument)
{
    QString result;
    for (const QChar character : argument) {
        if (QStringLiteral("\"`$\\").contains(character))
            result += QLatin1Char('\\');
        result += character;
        if (character == QLatin1Char('%'))
            result += character;
    }
    result.replace(QLatin1Char('\\'), QLatin1String("\\\\"));
    return QLatin1Char('"') + result + QLatin1Char('"');
}

QString joined(const QStringList &command)
{
    QStringList parts;
    for (const QString &argument : command)
        parts.append(quoted(argument));
    return parts.join(QLatin1Char(' '));
}

bool isLine(const QByteArray &line, const QByteArray &name, const QByteArray &value)
{
    const qsizetype sign = line.indexOf('=');
    return sign > 0 && line.first(sign).trimmed() == name &&
           line.sliced(sign + 1).trimmed().toLower() == value;
}

} // namespace

XdgAutostart::XdgAutostart(const QProcessEnvironment &environment, const QString &program)
    : flatpakId_(environment.value(QStringLiteral("FLATPAK_ID")))
{
    fileName_ = configFolder(environment, !flatpakId_.isEmpty()) +
                QStringLiteral("/autostart/keywheel.desktop");
    if (!flatpakId_.isEmpty())
        command_ = {QStringLiteral("flatpak"), QStringLiteral("run"), flatpakId_};
    else
        command_ = {environment.value(QStringLiteral("APPIMAGE"), program)};
}

bool XdgAutostart::isEnabled() const
{
    QFile file(fileName_);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const auto lines = file.readAll().split('\n');
    for (const QByteArray &line : lines)
        // So desktops note that a person switched it off in their settings.
        if (isLine(line, "Hidden", "true") || isLine(line, "X-GNOME-Autostart-enabled", "false"))
            return false;
    return true;
}

Expected<void> XdgAutostart::setEnabled(bool enabled, bool minimised)
{
    if (enabled)
        return write(minimised);
    QFile file(fileName_);
    if (!file.exists() || file.remove())
        return {};
    return failure(QStringLiteral("%1 cannot be removed: %2")
                       .arg(QDir::toNativeSeparators(fileName_), file.errorString()));
}

Expected<void> XdgAutostart::write(bool minimised) const
{
    QStringList command = command_;
    if (minimised)
        command.append(QStringLiteral("--minimized"));
    QString text =
        QStringLiteral("[Desktop Entry]\n"
                       "Type=Application\n"
                       "Version=1.0\n"
                       "Name=Keywheel\n"
                       "Comment=Rotate API keys for OpenAI-compatible services\n"
                       "Comment[zh_CN]=为兼容 OpenAI 的服务轮换 API 密钥\n"
                       "Icon=%1\n"
                       "Exec=%2\n"
                       "Terminal=false\n"
                       "X-GNOME-Autostart-enabled=true\n")
            .arg(flatpakId_.isEmpty() ? QStringLiteral("keywheel") : flatpakId_, joined(command));
    if (!flatpakId_.isEmpty())
        text += QStringLiteral("X-Flatpak=%1\n").arg(flatpakId_);

    QDir().mkpath(QFileInfo(fileName_).path());
    QSaveFile file(fileName_);
    if (file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0 && file.commit())
        return {};
    return failure(QStringLiteral("%1 cannot be written: %2")
                       .arg(QDir::toNativeSeparators(fileName_), file.errorString()));
}

std::unique_ptr<Autostart> systemAutostart()
{
    return std::make_unique<XdgAutostart>(QProcessEnvironment::systemEnvironment(),
                                          QCoreApplication::applicationFilePath());
}

} // namespace keywheel
