// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace keywheel {

/// Injected randomness: each call returns a number in [0, 1). Tests pass a constant.
using Random = std::function<double()>;

/// A source seeded by the operating system.
Random systemRandom();

} // namespace keywheel
