// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/oskeychain.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>
#include <QLibrary>

namespace keywheel {
namespace {

constexpr int LongestCallMs = 2000;

/// QtKeychain uses KWallet there, of which the Secret Service tells nothing.
bool usesWallet()
{
    return qEnvironmentVariable("XDG_CURRENT_DESKTOP")
        .split(u':')
        .contains(QStringLiteral("KDE"), Qt::CaseInsensitive);
}

KeychainState stateOf(const QDBusPendingReply<QDBusVariant> &reply)
{
    if (reply.isValid())
        return reply.value().variant().toBool() ? KeychainState::Locked : KeychainState::Unlocked;
    switch (reply.error().type()) {
    case QDBusError::UnknownObject: // the alias leads nowhere
    case QDBusError::UnknownMethod:
    case QDBusError::UnknownInterface:
        return KeychainState::NoKeyring;
    default:
        return KeychainState::Unknown;
    }
}

} // namespace

void probeKeychain(QObject *context, std::function<void(KeychainState)> answer)
{
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.secrets"),
        QStringLiteral("/org/freedesktop/secrets/aliases/default"),
        QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    call << QStringLiteral("org.freedesktop.Secret.Collection") << QStringLiteral("Locked");
    const QDBusPendingCall pending =
        usesWallet() ? QDBusPendingCall::fromError(QDBusError(QDBusError::NotSupported, {}))
                     : QDBusConnection::sessionBus().asyncCall(call, LongestCallMs);
    auto *watcher = new QDBusPendingCallWatcher(pending, context);
    auto finished = [answer = std::move(answer)](QDBusPendingCallWatcher *self) {
        self->deleteLater();
        answer(stateOf(*self));
    };
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, context, finished,
                     Qt::QueuedConnection);
}

void forgetKeychainSession()
{
    // As QtKeychain loads it: at run time.
    QLibrary libsecret(QStringLiteral("secret-1"), 0);
    using Disconnect = void (*)();
    if (auto disconnect =
            reinterpret_cast<Disconnect>(libsecret.resolve("secret_service_disconnect")))
        disconnect();
}

} // namespace keywheel
