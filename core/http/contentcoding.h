// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>
#include <optional>

/// The content codings that Keywheel can read: `gzip` and `deflate`. Nothing on the way to a client
/// passes through it.
namespace keywheel {

/// Decodes a body for reading. Returns what could be decoded of one that is cut short, at most
/// `limit` bytes; nullopt for a coding that it does not know (the caller then judges by status).
std::optional<QByteArray> decodeForReading(const QByteArray &body, const QByteArray &coding,
                                           qsizetype limit);

/// Decodes a body that comes in pieces, in bounded memory.
class BodyDecoder
{
public:
    /// nullopt for a coding that it does not know.
    static std::optional<BodyDecoder> of(QByteArrayView coding);

    /// Takes the next bytes; they must stay until read() has returned an empty view.
    void feed(QByteArrayView bytes);
    /// The next decoded bytes, valid until the next call; empty when more input is needed, at the
    /// end, and after an error.
    QByteArrayView read();

private:
    struct Inflater;
    struct Delete
    {
        void operator()(Inflater *inflater) const;
    };
    explicit BodyDecoder(Inflater *inflater);
    std::unique_ptr<Inflater, Delete> inflater_; ///< null: the bytes are not coded
    QByteArrayView plain_;
};

/// The value of an Accept-Encoding field without the codings that cannot be read here, and without
/// `*`; `identity` when nothing is left that is acceptable. What it may keep as it is comes back
/// as it is.
QByteArray readableCodings(const QByteArray &acceptEncoding);

} // namespace keywheel
