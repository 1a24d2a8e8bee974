// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/envparser.h"

#include <algorithm>

namespace keywheel {
namespace {

bool hasControls(const QString &value)
{
    return std::any_of(value.cbegin(), value.cend(),
                       [](QChar c) { return c.category() == QChar::Other_Control; });
}

bool canStandUnquoted(const QString &value)
{
    if (value.isEmpty())
        return true;
    if (hasControls(value) || value.front().isSpace() || value.back().isSpace())
        return false;
    for (qsizetype at = 0; at < value.size(); ++at) {
        const QChar c = value.at(at);
        if (c == u'$' || c == u'"' || c == u'\'' || c == u'`')
            return false;
        if (c == u'#' && (at == 0 || value.at(at - 1).isSpace()))
            return false;
    }
    return true;
}

bool canStandInSingleQuotes(const QString &value)
{
    return !hasControls(value) && !value.contains(u'\'') && !value.endsWith(u'\\');
}

/// With `all`, each character that could mean something to a quote left open above is escaped.
QByteArray inDoubleQuotes(const QString &value, bool all)
{
    QString out;
    for (const QChar c : value) {
        const bool special = c == u'\\' || c == u'"' || c == u'$';
        const bool plain = c.isLetterOrNumber() || c.unicode() > 0x7f;
        if (c == u'\n')
            out += QLatin1String("\\n");
        else if (c == u'\r')
            out += QLatin1String("\\r");
        else if (special || (all && !plain))
            out += QLatin1String("\\") + c;
        else
            out += c;
    }
    return '"' + out.toUtf8() + '"';
}

} // namespace

QList<QByteArray> encodeEnvValue(const QString &value, char quote)
{
    QList<QByteArray> found;
    if (quote == 0 && canStandUnquoted(value))
        found.append(value.toUtf8());
    if (quote != '"' && canStandInSingleQuotes(value))
        found.append('\'' + value.toUtf8() + '\'');
    found.append(inDoubleQuotes(value, false));
    found.append(inDoubleQuotes(value, true));
    return found;
}

} // namespace keywheel
