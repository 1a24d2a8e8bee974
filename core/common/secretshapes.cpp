// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/secretshapes.h"

#include "common/credentialforms.h"
#include "common/redact.h"

#include <algorithm>
#include <array>

namespace keywheel {

namespace {

constexpr QByteArrayView Ellipsis("\xE2\x80\xA6");
constexpr QByteArrayView FieldDelimiters(" \t\r\n\"'`,;&<>()\\");
constexpr QByteArrayView QueryDelimiters(" \t\r\n\"'`&#<>\\");
constexpr QByteArrayView AuthorityDelimiters(" \t\r\n\"'`/?#<>\\");
constexpr qsizetype LongestParameterName = 16;

bool isLetter(char c)
{
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'z';
}

bool isTokenChar(char c)
{
    return isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// One pass over a text; each take…() looks at pos_ and either deals with what stands there and
/// moves behind it, or returns false.
class ShapeScanner
{
public:
    explicit ShapeScanner(const QByteArray &text) : text_(text) {}

    QByteArray run()
    {
        while (pos_ < text_.size()) {
            if (!takeUserInfo() && !takeParameter() && !takeWord())
                ++pos_;
        }
        if (copied_ == 0)
            return text_;
        return out_.append(text_.constData() + copied_, text_.size() - copied_);
    }

private:
    char at(qsizetype i) const { return i >= 0 && i < text_.size() ? text_[i] : '\0'; }

    bool hasAt(qsizetype i, QByteArrayView word) const
    {
        return text_.size() - i >= word.size() &&
               QByteArrayView(text_).sliced(i, word.size()).compare(word, Qt::CaseInsensitive) == 0;
    }

    qsizetype endOfRun(qsizetype from, QByteArrayView delimiters) const
    {
        while (from < text_.size() && !delimiters.contains(text_[from]))
            ++from;
        return from;
    }

    qsizetype skipBlanks(qsizetype from) const
    {
        while (at(from) == ' ' || at(from) == '\t')
            ++from;
        return from;
    }

    qsizetype skipQuote(qsizetype from) const
    {
        const qsizetype quote = at(from) == '\\' ? from + 1 : from; // \" is JSON inside JSON
        return at(quote) == '"' || at(quote) == '\'' ? quote + 1 : from;
    }

    /// A letter before a word makes it part of a longer one (`task-…`), unless that letter ends an
    /// escape such as \n, \u003c or %2F.
    bool isWordStart() const
    {
        return !isLetter(at(pos_ - 1)) || at(pos_ - 2) == '\\' || at(pos_ - 3) == '%' ||
               at(pos_ - 6) == '\\';
    }

    /// The end of a sk- token that begins at `from`, or -1.
    qsizetype endOfKey(qsizetype from) const
    {
        if (!hasAt(from, "sk-"))
            return -1;
        qsizetype end = from + 3;
        while (isTokenChar(at(end)))
            ++end;
        return end - from >= 3 + 8 ? end : -1;
    }

    /// The end of what is redacted already (the mark, or a preview) and begins at `from`, or -1.
    qsizetype endOfRedacted(qsizetype from) const
    {
        if (hasAt(from, RedactedMark))
            return from + RedactedMark.size();
        const auto skipToken = [this](qsizetype i, int most) {
            while (most-- > 0 && isTokenChar(at(i)))
                ++i;
            return i;
        };
        const qsizetype head = skipToken(from, 5);
        if (!hasAt(head, Ellipsis))
            return -1;
        const qsizetype end = skipToken(head + Ellipsis.size(), 4);
        return isTokenChar(at(end)) ? -1 : end;
    }

    void replace(qsizetype from, qsizetype end, QByteArrayView with)
    {
        out_.append(text_.constData() + copied_, from - copied_).append(with);
        copied_ = pos_ = end;
    }

    bool takeValue(qsizetype from, QByteArrayView delimiters)
    {
        if (const qsizetype end = endOfRedacted(from); end >= 0) {
            pos_ = end;
            return true;
        }
        const qsizetype end = endOfRun(from, delimiters);
        if (end == from)
            return false;
        replace(from, end, RedactedMark);
        return true;
    }

    /// `scheme://user:password@`; an @ in the password is allowed for.
    bool takeUserInfo()
    {
        if (text_[pos_] != ':' || !hasAt(pos_, "://"))
            return false;
        const qsizetype from = pos_ + 3;
        const qsizetype end = endOfRun(from, AuthorityDelimiters);
        const qsizetype size = QByteArrayView(text_).sliced(from, end - from).lastIndexOf('@');
        if (size <= 0)
            return false;
        replace(from, from + size, RedactedMark);
        return true;
    }

    bool takeParameter()
    {
        if (text_[pos_] != '?' && text_[pos_] != '&' && text_[pos_] != ';')
            return false;
        const qsizetype from = pos_ + 1;
        qsizetype end = from;
        while (end - from < LongestParameterName && isTokenChar(at(end)))
            ++end;
        return at(end) == '=' &&
               isSecretParameter(QByteArrayView(text_).sliced(from, end - from)) &&
               takeValue(end + 1, QueryDelimiters);
    }

    bool takeWord()
    {
        return isLetter(text_[pos_]) && isWordStart() &&
               (takeKey() || takeField() || takeScheme() || takeSubprotocol());
    }

    bool takeKey()
    {
        const qsizetype end = endOfKey(pos_);
        if (end < 0)
            return false;
        replace(pos_, end, keyPreview(text_.mid(pos_, end - pos_)).toUtf8());
        return true;
    }

    /// `api-key: …`, `"Authorization": "…"`, `API_KEY=…`
    bool takeField()
    {
        static constexpr std::array<QByteArrayView, 4> Names{"authorization", "api-key", "api_key",
                                                             "apikey"};
        const auto name = std::find_if(Names.begin(), Names.end(),
                                       [this](QByteArrayView known) { return hasAt(pos_, known); });
        if (name == Names.end())
            return false;
        qsizetype from = skipBlanks(skipQuote(pos_ + name->size()));
        if (at(from) != ':' && at(from) != '=')
            return false;
        from = skipQuote(skipBlanks(from + 1));
        if (const qsizetype credentials = skipSchemes(from); credentials != from)
            return takeCredentials(credentials);
        return takeValue(from, FieldDelimiters);
    }

    bool takeScheme()
    {
        if (!hasAt(pos_, "bearer"))
            return false;
        const qsizetype credentials = skipSchemes(pos_);
        return credentials != pos_ && takeCredentials(credentials);
    }

    /// `openai-insecure-api-key.…`
    bool takeSubprotocol()
    {
        constexpr QByteArrayView Prefix = credentialforms::SubprotocolPrefix;
        return (text_[pos_] | 0x20) == Prefix.front() && hasAt(pos_, Prefix) &&
               takeCredentials(pos_ + Prefix.size());
    }

    bool takeCredentials(qsizetype from)
    {
        from = skipQuote(from);
        const qsizetype end = endOfKey(from);
        if (end < 0 || end != endOfRun(from, FieldDelimiters)) {
            if (!takeValue(from, FieldDelimiters))
                pos_ = from; // never look at these schemes again: that would not be linear
            return true;
        }
        replace(from, end, keyPreview(text_.mid(from, end - from)).toUtf8());
        return true;
    }

    /// Behind the names of authentication schemes; people write `Bearer Bearer …` too.
    qsizetype skipSchemes(qsizetype from) const
    {
        static constexpr std::array<QByteArrayView, 4> Schemes{"bearer", "basic", "token",
                                                               "digest"};
        for (;;) {
            const auto scheme =
                std::find_if(Schemes.begin(), Schemes.end(),
                             [this, from](QByteArrayView known) { return hasAt(from, known); });
            if (scheme == Schemes.end())
                return from;
            const qsizetype end = skipBlanks(from + scheme->size());
            if (end == from + scheme->size())
                return from;
            from = end;
        }
    }

    const QByteArray &text_;
    QByteArray out_;
    qsizetype pos_ = 0;
    qsizetype copied_ = 0;
};

} // namespace

QByteArray redactShapes(const QByteArray &text)
{
    return ShapeScanner(text).run();
}

} // namespace keywheel
