// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/windowsettings.h"

#include "settings/formrow.h"
#include "support/fakeautostart.h"

#include <QCheckBox>
#include <QComboBox>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;

class TestWindowSettings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changePreferencesAtOnce()
    {
        choose("theme", int(Preferences::Theme::Dark));
        QCOMPARE(preferences_.theme(), Preferences::Theme::Dark);
        choose("language", QStringLiteral("zh_CN"));
        QCOMPARE(preferences_.language(), QStringLiteral("zh_CN"));
        box("notifications")->click();
        QVERIFY(!preferences_.notifications());
        choose("close", int(Preferences::CloseChoice::Quit));
        QCOMPARE(preferences_.closeChoice(), Preferences::CloseChoice::Quit);
    }

    void offerTheLanguagesInThemselves()
    {
        QStringList names;
        for (int i = 0; i < menu("language")->count(); ++i)
            names.append(menu("language")->itemText(i));
        QVERIFY(names.contains(QStringLiteral("English")));
        QVERIFY2(names.contains(QStringLiteral("简体中文")), qPrintable(names.join(u' ')));
    }

    void followPreferences()
    {
        preferences_.setTheme(Preferences::Theme::Light);
        QCOMPARE(menu("theme")->currentData().toInt(), int(Preferences::Theme::Light));
    }

    void startAtLogin()
    {
        box("startAtLogin")->click();
        QVERIFY(autostart_.enabled_);
        QVERIFY(!autostart_.minimised_);
        box("startMinimised")->click();
        QVERIFY(preferences_.startMinimised());
        QVERIFY(autostart_.minimised_);
        box("startAtLogin")->click();
        QVERIFY(!autostart_.enabled_);
    }

    void sayWhyStartAtLoginFails()
    {
        autostart_.error_ = QStringLiteral("The folder cannot be written");
        box("startAtLogin")->click();
        QVERIFY(!box("startAtLogin")->isChecked());
        QCOMPARE(settings_.rows().first()->note(), autostart_.error_);
        autostart_.error_.clear();
        box("startAtLogin")->click();
        QVERIFY(box("startAtLogin")->isChecked());
        QCOMPARE(settings_.rows().first()->note(), QString());
    }

private:
    QCheckBox *box(const char *name)
    {
        return page_.findChild<QCheckBox *>(QString::fromLatin1(name));
    }
    QComboBox *menu(const char *name)
    {
        return page_.findChild<QComboBox *>(QString::fromLatin1(name));
    }
    void choose(const char *name, const QVariant &value)
    {
        menu(name)->setCurrentIndex(menu(name)->findData(value));
    }

    QTemporaryDir folder_;
    Preferences preferences_{folder_.filePath(QStringLiteral("keywheel.conf"))};
    FakeAutostart autostart_;
    QWidget page_;
    WindowSettings settings_{preferences_, autostart_, &page_};
};

QTEST_MAIN(TestWindowSettings)
#include "test_windowsettings.moc"
