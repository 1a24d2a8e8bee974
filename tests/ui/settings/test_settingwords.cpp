// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settingwords.h"

#include <QTest>
#include <QTranslator>

using namespace keywheel;

class TestSettingWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QStringLiteral("en_US")));
        QVERIFY(english_.load(QStringLiteral(":/i18n/keywheel_en.qm")));
        QCoreApplication::installTranslator(&english_);
    }

    void everySettingHasItsPlaceAndWords()
    {
        for (const SettingSpec &spec : settingsTable()) {
            QVERIFY2(settingGroup(spec.name) != SettingGroup::Other, qPrintable(spec.name));
            QVERIFY2(settingLabel(spec.name) != spec.name, qPrintable(spec.name));
            QVERIFY(!settingDescription(spec).isEmpty());
            for (const QString &word : spec.words)
                QVERIFY2(settingWord(spec, word) != word, qPrintable(word));
        }
    }

    void saysQuantitiesAsPeopleDo_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("number");
        QTest::addColumn<QString>("words");
        const QString timeout = QStringLiteral("REQUEST_TIMEOUT");
        QTest::newRow("seconds") << timeout << qint64(30000) << QStringLiteral("30 seconds");
        QTest::newRow("one") << timeout << qint64(60000) << QStringLiteral("1 minute");
        QTest::newRow("mixed") << timeout << qint64(90500)
                               << QStringLiteral("1 minute 30 seconds 500 milliseconds");
        QTest::newRow("none") << QStringLiteral("KEY_CHECK_INTERVAL") << qint64(0)
                              << QStringLiteral("off");
        QTest::newRow("bytes") << QStringLiteral("MAX_BODY_SIZE") << qint64(104857600)
                               << QStringLiteral("100.0 MiB");
        QTest::newRow("no unit") << QStringLiteral("PORT") << qint64(3000) << QString();
    }

    void saysQuantitiesAsPeopleDo()
    {
        QFETCH(QString, name);
        QFETCH(qint64, number);
        QTEST(settingQuantity(*findSetting(name), number), "words");
    }

    void saysDefaults()
    {
        auto words = [](const char *name) {
            const SettingSpec &spec = *findSetting(QString::fromLatin1(name));
            return settingDefault(spec, spec.defaultText);
        };
        QCOMPARE(words("PORT"), QStringLiteral("3000"));
        QCOMPARE(words("RESPONSE_TIMEOUT"), QStringLiteral("10 minutes"));
        QCOMPARE(words("ENABLE_CORS"), QStringLiteral("on"));
        QCOMPARE(words("KEY_STRATEGY"), QStringLiteral("In turn"));
        QCOMPARE(words("UPSTREAM_CA_FILE"), QStringLiteral("none"));
    }

private:
    QTranslator english_;
};

QTEST_MAIN(TestSettingWords)
#include "test_settingwords.moc"
