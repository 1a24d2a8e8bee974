// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/autostart.h"

#include <QProcessEnvironment>

namespace keywheel {

/// The file autostart/keywheel.desktop in the person's configuration folder.
/// https://specifications.freedesktop.org/autostart-spec/
class XdgAutostart : public Autostart
{
public:
    /// `program` is the running executable; of an AppImage or in a Flatpak, `environment` says what
    /// to start instead, since the executable's path means nothing after this run.
    XdgAutostart(const QProcessEnvironment &environment, const QString &program);

    bool isEnabled() const override;
    Expected<void> setEnabled(bool enabled, bool minimised) override;

    QString fileName() const { return fileName_; }

private:
    Expected<void> write(bool minimised) const;

    QString fileName_;
    QStringList command_;
    QString flatpakId_;
};

} // namespace keywheel
