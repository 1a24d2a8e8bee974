// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme.h"

#include <QApplication>
#include <QStyle>

namespace keywheel {

namespace {

struct Shades
{
    QColor window, base, alternate, button, text, dim, highlight, highlightedText, link, visited;
};

const Shades darkShades{0x303338, 0x1b1d20, 0x222529, 0x3e4248, 0xe6e7e9,
                        0x9a9da3, 0x1b7f79, 0xffffff, 0x5cc8bf, 0xb59cf0};
const Shades lightShades{0xf3f3f4, 0xffffff, 0xf7f7f8, 0xf9f9fa, 0x1d1f22,
                         0x6b6f76, 0x0f7f79, 0xffffff, 0x0a6b66, 0x5b3fb0};

QPalette paletteOf(const Shades &shades)
{
    QPalette palette(shades.button, shades.window); // derives the bevels
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::ToolTipText, QPalette::BrightText})
        palette.setColor(role, shades.text);
    palette.setColor(QPalette::Base, shades.base);
    palette.setColor(QPalette::AlternateBase, shades.alternate);
    palette.setColor(QPalette::ToolTipBase, shades.button);
    palette.setColor(QPalette::PlaceholderText, shades.dim);
    palette.setColor(QPalette::Highlight, shades.highlight);
    palette.setColor(QPalette::HighlightedText, shades.highlightedText);
    palette.setColor(QPalette::Link, shades.link);
    palette.setColor(QPalette::LinkVisited, shades.visited);
    QColor faint = shades.text;
    faint.setAlphaF(0.4F);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, shades.dim);
    return palette;
}

} // namespace

bool isDarkPalette(const QPalette &palette)
{
    return palette.color(QPalette::WindowText).lightness() >
           palette.color(QPalette::Window).lightness();
}

Theme::Theme(Preferences &preferences, QObject *parent)
    : QObject(parent),
      preferences_(preferences),
      systemStyle_(QApplication::style()->name()),
      systemPalette_(QApplication::palette())
{
    connect(&preferences, &Preferences::changed, this, &Theme::apply);
    connect(&system_, &SystemScheme::changed, this, &Theme::apply);
    apply();
}

bool Theme::isDark() const
{
    return isDarkPalette(QApplication::palette());
}

void Theme::apply()
{
    const bool systemIsDark = isDarkPalette(systemPalette_);
    const auto choice = preferences_.theme();
    const bool dark = choice == Preferences::Theme::System ? systemIsDark || system_.prefersDark()
                                                           : choice == Preferences::Theme::Dark;
    const bool native = dark == systemIsDark;
    const QString style = native ? systemStyle_ : QStringLiteral("fusion");
    // A palette of ours beside Fusion's own: theirs has no border between a button and its window.
    const bool ours = !native || style.compare(QLatin1String("fusion"), Qt::CaseInsensitive) == 0;
    const QPalette before = QApplication::palette();
    if (QApplication::style()->name().compare(style, Qt::CaseInsensitive) != 0)
        QApplication::setStyle(style);
    // An empty one is the system's, and follows it.
    QApplication::setPalette(ours ? paletteOf(dark ? darkShades : lightShades) : QPalette());
    if (QApplication::palette() != before)
        Q_EMIT changed();
}

} // namespace keywheel
