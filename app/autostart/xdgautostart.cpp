// SPDX-License-Identifier: GPL-3.0-or-later
#include "xdgautostart.h"

#include "common/commitfile.h"
#include "portalautostart.h"
#include "systemautostart.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDir>
#include <QFile>
#include <QSaveFile>

namespace keywheel {

namespace {

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

bool isLine(const QByteArray &line, const QByteArray &name, const QByteArray &value)
{
    const qsizetype sign = line.indexOf('=');
    return sign > 0 && line.first(sign).trimmed() == name &&
           line.sliced(sign + 1).trimmed().toLower() == value;
}

} // namespace

XdgAutostart::XdgAutostart(const QProcessEnvironment &environment, const QString &program)
    : fileName_(folder(environment, QStringLiteral("XDG_CONFIG_HOME")) +
                QStringLiteral("/keywheel.desktop")),
      program_(environment.value(QStringLiteral("APPIMAGE"), program))
{
}

QString XdgAutostart::folder(const QProcessEnvironment &environment, const QString &variable)
{
    QString config = environment.value(variable);
    // The specification: relative paths are to be ignored.
    if (!QDir::isAbsolutePath(config))
        config = environment.value(QStringLiteral("HOME"), QDir::homePath()) +
                 QStringLiteral("/.config");
    return config + QStringLiteral("/autostart");
}

bool XdgAutostart::isEnabled() const
{
    return isOn(fileName_);
}

bool XdgAutostart::isOn(const QString &fileName)
{
    QFile file(fileName);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const auto lines = file.readAll().split('\n');
    for (const QByteArray &line : lines)
        // So desktops note that a person switched it off in their settings.
        if (isLine(line, "Hidden", "true") || isLine(line, "X-GNOME-Autostart-enabled", "false"))
            return false;
    return true;
}

void XdgAutostart::setEnabled(bool enabled, bool minimised)
{
    Q_EMIT finished(enabled ? write(minimised) : remove());
}

QString XdgAutostart::remove() const
{
    QFile file(fileName_);
    if (!file.exists() || file.remove())
        return {};
    return tr("%1 cannot be removed: %2").arg(fileName_, file.errorString());
}

QString XdgAutostart::write(bool minimised) const
{
    const QString text =
        QStringLiteral("[Desktop Entry]\n"
                       "Type=Application\n"
                       "Version=1.0\n"
                       "Name=Keywheel\n"
                       "Comment=Rotate API keys for OpenAI-compatible services\n"
                       "Comment[zh_CN]=为兼容 OpenAI 的服务轮换 API 密钥\n"
                       "Icon=keywheel\n"
                       "Exec=%1%2\n"
                       "Terminal=false\n"
                       "X-GNOME-Autostart-enabled=true\n")
            .arg(quoted(program_), minimised ? QStringLiteral(" --minimized") : QString());

    QDir().mkpath(QFileInfo(fileName_).path());
    QSaveFile file(fileName_);
    if (file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0 && commitFile(file))
        return {};
    return tr("%1 cannot be written: %2").arg(fileName_, file.errorString());
}

std::unique_ptr<Autostart> systemAutostart()
{
    const auto environment = QProcessEnvironment::systemEnvironment();
    if (environment.contains(QStringLiteral("FLATPAK_ID")))
        return std::make_unique<PortalAutostart>(environment, QDBusConnection::sessionBus());
    return std::make_unique<XdgAutostart>(environment, QCoreApplication::applicationFilePath());
}

} // namespace keywheel
