// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/keyringsession.h"

#include "support/cleanenvironment.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTest>

#include <csignal>

namespace keywheel {
namespace {

const QString Daemon = QStringLiteral("gnome-keyring-daemon");
const QString Connection = QStringLiteral("keyring-session");
const QByteArray Password("test"); // a line end would be part of it

QByteArray busConfig(const QString &socket)
{
    return "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\" "
           "\"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n"
           "<busconfig><type>session</type><listen>unix:path=" +
           socket.toUtf8() +
           "</listen><auth>EXTERNAL</auth><policy context=\"default\">"
           "<allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/>"
           "<allow own=\"*\"/></policy>"
           "</busconfig>\n";
}

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
QVariant ask(const QString &service, const QString &path, const QString &interface,
             const QString &method, const QVariantList &arguments)
{
    auto call = QDBusMessage::createMethodCall(service, path, interface, method);
    call.setArguments(arguments);
    const QDBusMessage reply = QDBusConnection(Connection).call(call);
    return reply.type() == QDBusMessage::ReplyMessage ? reply.arguments().value(0) : QVariant();
}

} // namespace

bool KeyringSession::isPossible()
{
    return !QStandardPaths::findExecutable(Daemon).isEmpty() &&
           !QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty();
}

KeyringSession::KeyringSession()
{
    const QString run = folder_.filePath(QStringLiteral("run"));
    QDir().mkpath(run);
    QFile::setPermissions(run, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    const QString socket = run + QStringLiteral("/bus");
    QFile config(folder_.filePath(QStringLiteral("bus.conf")));
    if (!config.open(QIODevice::WriteOnly) || config.write(busConfig(socket)) < 0)
        qFatal("the bus cannot be configured");
    config.close();

    environment_ = cleanEnvironment(folder_.path());
    environment_.insert(QStringLiteral("XDG_RUNTIME_DIR"), run);
    environment_.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"),
                        QStringLiteral("unix:path=") + socket);
    bus_.setProcessEnvironment(environment_);
    bus_.start(QStringLiteral("dbus-daemon"),
               {QStringLiteral("--config-file=") + config.fileName(), QStringLiteral("--nofork"),
                QStringLiteral("--nopidfile"), QStringLiteral("--print-address")});
    if (!bus_.waitForReadyRead(10'000))
        qFatal("dbus-daemon did not start: %s", bus_.readAllStandardError().constData());
    QDBusConnection::connectToBus(QStringLiteral("unix:path=") + socket, Connection);
}

KeyringSession::~KeyringSession()
{
    stop();
    QDBusConnection::disconnectFromBus(Connection);
    end(bus_);
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
    service_->setProcessEnvironment(environment_);
    service_->start(Daemon, QStringList{QStringLiteral("--foreground"),
                                        QStringLiteral("--components=secrets")} +
                                options);
    service_->write(password);
    service_->closeWriteChannel();
    return QTest::qWaitFor(
        [] {
            return ask(QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/"),
                       QStringLiteral("org.freedesktop.DBus"), QStringLiteral("NameHasOwner"),
                       {QStringLiteral("org.freedesktop.secrets")})
                .toBool();
        },
        10'000);
}

bool KeyringSession::isUnlocked() const
{
    const QVariant locked =
        ask(QStringLiteral("org.freedesktop.secrets"),
            QStringLiteral("/org/freedesktop/secrets/aliases/default"),
            QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"),
            {QStringLiteral("org.freedesktop.Secret.Collection"), QStringLiteral("Locked")});
    return locked.isValid() && !locked.value<QDBusVariant>().variant().toBool();
}

} // namespace keywheel
