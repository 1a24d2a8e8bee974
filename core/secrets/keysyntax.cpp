// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keysyntax.h"

#include <QList>

#include <algorithm>

namespace keywheel {
namespace {

constexpr qsizetype ShortestKey = 8;
constexpr qsizetype LongestKey = 512;
/// No API hands out shorter ones.
constexpr qsizetype ShortestUsualKey = 20;
/// Longer ones are no names; keeps the comparison cheap for a field of any size.
constexpr qsizetype LongestName = 40;

bool isVisible(char c)
{
    return c >= '!' && c <= '~';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// `Api-Key`, `api key` and `api_key` are one.
QByteArray normalised(const QByteArray &name)
{
    QByteArray plain;
    if (name.size() > LongestName)
        return plain;
    std::copy_if(name.cbegin(), name.cend(), std::back_inserter(plain),
                 [](char c) { return c != '_' && c != '-' && c != ' ' && c != '.'; });
    return plain.toLower();
}

} // namespace

QString whyNotAKey(const QByteArray &token)
{
    if (!std::all_of(token.cbegin(), token.cend(), isVisible))
        return QStringLiteral(QT_TRANSLATE_NOOP(
            "ImportRemark", "it holds a space or a character that is not plain ASCII"));
    if (token.size() < ShortestKey || token.size() > LongestKey)
        return QStringLiteral(
                   QT_TRANSLATE_NOOP("ImportRemark", "a key has %1 to %2 characters, not %3"))
            .arg(ShortestKey)
            .arg(LongestKey)
            .arg(token.size());
    return {};
}

QString whyUnusualKey(const QByteArray &key)
{
    const bool plain = std::all_of(key.cbegin(), key.cend(), [](char c) {
        return isDigit(c) || isLetter(c) || c == '-' || c == '_' || c == '.';
    });
    if (!plain)
        return QStringLiteral(QT_TRANSLATE_NOOP(
            "ImportRemark", "it holds other characters than letters, digits, - _ and ."));
    if (key.size() < ShortestUsualKey)
        return QStringLiteral(QT_TRANSLATE_NOOP("ImportRemark", "it has only %1 characters"))
            .arg(key.size());
    if (std::none_of(key.cbegin(), key.cend(), isDigit))
        return QStringLiteral(QT_TRANSLATE_NOOP("ImportRemark", "it holds no digit"));
    return {};
}

bool isKeyName(const QByteArray &name)
{
    static const QList<QByteArray> names{
        "key",        "keys",       "apikey",      "apikeys",      "openaikey",
        "openaikeys", "credential", "credentials", "openaiapikey", "openaiapikeys"};
    QByteArray plain = normalised(name);
    while (!plain.isEmpty() && isDigit(plain.back()))
        plain.chop(1);
    return names.contains(plain);
}

bool isLabelName(const QByteArray &name)
{
    static const QList<QByteArray> names{"label", "name",    "keyname", "title",
                                         "note",  "comment", "alias",   "description"};
    return names.contains(normalised(name));
}

} // namespace keywheel
