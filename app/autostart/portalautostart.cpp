// SPDX-License-Identifier: GPL-3.0-or-later
#include "autostart/portalautostart.h"

#include "autostart/xdgautostart.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDir>

namespace keywheel {

namespace {

QString service()
{
    return QStringLiteral("org.freedesktop.portal.Desktop");
}

QString rootPath()
{
    return QStringLiteral("/org/freedesktop/portal/desktop");
}

/// A question to a portal, which it answers by a signal of an object of its own. The object's path
/// is known before the question is put, so that no answer is missed. Ends itself after its signal.
/// https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Request.html
class PortalRequest : public QObject
{
    Q_OBJECT

public:
    PortalRequest(const QDBusConnection &bus, QObject *parent) : QObject(parent), bus_(bus) {}

    void requestBackground(QVariantMap options)
    {
        static int count = 0;
        const QString token = QStringLiteral("keywheel%1").arg(++count);
        QString sender = bus_.baseService().mid(1);
        sender.replace(QLatin1Char('.'), QLatin1Char('_'));
        bus_.connect(service(), QStringLiteral("%1/request/%2/%3").arg(rootPath(), sender, token),
                     QStringLiteral("org.freedesktop.portal.Request"), QStringLiteral("Response"),
                     this, SLOT(receive(uint, QVariantMap)));

        options.insert(QStringLiteral("handle_token"), token);
        auto call = QDBusMessage::createMethodCall(
            service(), rootPath(), QStringLiteral("org.freedesktop.portal.Background"),
            QStringLiteral("RequestBackground"));
        call << QString() << options;
        auto *reply = new QDBusPendingCallWatcher(bus_.asyncCall(call), this);
        connect(reply, &QDBusPendingCallWatcher::finished, this, [this, reply] {
            if (!reply->isError())
                return;
            Q_EMIT failed(reply->error().message());
            deleteLater();
        });
    }

Q_SIGNALS:
    /// Nobody was asked: there is no such portal, or it failed.
    void failed(const QString &reason);
    void answered(bool granted, const QVariantMap &results);

private Q_SLOTS:
    void receive(uint response, const QVariantMap &results)
    {
        Q_EMIT answered(response == 0, results);
        deleteLater();
    }

private:
    QDBusConnection bus_;
};

} // namespace

PortalAutostart::PortalAutostart(const QProcessEnvironment &environment, const QDBusConnection &bus)
    : bus_(bus),
      // In a sandbox XDG_CONFIG_HOME is a folder of the sandbox.
      folder_(XdgAutostart::folder(environment, QStringLiteral("HOST_XDG_CONFIG_HOME"))),
      fileName_(QStringLiteral("%1/%2.desktop")
                    .arg(folder_, environment.value(QStringLiteral("FLATPAK_ID"))))
{
}

bool PortalAutostart::isEnabled() const
{
    return QDir(folder_).exists() ? XdgAutostart::isOn(fileName_) : answered_;
}

void PortalAutostart::setEnabled(bool enabled, bool minimised)
{
    QStringList command{QStringLiteral("keywheel")};
    if (minimised)
        command.append(QStringLiteral("--minimized"));
    auto *request = new PortalRequest(bus_, this);
    connect(request, &PortalRequest::failed, this, [this](const QString &reason) {
        Q_EMIT finished(tr("The desktop cannot be asked: %1").arg(reason));
    });
    connect(request, &PortalRequest::answered, this,
            [this, enabled](bool granted, const QVariantMap &results) {
                if (granted)
                    answered_ = results.value(QStringLiteral("autostart")).toBool();
                Q_EMIT finished(granted && answered_ == enabled
                                    ? QString()
                                    : tr("The desktop did not allow it."));
            });
    request->requestBackground({{QStringLiteral("reason"), tr("Keywheel forwards the requests of "
                                                              "your tools as soon as you log in.")},
                                {QStringLiteral("autostart"), enabled},
                                {QStringLiteral("commandline"), command}});
}

} // namespace keywheel

#include "portalautostart.moc"
