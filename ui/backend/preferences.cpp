// SPDX-License-Identifier: GPL-3.0-or-later
#include "preferences.h"

#include <QMetaEnum>

namespace keywheel {

namespace {

template <class Enum>
Enum word(const QVariant &value, Enum otherwise)
{
    bool known = false;
    const int found =
        QMetaEnum::fromType<Enum>().keyToValue(value.toByteArray().constData(), &known);
    return known ? static_cast<Enum>(found) : otherwise;
}

template <class Enum>
QString name(Enum value)
{
    return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)));
}

} // namespace

Preferences::Preferences(const QString &file, QObject *parent)
    : QObject(parent),
      settings_(file, QSettings::IniFormat)
{
}

Preferences::Theme Preferences::theme() const
{
    return word(settings_.value(QStringLiteral("theme")), Theme::System);
}

void Preferences::setTheme(Theme theme)
{
    store(QStringLiteral("theme"), name(theme));
}

QString Preferences::language() const
{
    return settings_.value(QStringLiteral("language")).toString();
}

void Preferences::setLanguage(const QString &language)
{
    store(QStringLiteral("language"), language);
}

bool Preferences::startMinimised() const
{
    return settings_.value(QStringLiteral("startMinimised"), false).toBool();
}

void Preferences::setStartMinimised(bool minimised)
{
    store(QStringLiteral("startMinimised"), minimised);
}

bool Preferences::notifications() const
{
    return settings_.value(QStringLiteral("notifications"), true).toBool();
}

void Preferences::setNotifications(bool on)
{
    store(QStringLiteral("notifications"), on);
}

Preferences::CloseChoice Preferences::closeChoice() const
{
    return word(settings_.value(QStringLiteral("close")), CloseChoice::Ask);
}

void Preferences::setCloseChoice(CloseChoice choice)
{
    store(QStringLiteral("close"), name(choice));
}

QByteArray Preferences::layout(const QString &name) const
{
    return settings_.value(QStringLiteral("layout/") + name).toByteArray();
}

void Preferences::setLayout(const QString &name, const QByteArray &state)
{
    settings_.setValue(QStringLiteral("layout/") + name, state);
}

void Preferences::store(const QString &name, const QVariant &value)
{
    if (settings_.value(name) == value)
        return;
    settings_.setValue(name, value);
    Q_EMIT changed();
}

} // namespace keywheel
