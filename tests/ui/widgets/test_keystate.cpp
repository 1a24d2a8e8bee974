// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/keystate.h"

#include <QGuiApplication>
#include <QImage>
#include <QSet>
#include <QTest>

using namespace keywheel;

class TestKeyState : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStateHasItsWords()
    {
        KeySnapshot key;
        QSet<QString> words;
        for (const KeyState state : {KeyState::Available, KeyState::CoolingDown,
                                     KeyState::Permanent, KeyState::Disabled}) {
            key.state = state;
            words.insert(keyStateText(key));
        }
        key.state = KeyState::Permanent;
        key.fault = FaultClass::Quota;
        words.insert(keyStateText(key));
        QCOMPARE(words.size(), 5);
        QVERIFY(!words.contains(QString()));
    }

    void iconsDifferInShapeNotOnlyInColour()
    {
        QList<QImage> shapes;
        for (const KeyState state : {KeyState::Available, KeyState::CoolingDown,
                                     KeyState::Permanent, KeyState::Disabled}) {
            const QIcon icon = keyStateIcon(state, QGuiApplication::palette());
            // As a person sees it who sees no colours.
            const QImage shape = icon.pixmap(16).toImage().convertToFormat(QImage::Format_Mono);
            QVERIFY(!shapes.contains(shape));
            shapes.append(shape);
        }
    }

    void iconsAreTransparentAroundTheDisc()
    {
        const QIcon icon = keyStateIcon(KeyState::Available, QGuiApplication::palette());
        const QImage image = icon.pixmap(QSize(16, 16), 2.0).toImage();
        QCOMPARE(image.size(), QSize(32, 32));
        QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
    }

    void remaining_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");

        QTest::newRow("over") << qint64(-5000) << QStringLiteral("0 s");
        QTest::newRow("not yet over") << qint64(1) << QStringLiteral("1 s");
        QTest::newRow("seconds") << qint64(42'000) << QStringLiteral("42 s");
        QTest::newRow("minutes") << qint64(245'000) << QStringLiteral("4 min 05 s");
        QTest::newRow("hours") << qint64(3'900'000) << QStringLiteral("1 h 05 min");
        QTest::newRow("days") << qint64(183'600'000) << QStringLiteral("2 d 03 h");
    }
    void remaining()
    {
        QFETCH(qint64, ms);
        const QDateTime now =
            QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05Z"), Qt::ISODate);
        QTEST(keywheel::remaining(now.addMSecs(ms), now), "text");
        QCOMPARE(keywheel::remaining({}, now), QString());
    }
};

QTEST_MAIN(TestKeyState)
#include "test_keystate.moc"
