// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/keylines.h"

#include "secrets/keysyntax.h"

#include <algorithm>
#include <utility>

namespace keywheel {
namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

bool isSeparator(char c)
{
    return c == ',' || c == ';';
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isNameCharacter(char c)
{
    return isDigit(c) || c == '_' || c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct Word
{
    QByteArray text;
    bool afterSeparator = false; ///< the first of the line, too
};

/// Splits at blanks and separators, outside quotes, up to a comment.
class Words
{
public:
    explicit Words(const QByteArray &line) : line_(line) {}

    /// nullopt at the end of the line or where a comment begins.
    std::optional<Word> next()
    {
        for (; at_ < line_.size() && (isBlank(line_[at_]) || isSeparator(line_[at_])); ++at_)
            separated_ = separated_ || isSeparator(line_[at_]);
        if (at_ == line_.size() || line_[at_] == '#')
            return std::nullopt;
        Word word{quoted(), std::exchange(separated_, false)};
        if (word.text.isNull())
            word.text = bare();
        return word;
    }

    /// After the last word, without the `#`.
    QByteArray comment() const { return line_.mid(at_ + 1).trimmed(); }

private:
    /// Null when none begins here.
    QByteArray quoted()
    {
        const char quote = line_[at_];
        if (quote != '"' && quote != '\'')
            return {};
        const qsizetype end = line_.indexOf(quote, at_ + 1);
        if (end < 0)
            return {};
        const QByteArray text = line_.mid(at_ + 1, end - at_ - 1).trimmed();
        at_ = end + 1;
        return text.isNull() ? QByteArrayLiteral("") : text;
    }

    QByteArray bare()
    {
        const qsizetype begin = at_;
        while (at_ < line_.size() && !isBlank(line_[at_]) && !isSeparator(line_[at_]))
            ++at_;
        return line_.mid(begin, at_ - begin);
    }

    const QByteArray line_;
    qsizetype at_ = 0;
    bool separated_ = true;
};

/// Whether a word behind a key and a blank is a key too and no label.
bool resemblesKey(const QByteArray &word, const QByteArray &key)
{
    constexpr qsizetype SamePrefix = 3;
    if (!whyNotAKey(word).isEmpty())
        return false;
    return word.left(SamePrefix) == key.left(SamePrefix) || whyUnusualKey(word).isEmpty();
}

/// The keys and labels of one line.
class LineReader
{
public:
    LineReader(int number, KeyCollector *out) : number_(number), out_(out) {}
    ~LineReader() { endLabel(); }
    Q_DISABLE_COPY_MOVE(LineReader)

    void read(const Word &word)
    {
        if (isLabel(word)) {
            label_ += (label_.isEmpty() ? "" : " ") + word.text;
            return;
        }
        endLabel();
        key_ = word.text;
        index_ = out_->add(word.text, number_);
    }

    /// The label of the last key, if it has none yet.
    void readComment(const QByteArray &comment)
    {
        if (label_.isEmpty())
            label_ = comment;
    }

    bool hasRead() const { return !key_.isNull(); }

private:
    bool isLabel(const Word &word) const
    {
        if (!hasRead())
            return false;
        if (!word.afterSeparator)
            return !resemblesKey(word.text, key_);
        return whyNotAKey(key_).isEmpty() && !whyNotAKey(word.text).isEmpty();
    }

    void endLabel()
    {
        if (index_ && !label_.isEmpty())
            out_->setLabel(*index_, label_);
        label_.clear();
    }

    const int number_;
    KeyCollector *const out_;
    QByteArray key_;                 ///< the last one, null at first
    std::optional<qsizetype> index_; ///< of that, when it was taken
    QByteArray label_;
};

/// `NAME=value` or `NAME: value`.
struct Variable
{
    QByteArray name;
    QByteArray value;
};

QByteArray withoutExport(const QByteArray &line)
{
    for (const char *word : {"export ", "set ", "$env:"}) {
        if (line.startsWith(word))
            return line.mid(qsizetype(qstrlen(word))).trimmed();
    }
    return line;
}

/// A line is one when its name says so, or could hardly be the beginning of a key.
std::optional<Variable> variableOf(const QByteArray &line)
{
    const QByteArray rest = withoutExport(line);
    const auto end = std::find_if_not(rest.cbegin(), rest.cend(), isNameCharacter);
    Variable variable{rest.left(end - rest.cbegin()), {}};
    const QByteArray behind = rest.mid(variable.name.size()).trimmed();
    const bool equals = behind.startsWith('=');
    if (variable.name.isEmpty() || !(equals || behind.startsWith(':')))
        return std::nullopt;
    variable.value = behind.mid(1).trimmed();
    const bool capitals = equals && variable.name == variable.name.toUpper() &&
                          !isDigit(variable.name.front()) &&
                          (variable.name.contains('_') ||
                           (!variable.value.isEmpty() && !variable.value.startsWith('=')));
    if (isKeyName(variable.name) || rest.size() < line.size() || capitals)
        return variable;
    return std::nullopt;
}

/// As in the lists of YAML and Markdown.
QByteArray withoutBullet(const QByteArray &line)
{
    return line.startsWith("- ") || line.startsWith("* ") ? line.mid(2) : line;
}

} // namespace

LineKind lineKind(const QByteArray &line)
{
    const std::optional<Variable> variable = variableOf(line);
    if (!variable)
        return LineKind::Words;
    return isKeyName(variable->name) ? LineKind::KeyVariable : LineKind::OtherVariable;
}

void readKeyLine(const QByteArray &line, int number, KeyCollector *out)
{
    const std::optional<Variable> variable = variableOf(line);
    if (variable && !isKeyName(variable->name)) {
        out->reject(number,
                    QStringLiteral(QT_TRANSLATE_NOOP(
                        "ImportRemark", "it sets a variable that is not named KEY, API_KEY or "
                                        "OPENAI_API_KEY, perhaps with a number")));
        return;
    }
    Words words(variable ? variable->value : withoutBullet(line));
    LineReader reader(number, out);
    while (const std::optional<Word> word = words.next())
        reader.read(*word);
    reader.readComment(words.comment());
    if (variable && !reader.hasRead())
        out->reject(number, QStringLiteral(QT_TRANSLATE_NOOP("ImportRemark",
                                                             "it names a key and holds none")));
}

} // namespace keywheel
