// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/traffichistory.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

RequestRecord finished(int status, std::chrono::microseconds firstByte = 100ms, int attempts = 1)
{
    RequestRecord record;
    record.status = status;
    record.firstByte = firstByte;
    record.attempts.resize(attempts);
    return record;
}

int succeeded(const Traffic::Series &series)
{
    int sum = 0;
    for (const TrafficPoint &point : series.points)
        sum += point.succeeded;
    return sum;
}

} // namespace

class TestTrafficHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyAtFirst();
    void countsByOutcome();
    void growsAndCloses();
    void forgetsWhatIsTooOld();
    void latenciesOfEachStep();
    void lastMinute();
    void lastFiveMinutes();
    void sleepLeavesAGap();
    void aClockSetBackLosesNothing();
    void isSmall();
};

void TestTrafficHistory::emptyAtFirst()
{
    const FakeClock clock;
    TrafficHistory history(clock);
    const Traffic traffic = history.traffic();
    QCOMPARE(traffic.of(TrafficSpan::FiveMinutes).points.size(), 300);
    QCOMPARE(traffic.of(TrafficSpan::Hour).points.size(), 360);
    QCOMPARE(traffic.of(TrafficSpan::Day).points.size(), 288);
    for (const Traffic::Series &series : traffic.spans) {
        QCOMPARE(succeeded(series), 0);
        const qint64 left = clock.wallNow().secsTo(series.end);
        QVERIFY(left > 0 && left <= series.step.count());
    }
    QCOMPARE(history.requestsInLastMinute(), 0);
    QVERIFY(!history.recent().successShare);
    QCOMPARE(history.recent().p95, 0us);
}

void TestTrafficHistory::countsByOutcome()
{
    const FakeClock clock;
    TrafficHistory history(clock);
    history.add(finished(200, 100ms, 3));
    history.add(finished(404));
    history.add(finished(0));
    RequestRecord left = finished(200);
    left.clientLeft = true;
    history.add(left);
    RequestRecord broken = finished(200);
    broken.brokenOff = true;
    history.add(broken);
    history.add(finished(503, 0us, 0));
    for (const Traffic::Series &series : history.traffic().spans) {
        QCOMPARE(series.points.last().succeeded, 1);
        QCOMPARE(series.points.last().failed, 4);
        QCOMPARE(series.points.last().retries, 2);
    }
    QCOMPARE(history.requestsInLastMinute(), 6);
    QCOMPARE(history.recent().successShare, 0.2);
}

void TestTrafficHistory::growsAndCloses()
{
    FakeClock clock;
    TrafficHistory history(clock);
    history.add(finished(200));
    const QDateTime end = history.traffic().of(TrafficSpan::FiveMinutes).end;
    clock.advance(1s);
    history.add(finished(200));
    history.add(finished(200));
    const Traffic traffic = history.traffic();
    const Traffic::Series &seconds = traffic.of(TrafficSpan::FiveMinutes);
    QCOMPARE(seconds.end, end.addSecs(1));
    QCOMPARE(seconds.points.at(298).succeeded, 1);
    QCOMPARE(seconds.points.at(299).succeeded, 2);
    QCOMPARE(traffic.of(TrafficSpan::Hour).points.last().succeeded, 3);
    QCOMPARE(traffic.of(TrafficSpan::Day).points.last().succeeded, 3);
}

void TestTrafficHistory::forgetsWhatIsTooOld()
{
    FakeClock clock;
    TrafficHistory history(clock);
    history.add(finished(200));
    clock.advance(299s);
    QCOMPARE(succeeded(history.traffic().of(TrafficSpan::FiveMinutes)), 1);
    clock.advance(1s);
    QCOMPARE(succeeded(history.traffic().of(TrafficSpan::FiveMinutes)), 0);
    QCOMPARE(succeeded(history.traffic().of(TrafficSpan::Hour)), 1);
    clock.advance(1h);
    QCOMPARE(succeeded(history.traffic().of(TrafficSpan::Hour)), 0);
    QCOMPARE(succeeded(history.traffic().of(TrafficSpan::Day)), 1);
    clock.advance(24h);
    QCOMPARE(succeeded(history.traffic().of(TrafficSpan::Day)), 0);
}

