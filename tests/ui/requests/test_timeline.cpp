// SPDX-License-Identifier: GPL-3.0-or-later
#include "requests/timeline.h"

#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;
using Kind = TimeSegment::Kind;

namespace {

AttemptRecord attempt(std::chrono::microseconds began, std::chrono::microseconds sent,
                      std::chrono::microseconds answered, std::chrono::microseconds ended)
{
    AttemptRecord record;
    record.began = began;
    record.sent = sent;
    record.answered = answered;
    record.ended = ended;
    return record;
}

RequestRecord retried()
{
    RequestRecord record;
    record.total = 2s;
    record.attempts = {attempt(0ms, 40ms, 240ms, 240ms), attempt(300ms, 300ms, 800ms, 2s)};
    return record;
}

} // namespace

class TestTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void segmentsFollowTheTime();
    void aRequestThatWaitedItsTurn();
    void whatDidNotHappenTakesNoTime();
    void itIsTold();
    void theWidgetTellsItToo();
};

void TestTimeline::segmentsFollowTheTime()
{
    const QList<TimeSegment> expected{
        {Kind::Connecting, 0, 0ms, 40ms},    {Kind::Waiting, 0, 40ms, 240ms},
        {Kind::Pause, 0, 240ms, 300ms},      {Kind::Waiting, 1, 300ms, 800ms},
        {Kind::Receiving, 1, 800ms, 2000ms},
    };
    QCOMPARE(timeSegments(retried()), expected);
}

void TestTimeline::aRequestThatWaitedItsTurn()
{
    RequestRecord record = retried();
    record.attempts[0].began = 2ms;
    record.attempts[0].queuedUntil = 10ms;
    record.attempts[1].queuedUntil = record.attempts[1].began + 500us;
    record.attempts[1].sent = 320ms;
    QCOMPARE(timeSegments(record).mid(0, 5),
             (QList<TimeSegment>{{Kind::Queued, 0, 0ms, 10ms},
                                 {Kind::Connecting, 0, 10ms, 40ms},
                                 {Kind::Waiting, 0, 40ms, 240ms},
                                 {Kind::Pause, 0, 240ms, 300ms},
                                 {Kind::Connecting, 1, 300ms, 320ms}}));
    QVERIFY(timeDescription(record).startsWith(
        QStringLiteral("Attempt 1: 10 ms in the queue. Attempt 1: 30 ms for a connection.")));
    RequestRecord inVain;
    inVain.total = 1s;
    inVain.attempts = {attempt(1ms, 0ms, 0ms, 1s)};
    QCOMPARE(timeSegments(inVain), (QList<TimeSegment>{{Kind::Queued, 0, 0ms, 1s}}));
}

void TestTimeline::whatDidNotHappenTakesNoTime()
{
    RequestRecord unreachable;
    unreachable.total = 1s;
    unreachable.attempts = {attempt(0ms, 0ms, 0ms, 1s)};
    unreachable.attempts.first().queuedUntil = 1us;
    QCOMPARE(timeSegments(unreachable), (QList<TimeSegment>{{Kind::Connecting, 0, 0ms, 1s}}));
    RequestRecord silent;
    silent.total = 1s;
    silent.attempts = {attempt(0ms, 1ms, 0ms, 1s)};
    QCOMPARE(timeSegments(silent).last(), (TimeSegment{Kind::Waiting, 0, 1ms, 1s}));
    QVERIFY(timeSegments({}).isEmpty());
}

void TestTimeline::itIsTold()
{
    QCOMPARE(timeDescription(retried()),
             QStringLiteral("Attempt 1: 40 ms for a connection. Attempt 1: 200 ms until the answer."
                            " Pause of 60 ms. Attempt 2: 500 ms until the answer."
                            " Attempt 2: 1.2 s to receive it. In all: 2.0 s."));
}

void TestTimeline::theWidgetTellsItToo()
{
    Timeline timeline;
    timeline.setRecord(retried());
    QCOMPARE(timeline.accessibleDescription(), timeDescription(retried()));
    QCOMPARE(timeline.accessibleName(), QStringLiteral("Time line"));
    const int two = timeline.sizeHint().height();
    RequestRecord more = retried();
    more.attempts.append(more.attempts.last());
    timeline.setRecord(more);
    QVERIFY(timeline.sizeHint().height() > two);
    timeline.resize(timeline.sizeHint());
    QVERIFY(!timeline.grab().isNull());
    more.attempts[0].queuedUntil = 10ms;
    const int twoLines = timeline.sizeHint().height();
    timeline.setRecord(more); // with all five kinds in the legend
    QVERIFY(timeline.sizeHint().height() > twoLines);
}

QTEST_MAIN(TestTimeline)
#include "test_timeline.moc"
