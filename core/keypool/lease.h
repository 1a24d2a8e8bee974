// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keysnapshot.h"

#include <QVarLengthArray>

#include <chrono>
#include <optional>

namespace keywheel {

using KeyIds = QVarLengthArray<KeyId, 8>;

/// The use of one key for one attempt. A value; give it back with KeyPool::release() exactly once.
struct Lease
{
    KeyId id = 0;
    quint64 number = 0; ///< counts leases, so that the pool knows which began before which
    int index = 0;      ///< position in the list, from 0
    QByteArray secret;
    QString preview;
    LeaseReason reason; ///< why this key
};

/// Why there is no lease.
struct LeaseRefusal
{
    enum class Reason {
        NoKeys,   ///< the list is empty
        NoneLeft, ///< no key is available, and `tried` does not hold all that may be put back
        AllTried  ///< this exchange has tried all that can be leased, now or after a cooldown
    };
    Reason reason = Reason::NoKeys;
    /// For NoneLeft: until the soonest end of a cooldown; none when all are out permanently.
    std::optional<std::chrono::milliseconds> soonest;
};

} // namespace keywheel
