// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/chartdata.h"

#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

class TestChartData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void steadyTrafficGivesASteadyLine()
    {
        for (const auto &[step, count] :
             {std::pair(1s, 2), std::pair(10s, 20), std::pair(std::chrono::seconds(300), 600)}) {
            Traffic::Series series{step, {}, QList<TrafficPoint>(100, TrafficPoint{count})};
            for (const QPointF &point : ratePoints(series, &TrafficPoint::succeeded))
                QCOMPARE(point.y(), 120.0);
        }
    }

    void theLastPointIsNow()
    {
        Traffic::Series series{10s, {}, QList<TrafficPoint>(360)};
        const auto points = ratePoints(series, &TrafficPoint::failed);
        QCOMPARE(points.size(), 360);
        QCOMPARE(points.constLast(), QPointF(0, 0));
        QCOMPARE(points.constFirst().x(), -3590.0);
    }

    void aSingleFailureIsSeenForAWhile()
    {
        Traffic::Series series{1s, {}, QList<TrafficPoint>(300)};
        series.points[100].failed = 1;
        const auto points = ratePoints(series, &TrafficPoint::failed);
        QCOMPARE(points.at(99).y(), 0.0);
        QCOMPARE(points.at(100).y(), 6.0);
        QCOMPARE(points.at(109).y(), 6.0);
        QCOMPARE(points.at(110).y(), 0.0);
    }

    void theOldestFailureIsNoPeak()
    {
        Traffic::Series series{1s, {}, QList<TrafficPoint>(300)};
        series.points[0].failed = 1;
        const auto points = ratePoints(series, &TrafficPoint::failed);
        QCOMPARE(points.at(0).y(), 6.0);
        QCOMPARE(points.at(9).y(), 6.0);
        QCOMPARE(points.at(10).y(), 0.0);
    }

    void latencyHasNoPointsWhereNothingWasAnswered()
    {
        Traffic::Series series{1s, {}, QList<TrafficPoint>(10)};
        series.points[4].p50 = 250ms;
        QCOMPARE(latencyPoints(series, &TrafficPoint::p50), QList<QPointF>{QPointF(-5, 250)});
    }

    void nothingGivesNothing()
    {
        QVERIFY(ratePoints({}, &TrafficPoint::failed).isEmpty());
        QVERIFY(latencyPoints({}, &TrafficPoint::p50).isEmpty());
        QCOMPARE(highest({}), 0.0);
    }

    void scalesAreRound_data()
    {
        QTest::addColumn<double>("highest");
        QTest::addColumn<double>("top");
        QTest::addColumn<int>("ticks");
        QTest::addColumn<bool>("whole");

        QTest::newRow("nothing") << 0.0 << 0.5 << 3 << false;
        QTest::newRow("one") << 1.0 << 1.0 << 5 << false;
        QTest::newRow("seven") << 7.0 << 8.0 << 5 << true;
        QTest::newRow("just over") << 101.0 << 150.0 << 4 << true;
        QTest::newRow("many") << 1234.0 << 1500.0 << 4 << true;
    }
    void scalesAreRound()
    {
        QFETCH(double, highest);
        const Scale scale = scaleFor(highest);
        QTEST(scale.top, "top");
        QTEST(scale.ticks, "ticks");
        QTEST(scale.whole, "whole");
        QVERIFY(scale.top >= highest);
    }
};

QTEST_MAIN(TestChartData)
#include "test_chartdata.moc"
