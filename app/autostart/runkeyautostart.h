// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/autostart.h"

namespace keywheel {

/// A value under the person's Run key of Windows: the command line to run at login.
/// https://learn.microsoft.com/windows/win32/setupapi/run-and-runonce-registry-keys
class RunKeyAutostart : public Autostart
{
    Q_OBJECT

public:
    /// `key` is a path in the registry, as QSettings::NativeFormat takes it; `program` is what to
    /// start.
    RunKeyAutostart(const QString &key, const QString &program);

    bool isEnabled() const override;
    void setEnabled(bool enabled, bool minimised) override;

private:
    QString key_;
    QString program_;
};

} // namespace keywheel
