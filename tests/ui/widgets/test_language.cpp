// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/language.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;

class TestLanguage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void followsTheChoiceAtOnce()
    {
        const QTemporaryDir folder;
        Preferences preferences(folder.filePath(QStringLiteral("keywheel.conf")));
        const Language language(preferences);
        preferences.setLanguage(QStringLiteral("zh_CN"));
        QCOMPARE(QLocale().language(), QLocale::Chinese);
        preferences.setLanguage(QStringLiteral("en"));
        QCOMPARE(QLocale().language(), QLocale::English);
    }

    void countsInEnglishWhateverTheLanguage_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("without a translation") << QStringLiteral("de");
        QTest::newRow("no language") << QStringLiteral("C");
    }

    void countsInEnglishWhateverTheLanguage()
    {
        QFETCH(QString, language);
        const QTemporaryDir folder;
        Preferences preferences(folder.filePath(QStringLiteral("keywheel.conf")));
        const Language speaks(preferences);
        preferences.setLanguage(language);
        QCOMPARE(QCoreApplication::translate("Settings", "%n second(s)", nullptr, 1),
                 QStringLiteral("1 second"));
        QCOMPARE(QCoreApplication::translate("Settings", "%n second(s)", nullptr, 30),
                 QStringLiteral("30 seconds"));
    }

    void showsChineseInItsOwnForms()
    {
        const QTemporaryDir folder;
        Preferences preferences(folder.filePath(QStringLiteral("keywheel.conf")));
        const QStringList before = QApplication::font().families();
        const Language language(preferences);
        preferences.setLanguage(QStringLiteral("zh_CN"));
        QCOMPARE(QApplication::font().families().first(), before.first());
        QVERIFY(QApplication::font().families().contains(QLatin1String("Noto Sans CJK SC")));
        preferences.setLanguage(QStringLiteral("ja"));
        QVERIFY(!QApplication::font().families().contains(QLatin1String("Noto Sans CJK SC")));
        QVERIFY(QApplication::font().families().contains(QLatin1String("Noto Sans CJK JP")));
    }
};

QTEST_MAIN(TestLanguage)
#include "test_language.moc"
