// SPDX-License-Identifier: GPL-3.0-or-later
#include "systemautostart.h"

#include <QCoreApplication>
#include <QDir>
#include <QSettings>

namespace keywheel {

namespace {

QString valueName()
{
    return QStringLiteral("Keywheel");
}

/// A value under the person's Run key: the command line to run at login.
class RunKeyAutostart : public Autostart
{
    Q_OBJECT

public:
    bool isEnabled() const override { return key().contains(valueName()); }

    void setEnabled(bool enabled, bool minimised) override
    {
        QSettings run = key();
        if (enabled) {
            // Not keywheel.com, should that be what runs: it would open a console at each login.
            const QString program = QDir::toNativeSeparators(
                QCoreApplication::applicationDirPath() + QStringLiteral("/keywheel.exe"));
            run.setValue(valueName(), minimised ? QStringLiteral("\"%1\" --minimized").arg(program)
                                                : QStringLiteral("\"%1\"").arg(program));
        } else {
            run.remove(valueName());
        }
        run.sync();
        Q_EMIT finished(run.status() == QSettings::NoError
                            ? QString()
                            : tr("Windows does not let Keywheel change what starts at login."));
    }

private:
    static QSettings key()
    {
        return QSettings(QStringLiteral("HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\"
                                        "CurrentVersion\\Run"),
                         QSettings::NativeFormat);
    }
};

} // namespace

std::unique_ptr<Autostart> systemAutostart()
{
    return std::make_unique<RunKeyAutostart>();
}

} // namespace keywheel

#include "runkeyautostart.moc"
