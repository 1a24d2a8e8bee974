// SPDX-License-Identifier: GPL-3.0-or-later
#include "trayhost.h"

#include "xembedtray.h"

#include <QDBusAbstractInterface>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>

namespace keywheel {

namespace {

QString watcherName()
{
    return QStringLiteral("org.kde.StatusNotifierWatcher");
}

QString watcherPath()
{
    return QStringLiteral("/StatusNotifierWatcher");
}

class StatusNotifierWatcher : public QDBusAbstractInterface
{
    Q_OBJECT

public:
    explicit StatusNotifierWatcher(QObject *parent)
        : QDBusAbstractInterface(watcherName(), watcherPath(), "org.kde.StatusNotifierWatcher",
                                 QDBusConnection::sessionBus(), parent)
    {
    }

Q_SIGNALS:
    // Named as on the bus.
    void StatusNotifierHostRegistered();
};

/// The watcher of status notifier items with somebody who shows them, or else an XEmbed tray.
class LinuxTrayHost : public TrayHost
{
public:
    LinuxTrayHost()
    {
        if (!QDBusConnection::sessionBus().isConnected())
            return;
        auto *names = new QDBusServiceWatcher(watcherName(), QDBusConnection::sessionBus(),
                                              QDBusServiceWatcher::WatchForOwnerChange, this);
        connect(names, &QDBusServiceWatcher::serviceOwnerChanged, this, [this] { ask(); });
        auto *watcher = new StatusNotifierWatcher(this);
        connect(watcher, &StatusNotifierWatcher::StatusNotifierHostRegistered, this,
                [this] { ask(); });
        ask();
    }

    bool isThere() const override { return shown_ || hasXEmbedTray(); }

private:
    /// Qt takes this kind of tray only when the property says true.
    void ask()
    {
        QDBusMessage question = QDBusMessage::createMethodCall(
            watcherName(), watcherPath(), QStringLiteral("org.freedesktop.DBus.Properties"),
            QStringLiteral("Get"));
        question.setAutoStartService(false);
        question << watcherName() << QStringLiteral("IsStatusNotifierHostRegistered");
        auto *answer =
            new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question), this);
        connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
            answer->deleteLater();
            const QDBusPendingReply<QDBusVariant> reply = *answer;
            const bool shown = reply.isValid() && reply.value().variant().toBool();
            if (std::exchange(shown_, shown) != shown)
                Q_EMIT changed();
        });
    }

    bool shown_ = false;
};

} // namespace

std::unique_ptr<TrayHost> systemTrayHost()
{
    return std::make_unique<LinuxTrayHost>();
}

} // namespace keywheel

#include "trayhost_dbus.moc"
