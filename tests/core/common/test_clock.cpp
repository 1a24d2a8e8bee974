// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/clock.h"

#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

class TestClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// A busy program computes what is left to a deadline when that has passed.
    void callsWhenTheTimeIsOver()
    {
        SystemClock clock;
        QList<int> called;
        clock.callLater(-5ms, this, [&] { called.append(1); });
        clock.callLater(1ms, this, [&] { called.append(2); });
        QVERIFY(called.isEmpty());
        QTRY_COMPARE(called.value(called.size() - 1), 2);
        QCOMPARE(called, QList<int>({1, 2}));
    }
};

QTEST_GUILESS_MAIN(TestClock)
#include "test_clock.moc"
