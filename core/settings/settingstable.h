// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/expected.h"
#include "settings/settings.h"

#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace keywheel {

/// Of a number, both included.
struct Bounds
{
    qint64 least = 0;
    qint64 most = 0;
};

enum class Secrecy {
    Public,
    Credentials, ///< a URL that may hold a password: shown without it
    Secret,      ///< never shown
};

/// One setting. The table of these is the only place that knows the variables; the loader, the
/// writer, --help, `config show` and the README's table read it.
struct SettingSpec
{
    /// A failure says why, and is empty where `accepted` says it all. It never holds the value.
    using Parse = std::function<Expected<void, QString>(const QString &text, Settings &settings)>;
    using Print = std::function<QString(const Settings &settings)>;

    QString name;
    QString type; ///< one word for the documentation
    /// Empty: the setting is off unless given, and an empty text means off.
    QString defaultText;
    /// "1 to 65535": completes "accepted: …". But for numbers and words it is translatable as the
    /// description is.
    QString accepted;
    Secrecy secrecy;
    const char *description; ///< one English sentence, translatable in the context "Settings"
    Parse parse;             ///< fills its field of the settings, or leaves them alone
    Print print;             ///< the field as a text that parse() reads back; secrets included
    std::optional<Bounds> bounds = {}; ///< of a number
    QStringList words = {};            ///< all that are accepted, where the type is "word"
    QString desktopDefault = {};       ///< on the desktop instead of defaultText; empty: the same

    QString defaultOn(bool desktop) const
    {
        return desktop && !desktopDefault.isEmpty() ? desktopDefault : defaultText;
    }
};

/// All settings, in the order in which people read about them. Thread: any.
const QList<SettingSpec> &settingsTable();

/// nullptr when there is no such setting. Names are case-sensitive.
const SettingSpec *findSetting(const QString &name);

/// A valid value as it may be shown: `set` or `not set` for a secret, URLs without credentials,
/// `none` for an empty one.
QString shownValue(const SettingSpec &spec, const QString &text);

/// A refused value as it may stand in an error: on one line, cut to a readable length, and empty
/// when it may hold a secret.
QString shownBadValue(const SettingSpec &spec, const QString &text);

/// The README's table: variable, default, meaning.
QString settingsMarkdown();

} // namespace keywheel
