// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/fieldparser.h"

#include <algorithm>
#include <array>

namespace keywheel {

namespace {

enum CharClass : quint8 { TokenChar = 1, ValueChar = 2 };

constexpr std::array<quint8, 256> makeClasses()
{
    std::array<quint8, 256> classes{};
    for (unsigned c = 0; c < 256; ++c) {
        const bool alphanumeric =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (alphanumeric)
            classes[c] |= TokenChar;
        if (c == '\t' || (c >= 0x20 && c != 0x7F)) // obs-text (0x80 and above) passes
            classes[c] |= ValueChar;
    }
    for (const char c :
         {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
        classes[static_cast<unsigned char>(c)] |= TokenChar;
    return classes;
}

bool is(char c, CharClass wanted)
{
    static constexpr auto Classes = makeClasses();
    return (Classes[static_cast<unsigned char>(c)] & wanted) != 0;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/// The value's text never stands in the message: it may be a secret.
tl::unexpected<Error> refuse(qsizetype line, const char *why)
{
    return failure(
        QStringLiteral("Malformed header line %1: %2").arg(line).arg(QLatin1String(why)));
}

const char *whyNoName(const char *begin, const char *at, const char *end)
{
    if (at == begin && at != end && isBlank(*at))
        return "folded lines are not accepted";
    if (at != end && isBlank(*at))
        return "white space before the colon is not accepted";
    return "a name of letters, digits and !#$%&'*+-.^_`|~, then a colon, is needed";
}

} // namespace

Expected<Headers> parseFields(QByteArrayView section, qsizetype maxFields)
{
    Headers headers;
    headers.reserve(std::min<qsizetype>(maxFields, 16));
    const char *at = section.begin();
    const char *const end = section.end();
    while (at != end) {
        const qsizetype line = headers.size() + 1;
        if (line > maxFields)
            return failure(QStringLiteral("More than %1 header fields").arg(maxFields));

        const char *const name = at;
        while (at != end && is(*at, TokenChar))
            ++at;
        if (at == name || at == end || *at != ':')
            return refuse(line, whyNoName(name, at, end));
        const char *const nameEnd = at++;

        while (at != end && isBlank(*at))
            ++at;
        const char *const value = at;
        while (at != end && is(*at, ValueChar))
            ++at;
        if (end - at < 2 || at[0] != '\r' || at[1] != '\n')
            return refuse(line, "control characters are not accepted, and it must end with CR LF");
        const char *valueEnd = at;
        while (valueEnd != value && isBlank(valueEnd[-1]))
            --valueEnd;
        at += 2;

        headers.append(QByteArray(name, nameEnd - name), QByteArray(value, valueEnd - value));
    }
    return headers;
}

Expected<std::optional<qint64>> contentLength(const Headers &headers)
{
    const HeaderField *first = nullptr;
    for (const HeaderField &field : headers) {
        if (!equalsIgnoreCase(field.name, "Content-Length"))
            continue;
        if (first && first->value != field.value)
            return failure(QStringLiteral("Content-Length comes twice with different values"));
        first = &field;
    }
    if (!first)
        return std::optional<qint64>();

    const QByteArray &digits = first->value;
    const bool allDigits =
        std::all_of(digits.cbegin(), digits.cend(), [](char c) { return c >= '0' && c <= '9'; });
    bool ok = false;
    const qint64 length = digits.toLongLong(&ok);
    if (!allDigits || !ok)
        return failure(QStringLiteral("Content-Length must be one decimal number below 2^63"));
    return std::optional<qint64>(length);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return is(c, TokenChar); });
}

bool isPlainText(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return is(c, ValueChar); });
}

} // namespace keywheel
