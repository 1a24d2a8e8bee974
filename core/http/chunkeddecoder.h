// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace keywheel {

/// Decodes the chunked transfer coding (RFC 9112 §7.1), strictly and piece by piece. Serves both
/// sides: requests of clients and responses of the upstream. Extensions are skipped, trailers are
/// dropped, both within MaxOverhead.
class ChunkedDecoder
{
public:
    enum class State { Reading, Finished, Broken };
    /// Longest chunk-size line with its extensions, and longest trailer section.
    static constexpr qsizetype MaxLine = 4096;
    static constexpr qsizetype MaxTrailers = qsizetype{16} * 1024;

    /// Appends decoded bytes to `out`; returns how many bytes of `in` were used. It uses all of
    /// them unless the body ended (what follows belongs to the next message) or is Broken.
    qsizetype feed(QByteArrayView in, QByteArray &out);
    State state() const { return state_; }

private:
    enum class Step { Size, Extension, SizeLf, Data, DataCr, DataLf, Trailer, TrailerLf };
    bool takeFramingByte(char byte);
    bool takeSizeByte(char byte);

    State state_ = State::Reading;
    Step step_ = Step::Size;
    quint64 remaining_ = 0;
    qsizetype lineLength_ = 0;
    qsizetype trailerLength_ = 0;
    int digits_ = 0;
};

} // namespace keywheel
