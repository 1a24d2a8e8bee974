// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/textencoding.h"

#include <QStringDecoder>
#include <QStringEncoder>

#include <algorithm>

namespace keywheel {
namespace {

constexpr qsizetype LooksAt = 4096;

/// Text in ASCII has a zero in every second byte then, and none in the others.
std::optional<QStringConverter::Encoding> withoutBom(const QByteArray &bytes)
{
    const qsizetype pairs = std::min(bytes.size(), LooksAt) / 2;
    qsizetype first = 0;
    qsizetype second = 0;
    for (qsizetype i = 0; i < pairs; ++i) {
        first += bytes.at(2 * i) == 0 ? 1 : 0;
        second += bytes.at(2 * i + 1) == 0 ? 1 : 0;
    }
    const qsizetype most = pairs - pairs / 4; // labels may be in another script
    if (pairs >= 4 && first == 0 && second >= most)
        return QStringConverter::Utf16LE;
    if (pairs >= 4 && second == 0 && first >= most)
        return QStringConverter::Utf16BE;
    return std::nullopt;
}

} // namespace

TextEncoding TextEncoding::of(const QByteArray &bytes)
{
    if (const auto marked = QStringConverter::encodingForData(bytes)) {
        const bool utf8 = *marked == QStringConverter::Utf8;
        return {utf8 ? std::nullopt : marked, true};
    }
    return {withoutBom(bytes), false};
}

QByteArray TextEncoding::toUtf8(const QByteArray &bytes) const
{
    if (!wide)
        return bytes;
    const QString text = QStringDecoder(*wide).decode(bytes);
    return text.toUtf8();
}

QByteArray TextEncoding::fromUtf8(const QByteArray &text) const
{
    if (!wide)
        return text;
    QStringEncoder encoder(*wide, bom ? QStringConverter::Flag::WriteBom
                                      : QStringConverter::Flag::Default);
    return encoder.encode(QString::fromUtf8(text));
}

QByteArray plainUtf8(const QByteArray &bytes)
{
    const QByteArray text = TextEncoding::of(bytes).toUtf8(bytes);
    return text.startsWith("\xEF\xBB\xBF") ? text.mid(3) : text;
}

} // namespace keywheel
