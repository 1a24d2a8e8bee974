// SPDX-License-Identifier: GPL-3.0-or-later
#include "trayicon.h"

namespace keywheel {

QIcon trayPicture(ServiceState state)
{
    const auto picture = [state] {
        switch (state) {
        case ServiceState::Running:
            return "running";
        case ServiceState::Degraded:
            return "degraded";
        case ServiceState::NoKeys:
            return "nokeys";
        case ServiceState::Error:
            return "error";
        case ServiceState::Starting:
        case ServiceState::Stopped:
            break;
        }
        return "stopped";
    };
    return QIcon(QStringLiteral(":/icons/tray/%1.svg").arg(QLatin1String(picture())));
}

QString trayToolTip(const BackendSnapshot &snapshot)
{
    QStringList lines{snapshot.demo ? TrayIcon::tr("Keywheel (demo)") : TrayIcon::tr("Keywheel"),
                      serviceStateText(snapshot)};
    if (snapshot.run == RunState::Running) {
        lines.append(snapshot.address.toString());
        lines.append(usableKeysText(snapshot));
        lines.append(requestRateText(snapshot));
    }
    return lines.join(QLatin1Char('\n'));
}

TrayIcon::TrayIcon(Backend &backend, AppActions &actions, QObject *parent)
    : QObject(parent),
      backend_(backend)
{
    stateLine_.setObjectName(QStringLiteral("stateLine"));
    stateLine_.setEnabled(false);
    menu_.addAction(&stateLine_);
    menu_.addSeparator();
    menu_.addActions({actions.startStop(), actions.copyUrl()});
    menu_.addSeparator();
    menu_.addActions({actions.importKeys(), actions.importClipboard(), actions.resetBlacklist()});
    menu_.addSeparator();
    menu_.addActions({actions.openWindow(), actions.settings()});
    menu_.addSeparator();
    menu_.addAction(actions.quit());
    icon_.setContextMenu(&menu_);
    connect(&icon_, &QSystemTrayIcon::activated, this,
            [this](QSystemTrayIcon::ActivationReason reason) {
                if (reason == QSystemTrayIcon::Trigger)
                    Q_EMIT clicked();
            });
    connect(&icon_, &QSystemTrayIcon::messageClicked, this, &TrayIcon::messageClicked);
    connect(&backend, &Backend::snapshotChanged, this, &TrayIcon::refresh);
    icon_.setIcon(trayPicture(state_));
    refresh(backend.snapshot());
    icon_.show();
}

TrayIcon::~TrayIcon() = default;

void TrayIcon::showMessage(const QString &title, const QString &text)
{
    icon_.showMessage(title, text, icon_.icon());
}

// Only what differs: each change goes over D-Bus and draws the panel anew.
void TrayIcon::refresh(const BackendSnapshot &snapshot)
{
    const ServiceState state = serviceState(snapshot);
    if (std::exchange(state_, state) != state)
        icon_.setIcon(trayPicture(state));
    const QString text =
        snapshot.demo ? tr("Demo: %1").arg(serviceStateText(snapshot)) : serviceStateText(snapshot);
    if (stateLine_.text() != text)
        stateLine_.setText(text);
    const QString toolTip = trayToolTip(snapshot);
    if (icon_.toolTip() != toolTip)
        icon_.setToolTip(toolTip);
}

} // namespace keywheel
