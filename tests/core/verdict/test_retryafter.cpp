// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/retryafter.h"

#include <QTest>

using namespace keywheel;
using std::chrono::milliseconds;

namespace {

constexpr qint64 None = -1;
constexpr qint64 Day = 86'400'000;

qint64 count(const std::optional<milliseconds> &wait)
{
    return wait ? wait->count() : None;
}

QDateTime wallNow()
{
    return QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05Z"), Qt::ISODate);
}

Headers parseHeaders(const QByteArray &text)
{
    Headers headers;
    const auto lines = text.split('\n');
    for (const auto &line : lines)
        headers.append(line.left(line.indexOf(':')), line.mid(line.indexOf(':') + 1).trimmed());
    return headers;
}

} // namespace

class TestRetryAfter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parsesDurations_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<qint64>("ms");
        const auto row = [](const char *text, qint64 ms) {
            QTest::addRow("'%s'", text) << QByteArray(text) << ms;
        };
        row("1s", 1000);
        row("6m0s", 360'000);
        row("12ms", 12);
        row("1h2m3.5s", 3'723'500);
        row("7.66s", 7660);
        row("2d1h", 176'400'000);
        row("880us", 1);
        row("1500µs", 2);
        row("20", 20'000);
        row("0.25", 250);
        row("0s", 0);
        row(" 1s ", 1000);
        for (const auto *text : {"", "s", "1x", "-1s", "+1s", "1s2", "1 s", ".", "1.2.3s", "inf",
                                 "nan", "1e3", "0x10", "soon", "9999999999s", "400d"})
            row(text, None);
    }

    void parsesDurations()
    {
        QFETCH(QByteArray, text);
        QTEST(count(parseDuration(text)), "ms");
    }

    void readsWhatTheUpstreamAsks_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<qint64>("ms");
        const auto row = [](const char *headers, qint64 ms) {
            QTest::newRow(QByteArray(headers).replace('\n', "; ").constData())
                << QByteArray(headers) << ms;
        };
        row("Content-Type: text/plain", None);
        row("Retry-After: 20", 20'000);
        row("retry-after: 0", 0);
        row("Retry-After: 1.5", 1500);
        row("Retry-After: -5", None);
        row("Retry-After: soon", None);
        row("Retry-After: ", None);
        row("Retry-After: 1e3", None);
        row("Retry-After: 99999999999999999999999", None);
        row("Retry-After: 1767323045", None); // a date in seconds: no wait of 56 years
        row("Retry-After: 86400", Day);
        row("Retry-After: 172800", Day);
        row("retry-after-ms: 156", 156);
        row("retry-after-ms: 156.2", 157);
        row("retry-after-ms: 156\nRetry-After: 1", 156);
        row("retry-after-ms: x\nRetry-After: 1", 1000);
        // RFC 9110 §5.6.7: the three formats
        row("Retry-After: Fri, 02 Jan 2026 03:04:25 GMT", 20'000);
        row("Retry-After: Friday, 02-Jan-26 03:04:25 GMT", 20'000);
        row("Retry-After: Fri Jan  2 03:04:25 2026", 20'000);
        row("Retry-After: Fri Jan 12 03:04:05 2026", Day);
        row("Retry-After: Fri, 02 Jan 2026 03:04:04 GMT", 0);
        row("Retry-After: Sunday, 06-Nov-94 08:49:37 GMT", 0);
        row("Retry-After: Fri, 02 Jan 2099 03:04:25 GMT", None);
        row("Retry-After: Fri, 32 Jan 2026 03:04:25 GMT", None);
        row("Retry-After: Fri, 02 Foo 2026 03:04:25 GMT", None);
        row("Retry-After: Fri, 02 anF 2026 03:04:25 GMT", None);
        row("Retry-After: Fri, 02 Jan 2026 25:04:25 GMT", None);
        row("Retry-After: Fri, 02 Jan 2026 03:04:25", None);
        // limits that are used up
        row("x-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: 1s", 1000);
        row("x-ratelimit-remaining-requests: 3\nx-ratelimit-reset-requests: 1s", None);
        row("x-ratelimit-reset-requests: 1s", None);
        row("x-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: 1s\n"
            "X-RateLimit-Remaining-Tokens: 0\nX-RateLimit-Reset-Tokens: 6m0s",
            360'000);
        row("x-ratelimit-remaining-requests: 9\nx-ratelimit-reset-requests: 1h\n"
            "x-ratelimit-remaining-tokens: 0\nx-ratelimit-reset-tokens: 12ms",
            12);
        row("Retry-After: 2\nx-ratelimit-remaining-tokens: 0\nx-ratelimit-reset-tokens: 6m0s",
            2000);
        row("x-ratelimit-remaining-tokens: 0\nx-ratelimit-reset-tokens: never", None);
        // a bare reset: only as a point in time
        row("X-RateLimit-Remaining: 0\nX-RateLimit-Reset: 1767323055", 10'000);
        row("X-RateLimit-Remaining: 0\nX-RateLimit-Reset: 1767323055500", 10'500);
        row("X-RateLimit-Remaining: 0\nX-RateLimit-Reset: 60", None);
        row("X-RateLimit-Remaining: 1\nX-RateLimit-Reset: 1767323055", None);
        row("x-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: 1767323055", 10'000);
    }

    void readsWhatTheUpstreamAsks()
    {
        QCOMPARE(wallNow().toSecsSinceEpoch(), 1'767'323'045);
        QFETCH(QByteArray, headers);
        QTEST(count(requestedWait(parseHeaders(headers), wallNow())), "ms");
    }
};

QTEST_APPLESS_MAIN(TestRetryAfter)
#include "test_retryafter.moc"
