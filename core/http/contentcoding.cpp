// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/contentcoding.h"

#include "http/headers.h"

#define ZLIB_CONST // next_in points to const
#include <zlib.h>

namespace keywheel {

namespace {

constexpr int GzipOrZlib = MAX_WBITS + 32; ///< zlib tells the two apart by their first bytes
constexpr int RawDeflate = -MAX_WBITS;

struct Inflated
{
    QByteArray data;
    bool looksWrong = false; ///< refused before anything was decoded
};

Inflated inflateBody(const QByteArray &body, int windowBits, qsizetype limit)
{
    z_stream stream{};
    if (inflateInit2(&stream, windowBits) != Z_OK)
        return {};
    stream.next_in = reinterpret_cast<const Bytef *>(body.constData());
    stream.avail_in = static_cast<uInt>(body.size());
    Inflated result;
    int outcome = Z_OK;
    while (outcome == Z_OK && result.data.size() < limit) {
        char piece[16 * 1024];
        stream.next_out = reinterpret_cast<Bytef *>(piece);
        stream.avail_out = sizeof piece;
        outcome = inflate(&stream, Z_SYNC_FLUSH);
        result.data.append(piece, static_cast<qsizetype>(sizeof piece - stream.avail_out));
    }
    inflateEnd(&stream);
    result.looksWrong = outcome == Z_DATA_ERROR && result.data.isEmpty();
    result.data.truncate(limit);
    return result;
}

} // namespace

std::optional<QByteArray> decodeForReading(const QByteArray &body, const QByteArray &coding,
                                           qsizetype limit)
{
    const QByteArray name = coding.trimmed();
    if (name.isEmpty() || equalsIgnoreCase(name, "identity"))
        return body.left(limit);
    if (equalsIgnoreCase(name, "gzip") || equalsIgnoreCase(name, "x-gzip"))
        return inflateBody(body, GzipOrZlib, limit).data;
    if (!equalsIgnoreCase(name, "deflate"))
        return std::nullopt;
    Inflated result = inflateBody(body, GzipOrZlib, limit);
    // RFC 9110 §8.4.1.2: some senders leave the zlib wrapper out.
    if (result.looksWrong)
        result = inflateBody(body, RawDeflate, limit);
    return result.data;
}

} // namespace keywheel
