// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keychoice.h"
#include "verdict/verdict.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

// What is known of keys, as values for every thread. Only ApiKey holds a secret.
namespace keywheel {

/// One upstream API key as it comes from the list. `secret` never leaves the core.
struct ApiKey
{
    QByteArray secret;
    int lineNumber = 0; ///< in the file it came from, from 1; 0 when it came from elsewhere
    QString label;
};

/// Names a key for as long as the process runs; survives a reload of the list.
using KeyId = quint64;

enum class KeyState {
    Available,
    CoolingDown, ///< blacklisted until a time
    Permanent,   ///< blacklisted until it passes a check or a person puts it back
    Disabled     ///< by a person, and until a person enables it
};

/// What may be seen of one key, for endpoints and windows. Holds no secret. What every request
/// touches stands first, so that few cache lines are fetched for it.
struct KeySnapshot
{
    KeyId id = 0;
    int index = 0;
    int lineNumber = 0;
    KeyState state = KeyState::Available;
    FaultClass fault = FaultClass::Success; ///< of the last failure that counted
    int active = 0;                         ///< leases out
    int failuresInRow = 0;
    quint64 successes = 0;
    quint64 failures = 0; ///< answers that were this key's fault
    QDateTime lastUsed;
    LeaseReason lastReason; ///< why it was leased then
    QString preview;
    QByteArray organization; ///< as its answers said; keys of the same one share limits
    QString fingerprint;
    QString label;
    QByteArray code;   ///< of the last failure that counted, as a short word
    QString lastError; ///< the same in plain words, redacted
    QString reason;    ///< why it is in this state, redacted; empty for a key that never left it
    QDateTime since;   ///< UTC; when it was blacklisted or disabled, null when available
    QDateTime until;   ///< UTC; only when cooling down
};

struct KeyPoolSnapshot
{
    int total = 0;
    int available = 0;
    int disabled = 0;
    int currentIndex = 0;     ///< of the key that the next lease would look at first
    quint64 successes = 0;    ///< since the start, also of keys that were removed
    quint64 failures = 0;     ///< the same
    int keysWithFailures = 0; ///< keys in the list that ever failed
    QString brakeReason;      ///< why keys are not blamed at present; empty: they are
    QDateTime brakeUntil;     ///< UTC; null also while the network is down
};

} // namespace keywheel
