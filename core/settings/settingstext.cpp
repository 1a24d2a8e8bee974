// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settingstable.h"

#include <QUrl>

namespace keywheel {
namespace {

constexpr qsizetype ReadableLength = 200;

/// What cannot be a user name, password or query. Everything before the last @ may be one, since a
/// password can hold any character.
QString withoutCredentials(const QString &text)
{
    const qsizetype at = text.lastIndexOf(u'@');
    const qsizetype scheme = text.indexOf(QLatin1String("://"));
    QString shown = text;
    if (at >= 0)
        shown = (scheme >= 0 && scheme < at ? text.left(scheme + 3) : QString()) +
                QLatin1String("[redacted]") + text.mid(at);
    for (qsizetype i = 0; i < shown.size(); ++i)
        if (shown.at(i) == u'?' || shown.at(i) == u'#')
            return shown.left(i + 1) + QLatin1String("[redacted]");
    return shown;
}

/// `http://user:pass:host` is no URL, has no @, and still holds a password.
bool mayHideCredentials(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return text.contains(u':') && !text.contains(u'@') && (!url.isValid() || url.host().isEmpty());
}

QString onOneLine(const QString &text)
{
    QString line;
    for (const QChar c : text) {
        if (line.size() >= ReadableLength)
            return line + u'…';
        if (c.isPrint())
            line += c;
        else
            line += QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
    }
    return line;
}

QString defaultCell(const SettingSpec &spec)
{
    if (spec.defaultText.isEmpty())
        return QStringLiteral("none");
    QStringList parts;
    for (const QString &part : spec.defaultText.split(u','))
        parts.append(u'`' + part + u'`');
    QString cell = parts.join(QLatin1String(", "));
    if (spec.desktopDefault.isEmpty())
        return cell;
    return QStringLiteral("%1; on the desktop `%2`").arg(cell, spec.desktopDefault);
}

QString escapedForMarkdown(QString text)
{
    return text.replace(u'|', QLatin1String("\\|")).replace(u'*', QLatin1String("\\*"));
}

} // namespace

QString shownValue(const SettingSpec &spec, const QString &text)
{
    if (spec.secrecy == Secrecy::Secret)
        return text.isEmpty() ? QStringLiteral("not set") : QStringLiteral("set");
    if (text.isEmpty())
        return QStringLiteral("none");
    return onOneLine(spec.secrecy == Secrecy::Credentials ? withoutCredentials(text) : text);
}

QString shownBadValue(const SettingSpec &spec, const QString &text)
{
    if (spec.secrecy == Secrecy::Public)
        return onOneLine(text);
    if (spec.secrecy == Secrecy::Secret || mayHideCredentials(text))
        return {};
    return onOneLine(withoutCredentials(text));
}

QString settingsMarkdown()
{
    QString table = QStringLiteral("| variable | default | meaning |\n| --- | --- | --- |\n");
    for (const SettingSpec &spec : settingsTable()) {
        const QString unit = spec.accepted.front().isDigit() ? u' ' + spec.type : QString();
        const QString number = unit == QLatin1String(" number") ? QString() : unit;
        table += QStringLiteral("| %1 | %2 | %3 Accepted: %4%5. |\n")
                     .arg(spec.name, defaultCell(spec),
                          escapedForMarkdown(QString::fromUtf8(spec.description)),
                          escapedForMarkdown(spec.accepted), number);
    }
    return table;
}

} // namespace keywheel
