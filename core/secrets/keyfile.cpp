// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keyfile.h"

#include "common/redact.h"
#include "common/textencoding.h"
#include "secrets/csvreader.h"
#include "secrets/jsonkeys.h"
#include "secrets/keyimport.h"
#include "secrets/keylines.h"
#include "secrets/keysyntax.h"

#include <QHash>
#include <QMap>

#include <algorithm>

namespace keywheel {
namespace {

/// So that a file that is no list of keys does not flood the log.
constexpr qsizetype MostWarnings = 20;

/// Where the comment begins; the length of the line when there is none.
qsizetype commentStart(const QByteArray &line)
{
    for (qsizetype at = 0; at < line.size(); ++at) {
        const bool first = at == 0 || line.at(at - 1) == ' ' || line.at(at - 1) == '\t';
        if (line.at(at) == '#' && first)
            return at;
    }
    return line.size();
}

QByteArray withoutQuotes(const QByteArray &token)
{
    const bool quoted = token.size() >= 2 && token.front() == token.back() &&
                        (token.front() == '"' || token.front() == '\'');
    return quoted ? token.mid(1, token.size() - 2).trimmed() : token;
}

/// A label is shown, and a comment might name another key.
QString labelOf(const QByteArray &comment)
{
    return Redactor().redact(QString::fromUtf8(comment).simplified());
}

bool isPlain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
}

bool isSeparator(char c)
{
    return c == ',' || c == ';';
}

/// Nothing in it could have a meaning in another form.
bool isPlainWord(const QByteArray &token)
{
    return std::all_of(token.cbegin(), token.cend(), isPlain);
}

/// Words of plain characters, perhaps in quotes, with separators between them and no blank.
bool isPlainList(const QByteArray &token)
{
    const auto mayStand = [](char c) {
        return isPlain(c) || isSeparator(c) || c == '"' || c == '\'';
    };
    return std::any_of(token.cbegin(), token.cend(), isSeparator) &&
           std::all_of(token.cbegin(), token.cend(), mayStand);
}

/// `[work]`, as in INI files.
bool isSection(const QByteArray &line)
{
    return line.size() > 2 && line.startsWith('[') && line.endsWith(']') &&
           std::all_of(line.cbegin() + 1, line.cend() - 1,
                       [](char c) { return isPlain(c) || c == ' '; });
}

bool holdsDigit(const ApiKey &key)
{
    return std::any_of(key.secret.cbegin(), key.secret.cend(),
                       [](char c) { return c >= '0' && c <= '9'; });
}

/// What one line holds.
struct LineContents
{
    QList<ApiKey> keys;
    QString leftOut;      ///< why not all of it is a key; empty: all is
    bool refused = false; ///< nothing of it may go upstream, though it has a key's characters
};

LineContents readJsonLine(const QByteArray &line, int number)
{
    KeyCollector collector;
    if (!readJsonKeys(line, number, &collector))
        return {{}, QStringLiteral("it begins as JSON and is none"), true};
    const KeyImport found = collector.take();
    if (found.rejected.count > 0)
        return {found.keys, found.rejected.kept.constFirst().reason, true};
    return {found.keys,
            found.keys.isEmpty() ? QStringLiteral("it is JSON and holds no key") : QString(), true};
}

/// Of several words only those that look like keys; a list of words with digits and without blanks,
/// and a variable that is named after a key, are taken as they stand.
LineContents readOtherForms(const QByteArray &line, bool list, int number)
{
    if (beginsAsJson(line))
        return readJsonLine(line, number);
    KeyCollector collector;
    readKeyLine(line, number, &collector);
    KeyImport found = collector.take();
    const LineKind kind = lineKind(line);
    LineContents contents;
    contents.refused = kind != LineKind::Words || list;
    if (!found.rejected.kept.isEmpty())
        contents.leftOut = found.rejected.kept.constFirst().reason;
    const bool asTheyStand =
        found.rejected.count == 0 &&
        (kind == LineKind::KeyVariable ||
         (list && std::all_of(found.keys.cbegin(), found.keys.cend(), holdsDigit)));
    for (const ApiKey &key : std::as_const(found.keys)) {
        if (asTheyStand || whyUnusualKey(key.secret).isEmpty())
            contents.keys.append(key);
        else if (contents.leftOut.isEmpty())
            contents.leftOut = QStringLiteral("a word in it does not look like an API key");
    }
    return contents;
}

/// A token that could be a key by its characters, and is known to be none.
QString whyNoKeyAfterAll(const QByteArray &token)
{
    if (isKeyName(token))
        return QStringLiteral("it is the name of a key and no key");
    if (token.contains("://"))
        return QStringLiteral("it is a URL");
    return {};
}

/// Collects what the lines hold, in their order.
class Reader
{
public:
    /// `plainOnly`: lines in another form are left out.
    void readLine(const QByteArray &line, int number, bool plainOnly)
    {
        const qsizetype comment = commentStart(line);
        const QByteArray token = withoutQuotes(line.left(comment).trimmed());
        if (token.isEmpty())
            return;
        QString reason = whyNotAKey(token);
        if (reason.isEmpty())
            reason = whyNoKeyAfterAll(token);
        if (reason.isEmpty() && isPlainWord(token)) {
            take({token, number, labelOf(line.mid(comment + 1))});
            return;
        }
        if (plainOnly) {
            leaveOut(number, QStringLiteral("it begins as JSON and is none"));
            return;
        }
        const LineContents other = readOtherForms(line.trimmed(), isPlainList(token), number);
        if (!other.keys.isEmpty())
            takeOther(other, number);
        else if (other.refused)
            leaveOut(number, other.leftOut);
        else if (!reason.isEmpty())
            leaveOut(number, reason);
        else
            take({token, number, labelOf(line.mid(comment + 1))});
    }

