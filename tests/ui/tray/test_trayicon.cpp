// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakebackend.h"
#include "tray/trayicon.h"

#include <QApplication>
#include <QClipboard>
#include <QTest>

using namespace keywheel;

class TestTrayIcon : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTheNumbers()
    {
        FakeBackend backend;
        fillWithSamples(backend);
        AppActions actions(backend);
        const TrayIcon tray(backend, actions);
        QCOMPARE(tray.state(), ServiceState::Degraded);
        QVERIFY(tray.toolTip().contains(QLatin1String("http://127.0.0.1:3000")));
        QVERIFY(tray.toolTip().contains(QLatin1String("2 of 6 keys usable")));
        QVERIFY(tray.toolTip().contains(QLatin1String("47 requests/min")));
        backend.snapshot_.run = RunState::Stopped;
        backend.publish();
        QCOMPARE(tray.state(), ServiceState::Stopped);
        QVERIFY(tray.toolTip().contains(QLatin1String("Stopped")));
    }

    void saysThatItIsTheDemo()
    {
        FakeBackend backend;
        fillWithSamples(backend);
        backend.snapshot_.demo = true;
        AppActions actions(backend);
        TrayIcon tray(backend, actions);
        QVERIFY(tray.toolTip().contains(QLatin1String("demo")));
        QVERIFY(tray.menu().actions().first()->text().startsWith(QLatin1String("Demo")));
    }

    void hasAMenuThatWorks()
    {
        FakeBackend backend;
        fillWithSamples(backend);
        AppActions actions(backend);
        TrayIcon tray(backend, actions);
        QVERIFY(!tray.menu().actions().first()->isEnabled());
        const auto entry = [&tray](const char *name) {
            const auto entries = tray.menu().actions();
            for (QAction *action : entries)
                if (action->objectName() == QLatin1String(name))
                    return action;
            return static_cast<QAction *>(nullptr);
        };
        for (const char *name : {"startStop", "copyUrl", "importKeys", "importClipboard",
                                 "resetBlacklist", "openWindow", "openSettings", "quit"})
            QVERIFY2(entry(name), name);

        entry("startStop")->trigger();
        backend.snapshot_.run = RunState::Stopped;
        backend.publish();
        entry("startStop")->trigger();
        entry("resetBlacklist")->trigger();
        QCOMPARE(backend.takeCalls(), (QStringList{QStringLiteral("stop"), QStringLiteral("start"),
                                                   QStringLiteral("resetBlacklist")}));
        entry("copyUrl")->trigger();
        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("http://127.0.0.1:3000/v1"));

        backend.snapshot_.pool.available = 5; // one is disabled, none set aside
        backend.publish();
        QVERIFY(!entry("resetBlacklist")->isEnabled());
    }
};

QTEST_MAIN(TestTrayIcon)
#include "test_trayicon.moc"
