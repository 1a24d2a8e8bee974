// SPDX-License-Identifier: GPL-3.0-or-later
#include "autostart/runkeyautostart.h"

#include <QDir>
#include <QSettings>

namespace keywheel {

namespace {

QString valueName()
{
    return QStringLiteral("Keywheel");
}

} // namespace

RunKeyAutostart::RunKeyAutostart(const QString &key, const QString &program)
    : key_(key),
      program_(QDir::toNativeSeparators(program))
{
}

bool RunKeyAutostart::isEnabled() const
{
    return QSettings(key_, QSettings::NativeFormat).contains(valueName());
}

void RunKeyAutostart::setEnabled(bool enabled, bool minimised)
{
    QSettings run(key_, QSettings::NativeFormat);
    if (enabled)
        run.setValue(valueName(), minimised ? QStringLiteral("\"%1\" --minimized").arg(program_)
                                            : QStringLiteral("\"%1\"").arg(program_));
    else
        run.remove(valueName());
    run.sync();
    Q_EMIT finished(run.status() == QSettings::NoError
                        ? QString()
                        : tr("Windows does not let Keywheel change what starts at login."));
}

} // namespace keywheel