    /// All that an import would take.
    void readWhole(const QByteArray &text)
    {
        const KeyImport found = parseKeyImport(text);
        file_.oneALine = false;
        for (const ApiKey &key : found.keys)
            take(key);
        for (const ImportRemark &remark : found.duplicates.kept)
            warn(remark.line, QStringLiteral("line %1 is left out: %2"), remark.reason);
        for (const ImportRemark &remark : found.rejected.kept)
            leaveOut(remark.line, remark.reason);
        more_ += found.duplicates.count - found.duplicates.kept.size();
        more_ += found.rejected.count - found.rejected.kept.size();
    }

    KeyFile finish()
    {
        const QStringList all(warnings_.cbegin(), warnings_.cend());
        const qsizetype more = std::max<qsizetype>(all.size() - MostWarnings, 0) + more_;
        file_.list.warnings = all.mid(0, MostWarnings);
        if (more > 0)
            file_.list.warnings.append(QStringLiteral("%1 more lines are left out").arg(more));
        return std::move(file_);
    }

private:
    void takeOther(const LineContents &other, int number)
    {
        file_.oneALine = false;
        for (const ApiKey &key : other.keys)
            take(key);
        if (other.leftOut.isEmpty())
            return;
        noteLeftOut(number);
        warn(number, QStringLiteral("a part of line %1 is left out: %2"), other.leftOut);
    }

    void take(const ApiKey &key)
    {
        if (const int first = firstLine_.value(key.secret); first > 0) {
            warn(key.lineNumber, QStringLiteral("line %1 is left out: %2"),
                 QStringLiteral("it repeats the key of line %1").arg(first));
            return;
        }
        firstLine_.insert(key.secret, key.lineNumber);
        file_.list.keys.append(key);
    }

    void leaveOut(int number, const QString &reason)
    {
        noteLeftOut(number);
        warn(number, QStringLiteral("line %1 is left out: %2"), reason);
    }

    void noteLeftOut(int number)
    {
        if (file_.firstLeftOut == 0 || number < file_.firstLeftOut)
            file_.firstLeftOut = number;
    }

    /// One a line is enough.
    void warn(int number, const QString &text, const QString &reason)
    {
        if (!warnings_.contains(number))
            warnings_.insert(number, text.arg(QString::number(number), reason));
    }

    KeyFile file_;
    QHash<QByteArray, int> firstLine_; ///< by secret
    QMap<int, QString> warnings_;      ///< by line
    qsizetype more_ = 0;               ///< warnings that were not kept
};

bool isTable(const QList<QByteArray> &lines)
{
    const auto first = std::find_if(lines.cbegin(), lines.cend(), [](const QByteArray &whole) {
        const QByteArray line = whole.trimmed();
        return !line.isEmpty() && !line.startsWith('#');
    });
    return first != lines.cend() && CsvReader::forHeader(first->trimmed()).has_value();
}

bool isJson(const QByteArray &text)
{
    KeyCollector ignored;
    return beginsAsJson(text) && readJsonKeys(text, 1, &ignored);
}

} // namespace

KeyFile readKeyFile(const QByteArray &text)
{
    const QByteArray plain = plainUtf8(text).replace("\r\n", "\n").replace('\r', '\n');
    const QList<QByteArray> lines = plain.split('\n');
    const QByteArray trimmed = plain.trimmed();
    Reader reader;
    if (isJson(trimmed) || isTable(lines)) {
        reader.readWhole(plain);
        return reader.finish();
    }
    const QByteArray firstLine = trimmed.left(trimmed.indexOf('\n')).trimmed();
    const bool brokenJson = beginsAsJson(trimmed) && !isJson(firstLine) && !isSection(firstLine);
    int number = 0;
    for (const QByteArray &line : lines)
        reader.readLine(line, ++number, brokenJson);
    KeyFile file = reader.finish();
    file.oneALine = file.oneALine && !TextEncoding::of(text).wide;
    return file;
}

KeyList parseKeyFile(const QByteArray &text)
{
    return readKeyFile(text).list;
}

} // namespace keywheel
