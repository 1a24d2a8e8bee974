// SPDX-License-Identifier: GPL-3.0-or-later
#include "backend/preferences.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;

class TestPreferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lastBeyondTheRun()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("keywheel.conf"));
        {
            Preferences preferences(file);
            preferences.setTheme(Preferences::Theme::Dark);
            preferences.setLanguage(QStringLiteral("zh_CN"));
            preferences.setNotifications(false);
            preferences.setCloseChoice(Preferences::CloseChoice::Minimise);
            preferences.setLayout(QStringLiteral("window"), "state");
        }
        const Preferences preferences(file);
        QCOMPARE(preferences.theme(), Preferences::Theme::Dark);
        QCOMPARE(preferences.language(), QStringLiteral("zh_CN"));
        QVERIFY(!preferences.notifications());
        QVERIFY(!preferences.startMinimised());
        QCOMPARE(preferences.closeChoice(), Preferences::CloseChoice::Minimise);
        QCOMPARE(preferences.layout(QStringLiteral("window")), QByteArray("state"));
    }

    void saysWhatChangedOnly()
    {
        const QTemporaryDir folder;
        Preferences preferences(folder.filePath(QStringLiteral("keywheel.conf")));
        const QSignalSpy changes(&preferences, &Preferences::changed);
        preferences.setTheme(Preferences::Theme::Light);
        preferences.setTheme(Preferences::Theme::Light);
        QCOMPARE(changes.count(), 1);
    }

    void takesTheDefaultForNonsense()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("keywheel.conf"));
        QFile written(file);
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write("[General]\ntheme=Purple\nclose=7\n");
        written.close();
        const Preferences preferences(file);
        QCOMPARE(preferences.theme(), Preferences::Theme::System);
        QCOMPARE(preferences.closeChoice(), Preferences::CloseChoice::Ask);
    }
};

QTEST_MAIN(TestPreferences)
#include "test_preferences.moc"
