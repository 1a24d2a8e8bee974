// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowsettings.h"

#include "formrow.h"
#include "settingeditor.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QLocale>
#include <QSignalBlocker>

namespace keywheel {

namespace {

/// Locales such as `zh_CN` with a translation in the program.
QStringList languages()
{
    QStringList found;
    const QStringList files =
        QDir(QStringLiteral(":/i18n")).entryList({QStringLiteral("keywheel_*.qm")});
    for (const QString &file : files)
        found.append(file.section(QLatin1Char('.'), 0, 0).section(QLatin1Char('_'), 1));
    if (!found.contains(QLatin1String("en")))
        found.prepend(QStringLiteral("en"));
    return found;
}

/// In the language itself, so that its speakers find it.
QString languageName(const QString &language)
{
    // QLocale says "American English" for en.
    return language == QLatin1String("en") ? QStringLiteral("English")
                                           : QLocale(language).nativeLanguageName();
}

void choose(QComboBox *box, const QVariant &value)
{
    const QSignalBlocker quiet(box);
    box->setCurrentIndex(qMax(0, box->findData(value)));
}

void check(QCheckBox *box, bool checked)
{
    const QSignalBlocker quiet(box);
    box->setChecked(checked);
}

} // namespace

WindowSettings::WindowSettings(Preferences &preferences, Autostart &autostart, QWidget *page)
    : QObject(page),
      preferences_(preferences),
      autostart_(autostart),
      page_(page),
      atLogin_(addSwitch(QStringLiteral("startAtLogin"))),
      minimised_(addSwitch(QStringLiteral("startMinimised"))),
      theme_(addMenu(QStringLiteral("theme"))),
      language_(addMenu(QStringLiteral("language"))),
      notifications_(addSwitch(QStringLiteral("notifications"))),
      close_(addMenu(QStringLiteral("close")))
{
    using Theme = Preferences::Theme;
    using Close = Preferences::CloseChoice;
    for (const Theme theme : {Theme::System, Theme::Light, Theme::Dark})
        theme_->addItem({}, int(theme));
    language_->addItem({}, QString());
    for (const QString &language : languages())
        language_->addItem(languageName(language), language);
    for (const Close choice : {Close::Ask, Close::Quit, Close::Minimise})
        close_->addItem({}, int(choice));
    retranslate();
    refresh();

    connect(atLogin_, &QCheckBox::toggled, this, &WindowSettings::setAutostart);
    connect(&autostart, &Autostart::finished, this, &WindowSettings::showAutostart);
    connect(minimised_, &QCheckBox::toggled, this, [this](bool on) {
        preferences_.setStartMinimised(on);
        if (autostart_.isEnabled())
            setAutostart(true); // its entry says so too
    });
    connect(notifications_, &QCheckBox::toggled, &preferences, &Preferences::setNotifications);
    connect(theme_, &QComboBox::currentIndexChanged, this,
            [this] { preferences_.setTheme(Theme(theme_->currentData().toInt())); });
    connect(language_, &QComboBox::currentIndexChanged, this,
            [this] { preferences_.setLanguage(language_->currentData().toString()); });
    connect(close_, &QComboBox::currentIndexChanged, this,
            [this] { preferences_.setCloseChoice(Close(close_->currentData().toInt())); });
    connect(&preferences, &Preferences::changed, this, &WindowSettings::refresh);
}

void WindowSettings::retranslate()
{
    auto words = [this](int row, const QString &title, const QString &description) {
        rows_.at(row)->setTitle(title);
        rows_.at(row)->setDescription(description);
    };
    words(0, tr("Start at &login"), tr("Keywheel is there as soon as you log in."));
    words(1, tr("Start &minimised"), tr("Only the tray icon shows until you open the window."));
    words(2, tr("&Theme"), {});
    words(3, tr("L&anguage"), {});
    words(4, tr("Noti&fications"),
          tr("Tell me when a key is out of use, none is left, or the API does not answer."));
    words(5, tr("&Closing the window"), tr("Where the desktop has no tray."));
    for (QCheckBox *box : {atLogin_, minimised_, notifications_})
        box->setText(tr("On"));
    theme_->setItemText(0, tr("Like the system"));
    theme_->setItemText(1, tr("Light"));
    theme_->setItemText(2, tr("Dark"));
    language_->setItemText(0, tr("Like the system"));
    close_->setItemText(0, tr("Asks"));
    close_->setItemText(1, tr("Quits Keywheel"));
    close_->setItemText(2, tr("Minimises it"));
}

void WindowSettings::refresh()
{
    check(atLogin_, autostart_.isEnabled());
    check(minimised_, preferences_.startMinimised());
    check(notifications_, preferences_.notifications());
    choose(theme_, int(preferences_.theme()));
    choose(language_, preferences_.language());
    choose(close_, int(preferences_.closeChoice()));
}

QCheckBox *WindowSettings::addSwitch(const QString &name)
{
    auto *box = new QCheckBox;
    box->setObjectName(name);
    rows_.append(new FormRow(box, box, page_));
    return box;
}

QComboBox *WindowSettings::addMenu(const QString &name)
{
    auto *box = new QComboBox;
    box->setObjectName(name);
    ignoreWheel(box);
    rows_.append(new FormRow(box, box, page_));
    return box;
}

void WindowSettings::setAutostart(bool enabled)
{
    autostart_.setEnabled(enabled, preferences_.startMinimised());
}

void WindowSettings::showAutostart(const QString &error)
{
    rows_.first()->setNote(error.isEmpty() ? FormRow::Note::None : FormRow::Note::Error, error);
    check(atLogin_, autostart_.isEnabled());
}

} // namespace keywheel
