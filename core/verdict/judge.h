// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "verdict/verdict.h"

#include <QDateTime>

namespace keywheel {

/// The failure policy as pure logic, for any thread: what came back, whose fault it is, what
/// happens next. The texts and codes that it knows are data in failurelists.h. `wallNow` is needed
/// for Retry-After as an HTTP date (RFC 9110 §10.2.3).
Verdict judge(const AttemptResult &result, const QDateTime &wallNow);

/// A verdict's reason as it is kept and shown: 500 characters at most. Only after redaction, since
/// a secret that is cut in two is not recognised any more.
QString shortReason(QString redacted);

} // namespace keywheel
