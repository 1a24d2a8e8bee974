// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakebackend.h"
#include "support/fakeclock.h"
#include "tray/notifier.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;
using Kind = Notice::Kind;

namespace {

class FakeNotifications : public Notifications
{
public:
    void show(const Notification &notification) override { shown_.append(notification); }
    QStringList takeTitles()
    {
        QStringList titles;
        for (const Notification &notification : std::exchange(shown_, {}))
            titles.append(notification.title);
        return titles;
    }

    QList<Notification> shown_;
};

struct Scene
{
    QTemporaryDir folder;
    Preferences preferences{folder.filePath(QStringLiteral("keywheel.conf"))};
    FakeBackend backend;
    FakeClock clock;
    FakeNotifications notifications;
    Notifier notifier{backend, preferences, clock, notifications};

    Notice notice(Kind kind, const QString &name = {}) const
    {
        return {kind, name, QStringLiteral("why"), name, clock.wallNow()};
    }
    void show(const QList<Notice> &notices)
    {
        backend.snapshot_.notices = notices;
        backend.publish();
        clock.advance(0ms);
    }
};

} // namespace

class TestNotifier : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsEachKind_data()
    {
        QTest::addColumn<Notice::Kind>("kind");
        QTest::addColumn<int>("count");
        QTest::newRow("key out") << Kind::KeyOut << 1;
        QTest::newRow("no key left") << Kind::NoKeyLeft << 1;
        QTest::newRow("port taken") << Kind::ListenFailed << 1;
        QTest::newRow("upstream down") << Kind::UpstreamDown << 1;
        QTest::newRow("no keys yet") << Kind::NoKeys << 0;
        QTest::newRow("page refused") << Kind::OriginRefused << 0;
    }

    void tellsEachKind()
    {
        QFETCH(const Notice::Kind, kind);
        QFETCH(const int, count);
        Scene scene;
        const Notice notice = scene.notice(kind);
        scene.show({notice});
        QCOMPARE(scene.notifications.shown_.size(), count);
        scene.show({notice});
        scene.clock.advance(1h);
        QCOMPARE(scene.notifications.shown_.size(), count);
    }

    void tellsSeveralKeysTogether()
    {
        Scene scene;
        QList<Notice> notices{scene.notice(Kind::KeyOut, QStringLiteral("one"))};
        scene.show(notices);
        QCOMPARE(scene.notifications.takeTitles(),
                 QStringList{QStringLiteral("Key one is out of use")});
        for (const char *name : {"two", "three", "four"}) {
            notices.append(scene.notice(Kind::KeyOut, QLatin1String(name)));
            scene.show(notices);
        }
        notices.removeAt(2); // three was released meanwhile
        scene.show(notices);
        scene.clock.advance(59s);
        QVERIFY(scene.notifications.shown_.isEmpty());
        scene.clock.advance(1s);
        QCOMPARE(scene.notifications.shown_.size(), 1);
        QCOMPARE(scene.notifications.shown_.first().title,
                 QStringLiteral("2 API keys are out of use"));
        QCOMPARE(scene.notifications.shown_.first().text, QStringLiteral("two, four"));
    }

    void oneKindDoesNotHoldUpAnother()
    {
        Scene scene;
        const Notice key = scene.notice(Kind::KeyOut, QStringLiteral("one"));
        scene.show({key});
        scene.show({key, scene.notice(Kind::NoKeyLeft)});
        QCOMPARE(scene.notifications.shown_.size(), 2);
    }

    void tellsWhenTheUpstreamIsBack()
    {
        Scene scene;
        scene.show({scene.notice(Kind::UpstreamDown)});
        const QString topic = scene.notifications.shown_.first().topic;
        scene.notifications.takeTitles();
        scene.show({});
        QCOMPARE(scene.notifications.shown_.size(), 1);
        QCOMPARE(scene.notifications.shown_.first().topic, topic);
        QCOMPARE(scene.notifications.takeTitles(),
                 QStringList{QStringLiteral("The upstream answers again")});
        // It flaps: at most one of each a minute, and nothing that is no longer true.
        scene.show({scene.notice(Kind::UpstreamDown)});
        scene.show({});
        scene.clock.advance(2min);
        QVERIFY(scene.notifications.shown_.isEmpty());
    }

    void doesNotSayBackWhenItWasOnlyStopped()
    {
        Scene scene;
        scene.show({scene.notice(Kind::UpstreamDown)});
        scene.notifications.takeTitles();
        scene.backend.snapshot_.run = RunState::Stopped;
        scene.show({});
        QVERIFY(scene.notifications.shown_.isEmpty());
    }

    void isSilentAboutOldNews()
    {
        Scene scene;
        Notice old = scene.notice(Kind::KeyOut, QStringLiteral("one"));
        old.since = scene.clock.wallNow().addDays(-7);
        scene.show({old});
        QVERIFY(scene.notifications.shown_.isEmpty());
    }

    void isSilentWhenThePersonWantsIt()
    {
        Scene scene;
        scene.preferences.setNotifications(false);
        const Notice down = scene.notice(Kind::UpstreamDown);
        scene.show({down});
        scene.preferences.setNotifications(true);
        scene.show({down});
        scene.show({});
        scene.clock.advance(5min);
        QVERIFY(scene.notifications.shown_.isEmpty());
    }

    void marksTheDemo()
    {
        Scene scene;
        scene.backend.snapshot_.demo = true;
        scene.show({scene.notice(Kind::NoKeyLeft)});
        QVERIFY(scene.notifications.shown_.first().title.startsWith(QLatin1String("Demo: ")));
    }

    void leadsToWhatItIsAbout()
    {
        Scene scene;
        QSignalSpy opened(&scene.notifier, &Notifier::opened);
        scene.show({scene.notice(Kind::KeyOut, QStringLiteral("one"))});
        Q_EMIT scene.notifications.clicked(QStringLiteral("of somebody else"));
        QCOMPARE(opened.count(), 0);
        Q_EMIT scene.notifications.clicked(scene.notifications.shown_.first().topic);
        QCOMPARE(opened.count(), 1);
        const auto notice = opened.first().first().value<Notice>();
        QCOMPARE(notice.kind, Kind::KeyOut);
        QCOMPARE(notice.subject, QStringLiteral("one"));
    }
};

QTEST_GUILESS_MAIN(TestNotifier)
#include "test_notifier.moc"
