// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/clock.h"
#include "keypool/keysnapshot.h"

#include <vector>

namespace keywheel {

/// Notices that the upstream or this address is at fault rather than the keys: three different keys
/// that fail alike (same class and code) inside two seconds, no success between. From the third
/// failure on no key is blamed for ten seconds, and the keys that were blamed before it are named
/// in burst(), to be put back. Pure logic; times are the caller's.
class FailureBrake
{
public:
    static constexpr std::chrono::seconds Window{2};
    static constexpr std::chrono::seconds Length{10};

    enum class Decision {
        Blame,
        Braked, ///< the brake was on already
        Applied ///< this failure put it on
    };
    /// Takes a failure that the policy holds against `key`.
    Decision failed(KeyId key, FaultClass fault, const QByteArray &code, Clock::Instant now);
    /// The keys whose failures led to the last Decision::Applied, but for that of the last one.
    const std::vector<KeyId> &burst() const { return burst_; }
    void succeeded() { recent_.clear(); }
    /// Puts it on for another reason.
    void hold(Clock::Instant until);
    void release();
    bool isOn(Clock::Instant now) const { return now < until_; }

private:
    struct Failure
    {
        KeyId key;
        FaultClass fault;
        QByteArray code;
        Clock::Instant at;
    };
    /// At most two keys for each kind of failure, since a third one puts the brake on.
    std::vector<Failure> recent_;
    std::vector<KeyId> burst_;
    Clock::Instant until_ = Clock::Instant::min();
};

} // namespace keywheel
