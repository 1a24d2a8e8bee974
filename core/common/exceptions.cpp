// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/exceptions.h"

#include "common/logging.h"

#include <exception>

namespace keywheel {

namespace {

void logNamed(const char *what, const char *cause)
{
    qCCritical(lcApp).noquote() << what << "was given up:" << cause;
}

} // namespace

void logException(const char *what) noexcept
{
    try {
        try {
            throw;
        } catch (const std::exception &exception) {
            logNamed(what, exception.what());
        } catch (...) {
            logNamed(what, "unknown exception");
        }
    } catch (...) { // NOLINT(bugprone-empty-catch): not even memory for the line is left
    }
}

} // namespace keywheel
