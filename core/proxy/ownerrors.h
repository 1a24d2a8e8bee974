// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/redact.h"
#include "http/errorbody.h"
#include "keypool/lease.h"

namespace keywheel {

/// no_keys_configured or no_keys_available (with Retry-After when a cooldown will end).
OwnError noKeyError(const LeaseRefusal &refusal);

/// upstream_unreachable, upstream_protocol_error or upstream_timeout, for a result without an
/// answer.
OwnError noAnswerError(const AttemptResult &result, const Redactor &redactor);

} // namespace keywheel
