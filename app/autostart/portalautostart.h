// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/autostart.h"

#include <QDBusConnection>
#include <QProcessEnvironment>

namespace keywheel {

/// Start at login of a Flatpak: its sandbox may not write the entry, so the desktop is asked to,
/// which may ask the person.
/// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Background.html
class PortalAutostart : public Autostart
{
    Q_OBJECT

public:
    /// `environment` has FLATPAK_ID, which names the desktop's entry.
    PortalAutostart(const QProcessEnvironment &environment, const QDBusConnection &bus);

    /// The entry says, since it may be switched off elsewhere; where the sandbox does not show the
    /// folder of entries, the desktop's last answer.
    bool isEnabled() const override;
    void setEnabled(bool enabled, bool minimised) override;

private:
    QDBusConnection bus_;
    QString folder_; ///< of the entries
    QString fileName_;
    bool answered_ = false;
};

} // namespace keywheel
