// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringConverter>

#include <optional>

namespace keywheel {

/// How a text file is written. Windows' own tools save UTF-16.
struct TextEncoding
{
    /// nullopt: UTF-8 or another that ASCII is part of.
    std::optional<QStringConverter::Encoding> wide;
    bool bom = false;

    /// UTF-16 and UTF-32 by their BOM, and UTF-16 without one where every second byte tells it.
    static TextEncoding of(const QByteArray &bytes);

    /// As UTF-8. A UTF-8 BOM stays, that of another encoding does not.
    QByteArray toUtf8(const QByteArray &bytes) const;
    /// The other way round.
    QByteArray fromUtf8(const QByteArray &text) const;
};

/// The text as UTF-8, without a BOM.
QByteArray plainUtf8(const QByteArray &bytes);

} // namespace keywheel
