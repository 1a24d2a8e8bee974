// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>

namespace keywheel {

/// Decodes `gzip` and `deflate` bodies so that an error message can be read; nothing on the way to
/// a client passes through it. Returns what could be decoded of a body that is cut short, at most
/// `limit` bytes; nullopt for a coding that it does not know (the caller then judges by status).
std::optional<QByteArray> decodeForReading(const QByteArray &body, const QByteArray &coding,
                                           qsizetype limit);

} // namespace keywheel
