// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/guessbrake.h"
#include "support/fakeclock.h"

#include <QLoggingCategory>
#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

class TestGuessBrake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(QStringLiteral("keywheel.server=false"));
    }
    void delaysGrow();
    void countsEachAddressAlone();
    void countsANetworkOfIPv6AsOne();
    void forgetsAfterAWhile();
    void forgetsTheOldestWhenFull();

private:
    static QList<qint64> delays(GuessBrake &brake, const QHostAddress &from, int count)
    {
        QList<qint64> all;
        for (int i = 0; i < count; ++i)
            all.append(brake.noteWrongKey(from).count());
        return all;
    }
};

namespace {

const QHostAddress Here(QHostAddress::LocalHost);
const QList<qint64> Free(GuessBrake::FreeTries, 0);

} // namespace

void TestGuessBrake::delaysGrow()
{
    FakeClock clock;
    GuessBrake brake(clock);
    QCOMPARE(delays(brake, Here, 11), Free + QList<qint64>({1000, 2000, 4000, 8000, 8000, 8000}));
    delays(brake, Here, 100);
    QCOMPARE(brake.noteWrongKey(Here), 8000ms);
}

void TestGuessBrake::countsEachAddressAlone()
{
    FakeClock clock;
    GuessBrake brake(clock);
    delays(brake, Here, 20);
    QCOMPARE(delays(brake, QHostAddress(QStringLiteral("192.0.2.1")), 5), Free);
}

void TestGuessBrake::countsANetworkOfIPv6AsOne()
{
    FakeClock clock;
    GuessBrake brake(clock);
    QCOMPARE(delays(brake, QHostAddress(QStringLiteral("2001:db8:1:2::1")), 5), Free);
    QCOMPARE(brake.noteWrongKey(QHostAddress(QStringLiteral("2001:db8:1:2:ffff::2"))), 1000ms);
    QCOMPARE(brake.noteWrongKey(QHostAddress(QStringLiteral("2001:db8:1:3::1"))), 0ms);
}

void TestGuessBrake::forgetsAfterAWhile()
{
    FakeClock clock;
    GuessBrake brake(clock);
    delays(brake, Here, 7);
    clock.advance(GuessBrake::Memory - 1ms);
    QCOMPARE(brake.noteWrongKey(Here), 4000ms);
    clock.advance(GuessBrake::Memory);
    QCOMPARE(delays(brake, Here, 5), Free);
}

void TestGuessBrake::forgetsTheOldestWhenFull()
{
    FakeClock clock;
    GuessBrake brake(clock);
    const auto address = [](qsizetype n) {
        return QHostAddress(static_cast<quint32>(0x0A000000 + n));
    };
    for (qsizetype i = 0; i < GuessBrake::MaxAddresses; ++i) {
        delays(brake, address(i), 6);
        clock.advance(1ms);
    }
    QCOMPARE(brake.noteWrongKey(address(0)), 2000ms); // the second is the oldest now
    clock.advance(1ms);
    QCOMPARE(brake.noteWrongKey(Here), 0ms);
    QCOMPARE(brake.noteWrongKey(address(0)), 4000ms);
    QCOMPARE(brake.noteWrongKey(address(2)), 2000ms);
    QCOMPARE(brake.noteWrongKey(address(1)), 0ms);
}

QTEST_GUILESS_MAIN(TestGuessBrake)
#include "test_guessbrake.moc"
