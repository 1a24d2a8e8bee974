// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace keywheel {

/// Latencies in buckets of 1/16 of a power of two, so that a percentile is too high by at most
/// 1/16. Fixed size, one increment a sample.
class LatencyHistogram
{
public:
    void add(std::chrono::microseconds latency);
    /// All samples of another one.
    void add(const LatencyHistogram &other);
    void clear() { *this = {}; }
    /// The latency that `share` (0…1) of the samples do not exceed; 0 without samples.
    std::chrono::microseconds percentile(double share) const;
    std::uint64_t count() const { return count_; }

private:
    static constexpr int SubBuckets = 16;
    static constexpr int Powers = 40;
    std::array<std::uint64_t, std::size_t{SubBuckets} * Powers> buckets_{};
    std::uint64_t count_ = 0;
};

} // namespace keywheel
