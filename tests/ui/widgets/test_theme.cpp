// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace keywheel;

namespace {

double luminance(const QColor &color)
{
    const auto channel = [](double value) {
        return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) +
           0.0722 * channel(color.blueF());
}

/// As the Web Content Accessibility Guidelines count it.
double contrast(const QColor &one, const QColor &other)
{
    const double light = std::max(luminance(one), luminance(other));
    const double dark = std::min(luminance(one), luminance(other));
    return (light + 0.05) / (dark + 0.05);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changesAtOnce()
    {
        const QTemporaryDir folder;
        Preferences preferences(folder.filePath(QStringLiteral("keywheel.conf")));
        const Theme theme(preferences);
        const QSignalSpy changes(&theme, &Theme::changed);
        preferences.setTheme(Preferences::Theme::Dark);
        QVERIFY(theme.isDark());
        preferences.setTheme(Preferences::Theme::Light);
        QVERIFY(!theme.isDark());
        QCOMPARE(changes.count(), 2);
        preferences.setNotifications(false);
        QCOMPARE(changes.count(), 2);
    }

    void everythingCanBeRead_data()
    {
        QTest::addColumn<Preferences::Theme>("choice");
        QTest::newRow("light") << Preferences::Theme::Light;
        QTest::newRow("dark") << Preferences::Theme::Dark;
    }

    void everythingCanBeRead()
    {
        QFETCH(const Preferences::Theme, choice);
        const QTemporaryDir folder;
        Preferences preferences(folder.filePath(QStringLiteral("keywheel.conf")));
        preferences.setTheme(choice);
        const Theme theme(preferences);
        const QPalette palette = QApplication::palette();
        const QList<std::pair<QPalette::ColorRole, QPalette::ColorRole>> pairs{
            {QPalette::WindowText, QPalette::Window},
            {QPalette::Text, QPalette::Base},
            {QPalette::Text, QPalette::AlternateBase},
            {QPalette::ButtonText, QPalette::Button},
            {QPalette::ToolTipText, QPalette::ToolTipBase},
            {QPalette::HighlightedText, QPalette::Highlight},
            {QPalette::PlaceholderText, QPalette::Base},
            {QPalette::Link, QPalette::Window}};
        for (const auto &[ink, paper] : pairs) {
            const double ratio = contrast(palette.color(ink), palette.color(paper));
            QVERIFY2(ratio >= 4.5,
                     qPrintable(QStringLiteral("%1 on %2: %3").arg(ink).arg(paper).arg(ratio)));
        }
    }
};

QTEST_MAIN(TestTheme)
#include "test_theme.moc"
