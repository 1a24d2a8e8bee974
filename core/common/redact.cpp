// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/redact.h"

#include "common/secretshapes.h"

#include <QCryptographicHash>

#include <algorithm>
#include <array>
#include <functional>

namespace keywheel {

namespace {

constexpr qsizetype PrefixLength = 8;
/// Secrets below this length are taken for one only where they stand as a word.
constexpr qsizetype LengthOfParts = 4;

bool isWordCharacter(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           c == '-' || c == '.';
}

bool isWord(const QByteArray &text, qsizetype at, qsizetype length)
{
    return (at == 0 || !isWordCharacter(text[at - 1])) &&
           (at + length == text.size() || !isWordCharacter(text[at + length]));
}

void addLongestFirst(QList<qsizetype> &lengths, qsizetype length)
{
    const auto place = std::lower_bound(lengths.begin(), lengths.end(), length, std::greater<>());
    if (place == lengths.end() || *place != length)
        lengths.insert(place, length);
}

} // namespace

QString keyPreview(const QByteArray &secret)
{
    const QString text = QString::fromUtf8(secret);
    if (text.size() < 16)
        return u'…' + text.right(2);
    return text.left(5) + u'…' + text.right(4);
}

QString keyFingerprint(const QByteArray &secret)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(secret, QCryptographicHash::Sha256).toHex().left(16));
}

bool isSecretParameter(QByteArrayView name)
{
    // Parts of names, since everybody has their own: client_secret, subscription-key,
    // X-Goog-Signature.
    static constexpr std::array<QByteArrayView, 7> Parts{
        "key", "token", "secret", "passw", "sig", "auth", "credential",
    };
    const QByteArray lower = name.toByteArray().toLower();
    return lower == "code" || std::any_of(Parts.begin(), Parts.end(), [&](QByteArrayView part) {
               return lower.contains(part);
           });
}

void Redactor::setSecrets(const QList<QByteArray> &keys, const QList<QByteArray> &others)
{
    replacements_.clear();
    lengthsByPrefix_.clear();
    shortLengths_.clear();
    const auto add = [this](const QByteArray &value, const QByteArray &replacement) {
        if (value.isEmpty())
            return;
        const bool isShort = value.size() < PrefixLength;
        addLongestFirst(isShort ? shortLengths_ : lengthsByPrefix_[value.left(PrefixLength)],
                        value.size());
        replacements_.insert(value, replacement);
    };
    const auto addForms = [&add](const QByteArray &value, const QByteArray &replacement) {
        add(value, replacement);
        // Encoders differ in whether they encode these marks.
        const QByteArray encoded = value.toPercentEncoding();
        const QByteArray lenient = value.toPercentEncoding(QByteArrayLiteral("!'()*"));
        if (encoded != value)
            add(encoded, replacement);
        if (lenient != value && lenient != encoded)
            add(lenient, replacement);
    };
    for (const QByteArray &key : keys)
        addForms(key, keyPreview(key).toUtf8());
    for (const QByteArray &other : others)
        addForms(other, RedactedMark.toByteArray());
    // A short secret may be part of a preview; what is redacted already stays as it is.
    if (!shortLengths_.isEmpty()) {
        for (const QByteArray &key : keys) {
            const QByteArray preview = keyPreview(key).toUtf8();
            add(preview, preview);
        }
    }
}

QString Redactor::redact(const QString &text) const
{
    return QString::fromUtf8(redact(text.toUtf8()));
}

QByteArray Redactor::redact(const QByteArray &text) const
{
    QByteArray redacted = redactKnown(text);
    // What stands beside a mark or preview may be a secret together with it.
    if (redacted != text)
        redacted = redactKnown(redacted);
    return redactShapes(redacted);
}

Redactor::Match Redactor::secretAt(const QByteArray &text, qsizetype at) const
{
    const qsizetype left = text.size() - at;
    const auto longest = [&](const QList<qsizetype> &lengths) -> Match {
        for (const qsizetype length : lengths) {
            if (length > left)
                continue;
            const auto candidate = QByteArray::fromRawData(text.constData() + at, length);
            const auto found = replacements_.constFind(candidate);
            if (found != replacements_.cend() &&
                (length >= LengthOfParts || isWord(text, at, length)))
                return {*found, length};
        }
        return {};
    };
    if (left >= PrefixLength && !lengthsByPrefix_.isEmpty()) {
        const auto prefix = QByteArray::fromRawData(text.constData() + at, PrefixLength);
        const auto lengths = lengthsByPrefix_.constFind(prefix);
        if (lengths != lengthsByPrefix_.cend()) {
            if (Match match = longest(*lengths); match.length > 0)
                return match;
        }
    }
    return longest(shortLengths_);
}

/// The end of a preview and what stands behind it would be a secret that begins within another.
void Redactor::takeOverlapping(const QByteArray &text, qsizetype at, Match &match) const
{
    for (qsizetype inside = 1; inside < match.length; ++inside) {
        const Match other = secretAt(text, at + inside);
        if (inside + other.length > match.length)
            match = {RedactedMark.toByteArray(), inside + other.length};
    }
}

QByteArray Redactor::redactKnown(const QByteArray &text) const
{
    if (replacements_.isEmpty())
        return text;
    QByteArray out;
    qsizetype copied = 0;
    qsizetype at = 0;
    while (at < text.size()) {
        if (text[at] == '[' && QByteArrayView(text).sliced(at).startsWith(RedactedMark)) {
            at += RedactedMark.size();
        } else if (Match match = secretAt(text, at); match.length > 0) {
            takeOverlapping(text, at, match);
            out.append(text.constData() + copied, at - copied).append(match.replacement);
            at += match.length;
            copied = at;
        } else {
            ++at;
        }
    }
    if (copied == 0)
        return text;
    return out.append(text.constData() + copied, text.size() - copied);
}

} // namespace keywheel
