// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/keyringsession.h"

#include <QDBusMessage>
#include <QDBusVariant>
#include <QStandardPaths>
#include <QTest>

#include <csignal>

namespace keywheel {
namespace {

const QString Daemon = QStringLiteral("gnome-keyring-daemon");
const QByteArray Password("test"); // a line end would be part of it

void end(QProcess &process)
{
    if (process.state() == QProcess::NotRunning)
        return;
    process.terminate();
    if (!process.waitForFinished(5000))
        process.kill();
    process.waitForFinished();
}

/// What a method of one result returns; invalid when the call fails. Not by QDBusInterface: it
/// leaves calls under way, which leak when the bus ends.
QVariant ask(QDBusConnection bus, const QString &service, const QString &path,
             const QString &interface, const QString &method, const QVariantList &arguments)
{
    auto call = QDBusMessage::createMethodCall(service, path, interface, method);
    call.setArguments(arguments);
    const QDBusMessage reply = bus.call(call);
    return reply.type() == QDBusMessage::ReplyMessage ? reply.arguments().value(0) : QVariant();
}

} // namespace

bool KeyringSession::isPossible()
{
    return SessionBus::isPossible() && !QStandardPaths::findExecutable(Daemon).isEmpty();
}

KeyringSession::KeyringSession() : connection_(bus_.connection(QStringLiteral("keyring-session")))
{
}

KeyringSession::~KeyringSession()
{
    stop();
}

bool KeyringSession::startUnlocked()
{
    return startService({QStringLiteral("--unlock")}, Password) &&
           QTest::qWaitFor([this] { return isUnlocked(); }, 10'000);
}

bool KeyringSession::startLocked()
{
    return startService({QStringLiteral("--start")}, {});
}

void KeyringSession::stop()
{
    if (!service_)
        return;
    resume();
    end(*service_);
    service_.reset();
}

void KeyringSession::suspend()
{
    ::kill(static_cast<pid_t>(service_->processId()), SIGSTOP);
}

void KeyringSession::resume()
{
    ::kill(static_cast<pid_t>(service_->processId()), SIGCONT);
}

bool KeyringSession::startService(const QStringList &options, const QByteArray &password)
{
    stop();
    service_ = std::make_unique<QProcess>();
    service_->setProcessEnvironment(environment());
    service_->start(Daemon, QStringList{QStringLiteral("--foreground"),
                                        QStringLiteral("--components=secrets")} +
                                options);
    service_->write(password);
    service_->closeWriteChannel();
    return QTest::qWaitFor(
        [this] {
            return ask(connection_, QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/"),
                       QStringLiteral("org.freedesktop.DBus"), QStringLiteral("NameHasOwner"),
                       {QStringLiteral("org.freedesktop.secrets")})
                .toBool();
        },
        10'000);
}

bool KeyringSession::isUnlocked() const
{
    const QVariant locked =
        ask(connection_, QStringLiteral("org.freedesktop.secrets"),
            QStringLiteral("/org/freedesktop/secrets/aliases/default"),
            QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
            {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")});
    return locked.isValid() && !locked.value<QDBusVariant>().variant().toBool();
}

} // namespace keywheel
