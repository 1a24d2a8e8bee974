// SPDX-License-Identifier: GPL-3.0-or-later
#include "settingwords.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace keywheel {

namespace {

using Group = SettingGroup;

struct Words
{
    const char *name;
    Group group;
    const char *label;
};

constexpr std::array<Words, 26> Labels{{
    {"PORT", Group::Server, QT_TRANSLATE_NOOP("Settings", "Port")},
    {"HOST", Group::Server, QT_TRANSLATE_NOOP("Settings", "Address")},
    {"AUTH_KEY", Group::Server, QT_TRANSLATE_NOOP("Settings", "Access key")},
    {"ALLOW_OPEN", Group::Server, QT_TRANSLATE_NOOP("Settings", "Open container")},
    {"KEY_STORE", Group::Keys, QT_TRANSLATE_NOOP("Settings", "Where keys are kept")},
    {"KEYS_FILE", Group::Keys, QT_TRANSLATE_NOOP("Settings", "Key file")},
    {"START_INDEX", Group::Keys, QT_TRANSLATE_NOOP("Settings", "First key")},
    {"KEY_STRATEGY", Group::Keys, QT_TRANSLATE_NOOP("Settings", "Next key")},
    {"BLACKLIST_THRESHOLD", Group::Keys, QT_TRANSLATE_NOOP("Settings", "Failures allowed")},
    {"ALL_KEYS_BLACKLISTED", Group::Keys, QT_TRANSLATE_NOOP("Settings", "When no key is left")},
    {"KEY_CHECK_INTERVAL", Group::Keys, QT_TRANSLATE_NOOP("Settings", "Check keys again")},
    {"OPENAI_BASE_URL", Group::Upstream, QT_TRANSLATE_NOOP("Settings", "API address")},
    {"UPSTREAM_PROXY", Group::Upstream, QT_TRANSLATE_NOOP("Settings", "Proxy")},
    {"UPSTREAM_CA_FILE", Group::Upstream, QT_TRANSLATE_NOOP("Settings", "Extra certificates")},
    {"UPSTREAM_HTTP2", Group::Upstream, QT_TRANSLATE_NOOP("Settings", "HTTP/2")},
    {"REQUEST_TIMEOUT", Group::Limits, QT_TRANSLATE_NOOP("Settings", "Time to send")},
    {"RESPONSE_TIMEOUT", Group::Limits, QT_TRANSLATE_NOOP("Settings", "Longest silence")},
    {"MAX_RETRIES", Group::Limits, QT_TRANSLATE_NOOP("Settings", "Retries")},
    {"MAX_SOCKETS", Group::Limits, QT_TRANSLATE_NOOP("Settings", "API connections")},
    {"MAX_FREE_SOCKETS", Group::Limits, QT_TRANSLATE_NOOP("Settings", "Idle connections")},
    {"MAX_BODY_SIZE", Group::Limits, QT_TRANSLATE_NOOP("Settings", "Largest request")},
    {"MAX_CONNECTIONS", Group::Limits, QT_TRANSLATE_NOOP("Settings", "Client connections")},
    {"ENABLE_CORS", Group::Browsers, QT_TRANSLATE_NOOP("Settings", "Web pages")},
    {"ALLOWED_ORIGINS", Group::Browsers, QT_TRANSLATE_NOOP("Settings", "Allowed origins")},
    {"LOG_LEVEL", Group::Logs, QT_TRANSLATE_NOOP("Settings", "Log level")},
    {"LOG_FORMAT", Group::Logs, QT_TRANSLATE_NOOP("Settings", "Log format")},
}};

struct WordText
{
    const char *name;
    const char *word;
    const char *text;
};

constexpr std::array<WordText, 14> WordTexts{{
    {"KEY_STORE", "file", QT_TRANSLATE_NOOP("Settings", "File (plain text)")},
    {"KEY_STORE", "keychain", QT_TRANSLATE_NOOP("Settings", "Keychain (encrypted)")},
    {"KEY_STRATEGY", "round-robin", QT_TRANSLATE_NOOP("Settings", "In turn")},
    {"KEY_STRATEGY", "least-used", QT_TRANSLATE_NOOP("Settings", "Least used")},
    {"KEY_STRATEGY", "fill-first", QT_TRANSLATE_NOOP("Settings", "First until set aside")},
    {"KEY_STRATEGY", "headroom", QT_TRANSLATE_NOOP("Settings", "Most limit left")},
    {"ALL_KEYS_BLACKLISTED", "reset", QT_TRANSLATE_NOOP("Settings", "End all cooldowns")},
    {"ALL_KEYS_BLACKLISTED", "reject", QT_TRANSLATE_NOOP("Settings", "Refuse requests")},
    {"LOG_LEVEL", "debug", QT_TRANSLATE_NOOP("Settings", "Debug")},
    {"LOG_LEVEL", "info", QT_TRANSLATE_NOOP("Settings", "Info")},
    {"LOG_LEVEL", "warning", QT_TRANSLATE_NOOP("Settings", "Warning")},
    {"LOG_LEVEL", "error", QT_TRANSLATE_NOOP("Settings", "Error")},
    {"LOG_FORMAT", "text", QT_TRANSLATE_NOOP("Settings", "Text")},
    {"LOG_FORMAT", "json", QT_TRANSLATE_NOOP("Settings", "JSON")},
}};

/// Not named tr(): lupdate would take the macros in its calls for no texts.
QString translated(const char *text)
{
    return QCoreApplication::translate("Settings", text);
}

const Words *wordsOf(const QString &name)
{
    const auto *found = std::find_if(Labels.cbegin(), Labels.cend(), [&](const Words &words) {
        return name == QLatin1String(words.name);
    });
    return found == Labels.cend() ? nullptr : found;
}

struct Unit
{
    qint64 milliseconds;
    const char *text;
};

constexpr std::array<Unit, 5> Units{{
    {86'400'000, QT_TRANSLATE_N_NOOP("Settings", "%n day(s)")},
    {3'600'000, QT_TRANSLATE_N_NOOP("Settings", "%n hour(s)")},
    {60'000, QT_TRANSLATE_N_NOOP("Settings", "%n minute(s)")},
    {1'000, QT_TRANSLATE_N_NOOP("Settings", "%n second(s)")},
    {1, QT_TRANSLATE_N_NOOP("Settings", "%n millisecond(s)")},
}};

/// "1 minute 30 seconds": exact, so that nobody wonders what was rounded.
QString duration(qint64 milliseconds)
{
    QStringList parts;
    for (const Unit &unit : Units) {
        if (const qint64 count = milliseconds / unit.milliseconds; count > 0)
            parts.append(QCoreApplication::translate("Settings", unit.text, nullptr,
                                                     static_cast<int>(count)));
        milliseconds %= unit.milliseconds;
    }
    return parts.isEmpty() ? translated(QT_TRANSLATE_NOOP("Settings", "off"))
                           : parts.join(QLatin1Char(' '));
}

bool isDuration(const SettingSpec &spec)
{
    return spec.type == QLatin1String("milliseconds");
}

bool isSize(const SettingSpec &spec)
{
    return spec.type == QLatin1String("bytes");
}

} // namespace

SettingGroup settingGroup(const QString &name)
{
    const Words *words = wordsOf(name);
    return words ? words->group : Group::Other;
}

QString settingGroupTitle(SettingGroup group)
{
    switch (group) {
    case Group::Server:
        return translated(QT_TRANSLATE_NOOP("Settings", "Server"));
    case Group::Keys:
        return translated(QT_TRANSLATE_NOOP("Settings", "Keys"));
    case Group::Upstream:
        return translated(QT_TRANSLATE_NOOP("Settings", "Upstream"));
    case Group::Limits:
        return translated(QT_TRANSLATE_NOOP("Settings", "Limits and time-outs"));
    case Group::Browsers:
        return translated(QT_TRANSLATE_NOOP("Settings", "Browsers"));
    case Group::Logs:
        return translated(QT_TRANSLATE_NOOP("Settings", "Logs"));
    case Group::Other:
        break;
    }
    return translated(QT_TRANSLATE_NOOP("Settings", "Other"));
}

QString settingLabel(const QString &name)
{
    const Words *words = wordsOf(name);
    return words ? translated(words->label) : name;
}

QString settingDescription(const SettingSpec &spec)
{
    return translated(spec.description);
}

QString settingAccepted(const SettingSpec &spec)
{
    if (spec.bounds)
        return translated(QT_TRANSLATE_NOOP("Settings", "%1 to %2"))
            .arg(QLocale().toString(spec.bounds->least), QLocale().toString(spec.bounds->most));
    return translated(spec.accepted.toUtf8().constData());
}

QString settingReason(const QString &reason)
{
    return reason.isEmpty() ? QString() : translated(reason.toUtf8().constData());
}

QString settingWord(const SettingSpec &spec, const QString &word)
{
    const auto *found = std::find_if(WordTexts.cbegin(), WordTexts.cend(), [&](const WordText &at) {
        return spec.name == QLatin1String(at.name) && word == QLatin1String(at.word);
    });
    return found == WordTexts.cend() ? word : translated(found->text);
}

QString settingQuantity(const SettingSpec &spec, qint64 number)
{
    if (isDuration(spec))
        return duration(number);
    return isSize(spec) ? QLocale().formattedDataSize(number, 1) : QString();
}

QString settingUnit(const SettingSpec &spec)
{
    if (isDuration(spec))
        return translated(QT_TRANSLATE_NOOP("Settings", "ms"));
    return isSize(spec) ? translated(QT_TRANSLATE_NOOP("Settings", "bytes")) : QString();
}

QString settingDefault(const SettingSpec &spec, const QString &text)
{
    if (text.isEmpty())
        return translated(QT_TRANSLATE_NOOP("Settings", "none"));
    if (spec.bounds) {
        const QString quantity = settingQuantity(spec, text.toLongLong());
        return quantity.isEmpty() ? text : quantity;
    }
    if (spec.type == QLatin1String("switch"))
        return text == QLatin1String("true") ? translated(QT_TRANSLATE_NOOP("Settings", "on"))
                                             : translated(QT_TRANSLATE_NOOP("Settings", "off"));
    if (!spec.words.isEmpty())
        return settingWord(spec, text);
    // Commas alone give a long list nowhere to break.
    return QString(text).replace(QLatin1Char(','), QLatin1String(", "));
}

} // namespace keywheel
