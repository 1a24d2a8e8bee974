// SPDX-License-Identifier: GPL-3.0-or-later
#include "language.h"

#include <QApplication>
#include <QLibraryInfo>

namespace keywheel {

namespace {

QString folder()
{
    return QStringLiteral(":/i18n");
}

/// The same code points look different in China, Taiwan, Japan and Korea, and a font has the forms
/// of one of them. Without such a list Chinese is shown in Japanese forms.
QStringList hanFonts(const QLocale &locale)
{
    switch (locale.language()) {
    case QLocale::Japanese:
        return {QStringLiteral("Noto Sans CJK JP")};
    case QLocale::Korean:
        return {QStringLiteral("Noto Sans CJK KR")};
    default:
        break;
    }
    if (locale.script() == QLocale::TraditionalHanScript)
        return {QStringLiteral("Noto Sans CJK TC"), QStringLiteral("Microsoft JhengHei UI"),
                QStringLiteral("PingFang TC")};
    return {QStringLiteral("Noto Sans CJK SC"), QStringLiteral("Microsoft YaHei UI"),
            QStringLiteral("PingFang SC")};
}

void change(QTranslator &translator, bool loaded)
{
    QCoreApplication::removeTranslator(&translator);
    if (loaded)
        QCoreApplication::installTranslator(&translator);
}

} // namespace

Language::Language(Preferences &preferences, QObject *parent)
    : QObject(parent),
      preferences_(preferences),
      current_(QStringLiteral("none yet")),
      systemFont_(QApplication::font())
{
    connect(&preferences, &Preferences::changed, this, &Language::apply);
    apply();
}

Language::~Language()
{
    QLocale::setDefault(systemLocale_);
    QApplication::setFont(systemFont_);
}

void Language::apply()
{
    if (std::exchange(current_, preferences_.language()) == preferences_.language())
        return;
    const QLocale locale = current_.isEmpty() ? systemLocale_ : QLocale(current_);
    QLocale::setDefault(locale);
    QFont font = systemFont_;
    font.setFamilies(systemFont_.families() + hanFonts(locale));
    QApplication::setFont(font);
    load(locale);
    Q_EMIT changed();
}

void Language::load(const QLocale &locale)
{
    const QString name = QStringLiteral("keywheel");
    const QString separator = QStringLiteral("_");
    const QString suffix = QStringLiteral(".qm");
    // English is in the source; its file holds plurals only.
    change(ofQt_, locale.language() != QLocale::English &&
                      (ofQt_.load(locale, QStringLiteral("qtbase"), separator, folder(), suffix) ||
                       ofQt_.load(locale, QStringLiteral("qtbase"), separator,
                                  QLibraryInfo::path(QLibraryInfo::TranslationsPath), suffix)));
    // For a language without a file too, or it would say "30 second(s)".
    change(own_, own_.load(locale, name, separator, folder(), suffix) ||
                     own_.load(QLocale(QLocale::English), name, separator, folder(), suffix));
}

} // namespace keywheel
