// SPDX-License-Identifier: GPL-3.0-or-later
#include "filltemplate.h"

#include "cli/commandtable.h"
#include "settings/settingstable.h"

#include <QMap>
#include <QRegularExpression>
#include <QSet>

namespace keywheel {
namespace {

/// Text as it stands in a manual page; `code` becomes bold.
QString roff(const QString &text)
{
    QString escaped = text;
    escaped.replace(u'\\', QLatin1String("\\e"))
        .replace(u'-', QLatin1String("\\-"))
        .replace(QRegularExpression(QStringLiteral("`([^`]*)`")), QStringLiteral("\\fB\\1\\fP"))
        .replace(QRegularExpression(QStringLiteral("^([.'])")), QStringLiteral("\\&\\1"));
    return escaped;
}

QString sentence(const char *help)
{
    const QString text = QString::fromUtf8(help);
    return text.left(1).toUpper() + text.mid(1) + u'.';
}

/// Between single quotes of a shell: no help text has one itself but for the apostrophe.
QString quoted(const char *help)
{
    return QString::fromUtf8(help).replace(u'\'', u'’').replace(u'`', u'"');
}

QString nameOf(const OptionSpec &option)
{
    return QLatin1String("--") + QLatin1String(option.name);
}

bool takesFile(const OptionSpec &option)
{
    return option.value && qstrcmp(option.value, "FILE") == 0;
}

bool takesSetting(const OptionSpec &option)
{
    return qstrcmp(option.name, "set") == 0;
}

/// The words after the program's name: {"keys": {"import": help, …}, "health": {"": help}, …}.
using Words = QMap<QString, QMap<QString, const char *>>;

Words commandWords()
{
    Words words;
    for (const CommandSpec &spec : commandTable()) {
        const QString text = QLatin1String(spec.words);
        if (!text.isEmpty())
            words[text.section(u' ', 0, 0)].insert(text.section(u' ', 1), spec.help);
    }
    return words;
}

QString manCommands()
{
    QString text;
    for (const CommandSpec &spec : commandTable()) {
        const QString words = QLatin1String(spec.words);
        text += words.isEmpty() ? QStringLiteral(".TP\n(none)\n")
                                : QStringLiteral(".TP\n\\fB%1\\fP %2\n")
                                      .arg(roff(words), roff(QLatin1String(spec.arguments)));
        text += roff(sentence(spec.help)) + u'\n';
    }
    return text;
}

QString manOptions()
{
    QString text;
    for (const OptionSpec &option : optionTable()) {
        text += QStringLiteral(".TP\n\\fB%1\\fP").arg(roff(nameOf(option)));
        if (option.value)
            text += QStringLiteral(" \\fI%1\\fP").arg(QLatin1String(option.value));
        text += u'\n' + roff(sentence(option.help)) + u'\n';
    }
    return text;
}

QString manSettings()
{
    QString text;
    for (const SettingSpec &spec : settingsTable()) {
        const bool counted =
            spec.accepted.front().isDigit() && spec.type != QLatin1String("number");
        QString initial = spec.defaultText.isEmpty() ? QStringLiteral("none") : spec.defaultText;
        initial.replace(u',', QLatin1String(", "));
        if (!spec.desktopDefault.isEmpty())
            initial += QLatin1String(", on the desktop ") + spec.desktopDefault;
        text +=
            QStringLiteral(".TP\n.B %1\n%2\nAccepted: %3.\nDefault: %4.\n")
                .arg(spec.name, roff(QString::fromUtf8(spec.description)),
                     roff(spec.accepted + (counted ? u' ' + spec.type : QString())), roff(initial));
    }
    return text;
}

QString settingNames()
{
    QStringList names;
    for (const SettingSpec &spec : settingsTable())
        names.append(spec.name);
    return names.join(u' ');
}

QString optionNames(bool (*wanted)(const OptionSpec &))
{
    QStringList names;
    for (const OptionSpec &option : optionTable())
        if (wanted(option))
            names.append(nameOf(option));
    return names.join(u' ');
}

/// `keys) compgen… ;;` for each first word that a second one follows.
QString bashSecondWords()
{
    QStringList cases;
    const Words words = commandWords();
    for (auto first = words.cbegin(); first != words.cend(); ++first)
        if (!first->contains(QString()))
            cases.append(QStringLiteral("        %1) words='%2' ;;")
                             .arg(first.key(), QStringList(first->keys()).join(u' ')));
    return cases.join(u'\n');
}

QString zshOptions()
{
    QStringList lines;
    for (const OptionSpec &option : optionTable()) {
        const QString action = takesFile(option)      ? QStringLiteral(":file:_files")
                               : takesSetting(option) ? QStringLiteral(":setting:_keywheel_setting")
                               : option.value         ? QStringLiteral(":value: ")
                                                      : QString();
        lines.append(QStringLiteral("    '%1%2[%3]%4'")
                         .arg(takesSetting(option) ? QStringLiteral("*") : QString(),
                              nameOf(option), quoted(option.help), action));
    }
    return lines.join(QLatin1String(" \\\n"));
}

QString zshWords(const QString &group)
{
    QStringList lines;
    const Words words = commandWords();
    if (group.isEmpty()) {
        for (auto first = words.cbegin(); first != words.cend(); ++first)
            lines.append(QStringLiteral("      '%1:%2'")
                             .arg(first.key(), first->contains(QString())
                                                   ? quoted(first->value(QString()))
                                                   : QStringList(first->keys()).join(u'|')));
        return lines.join(u'\n');
    }
    const auto seconds = words.value(group);
    for (auto second = seconds.cbegin(); second != seconds.cend(); ++second)
        lines.append(QStringLiteral("      '%1:%2'").arg(second.key(), quoted(*second)));
    return lines.join(u'\n');
}

QString fishCommands()
{
    QStringList lines;
    const Words words = commandWords();
    const QString all = QStringList(words.keys()).join(u' ');
    for (auto first = words.cbegin(); first != words.cend(); ++first) {
        const bool alone = first->contains(QString());
        const QString help =
            alone ? quoted(first->value(QString())) : QStringList(first->keys()).join(u'|');
        lines.append(QStringLiteral("complete -c keywheel -f -n 'not __fish_seen_subcommand_from "
                                    "%1' -a %2 -d '%3'")
                         .arg(all, first.key(), help));
        const QString seconds = QStringList(first->keys()).join(u' ');
        for (auto second = first->cbegin(); !alone && second != first->cend(); ++second)
            lines.append(
                QStringLiteral("complete -c keywheel -f -n '__fish_seen_subcommand_from %1; "
                               "and not __fish_seen_subcommand_from %2' -a %3 -d '%4'")
                    .arg(first.key(), seconds, second.key(), quoted(*second)));
    }
    return lines.join(u'\n');
}

QString fishOptions()
{
    QStringList lines;
    for (const OptionSpec &option : optionTable()) {
        const QString value = takesFile(option) ? QStringLiteral(" -rF")
                              : takesSetting(option)
                                  ? QStringLiteral(" -x -a '%1='")
                                        .arg(settingNames().replace(u' ', QLatin1String("= ")))
                              : option.value ? QStringLiteral(" -x")
                                             : QStringLiteral(" -f");
        lines.append(QStringLiteral("complete -c keywheel -l %1%2 -d '%3'")
                         .arg(QLatin1String(option.name), value, quoted(option.help)));
    }
    return lines.join(u'\n');
}

} // namespace

QString generatedPart(const QString &name)
{
    static const QMap<QString, QString> parts{
        {QStringLiteral("version"), QStringLiteral(KEYWHEEL_VERSION)},
        {QStringLiteral("man-commands"), manCommands().trimmed()},
        {QStringLiteral("man-options"), manOptions().trimmed()},
        {QStringLiteral("man-settings"), manSettings().trimmed()},
        {QStringLiteral("settings"), settingNames()},
        {QStringLiteral("words"), QStringList(commandWords().keys()).join(u' ')},
        {QStringLiteral("options"), optionNames([](const OptionSpec &) { return true; })},
        {QStringLiteral("file-options"), optionNames(takesFile).replace(u' ', u'|')},
        {QStringLiteral("value-options"), optionNames([](const OptionSpec &option) {
                                              return option.value && !takesFile(option) &&
                                                     !takesSetting(option);
                                          }).replace(u' ', u'|')},
        {QStringLiteral("bash-second-words"), bashSecondWords()},
        {QStringLiteral("zsh-options"), zshOptions()},
        {QStringLiteral("zsh-words"), zshWords({})},
        {QStringLiteral("zsh-config"), zshWords(QStringLiteral("config"))},
        {QStringLiteral("zsh-keys"), zshWords(QStringLiteral("keys"))},
        {QStringLiteral("fish-commands"), fishCommands()},
        {QStringLiteral("fish-options"), fishOptions()},
    };
    return parts.value(name);
}

QString filledTemplate(const QString &text)
{
    static const QRegularExpression placeholder(QStringLiteral("@([a-z-]+)@"));
    QString filled;
    qsizetype done = 0;
    for (auto found = placeholder.globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        const QString part = generatedPart(match.captured(1));
        if (part.isNull())
            return {};
        filled += text.mid(done, match.capturedStart() - done) + part;
        done = match.capturedEnd();
    }
    return filled + text.mid(done);
}

} // namespace keywheel
