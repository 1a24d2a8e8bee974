// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <memory>

namespace keywheel {

/// The place of the desktop that shows tray icons. Asking it does not make Qt settle on a kind of
/// tray, as the first call of QSystemTrayIcon does. Thread: the window's.
class TrayHost : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// There is one now that Qt can use.
    virtual bool isThere() const = 0;

Q_SIGNALS:
    /// It may have come or gone. Not all kinds say so.
    void changed();
};

std::unique_ptr<TrayHost> systemTrayHost();

} // namespace keywheel
