// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/latencyhistogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace keywheel {

namespace {

constexpr unsigned SubBits = 4; ///< 16 sub-buckets

/// Values below 16 have a bucket each; from there on the leading bit chooses the power and the
/// 4 bits after it the sub-bucket.
std::size_t bucketOf(std::uint64_t value)
{
    if (value < (1U << SubBits))
        return value;
    const auto shift = static_cast<unsigned>(std::bit_width(value)) - 1 - SubBits;
    return (std::size_t{shift} << SubBits) + (value >> shift);
}

std::uint64_t largestIn(std::size_t bucket)
{
    if (bucket < (1U << SubBits))
        return bucket;
    const std::size_t shift = (bucket >> SubBits) - 1;
    const std::uint64_t leading = (bucket & ((1U << SubBits) - 1)) + (1U << SubBits);
    return ((leading + 1) << shift) - 1;
}

} // namespace

void LatencyHistogram::add(std::chrono::microseconds latency)
{
    const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(0, latency.count()));
    ++buckets_[std::min(bucketOf(value), buckets_.size() - 1)];
    ++count_;
}

void LatencyHistogram::add(const LatencyHistogram &other)
{
    if (other.count_ == 0)
        return;
    for (std::size_t bucket = 0; bucket < buckets_.size(); ++bucket)
        buckets_[bucket] += other.buckets_[bucket];
    count_ += other.count_;
}

std::chrono::microseconds LatencyHistogram::percentile(double share) const
{
    if (count_ == 0)
        return {};
    const double wanted = std::ceil(std::clamp(share, 0.0, 1.0) * static_cast<double>(count_));
    const auto rank = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(wanted));
    std::uint64_t below = 0;
    std::size_t bucket = 0;
    for (; bucket < buckets_.size() - 1; ++bucket) {
        below += buckets_[bucket];
        if (below >= rank)
            break;
    }
    return std::chrono::microseconds(static_cast<std::int64_t>(largestIn(bucket)));
}

} // namespace keywheel
