// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/sessionbus.h"

#include "support/cleanenvironment.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace keywheel {
namespace {

const QString Daemon = QStringLiteral("dbus-daemon");

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

} // namespace

bool SessionBus::isPossible()
{
    return !QStandardPaths::findExecutable(Daemon).isEmpty();
}

SessionBus::SessionBus()
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
    daemon_.setProcessEnvironment(environment_);
    daemon_.start(Daemon,
                  {QStringLiteral("--config-file=") + config.fileName(), QStringLiteral("--nofork"),
                   QStringLiteral("--nopidfile"), QStringLiteral("--print-address")});
    if (!daemon_.waitForReadyRead(10'000))
        qFatal("dbus-daemon did not start: %s", daemon_.readAllStandardError().constData());
}

SessionBus::~SessionBus()
{
    for (const QString &name : std::as_const(connections_))
        QDBusConnection::disconnectFromBus(name);
    daemon_.terminate();
    if (!daemon_.waitForFinished(5000))
        daemon_.kill();
    daemon_.waitForFinished();
}

QDBusConnection SessionBus::connection(const QString &name)
{
    if (!connections_.contains(name))
        connections_.append(name);
    return QDBusConnection::connectToBus(
        environment_.value(QStringLiteral("DBUS_SESSION_BUS_ADDRESS")), name);
}

} // namespace keywheel
