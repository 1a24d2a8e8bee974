// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mainwindow/appactions.h"
#include "widgets/servicestate.h"

#include <QMenu>
#include <QSystemTrayIcon>

namespace keywheel {

/// Keywheel in the tray: a picture by state, the numbers as tooltip, the common commands as menu.
/// Make it only when the wait for a tray is over (TrayWait). Thread: the window's; the references
/// must outlive it.
class TrayIcon : public QObject
{
    Q_OBJECT

public:
    TrayIcon(Backend &backend, AppActions &actions, QObject *parent = nullptr);
    ~TrayIcon() override;

    QMenu &menu() { return menu_; }
    QString toolTip() const { return icon_.toolTip(); }
    ServiceState state() const { return state_; }
    void retranslate() { refresh(backend_.snapshot()); }
    /// For desktops without a notification service.
    void showMessage(const QString &title, const QString &text);

Q_SIGNALS:
    void clicked();
    void messageClicked();

private:
    void refresh(const BackendSnapshot &snapshot);

    Backend &backend_;
    QAction stateLine_;
    QMenu menu_;
    QSystemTrayIcon icon_;
    ServiceState state_ = ServiceState::Starting;
};

QIcon trayPicture(ServiceState state);
/// Several lines: state, address, keys, requests per minute.
QString trayToolTip(const BackendSnapshot &snapshot);

} // namespace keywheel
