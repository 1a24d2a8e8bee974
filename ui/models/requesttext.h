// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "accesslog/requestrecord.h"

#include <QIcon>
#include <QPalette>

namespace keywheel {

// A finished request in words and pictures, in the present language. Thread: the window's.

enum class ShownOutcome {
    Succeeded,   ///< below 400, and whole
    Refused,     ///< 4xx
    Failed,      ///< 5xx
    Interrupted, ///< the upstream broke off, or Keywheel stopped
    ClientLeft,
};

ShownOutcome shownOutcome(const RequestRecord &record);
/// Such as `200 OK`, `429 Too many requests`, `Client left`.
QString outcomeText(const RequestRecord &record);
/// Differs in shape as well.
QIcon outcomeIcon(ShownOutcome outcome, const QPalette &palette);

/// Such as `429 Too many requests`; just the number when there are no words for it.
QString statusText(int status);
/// What came back, such as `429 Too many requests` or `No answer`.
QString attemptAnswer(const AttemptRecord &attempt);
/// What that meant, and what was done: a sentence or two. `last`: no attempt followed.
QString attemptMeaning(const AttemptRecord &attempt, bool last);
/// Why it got this key, such as `The next in turn.`
QString choiceText(const LeaseReason &reason);

/// Such as `840 ms`, `1.8 s`, `2 min 05 s`.
QString durationText(std::chrono::microseconds duration);

/// The path without its query.
QByteArray pathOnly(const QByteArray &path);

} // namespace keywheel
