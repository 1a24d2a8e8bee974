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
constexpr milliseconds LongestQuota = std::chrono::hours(35 * 24);

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

using Wait = std::optional<milliseconds>;

void keepLongest(Wait &longest, const Wait &wait)
{
    if (wait && (!longest || *wait > *longest))
        longest = wait;
}

/// RFC 3339, or seconds or milliseconds since 1970. Smaller numbers are no points in time.
Wait untilInstant(QByteArrayView text, const QDateTime &wallNow)
{
    const double number = plainNumber(text).value_or(0);
    if (number > 1e9 && number <= 1e14) {
        const auto sinceEpoch = static_cast<qint64>(number > 1e12 ? number : number * 1000);
        return until(QDateTime::fromMSecsSinceEpoch(sinceEpoch, QTimeZone::utc()), wallNow);
    }
    if (number != 0 || !text.contains('T'))
        return std::nullopt;
    QDateTime date = QDateTime::fromString(QString::fromLatin1(text), Qt::ISODateWithMs);
    return until(date, wallNow);
}

/// Seconds, a duration, a date of HTTP or of RFC 3339.
Wait retryValue(const QByteArray &value, const QDateTime &wallNow)
{
    if (const auto wait = untilInstant(value, wallNow); wait && value.contains('T'))
        return wait;
    if (const auto wait = parseDuration(value))
        return wait;
    return until(parseHttpDate(value, wallNow), wallNow);
}

Wait retryAfter(const Headers &headers, const QDateTime &wallNow)
{
    for (const auto *name : {"retry-after-ms", "x-ms-retry-after-ms"}) {
        if (const auto number = plainNumber(headers.value(name).trimmed())) {
            if (const auto wait = fromSeconds(*number / 1000))
                return wait;
        }
    }
    for (const auto *name : {"retry-after", "x-retry-after", "x-ratelimit-timeremaining"}) {
        if (const auto wait = retryValue(headers.value(name).trimmed(), wallNow))
            return wait;
    }
    return std::nullopt;
}

/// The value of the field that is called like `reset` but for one word.
QByteArray sibling(const Headers &headers, const QByteArray &reset, const char *word)
{
    QByteArray name = reset;
    return headers.value(name.replace("reset", word)).trimmed();
}

/// Whether nothing is left of the limit whose field `name` tells when it is whole again.
bool isSpent(const Headers &headers, const QByteArray &name)
{
    if (sibling(headers, name, "status") == "rejected") // anthropic-ratelimit-unified-5h-status
        return true;
    return plainNumber(sibling(headers, name, "remaining")) == 0.0;
}

/// A bare x-ratelimit-reset is a point in time with some, a duration with others; only numbers too
/// big for a duration are understood.
Wait resetValue(const QByteArray &name, const QByteArray &value, const QDateTime &wallNow)
{
    if (const auto wait = untilInstant(value, wallNow))
        return wait;
    const bool isAmbiguous = name == "x-ratelimit-reset" || plainNumber(value).value_or(0) > 1e9;
    return isAmbiguous ? std::nullopt : parseDuration(value);
}

Wait rateLimitReset(const Headers &headers, const QDateTime &wallNow)
{
    Wait longest;
    for (const auto &field : headers) {
        const QByteArray name = field.name.toLower();
        if (!name.contains("ratelimit") || !name.contains("reset"))
            continue;
        if (isSpent(headers, name))
            keepLongest(longest, resetValue(name, field.value.trimmed(), wallNow));
    }
    // The IETF's draft has one limit, and some send only when it is whole again.
    if (!longest && !headers.contains("ratelimit-remaining"))
        longest = parseDuration(headers.value("ratelimit-reset").trimmed());
    return longest;
}

Wait fromFields(const ErrorMessage &error, const QDateTime &wallNow)
{
    Wait longest;
    for (const QByteArray &delay : error.delays)
        keepLongest(longest, parseDuration(delay));
    for (const QByteArray &instant : error.instants)
        keepLongest(longest, untilInstant(instant, wallNow));
    if (!error.headers.isEmpty()) {
        keepLongest(longest, retryAfter(error.headers, wallNow));
        if (!longest)
            keepLongest(longest, rateLimitReset(error.headers, wallNow));
    }
    return longest;
}

double secondsPerWord(QStringView unit)
{
    static constexpr std::pair<QLatin1String, double> units[] = {
        {QLatin1String("ms"), 1e-3}, {QLatin1String("milli"), 1e-3}, {QLatin1String("d"), 86400},
        {QLatin1String("h"), 3600},  {QLatin1String("m"), 60},       {QLatin1String("s"), 1}};
    for (const auto &[start, seconds] : units) {
        if (unit.startsWith(start))
            return seconds;
    }
    if (unit.startsWith(QStringLiteral("小时")))
        return 3600;
    return unit.startsWith(QStringLiteral("分")) ? 60 : 1;
}

