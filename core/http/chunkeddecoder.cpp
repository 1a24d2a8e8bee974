// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/chunkeddecoder.h"

#include <algorithm>

namespace keywheel {

namespace {

constexpr int MaxDigits = 16;
/// A size at or above this would reach 2^63 with one more digit.
constexpr quint64 LargestBeforeDigit = quint64{1} << 59;

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool isControl(char c)
{
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
}

} // namespace

qsizetype ChunkedDecoder::feed(QByteArrayView in, QByteArray &out)
{
    qsizetype used = 0;
    while (state_ == State::Reading && used < in.size()) {
        if (step_ != Step::Data) {
            if (!takeFramingByte(in[used]))
                state_ = State::Broken;
            ++used;
            continue;
        }
        const auto left = static_cast<quint64>(in.size() - used);
        const auto run = static_cast<qsizetype>(std::min(left, remaining_));
        out.append(in.data() + used, run);
        used += run;
        remaining_ -= static_cast<quint64>(run);
        if (remaining_ == 0)
            step_ = Step::DataCr;
    }
    return used;
}

bool ChunkedDecoder::takeFramingByte(char byte)
{
    switch (step_) {
    case Step::Size:
        return takeSizeByte(byte);
    case Step::Extension:
        if (byte == '\r')
            step_ = Step::SizeLf;
        return byte == '\r' || (!isControl(byte) && ++lineLength_ <= MaxLine);
    case Step::SizeLf:
        // The last chunk has the size 0; the trailer section follows.
        step_ = remaining_ == 0 ? Step::Trailer : Step::Data;
        lineLength_ = 0;
        digits_ = 0;
        return byte == '\n';
    case Step::Data:
        return false;
    case Step::DataCr:
        step_ = Step::DataLf;
        return byte == '\r';
    case Step::DataLf:
        step_ = Step::Size;
        return byte == '\n';
    case Step::Trailer:
        if (byte == '\r') {
            step_ = Step::TrailerLf;
            return true;
        }
        ++lineLength_;
        return !isControl(byte) && ++trailerLength_ <= MaxTrailers;
    case Step::TrailerLf:
        if (byte == '\n' && lineLength_ == 0)
            state_ = State::Finished;
        step_ = Step::Trailer;
        lineLength_ = 0;
        return byte == '\n';
    }
    return false;
}

bool ChunkedDecoder::takeSizeByte(char byte)
{
    if (const int digit = hexDigit(byte); digit >= 0) {
        if (++digits_ > MaxDigits || remaining_ >= LargestBeforeDigit)
            return false;
        remaining_ = remaining_ * 16 + static_cast<quint64>(digit);
        return true;
    }
    step_ = byte == ';' ? Step::Extension : Step::SizeLf;
    return digits_ > 0 && (byte == ';' || byte == '\r');
}

} // namespace keywheel
