// SPDX-License-Identifier: GPL-3.0-or-later
#include "autostart/xdgautostart.h"

#include "autostart/entryfile.h"

#include <QDir>
#include <QFile>

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
    Q_EMIT finished(enabled ? writeEntry(fileName_, entry(minimised)) : removeEntry(fileName_));
}

QByteArray XdgAutostart::entry(bool minimised) const
{
    return QStringLiteral("[Desktop Entry]\n"
                          "Type=Application\n"
                          "Version=1.0\n"
                          "Name=Keywheel\n"
                          "Comment=Rotate API keys for OpenAI-compatible services\n"
                          "Comment[zh_CN]=为兼容 OpenAI 的服务轮换 API 密钥\n"
                          "Icon=keywheel\n"
                          "Exec=%1%2\n"
                          "Terminal=false\n"
                          "X-GNOME-Autostart-enabled=true\n")
        .arg(quoted(program_), minimised ? QStringLiteral(" --minimized") : QString())
        .toUtf8();
}

} // namespace keywheel
