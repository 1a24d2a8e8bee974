// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "settings/settingparsers.h"
#include "settings/settingstable.h"

#include <type_traits>
#include <utility>

/// What the rows of the settings table are made of; used by settingstable.cpp only.
namespace keywheel::specs {

template <auto Field>
using FieldType = std::decay_t<decltype(std::declval<Settings &>().*Field)>;

/// Stores what `parse` (text → Parsed<type of the field>) returns.
template <auto Field, class Function>
SettingSpec::Parse into(Function parse)
{
    return [parse](const QString &text, Settings &settings) -> Parsed<void> {
        auto found = parse(text);
        if (!found)
            return tl::unexpected<QString>(found.error());
        settings.*Field = std::move(*found);
        return {};
    };
}

template <auto Field>
SettingSpec number(const QString &name, const QString &type, qint64 initial, qint64 least,
                   qint64 most, const char *description)
{
    using Value = FieldType<Field>;
    auto parse = [least, most](const QString &text) {
        return parseWholeNumber(text, least, most).map([](qint64 n) {
            return static_cast<Value>(n);
        });
    };
    auto print = [](const Settings &settings) {
        if constexpr (std::is_integral_v<Value>)
            return QString::number(settings.*Field);
        else
            return QString::number((settings.*Field).count());
    };
    return {name,
            type,
            QString::number(initial),
            QStringLiteral("%1 to %2").arg(least).arg(most),
            Secrecy::Public,
            description,
            into<Field>(parse),
            print,
            Bounds{least, most}};
}

template <auto Field>
SettingSpec onOff(const QString &name, bool initial, const char *description)
{
    auto word = [](bool value) {
        return value ? QStringLiteral("true") : QStringLiteral("false");
    };
    return {name,
            QStringLiteral("switch"),
            word(initial),
            QStringLiteral("true, false, 1, 0, yes, no, on, off"),
            Secrecy::Public,
            description,
            into<Field>(parseBoolean),
            [word](const Settings &settings) {
                return word(settings.*Field);
            }};
}

/// `words` in the order of the enumeration.
template <auto Field>
SettingSpec choice(const QString &name, const QStringList &words, FieldType<Field> initial,
                   const char *description)
{
    using Value = FieldType<Field>;
    auto parse = [words](const QString &text) -> Parsed<Value> {
        const qsizetype index = words.indexOf(text.toLower());
        if (index < 0)
            return tl::unexpected<QString>(QString());
        return static_cast<Value>(index);
    };
    auto word = [words](Value value) {
        return words.at(static_cast<qsizetype>(value));
    };
    return {name,
            QStringLiteral("word"),
            word(initial),
            words.join(QStringLiteral(", ")),
            Secrecy::Public,
            description,
            into<Field>(parse),
            [word](const Settings &settings) { return word(settings.*Field); },
            {},
            words};
}

inline SettingSpec withDesktopDefault(SettingSpec spec, const QString &text)
{
    spec.desktopDefault = text;
    return spec;
}

} // namespace keywheel::specs
