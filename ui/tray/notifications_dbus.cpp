// SPDX-License-Identifier: GPL-3.0-or-later
#include "notifications.h"

#include <QDBusAbstractInterface>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QHash>

namespace keywheel {

namespace {

/// https://specifications.freedesktop.org/notification-spec/
class NotificationService : public QDBusAbstractInterface
{
    Q_OBJECT

public:
    explicit NotificationService(QObject *parent)
        : QDBusAbstractInterface(QStringLiteral("org.freedesktop.Notifications"),
                                 QStringLiteral("/org/freedesktop/Notifications"),
                                 "org.freedesktop.Notifications", QDBusConnection::sessionBus(),
                                 parent)
    {
    }

Q_SIGNALS:
    // Named as on the bus.
    void ActionInvoked(uint id, const QString &action);
    void ActivationToken(uint id, const QString &token);
    void NotificationClosed(uint id, uint reason);
};

class DBusNotifications : public Notifications
{
    Q_OBJECT

public:
    DBusNotifications() : service_(this)
    {
        connect(&service_, &NotificationService::ActionInvoked, this,
                [this](uint id) { report(id); });
        connect(&service_, &NotificationService::ActivationToken, this,
                [this](uint id, const QString &token) {
                    // With it, Wayland lets the window come to the front.
                    if (!ids_.key(id).isEmpty())
                        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
                });
        connect(&service_, &NotificationService::NotificationClosed, this, [this](uint id) {
            ids_.removeIf([id](auto entry) { return entry.value() == id; });
        });
        learnMarkup();
    }

    void show(const Notification &notification) override
    {
        const QVariantMap hints{
            {QStringLiteral("desktop-entry"), QGuiApplication::desktopFileName()},
            {QStringLiteral("urgency"), QVariant::fromValue(uchar(notification.urgent ? 2 : 1))}};
        const QString body = markup_ ? notification.text.toHtmlEscaped() : notification.text;
        const QStringList actions{QStringLiteral("default"), tr("Open Keywheel")};
        auto *answer = new QDBusPendingCallWatcher(
            service_.asyncCall(QStringLiteral("Notify"), QStringLiteral("Keywheel"),
                               ids_.value(notification.topic), QStringLiteral("keywheel"),
                               notification.title, body, actions, hints, -1),
            this);
        connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer, notification] {
            answer->deleteLater();
            const QDBusPendingReply<uint> reply = *answer;
            if (reply.isValid())
                ids_.insert(notification.topic, reply.value());
            else
                Q_EMIT notShown(notification);
        });
    }

private:
    void learnMarkup()
    {
        auto *answer = new QDBusPendingCallWatcher(
            service_.asyncCall(QStringLiteral("GetCapabilities")), this);
        connect(answer, &QDBusPendingCallWatcher::finished, this, [this, answer] {
            answer->deleteLater();
            const QDBusPendingReply<QStringList> reply = *answer;
            if (reply.isValid())
                markup_ = reply.value().contains(QLatin1String("body-markup"));
        });
    }

    void report(uint id)
    {
        const QString topic = ids_.key(id);
        if (!topic.isEmpty())
            Q_EMIT clicked(topic);
    }

    NotificationService service_;
    QHash<QString, uint> ids_; ///< of those on the screen, by topic
    bool markup_ = true;
};

} // namespace

std::unique_ptr<Notifications> systemNotifications()
{
    return std::make_unique<DBusNotifications>();
}

} // namespace keywheel

#include "notifications_dbus.moc"
