// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/autostart.h"

namespace keywheel {

/// A property list in ~/Library/LaunchAgents, which launchd of macOS reads at login:
/// launchd.plist(5).
class LaunchAgentAutostart : public Autostart
{
    Q_OBJECT

public:
    /// `home` is the person's folder, `program` the running executable.
    LaunchAgentAutostart(const QString &home, const QString &program);

    bool isEnabled() const override;
    void setEnabled(bool enabled, bool minimised) override;

    QString fileName() const { return fileName_; }

private:
    QByteArray propertyList(bool minimised) const;

    QString fileName_;
    QString program_;
};

} // namespace keywheel
