// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/latencyhistogram.h"

#include <QTest>

using namespace keywheel;
using std::chrono::microseconds;

class TestLatencyHistogram : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyIsZero();
    void oneSample_data();
    void oneSample();
    void percentiles();
    void extremes();
};

void TestLatencyHistogram::emptyIsZero()
{
    const LatencyHistogram histogram;
    QCOMPARE(histogram.count(), 0U);
    QCOMPARE(histogram.percentile(0.5).count(), 0);
}

void TestLatencyHistogram::oneSample_data()
{
    QTest::addColumn<qint64>("value");
    for (const qint64 value : {0LL, 1LL, 15LL, 16LL, 17LL, 31LL, 32LL, 33LL, 1000LL, 1023LL, 1024LL,
                               123'456LL, 600'000'000LL, 1LL << 40})
        QTest::addRow("%lld", static_cast<long long>(value)) << value;
}

void TestLatencyHistogram::oneSample()
{
    QFETCH(qint64, value);
    LatencyHistogram histogram;
    histogram.add(microseconds(value));
    for (const double share : {0.0, 0.5, 1.0}) {
        const qint64 found = histogram.percentile(share).count();
        QVERIFY2(found >= value && found <= value + value / 16,
                 QByteArray::number(found).constData());
    }
}

void TestLatencyHistogram::percentiles()
{
    LatencyHistogram histogram;
    for (int i = 1; i <= 100; ++i)
        histogram.add(std::chrono::milliseconds(i));
    QCOMPARE(histogram.count(), 100U);
    for (const int percent : {1, 50, 90, 99, 100}) {
        const qint64 exact = percent * 1000;
        const qint64 found = histogram.percentile(percent / 100.0).count();
        QVERIFY2(found >= exact && found <= exact + exact / 16,
                 QByteArray::number(found).constData());
    }
}

void TestLatencyHistogram::extremes()
{
    LatencyHistogram histogram;
    histogram.add(microseconds(-5));
    QCOMPARE(histogram.percentile(1).count(), 0);
    histogram.add(microseconds::max());
    QVERIFY(histogram.percentile(2).count() > 0);
    QCOMPARE(histogram.percentile(-1).count(), 0);
    QCOMPARE(histogram.count(), 2U);
}

QTEST_APPLESS_MAIN(TestLatencyHistogram)
#include "test_latencyhistogram.moc"
