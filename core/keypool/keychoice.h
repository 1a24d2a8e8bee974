// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace keywheel {

/// How the next key is chosen among the available ones.
enum class KeyStrategy {
    RoundRobin,
    LeastUsed, ///< the one with the fewest leases since this was chosen
    FillFirst, ///< the first one until it is no longer available
    Headroom   ///< the one with most left of its rate limits, as far as its answers told
};

/// Why a lease got its key. A value.
struct LeaseReason
{
    KeyStrategy strategy = KeyStrategy::RoundRobin;
    bool affinity = false; ///< the key made what the request names
    bool retry = false;    ///< the exchange has tried another key before
    /// Keys of an organisation that is over its limit were passed over.
    bool otherOrganization = false;
    bool headroomUnknown = false; ///< so it went round
    bool trial = false;           ///< its money was used up, and may be there again
};

/// For people, such as `least-used, retry`.
QString toText(const LeaseReason &reason);

} // namespace keywheel
