// SPDX-License-Identifier: GPL-3.0-or-later
// The input is a header section, and each of its values also a duration: a wait is none, or one
// within bounds.
#include "fuzz/fuzzinput.h"
#include "verdict/retryafter.h"

#include <QTimeZone>

using namespace keywheel;
using keywheel::fuzz::require;
using namespace std::chrono_literals;

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QDateTime wallNow(QDate(2026, 1, 2), QTime(3, 4, 5), QTimeZone::utc());
    Headers headers;
    for (const QByteArray &line : fuzz::toBytes(data, size).split('\n')) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray value = line.mid(colon + 1);
        headers.append(line.left(std::max<qsizetype>(colon, 0)), value);
        if (const auto wait = parseDuration(value))
            require(*wait >= 0ms && *wait <= 365 * 24h, "a duration is between 0 and a year");
    }
    if (const auto wait = requestedWait(headers, wallNow))
        require(*wait >= 0ms && *wait <= 24h, "a wait is between 0 and a day");
    return 0;
}
