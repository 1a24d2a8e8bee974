// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "backend/autostart.h"

#include <QProcessEnvironment>

namespace keywheel {

/// The file autostart/keywheel.desktop in the person's configuration folder.
/// https://specifications.freedesktop.org/autostart-spec/
class XdgAutostart : public Autostart
{
    Q_OBJECT

public:
    /// `program` is the running executable; of an AppImage, `environment` says what to start
    /// instead, since the executable's path means nothing after this run.
    XdgAutostart(const QProcessEnvironment &environment, const QString &program);

    bool isEnabled() const override;
    void setEnabled(bool enabled, bool minimised) override;

    QString fileName() const { return fileName_; }
    /// Where the desktop looks; `variable` names the folder of configuration in `environment`.
    static QString folder(const QProcessEnvironment &environment, const QString &variable);
    /// Whether the entry of this name is there, and nobody switched it off.
    static bool isOn(const QString &fileName);

private:
    QByteArray entry(bool minimised) const;

    QString fileName_;
    QString program_;
};

} // namespace keywheel
