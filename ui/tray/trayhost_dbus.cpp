// SPDX-License-Identifier: GPL-3.0-or-later
#include "trayhost.h"

#include "xembedtray.h"

#include <QAbstractNativeEventFilter>
#include <QCoreApplication>
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
class LinuxTrayHost : public TrayHost, private QAbstractNativeEventFilter
{
public:
    LinuxTrayHost()
    {
        qApp->installNativeEventFilter(this);
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

    bool isThere() const override { return shown_ || (xembed_ = hasXEmbedTray()); }

private:
    bool nativeEventFilter(const QByteArray &type, void *event, qintptr *) override
    {
        // Later: asking the X server here would be in the middle of reading from it.
        if (mayEndXEmbedTray(type, event) && !std::exchange(looks_, true))
            QMetaObject::invokeMethod(
                this, [this] { lookAtXEmbed(); }, Qt::QueuedConnection);
        return false;
    }

    void lookAtXEmbed()
    {
        looks_ = false;
        const bool there = hasXEmbedTray();
        if (std::exchange(xembed_, there) && !there)
            Q_EMIT changed();
    }

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
    mutable bool xembed_ = false; ///< when last seen
    bool looks_ = false;
};

} // namespace

std::unique_ptr<TrayHost> systemTrayHost()
{
    return std::make_unique<LinuxTrayHost>();
}

} // namespace keywheel

#include "trayhost_dbus.moc"
