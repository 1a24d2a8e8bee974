// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/icons.h"

#include <QApplication>
#include <QDir>
#include <QPalette>
#include <QTest>

using namespace keywheel;

namespace {

/// The colour of its fullest pixel; transparent when there is nothing to see.
QColor inkOf(const QIcon &icon, QIcon::Mode mode = QIcon::Normal)
{
    const QImage image = icon.pixmap(QSize(32, 32), 1.0, mode).toImage();
    QColor fullest(Qt::transparent);
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (image.pixelColor(x, y).alpha() > fullest.alpha())
                fullest = image.pixelColor(x, y);
    return fullest;
}

} // namespace

class TestIcons : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPictureCanBeDrawn_data()
    {
        QTest::addColumn<QIcon>("icon");
        const auto symbols = QDir(QStringLiteral(":/icons/symbolic")).entryList();
        QVERIFY(symbols.size() > 20);
        for (const QString &file : symbols)
            QTest::newRow(qPrintable(file)) << symbolicIcon(file.chopped(4));
        const auto tray = QDir(QStringLiteral(":/icons/tray")).entryList();
        QCOMPARE(tray.size(), 5);
        for (const QString &file : tray)
            QTest::newRow(qPrintable(file)) << QIcon(QStringLiteral(":/icons/tray/") + file);
        QTest::newRow("program") << appIcon();
    }

    void everyPictureCanBeDrawn()
    {
        QFETCH(const QIcon, icon);
        QVERIFY(inkOf(icon).alpha() > 200);
    }

    void symbolsFollowThePalette()
    {
        const QIcon icon = symbolicIcon(QStringLiteral("stop"));
        QPalette palette = QApplication::palette();
        palette.setColor(QPalette::WindowText, QColor(10, 20, 30));
        palette.setColor(QPalette::HighlightedText, QColor(200, 100, 50));
        QApplication::setPalette(palette);
        QCOMPARE(inkOf(icon), QColor(10, 20, 30));
        QCOMPARE(inkOf(icon, QIcon::Selected), QColor(200, 100, 50));
        palette.setColor(QPalette::WindowText, QColor(240, 230, 220));
        QApplication::setPalette(palette);
        QCOMPARE(inkOf(icon), QColor(240, 230, 220));
    }

    void symbolsAreSharpOnFineScreens()
    {
        const QPixmap picture = symbolicIcon(QStringLiteral("copy")).pixmap(QSize(16, 16), 2.0);
        QCOMPARE(picture.size(), QSize(32, 32));
        QCOMPARE(picture.devicePixelRatio(), 2.0);
    }
};

QTEST_MAIN(TestIcons)
#include "test_icons.moc"
