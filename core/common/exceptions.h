// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <utility>

namespace keywheel {

/// Logs the exception being handled as `what` "was given up: …". Any thread.
void logException(const char *what) noexcept;

/// Runs `call`; whether it came to its end. An exception (a failed allocation, most likely) ends
/// here, with one line in the log: it must not go on into Qt's event loop, where it ends the whole
/// program. The caller then ends the one exchange that it was about. Any thread.
template <typename Call>
[[nodiscard]] bool endsWell(const char *what, Call &&call) noexcept
{
    try {
        std::forward<Call>(call)();
        return true;
    } catch (...) {
        logException(what);
        return false;
    }
}

} // namespace keywheel
