// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/random.h"

#include <chrono>

namespace keywheel {

/// 1 s · 2ⁿ with jitter of half up or down, 5 min at most; n counts from 0.
std::chrono::milliseconds backoff(int n, const Random &random);

} // namespace keywheel
