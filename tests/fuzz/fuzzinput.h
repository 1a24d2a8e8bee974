// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>

/// What a fuzz target is: it gets any bytes and ends the program when a rule does not hold. Built
/// with libFuzzer (KEYWHEEL_FUZZ), or with replay.cpp for the files of corpus/.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace keywheel::fuzz {

inline QByteArray toBytes(const std::uint8_t *data, std::size_t size)
{
    return {reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)};
}

/// Ends the program when a rule does not hold; the fuzzer then keeps the input.
inline void require(bool holds, const char *rule)
{
    if (holds)
        return;
    std::fprintf(stderr, "Does not hold: %s\n", rule);
    std::abort();
}

/// Calls `take` with one piece of `bytes` after the other. Where it cuts follows from the bytes, so
/// that an input always does the same.
template <class Take>
void inPieces(const QByteArray &bytes, Take take)
{
    std::minstd_rand random(qChecksum(bytes) + 1U);
    const qsizetype longest = qsizetype{1} << (random() % 8);
    for (qsizetype at = 0; at < bytes.size();) {
        const qsizetype wanted = 1 + static_cast<qsizetype>(random()) % longest;
        const qsizetype length = std::min(wanted, bytes.size() - at);
        // A copy of its own, so that a read beyond the piece is seen.
        take(QByteArray(bytes.constData() + at, length));
        at += length;
    }
}

/// Takes the first line (without its LF) off `text`.
inline QByteArray takeLine(QByteArray &text)
{
    const qsizetype end = text.indexOf('\n');
    const QByteArray line = text.left(end); // all of it without an LF
    text.remove(0, end < 0 ? text.size() : end + 1);
    return line;
}

} // namespace keywheel::fuzz
