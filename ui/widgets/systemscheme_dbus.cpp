// SPDX-License-Identifier: GPL-3.0-or-later
#include "systemscheme.h"

#include <QDBusAbstractInterface>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace keywheel {

namespace {

constexpr uint preferDark = 1;

QString appearance()
{
    return QStringLiteral("org.freedesktop.appearance");
}

QString colorScheme()
{
    return QStringLiteral("color-scheme");
}

/// Read() wraps its answer in two variants, SettingChanged in one.
uint unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value.toUInt();
}

class SettingsPortal : public QDBusAbstractInterface
{
    Q_OBJECT

public:
    explicit SettingsPortal(QObject *parent)
        : QDBusAbstractInterface(QStringLiteral("org.freedesktop.portal.Desktop"),
                                 QStringLiteral("/org/freedesktop/portal/desktop"),
                                 "org.freedesktop.portal.Settings", QDBusConnection::sessionBus(),
                                 parent)
    {
    }

    QDBusPendingReply<QDBusVariant> read()
    {
        return asyncCall(QStringLiteral("Read"), appearance(), colorScheme());
    }

Q_SIGNALS:
    // Named as on the bus.
    void SettingChanged(const QString &group, const QString &name, const QDBusVariant &value);
};

} // namespace

SystemScheme::SystemScheme(QObject *parent) : QObject(parent)
{
    if (!QDBusConnection::sessionBus().isConnected())
        return;
    auto *portal = new SettingsPortal(this);
    connect(portal, &SettingsPortal::SettingChanged, this,
            [this](const QString &group, const QString &name, const QDBusVariant &value) {
                if (group == appearance() && name == colorScheme())
                    setDark(unwrapped(value.variant()) == preferDark);
            });
    auto *reading = new QDBusPendingCallWatcher(portal->read(), this);
    connect(reading, &QDBusPendingCallWatcher::finished, this, [this, reading] {
        reading->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *reading;
        if (reply.isValid())
            setDark(unwrapped(reply.value().variant()) == preferDark);
    });
}

} // namespace keywheel

#include "systemscheme_dbus.moc"
