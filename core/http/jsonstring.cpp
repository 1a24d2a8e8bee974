// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/jsonstring.h"

#include <QString>

#include <cstring>

namespace keywheel {

namespace {

constexpr qsizetype ShortEscape = 2; ///< \n
constexpr qsizetype LongEscape = 6;  ///< \u0041

const char *findByte(const char *from, const char *end, char byte)
{
    const void *found = std::memchr(from, byte, static_cast<size_t>(end - from));
    return found ? static_cast<const char *>(found) : end;
}

/// The UTF-16 unit that an escape stands for; nullopt when it is none of JSON's.
std::optional<char16_t> unescaped(QByteArrayView escape)
{
    static constexpr QByteArrayView Names("\"\\/bfnrt");
    static constexpr QByteArrayView Meanings("\"\\/\b\f\n\r\t");
    if (escape.size() == LongEscape) {
        bool ok = true;
        for (const char c : escape.sliced(2))
            ok = ok && ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'));
        const ushort unit = escape.sliced(2).toByteArray().toUShort(nullptr, 16);
        return ok ? std::optional<char16_t>(unit) : std::nullopt;
    }
    const qsizetype at = escape.size() == ShortEscape ? Names.indexOf(escape[1]) : -1;
    return at < 0 ? std::nullopt : std::optional<char16_t>(static_cast<uchar>(Meanings[at]));
}

} // namespace

const char *endOfJsonString(const char *from, const char *end)
{
    for (const char *at = from;; ++at) {
        at = findByte(at, end, '"');
        if (at == end)
            return end;
        const char *backslash = at;
        while (backslash != from && backslash[-1] == '\\')
            --backslash;
        if ((at - backslash) % 2 == 0)
            return at;
    }
}

std::optional<QByteArray> decodedJsonString(QByteArrayView text)
{
    QString units;
    while (!text.isEmpty()) {
        const qsizetype backslash = text.indexOf('\\');
        units += QString::fromUtf8(backslash < 0 ? text : text.first(backslash));
        if (backslash < 0)
            break;
        text = text.sliced(backslash);
        const qsizetype length = text.size() > 1 && text[1] == 'u' ? LongEscape : ShortEscape;
        const auto unit = length <= text.size() ? unescaped(text.first(length)) : std::nullopt;
        if (!unit)
            return std::nullopt;
        units += QChar(*unit);
        text = text.sliced(length);
    }
    return units.toUtf8();
}

qsizetype JsonStringHash::add(QByteArrayView text)
{
    const char *at = text.begin();
    while (at != text.end()) {
        if (!escape_.isEmpty()) {
            escape_ += *at++;
            takeEscape();
            continue;
        }
        const char *quote = findByte(at, text.end(), '"');
        const char *stop = findByte(at, quote, '\\');
        hash_.addData(QByteArrayView(at, stop));
        if (stop == text.end())
            return -1;
        at = stop + 1;
        if (stop == quote)
            return at - text.begin();
        escape_ = "\\";
    }
    return -1;
}

void JsonStringHash::takeEscape()
{
    const bool isLong = escape_.size() > 1 && escape_[1] == 'u';
    if (escape_.size() < (isLong ? LongEscape : ShortEscape))
        return;
    const auto unit = unescaped(escape_);
    hash_.addData(unit ? QString(QChar(*unit)).toUtf8() : escape_);
    escape_.clear();
}

QByteArray JsonStringHash::result() const
{
    return hash_.result().left(Size);
}

} // namespace keywheel
