// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/contentcoding.h"

#include "http/headers.h"

#define ZLIB_CONST // next_in points to const
#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>

namespace keywheel {

namespace {

constexpr int GzipOrZlib = MAX_WBITS + 32; ///< zlib tells the two apart by their first bytes
constexpr int RawDeflate = -MAX_WBITS;
constexpr qsizetype PieceSize = qsizetype{16} * 1024;

enum class Coding { Identity, Gzip, Deflate };

std::optional<Coding> knownCoding(QByteArrayView name)
{
    name = name.trimmed();
    if (name.isEmpty() || equalsIgnoreCase(name, "identity"))
        return Coding::Identity;
    if (equalsIgnoreCase(name, "gzip") || equalsIgnoreCase(name, "x-gzip"))
        return Coding::Gzip;
    return equalsIgnoreCase(name, "deflate") ? std::optional(Coding::Deflate) : std::nullopt;
}

/// Calls `take(whole element, its coding)` for each element of an Accept-Encoding field.
template <class Take>
void eachCoding(QByteArrayView value, Take take)
{
    for (qsizetype at = 0; at <= value.size();) {
        const qsizetype comma = value.indexOf(',', at);
        const qsizetype end = comma < 0 ? value.size() : comma;
        const QByteArrayView element = value.sliced(at, end - at).trimmed();
        const qsizetype weight = element.indexOf(';');
        if (!element.isEmpty())
            take(element, (weight < 0 ? element : element.first(weight)).trimmed());
        at = end + 1;
    }
}

/// RFC 9110 §12.4.2: a weight of 0 means "not acceptable".
bool isAcceptable(QByteArrayView element)
{
    const qsizetype weight = element.indexOf('=');
    if (weight < 0)
        return true;
    const QByteArrayView digits = element.sliced(weight + 1);
    return std::any_of(digits.begin(), digits.end(), [](char c) { return c >= '1' && c <= '9'; });
}

} // namespace

struct BodyDecoder::Inflater
{
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-member-init): `piece` is written before it is read
    explicit Inflater(Coding wanted) : isDeflate(wanted == Coding::Deflate) {}
    ~Inflater()
    {
        if (begun)
            inflateEnd(&stream);
    }
    bool begin();
    QByteArrayView read();
    QByteArrayView next();

    z_stream stream{};
    bool isDeflate;
    bool begun = false;
    bool over = false;
    char first = 0; ///< of `deflate`, when it came alone
    bool hasFirst = false;
    QByteArrayView held;  ///< `first`, before `input`
    QByteArrayView input; ///< not given to zlib yet
    std::array<char, PieceSize> piece;
};

/// RFC 9110 §8.4.1.2: some senders leave the zlib wrapper out of `deflate`. The first two bytes
/// (RFC 1950 §2.2) tell; false while they are not there.
bool BodyDecoder::Inflater::begin()
{
    if (!hasFirst && !input.isEmpty()) {
        first = input.front();
        hasFirst = true;
        held = QByteArrayView(&first, 1);
        input = input.sliced(1);
    }
    if (!hasFirst || input.isEmpty())
        return false;
    const unsigned head = static_cast<uchar>(first) * 256U + static_cast<uchar>(input.front());
    const bool wrapped = (static_cast<uchar>(first) & 0x0F) == Z_DEFLATED && head % 31 == 0;
    begun = inflateInit2(&stream, isDeflate && !wrapped ? RawDeflate : GzipOrZlib) == Z_OK;
    over = !begun;
    return begun;
}

QByteArrayView BodyDecoder::Inflater::read()
{
    while (!over && (begun || begin())) {
        const QByteArrayView decoded = next();
        if (!decoded.isEmpty())
            return decoded;
        if (stream.avail_in == 0 && held.isEmpty() && input.isEmpty())
            break;
    }
    return {};
}

QByteArrayView BodyDecoder::Inflater::next()
{
    if (stream.avail_in == 0) {
        QByteArrayView &from = held.isEmpty() ? input : held;
        const qsizetype most = std::numeric_limits<uInt>::max();
        const QByteArrayView given = from.first(std::min(from.size(), most));
        from = from.sliced(given.size());
        stream.next_in = reinterpret_cast<const Bytef *>(given.data());
        stream.avail_in = static_cast<uInt>(given.size());
    }
    stream.next_out = reinterpret_cast<Bytef *>(piece.data());
    stream.avail_out = static_cast<uInt>(piece.size());
    const int outcome = inflate(&stream, Z_SYNC_FLUSH);
    const bool more = stream.avail_in > 0 || !input.isEmpty();
    if (outcome == Z_STREAM_END && more && !isDeflate) // RFC 1952 §2.2: members follow each other
        over = inflateReset(&stream) != Z_OK;
    else
        over = outcome != Z_OK && outcome != Z_BUF_ERROR;
    return {piece.data(), static_cast<qsizetype>(piece.size() - stream.avail_out)};
}

void BodyDecoder::Delete::operator()(Inflater *inflater) const
{
    delete inflater;
}

BodyDecoder::BodyDecoder(Inflater *inflater) : inflater_(inflater) {}

std::optional<BodyDecoder> BodyDecoder::of(QByteArrayView coding)
{
    const auto known = knownCoding(coding);
    if (!known)
        return std::nullopt;
    return BodyDecoder(known == Coding::Identity ? nullptr : new Inflater(*known));
}

void BodyDecoder::feed(QByteArrayView bytes)
{
    (inflater_ ? inflater_->input : plain_) = bytes;
}

QByteArrayView BodyDecoder::read()
{
    return inflater_ ? inflater_->read() : std::exchange(plain_, QByteArrayView());
}

std::optional<QByteArray> decodeForReading(const QByteArray &body, const QByteArray &coding,
                                           qsizetype limit)
{
    auto decoder = BodyDecoder::of(coding);
    if (!decoder)
        return std::nullopt;
    decoder->feed(body);
    QByteArray decoded("");
    while (decoded.size() < limit) {
        const QByteArrayView piece = decoder->read();
        if (piece.isEmpty())
            break;
        decoded.append(piece.first(std::min(piece.size(), limit - decoded.size())));
    }
    return decoded;
}

QByteArray readableCodings(const QByteArray &acceptEncoding)
{
    bool allKnown = true;
    eachCoding(acceptEncoding, [&](QByteArrayView, QByteArrayView coding) {
        allKnown = allKnown && knownCoding(coding);
    });
    if (allKnown)
        return acceptEncoding;
    QByteArray readable;
    bool acceptable = false;
    eachCoding(acceptEncoding, [&](QByteArrayView element, QByteArrayView coding) {
        if (!knownCoding(coding))
            return;
        acceptable = acceptable || isAcceptable(element);
        readable.append(readable.isEmpty() ? QByteArrayView() : QByteArrayView(", "));
        readable.append(element);
    });
    return acceptable ? readable : QByteArray("identity");
}

} // namespace keywheel
