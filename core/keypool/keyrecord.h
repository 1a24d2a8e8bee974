// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keypool/keysnapshot.h"

#include <QStringList>

namespace keywheel {

/// What lasts of a key beyond the run: no secret, and nothing by which one could be found. The
/// fields mean the same as those of KeySnapshot.
struct KeyRecord
{
    QString fingerprint;
    KeyState state = KeyState::Available;
    FaultClass fault = FaultClass::Success;
    QByteArray code;
    QString lastError;
    QString reason;
    QDateTime since;
    QDateTime until;
    quint64 successes = 0;
    quint64 failures = 0;
    int failuresInRow = 0;
    int cooldownsInRow = 0; ///< without a success between
    QDateTime lastUsed;
    QString label; ///< a person's, not that of the list
    QByteArray organization;
};

/// What has to be written, and of which keys nothing is to be kept.
struct KeyChanges
{
    QList<KeyRecord> records;
    QStringList forgotten; ///< fingerprints
    bool isEmpty() const { return records.isEmpty() && forgotten.isEmpty(); }
};

} // namespace keywheel