/// All numbers with units in it, added up.
Wait spokenDuration(const QString &text)
{
    static const QRegularExpression part(
        QStringLiteral("(\\d+(?:\\.\\d+)?)\\s*([a-z\u4e00-\u9fff]+)"));
    double seconds = 0;
    auto parts = part.globalMatch(text);
    while (parts.hasNext()) {
        const auto match = parts.next();
        seconds += match.captured(1).toDouble() * secondsPerWord(match.capturedView(2));
    }
    return fromSeconds(seconds);
}

Wait durationInWords(const QString &words)
{
    static const QString length = QStringLiteral(
        "((?:\\d+(?:\\.\\d+)?\\s*(?:days?|d|hours?|hrs?|h|minutes?|mins?|milliseconds?|ms|m|"
        "seconds?|secs?|s)(?![a-z])[\\s,]*(?:and\\s+)?)+)");
    static const QRegularExpression english(
        QStringLiteral("(?:again|retry|retrying|request|resets?|available|wait)\\s*"
                       "(?:in|after|for|:|at least)*\\s*:?\\s*") +
        length);
    static const QRegularExpression chinese(
        QStringLiteral("(\\d+(?:\\.\\d+)?\\s*(?:毫秒|秒钟?|分钟?|小时))\\s*(?:之?后|以后)"));
    auto match = english.match(words);
    if (!match.hasMatch())
        match = chinese.match(words);
    return match.hasMatch() ? spokenDuration(match.captured(1)) : std::nullopt;
}

/// A point in time without a zone is one of China: services there leave it out.
Wait instantInWords(const QString &words, const QDateTime &wallNow)
{
    static const QRegularExpression instant(QStringLiteral(
        "(?:access on|resets? (?:at|on)|try after|again "
        "(?:at|on|after)|until|将在|于|重置时间)\\s*:?\\s*"
        "(\\d{4}-\\d\\d-\\d\\d)(?:[t ]| at )(\\d\\d:\\d\\d(?::\\d\\d)?)(?:\\.\\d+)?\\s*"
        "(z|utc|gmt|[+-]\\d\\d:?\\d\\d)?"));
    const auto match = instant.match(words);
    if (!match.hasMatch())
        return std::nullopt;
    const QDate day = QDate::fromString(match.captured(1), Qt::ISODate);
    const QTime time = QTime::fromString(match.captured(2), Qt::ISODate);
    if (!day.isValid() || !time.isValid())
        return std::nullopt;
    const QString zone = match.captured(3);
    int offset = zone.isEmpty() ? 8 * 3600 : 0;
    if (zone.startsWith(u'+') || zone.startsWith(u'-')) {
        const QString digits = QString(zone).remove(u':');
        offset = digits.mid(1, 2).toInt() * 3600 + digits.mid(3, 2).toInt() * 60;
        offset = zone.startsWith(u'-') ? -offset : offset;
    }
    return milliseconds(wallNow.msecsTo(QDateTime(day, time, QTimeZone(offset))));
}

/// Not cut, and perhaps in the past.
Wait fromWords(const ErrorMessage &error, const QDateTime &wallNow)
{
    const QString words = error.message.toLower();
    const auto wait = instantInWords(words, wallNow);
    return wait ? wait : durationInWords(words);
}

Wait cut(const Wait &wait, milliseconds most)
{
    return wait ? Wait(std::min(*wait, most)) : std::nullopt;
}

} // namespace

Wait requestedWait(const Headers &headers, const QDateTime &wallNow)
{
    auto wait = retryAfter(headers, wallNow);
    if (!wait)
        wait = rateLimitReset(headers, wallNow);
    return cut(wait, LongestHonoured);
}

Wait requestedWait(const Headers &headers, const ErrorMessage &error, const QDateTime &wallNow)
{
    auto wait = requestedWait(headers, wallNow);
    if (!wait)
        wait = fromFields(error, wallNow);
    if (!wait) {
        wait = fromWords(error, wallNow);
        if (wait && *wait <= milliseconds(0))
            wait.reset();
    }
    return cut(wait, LongestHonoured);
}

Wait statedEnd(const Headers &headers, const ErrorMessage &error, const QDateTime &wallNow)
{
    auto wait = retryAfter(headers, wallNow);
    for (const auto &next : {fromFields(error, wallNow), fromWords(error, wallNow)}) {
        if (!wait || *wait <= milliseconds(0))
            wait = next;
    }
    return wait && *wait > milliseconds(0) ? cut(wait, LongestQuota) : std::nullopt;
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
