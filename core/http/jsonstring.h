// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QCryptographicHash>

#include <optional>

/// Strings within JSON text, for scanners that do not parse it.
namespace keywheel {

/// The quote that ends the string whose text begins at `from`, or `end` when there is none. It
/// jumps from quote to quote, so a string without any costs as much as memchr().
const char *endOfJsonString(const char *from, const char *end);

/// The value of the text between two quotes; nullopt when an escape in it is none of JSON's.
std::optional<QByteArray> decodedJsonString(QByteArrayView text);

/// The hash of a string's value, whatever was escaped in its text, which may come in pieces.
class JsonStringHash
{
public:
    static constexpr qsizetype Size = 16; ///< bytes of the result

    /// Takes the string up to its closing quote; returns how much that was, the quote included, or
    /// -1 when the string goes on after `text`.
    qsizetype add(QByteArrayView text);
    /// SHA-256 of the value, cut to Size.
    QByteArray result() const;

private:
    void takeEscape();

    QCryptographicHash hash_{QCryptographicHash::Sha256};
    QByteArray escape_; ///< one whose end has not come
};

} // namespace keywheel
