// SPDX-License-Identifier: GPL-3.0-or-later
#include "autostart/portalautostart.h"

#include "support/sessionbus.h"

#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace keywheel;

namespace {

const QString AppId = QStringLiteral("org.example.Keywheel");

/// The desktop's side: notes what it is asked, and answers when told.
class FakePortal : public QObject, protected QDBusContext
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Background")

public:
    explicit FakePortal(const QDBusConnection &bus) : bus_(bus)
    {
        bus_.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), this,
                            QDBusConnection::ExportAllSlots);
        bus_.registerService(QStringLiteral("org.freedesktop.portal.Desktop"));
    }

    QVariantMap options_; ///< of the last question

    void answer(uint response, const QVariantMap &results)
    {
        auto signal = QDBusMessage::createTargetedSignal(
            sender_, request_, QStringLiteral("org.freedesktop.portal.Request"),
            QStringLiteral("Response"));
        signal << response << results;
        bus_.send(signal);
    }

public Q_SLOTS:
    QDBusObjectPath RequestBackground(const QString &, const QVariantMap &options) // as on the bus
    {
        options_ = options;
        sender_ = message().service();
        QString sender = sender_.mid(1);
        request_ = QStringLiteral("/org/freedesktop/portal/desktop/request/%1/%2")
                       .arg(sender.replace(QLatin1Char('.'), QLatin1Char('_')),
                            options.value(QStringLiteral("handle_token")).toString());
        return QDBusObjectPath(request_);
    }

private:
    QDBusConnection bus_;
    QString sender_;
    QString request_;
};

} // namespace

class TestPortalAutostart : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!SessionBus::isPossible())
            QSKIP("dbus-daemon is not there");
        bus_.emplace();
    }

    void cleanupTestCase() { bus_.reset(); }

    void init()
    {
        environment_ = bus_->environment();
        environment_.insert(QStringLiteral("FLATPAK_ID"), AppId);
        environment_.insert(QStringLiteral("XDG_CONFIG_HOME"), path(QStringLiteral("sandbox")));
        QDir(path(QStringLiteral(".config"))).removeRecursively();
        portal_ = std::make_unique<FakePortal>(bus_->connection(QStringLiteral("portal")));
        autostart_ = std::make_unique<PortalAutostart>(
            environment_, bus_->connection(QStringLiteral("keywheel")));
        finished_ = std::make_unique<QSignalSpy>(autostart_.get(), &Autostart::finished);
    }

    void cleanup()
    {
        finished_.reset();
        autostart_.reset();
        bus_->connection(QStringLiteral("portal"))
            .unregisterService(QStringLiteral("org.freedesktop.portal.Desktop"));
        portal_.reset();
    }

    void asksTheDesktop()
    {
        QVERIFY(!autostart_->isEnabled());
        ask(true, true);
        QCOMPARE(portal_->options_.value(QStringLiteral("autostart")), QVariant(true));
        QCOMPARE(portal_->options_.value(QStringLiteral("commandline")).toStringList(),
                 QStringList({QStringLiteral("keywheel"), QStringLiteral("--minimized")}));
        QVERIFY(!portal_->options_.value(QStringLiteral("reason")).toString().isEmpty());
        QVERIFY(finished_->isEmpty()); // the person is being asked
        answer(0, true);
        QCOMPARE(error(), QString());
        QVERIFY(autostart_->isEnabled());

        ask(false, true);
        QCOMPARE(portal_->options_.value(QStringLiteral("autostart")), QVariant(false));
        answer(0, false);
        QCOMPARE(error(), QString());
        QVERIFY(!autostart_->isEnabled());
    }

    void opensTheWindowIfWanted()
    {
        ask(true, false);
        QCOMPARE(portal_->options_.value(QStringLiteral("commandline")).toStringList(),
                 QStringList{QStringLiteral("keywheel")});
        answer(0, true);
        QCOMPARE(error(), QString());
    }

    void saysThatItIsNotAllowed_data()
    {
        QTest::addColumn<uint>("response");
        QTest::addColumn<bool>("enabled");
        QTest::newRow("the person cancelled") << 1U << false;
        QTest::newRow("granted, but not this") << 0U << false;
        QTest::newRow("ended without an answer") << 2U << true;
    }

    void saysThatItIsNotAllowed()
    {
        QFETCH(const uint, response);
        QFETCH(const bool, enabled);
        ask(true, true);
        answer(response, enabled);
        QVERIFY2(error().contains(QStringLiteral("not allow")), qPrintable(error()));
        QVERIFY(!autostart_->isEnabled());
    }

    void saysThatThereIsNoPortal()
    {
        bus_->connection(QStringLiteral("portal"))
            .unregisterService(QStringLiteral("org.freedesktop.portal.Desktop"));
        autostart_->setEnabled(true, true);
        QVERIFY(finished_->wait());
        QVERIFY2(error().contains(QStringLiteral("org.freedesktop.portal.Desktop")),
                 qPrintable(error()));
        QVERIFY(!autostart_->isEnabled());
    }

    void seesWhatTheDesktopWrote()
    {
        const QString folder = path(QStringLiteral(".config/autostart"));
        QVERIFY(QDir().mkpath(folder));
        QFile entry(folder + QStringLiteral("/%1.desktop").arg(AppId));
        QVERIFY(entry.open(QIODevice::WriteOnly));
        QVERIFY(entry.write("[Desktop Entry]\n") > 0);
        entry.close();
        QVERIFY(autostart_->isEnabled());
        QVERIFY(entry.remove()); // in the desktop's settings
        QVERIFY(!autostart_->isEnabled());
    }

private:
    QString path(const QString &name) const
    {
        return environment_.value(QStringLiteral("HOME")) + QLatin1Char('/') + name;
    }

    void ask(bool enabled, bool minimised)
    {
        finished_->clear();
        portal_->options_.clear();
        autostart_->setEnabled(enabled, minimised);
        QTRY_VERIFY(!portal_->options_.isEmpty());
    }

    void answer(uint response, bool enabled)
    {
        portal_->answer(response, {{QStringLiteral("background"), true},
                                   {QStringLiteral("autostart"), enabled}});
        QVERIFY(finished_->wait());
    }

    QString error() const { return finished_->value(0).value(0).toString(); }

    std::optional<SessionBus> bus_;
    QProcessEnvironment environment_;
    std::unique_ptr<FakePortal> portal_;
    std::unique_ptr<PortalAutostart> autostart_;
    std::unique_ptr<QSignalSpy> finished_;
};

QTEST_GUILESS_MAIN(TestPortalAutostart)
#include "test_portalautostart.moc"
