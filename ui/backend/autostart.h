// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace keywheel {

/// Whether the desktop starts Keywheel at login. app implements it for each system; tests use a
/// fake. Thread: the window's.
class Autostart : public QObject
{
    Q_OBJECT

public:
    virtual bool isEnabled() const = 0;
    /// `minimised`: into the tray. What came of it is told by finished(): before this returns or,
    /// where the desktop asks the person first, later.
    virtual void setEnabled(bool enabled, bool minimised) = 0;

Q_SIGNALS:
    /// `error` says why it could not be done; empty when it was. isEnabled() is up to date.
    void finished(const QString &error);
};

} // namespace keywheel
