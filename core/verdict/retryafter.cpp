// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/retryafter.h"

#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <cmath>

namespace keywheel {

namespace {

using std::chrono::milliseconds;

constexpr double LongestSensible = 365.0 * 24 * 3600; ///< s; beyond it, it was no wait at all
constexpr milliseconds LongestHonoured = std::chrono::hours(24);

/// Digits with at most one point; no sign, exponent, `inf` or `nan`.
std::optional<double> plainNumber(QByteArrayView text)
{
    const auto isPart = [](char c) {
        return (c >= '0' && c <= '9') || c == '.';
    };
    bool ok = false;
    const double number = text.toByteArray().toDouble(&ok);
    if (!ok || !std::all_of(text.begin(), text.end(), isPart))
        return std::nullopt;
    return number;
}

/// Rounded up, so that nobody comes a moment too early.
std::optional<milliseconds> fromSeconds(double seconds)
{
    if (seconds > LongestSensible)
        return std::nullopt;
    return milliseconds(static_cast<qint64>(std::ceil(seconds * 1000 - 1e-6)));
}

double secondsPerUnit(QByteArrayView unit)
{
    struct Unit
    {
        QByteArrayView name;
        double seconds = 0;
    };
    static constexpr Unit units[] = {{"d", 86400}, {"h", 3600},  {"m", 60},    {"s", 1},
                                     {"ms", 1e-3}, {"us", 1e-6}, {"µs", 1e-6}, {"ns", 1e-9}};
    const auto *found = std::find_if(std::begin(units), std::end(units),
                                     [&](const Unit &known) { return known.name == unit; });
    return found == std::end(units) ? -1 : found->seconds;
}

int monthNumber(QStringView name)
{
    static const QString names = QStringLiteral("JanFebMarAprMayJunJulAugSepOctNovDec");
    const auto at = names.indexOf(name);
    return at < 0 || at % 3 != 0 ? 0 : static_cast<int>(at / 3) + 1;
}

/// The three formats of RFC 9110 §5.6.7. QLocale cannot do the second (its two-digit years are
/// those of the 20th century). The day's name is not checked.
QDateTime parseHttpDate(const QByteArray &text, const QDateTime &wallNow)
{
    static const QRegularExpression fixdate(
        QStringLiteral("^[A-Z][a-z]+, (?<d>\\d\\d)([ -])(?<m>[A-Z][a-z]{2})\\g2(?<y>\\d{4}|\\d{2}) "
                       "(?<t>\\d\\d:\\d\\d:\\d\\d) GMT$"));
    static const QRegularExpression asctime(
        QStringLiteral("^[A-Z][a-z]{2} (?<m>[A-Z][a-z]{2}) (?<d>[ \\d]\\d) "
                       "(?<t>\\d\\d:\\d\\d:\\d\\d) (?<y>\\d{4})$"));
    const QString date = QString::fromLatin1(text);
    auto match = fixdate.match(date);
    if (!match.hasMatch())
        match = asctime.match(date);
    if (!match.hasMatch())
        return {};
    int year = match.captured(QStringLiteral("y")).toInt();
    if (year < 100) {
        // More than 50 years ahead means the century before.
        year += wallNow.date().year() / 100 * 100;
        if (year > wallNow.date().year() + 50)
            year -= 100;
    }
    const QDate day(year, monthNumber(match.captured(QStringLiteral("m"))),
                    match.captured(QStringLiteral("d")).trimmed().toInt());
    const QTime time =
        QTime::fromString(match.captured(QStringLiteral("t")), QStringLiteral("HH:mm:ss"));
    if (!day.isValid() || !time.isValid())
        return {};
    return QDateTime(day, time, QTimeZone::utc());
}

std::optional<milliseconds> until(const QDateTime &date, const QDateTime &wallNow)
{
    if (!date.isValid())
        return std::nullopt;
    return fromSeconds(std::max<double>(0, wallNow.msecsTo(date)) / 1000);
}

std::optional<milliseconds> retryAfter(const Headers &headers, const QDateTime &wallNow)
{
    const QByteArray millis = headers.value("retry-after-ms").trimmed();
    if (const auto number = plainNumber(millis)) {
        if (const auto wait = fromSeconds(*number / 1000))
            return wait;
    }
    const QByteArray value = headers.value("retry-after").trimmed();
    if (const auto number = plainNumber(value))
        return fromSeconds(*number);
    return until(parseHttpDate(value, wallNow), wallNow);
}

/// A bare x-ratelimit-reset is a point in time with some, a duration with others; only numbers too
/// big for a duration are understood, as seconds or milliseconds since 1970.
std::optional<milliseconds> resetInstant(QByteArrayView value, const QDateTime &wallNow)
{
    const double number = plainNumber(value).value_or(0);
    if (number <= 1e9 || number > 1e14)
        return std::nullopt;
    const auto sinceEpoch = static_cast<qint64>(number > 1e12 ? number : number * 1000);
    return until(QDateTime::fromMSecsSinceEpoch(sinceEpoch, QTimeZone::utc()), wallNow);
}

std::optional<milliseconds> rateLimitReset(const Headers &headers, const QDateTime &wallNow)
{
    static const QByteArray prefix("x-ratelimit-reset");
    std::optional<milliseconds> longest;
    for (const auto &field : headers) {
        const QByteArray name = field.name.toLower();
        if (!name.startsWith(prefix))
            continue;
        const QByteArray limit = name.sliced(prefix.size()); // `-requests`, `-tokens` or empty
        if (plainNumber(headers.value("x-ratelimit-remaining" + limit).trimmed()) != 0.0)
            continue;
        const QByteArray value = field.value.trimmed();
        const auto wait = limit.isEmpty() || plainNumber(value).value_or(0) > 1e9
                              ? resetInstant(value, wallNow)
                              : parseDuration(value);
        if (wait && (!longest || *wait > *longest))
            longest = wait;
    }
    return longest;
}

} // namespace

std::optional<milliseconds> requestedWait(const Headers &headers, const QDateTime &wallNow)
{
    auto wait = retryAfter(headers, wallNow);
    if (!wait)
        wait = rateLimitReset(headers, wallNow);
    if (wait)
        wait = std::min(*wait, LongestHonoured);
    return wait;
}

std::optional<milliseconds> parseDuration(QByteArrayView text)
{
    text = text.trimmed();
    if (const auto seconds = plainNumber(text))
        return fromSeconds(*seconds);
    const auto isNumeric = [](char c) {
        return (c >= '0' && c <= '9') || c == '.';
    };
    double seconds = 0;
    const char *at = text.begin();
    while (at != text.end()) {
        const char *unit = std::find_if_not(at, text.end(), isNumeric);
        const char *next = std::find_if(unit, text.end(), isNumeric);
        const auto number = plainNumber({at, unit});
        const double factor = secondsPerUnit({unit, next});
        if (!number || factor < 0)
            return std::nullopt;
        seconds += *number * factor;
        at = next;
    }
    return text.isEmpty() ? std::nullopt : fromSeconds(seconds);
}

} // namespace keywheel