void TestTrafficHistory::latenciesOfEachStep()
{
    FakeClock clock;
    TrafficHistory history(clock);
    for (int i = 0; i < 9; ++i)
        history.add(finished(200, 100ms));
    history.add(finished(200, 1s));
    clock.advance(1s);
    history.add(finished(200, 10ms));
    const Traffic traffic = history.traffic();
    const TrafficPoint before = traffic.of(TrafficSpan::FiveMinutes).points.at(298);
    QVERIFY(before.p50 >= 100ms && before.p50 < 107ms);
    QVERIFY(before.p95 >= 1s && before.p95 < 1070ms);
    const TrafficPoint now = traffic.of(TrafficSpan::FiveMinutes).points.last();
    QVERIFY(now.p95 >= 10ms && now.p95 < 11ms);
    clock.advance(1s);
    QCOMPARE(history.traffic().of(TrafficSpan::FiveMinutes).points.last().p50, 0us);
}

void TestTrafficHistory::lastMinute()
{
    FakeClock clock;
    TrafficHistory history(clock);
    history.add(finished(200));
    clock.advance(30s);
    history.add(finished(200));
    QCOMPARE(history.requestsInLastMinute(), 2);
    clock.advance(30s);
    QCOMPARE(history.requestsInLastMinute(), 1);
    clock.advance(30s);
    QCOMPARE(history.requestsInLastMinute(), 0);
}

void TestTrafficHistory::lastFiveMinutes()
{
    FakeClock clock;
    TrafficHistory history(clock);
    for (int i = 0; i < 20; ++i)
        history.add(finished(500, 2s));
    clock.advance(200s);
    for (int i = 0; i < 20; ++i)
        history.add(finished(200, 100ms));
    QCOMPARE(history.recent().successShare, 0.5);
    QVERIFY(history.recent().p95 >= 2s);
    clock.advance(100s);
    QCOMPARE(history.recent().requests, 20);
    QCOMPARE(history.recent().successShare, 1.0);
    QVERIFY(history.recent().p95 < 107ms);
    clock.advance(300s);
    QVERIFY(!history.recent().successShare);
    QCOMPARE(history.recent().p50, 0us);
}

void TestTrafficHistory::sleepLeavesAGap()
{
    FakeClock clock;
    TrafficHistory history(clock);
    history.add(finished(200));
    clock.jump(10min);
    history.add(finished(200));
    const Traffic traffic = history.traffic();
    QCOMPARE(succeeded(traffic.of(TrafficSpan::FiveMinutes)), 1);
    const QList<TrafficPoint> &hour = traffic.of(TrafficSpan::Hour).points;
    QCOMPARE(hour.at(359).succeeded, 1);
    QCOMPARE(hour.at(359 - 60).succeeded, 1);
    clock.jump(24h * 365);
    QCOMPARE(succeeded(history.traffic().of(TrafficSpan::Day)), 0);
}

void TestTrafficHistory::aClockSetBackLosesNothing()
{
    FakeClock clock;
    TrafficHistory history(clock);
    history.add(finished(200));
    clock.jump(-2h);
    history.add(finished(200));
    clock.advance(2s);
    history.add(finished(200));
    const Traffic::Series seconds = history.traffic().of(TrafficSpan::FiveMinutes);
    QCOMPARE(succeeded(seconds), 3);
    QCOMPARE(clock.wallNow().secsTo(seconds.end), 1);
    QCOMPARE(history.requestsInLastMinute(), 3);
}

void TestTrafficHistory::isSmall()
{
    const std::size_t points = (300 + 360 + 288) * sizeof(TrafficPoint);
    const std::size_t latencies = (30 + 3) * sizeof(LatencyHistogram);
    QVERIFY(points + latencies + 300 * sizeof(int) < 400'000);
}

QTEST_GUILESS_MAIN(TestTrafficHistory)
#include "test_traffichistory.moc"
