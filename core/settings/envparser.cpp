// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/envparser.h"

#include <QHash>

#include <algorithm>

namespace keywheel {
namespace {

/// Characters that variables put into all values together. Without a limit a few lines of
/// `B=$A$A…` fill the memory.
constexpr qsizetype MostExpanded = 1'000'000;

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

bool isLineEnd(char c)
{
    return c == '\n' || c == '\r';
}

bool isNameCharacter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.';
}

bool isExpandable(QChar c)
{
    return (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_';
}

class Parser
{
public:
    explicit Parser(const QByteArray &text) : text_(text) {}

    EnvSyntax run()
    {
        pos_ = text_.startsWith("\xEF\xBB\xBF") ? 3 : 0;
        while (pos_ < text_.size())
            parseLine();
        return std::move(result_);
    }

private:
    qsizetype lineEnd(qsizetype from) const
    {
        while (from < text_.size() && !isLineEnd(text_.at(from)))
            ++from;
        return from;
    }
    qsizetype skipSpaces(qsizetype from, qsizetype end) const
    {
        while (from < end && isSpace(text_.at(from)))
            ++from;
        return from;
    }
    void parseLine();
    qsizetype skipExport(qsizetype from, qsizetype end) const;
    void parseValue(EnvEntry &entry, qsizetype afterSeparator, qsizetype end);
    void parseUnquoted(EnvEntry &entry, qsizetype afterSeparator, qsizetype end);
    qsizetype closingQuote(qsizetype open) const;
    void addEntry(EnvEntry &entry, qsizetype end);
    void addError(const QString &name, QLatin1String what);
    void nextLine(qsizetype end);
    QString decode(const EnvEntry &entry);
    QString unescape(const QString &raw, bool quoted);
    qsizetype expand(QStringView rest, QString *out);

    const QByteArray &text_;
    qsizetype pos_ = 0;
    int line_ = 1;
    qsizetype expanded_ = 0;
    QHash<QString, QString> values_;
    EnvSyntax result_;
};

void Parser::parseLine()
{
    const qsizetype end = lineEnd(pos_);
    qsizetype at = skipSpaces(pos_, end);
    if (at == end || text_.at(at) == '#' || text_.mid(at, end - at).trimmed() == "---") {
        nextLine(end);
        return;
    }
    at = skipExport(at, end);
    qsizetype nameEnd = at;
    while (nameEnd < end && isNameCharacter(text_.at(nameEnd)))
        ++nameEnd;
    const qsizetype separator = skipSpaces(nameEnd, end);
    if (nameEnd == at || separator == end ||
        (text_.at(separator) != '=' && text_.at(separator) != ':')) {
        // What stands there may be a secret that was pasted into the wrong file.
        addError({}, QLatin1String("is not of the form NAME=value"));
        nextLine(end);
        return;
    }
    EnvEntry entry;
    entry.name = QString::fromLatin1(text_.mid(at, nameEnd - at));
    entry.line = line_;
    entry.begin = pos_;
    parseValue(entry, separator + 1, end);
}

qsizetype Parser::skipExport(qsizetype from, qsizetype end) const
{
    const QByteArray word = QByteArrayLiteral("export");
    const qsizetype after = from + word.size();
    const bool found =
        after < end && text_.mid(from, word.size()) == word && isSpace(text_.at(after));
    return found ? skipSpaces(after, end) : from;
}

void Parser::parseValue(EnvEntry &entry, qsizetype afterSeparator, qsizetype end)
{
    const qsizetype begin = skipSpaces(afterSeparator, end);
    if (begin == end || (text_.at(begin) != '"' && text_.at(begin) != '\'')) {
        parseUnquoted(entry, afterSeparator, end);
        return;
    }
    const qsizetype close = closingQuote(begin);
    if (close < 0) {
        addError(entry.name, QLatin1String("has no closing quote"));
        nextLine(end);
        return;
    }
    const qsizetype lastEnd = lineEnd(close + 1);
    const qsizetype rest = skipSpaces(close + 1, lastEnd);
    if (rest < lastEnd && text_.at(rest) != '#') {
        addError(entry.name, QLatin1String("has text after the closing quote"));
        nextLine(end);
        return;
    }
    entry.quote = text_.at(begin);
    entry.valueBegin = begin;
    entry.valueEnd = close + 1;
    addEntry(entry, lastEnd);
}

void Parser::parseUnquoted(EnvEntry &entry, qsizetype afterSeparator, qsizetype end)
{
    qsizetype valueEnd = afterSeparator;
    qsizetype begin = skipSpaces(afterSeparator, end);
    for (qsizetype at = begin; at < end; ++at) {
        if (text_.at(at) == '#' && isSpace(text_.at(at - 1)))
            break;
        if (!isSpace(text_.at(at)))
            valueEnd = at + 1;
    }
    entry.valueBegin = valueEnd == afterSeparator ? afterSeparator : begin;
    entry.valueEnd = valueEnd;
    addEntry(entry, end);
}

/// A quote after a backslash does not close, in single quotes neither (as in godotenv).
qsizetype Parser::closingQuote(qsizetype open) const
{
    const char quote = text_.at(open);
    for (qsizetype at = open + 1; at < text_.size(); ++at) {
        if (text_.at(at) == quote)
            return at;
        if (text_.at(at) == '\\' && (quote == '"' || text_.mid(at + 1, 1) == "'"))
            ++at;
    }
    return -1;
}

void Parser::addEntry(EnvEntry &entry, qsizetype end)
{
    const qsizetype expandedBefore = expanded_;
    entry.value = decode(entry);
    if (expanded_ > MostExpanded) {
        expanded_ = expandedBefore;
        addError(entry.name,
                 QLatin1String("puts in more than 1000000 characters of other variables"));
        nextLine(end);
        return;
    }
    values_.insert(entry.name, entry.value);
    nextLine(end);
    entry.end = pos_;
    result_.entries.append(entry);
}

void Parser::addError(const QString &name, QLatin1String what)
{
    const QString of = name.isEmpty() ? QString() : QStringLiteral(" (%1)").arg(name);
    result_.errors.append({QStringLiteral("line %1%2 %3").arg(QString::number(line_), of, what)});
}

void Parser::nextLine(qsizetype end)
{
    const bool crlf = text_.mid(end, 2) == "\r\n";
    const qsizetype next = std::min(end + (crlf ? 2 : 1), text_.size());
    for (qsizetype at = pos_; at < next; ++at) {
        const bool crOfCrlf = text_.at(at) == '\r' && at + 1 < next && text_.at(at + 1) == '\n';
        if (isLineEnd(text_.at(at)) && !crOfCrlf)
            ++line_;
    }
    pos_ = next;
}

QString Parser::decode(const EnvEntry &entry)
{
    if (entry.quote == 0)
        return unescape(
            QString::fromUtf8(text_.mid(entry.valueBegin, entry.valueEnd - entry.valueBegin)),
            false);
    QString inner =
        QString::fromUtf8(text_.mid(entry.valueBegin + 1, entry.valueEnd - entry.valueBegin - 2));
    inner.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    return entry.quote == '"' ? unescape(inner, true) : inner;
}

QString Parser::unescape(const QString &raw, bool quoted)
{
    QString out;
    for (qsizetype at = 0; at < raw.size(); ++at) {
        const QChar c = raw.at(at);
        const QChar next = at + 1 < raw.size() ? raw.at(at + 1) : QChar();
        if (c == u'$') {
            at += expand(QStringView(raw).mid(at + 1), &out);
        } else if (c == u'\\' && at + 1 < raw.size() && (quoted || next == u'$')) {
            out += next == u'n' ? u'\n' : next == u'r' ? u'\r' : next == u't' ? u'\t' : next;
            ++at;
        } else {
            out += c;
        }
    }
    return out;
}

/// `rest` follows a `$`. Returns how many of its characters name the variable.
qsizetype Parser::expand(QStringView rest, QString *out)
{
    const bool braces = rest.startsWith(u'{');
    const qsizetype begin = braces ? 1 : 0;
    qsizetype end = begin;
    while (end < rest.size() && isExpandable(rest.at(end)))
        ++end;
    const bool closed = !braces || (end < rest.size() && rest.at(end) == u'}');
    if (end == begin || !closed) {
        out->append(u'$');
        return 0;
    }
    const QString value = values_.value(rest.mid(begin, end - begin).toString());
    expanded_ += value.size();
    if (expanded_ <= MostExpanded)
        out->append(value);
    return end + (braces ? 1 : 0);
}

} // namespace

EnvSyntax parseEnv(const QByteArray &text)
{
    return Parser(text).run();
}

} // namespace keywheel
