// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/requestfilter.h"
#include "requests/requesttable.h"
#include "support/fakebackend.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <array>

using namespace keywheel;
using namespace std::chrono_literals;
using Outcome = RequestConditions::Outcome;

namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr int PromisedMs = 2000; // what is promised is of a release build
#else
constexpr int PromisedMs = 100;
#endif

RequestRecord request(int number, int status = 200, const QByteArray &path = "/v1/chat")
{
    RequestRecord record;
    record.id = "id-" + QByteArray::number(number);
    record.startedAt =
        QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05Z"), Qt::ISODate).addSecs(number);
    record.method = "POST";
    record.path = path;
    record.peer = QStringLiteral("127.0.0.1:%1").arg(number);
    record.status = status;
    record.firstByte = 200ms;
    record.total = 1s;
    record.bytesOut = number;
    AttemptRecord attempt;
    attempt.keyPreview = QStringLiteral("sk-te…%1").arg(1000 + number % 3);
    attempt.status = status;
    record.attempts = {attempt};
    return record;
}

} // namespace

class TestRequestLogModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newestComeFirst();
    void onlyTheLastOnesAreKept();
    void aPauseKeepsTheRowsAndCounts();
    void clearForgetsAll();
    void cellsSayWhatHappened();
    void frequentPathsComeFirst();
    void conditions_data();
    void conditions();
    void newRequestsAreFiltered();
    void sortingGoesByValue();
    void filteringIsFast();
    void sortingIsFast();
    void aSortedTableFollowsLoad();

private:
    void bring(const QList<RequestRecord> &records)
    {
        backend_.snapshot_.newRequests = records;
        backend_.publish();
    }

    FakeBackend backend_;
};

void TestRequestLogModel::newestComeFirst()
{
    RequestLogModel model(backend_);
    const QAbstractItemModelTester tester(&model);
    bring({request(1), request(2)});
    bring({});
    bring({request(3)});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.record(0).id, "id-3");
    QCOMPARE(model.record(2).id, "id-1");
}

void TestRequestLogModel::onlyTheLastOnesAreKept()
{
    RequestLogModel model(backend_);
    QList<RequestRecord> many;
    for (int i = 0; i < RequestLogModel::Capacity - 1; ++i)
        many.append(request(i));
    bring(many);
    const QAbstractItemModelTester tester(&model);
    bring({request(-1), request(-2), request(-3)});
    QCOMPARE(model.rowCount(), RequestLogModel::Capacity);
    QCOMPARE(model.record(0).id, "id--3");
    QCOMPARE(model.record(RequestLogModel::Capacity - 1).id, "id-2");
    many += many;
    bring(many); // more than fit at once
    QCOMPARE(model.rowCount(), RequestLogModel::Capacity);
    QCOMPARE(model.record(0).id, many.last().id);
}

void TestRequestLogModel::aPauseKeepsTheRowsAndCounts()
{
    RequestLogModel model(backend_);
    const QAbstractItemModelTester tester(&model);
    QSignalSpy held(&model, &RequestLogModel::heldCountChanged);
    bring({request(1)});
    model.setPaused(true);
    bring({request(2), request(3)});
    bring({request(4)});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(held.last().first().toLongLong(), 3);
    model.setPaused(false);
    QCOMPARE(model.heldCount(), 0);
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.record(0).id, "id-4");
}

void TestRequestLogModel::clearForgetsAll()
{
    RequestLogModel model(backend_);
    bring({request(1)});
    model.setPaused(true);
    bring({request(2)});
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.heldCount(), 0);
    model.setPaused(false);
    QCOMPARE(model.rowCount(), 0);
}

void TestRequestLogModel::cellsSayWhatHappened()
{
    RequestLogModel model(backend_);
    RequestRecord left = request(2, 0);
    left.clientLeft = true;
    left.firstByte = {};
    bring({request(1, 429), left});
    const auto cell = [&model](int row, int column) {
        return model.index(row, column).data().toString();
    };
    QCOMPARE(cell(0, RequestLogModel::Status), QStringLiteral("Client left"));
    QCOMPARE(cell(0, RequestLogModel::FirstByte), QString());
    QCOMPARE(cell(1, RequestLogModel::Status), QStringLiteral("429 Too many requests"));
    QCOMPARE(cell(1, RequestLogModel::FirstByte), QStringLiteral("200 ms"));
    QCOMPARE(cell(1, RequestLogModel::Total), QStringLiteral("1.0 s"));
    QCOMPARE(cell(1, RequestLogModel::Key), QStringLiteral("sk-te…1001"));
    QVERIFY(!model.index(1, RequestLogModel::Status).data(Qt::DecorationRole).isNull());
}

void TestRequestLogModel::frequentPathsComeFirst()
{
    RequestLogModel model(backend_);
    bring({request(1, 200, "/v1/models?a=1"), request(2, 200, "/v1/chat"),
           request(3, 200, "/v1/models?a=2"), request(4, 200, "/v1/audio")});
    QCOMPARE(model.frequentPaths(2),
             (QStringList{QStringLiteral("/v1/models"), QStringLiteral("/v1/audio")}));
}

void TestRequestLogModel::conditions_data()
{
    QTest::addColumn<RequestConditions>("conditions");
    QTest::addColumn<QList<int>>("rows");
    QTest::newRow("none") << RequestConditions{} << QList<int>{5, 4, 3, 2, 1, 0};
    QTest::newRow("succeeded") << RequestConditions{.outcome = Outcome::Succeeded}
                               << QList<int>{5, 0};
    QTest::newRow("retried") << RequestConditions{.outcome = Outcome::Retried} << QList<int>{5};
    QTest::newRow("refused") << RequestConditions{.outcome = Outcome::Refused} << QList<int>{1};
    QTest::newRow("failed") << RequestConditions{.outcome = Outcome::Failed} << QList<int>{2};
    QTest::newRow("interrupted") << RequestConditions{.outcome = Outcome::Interrupted}
                                 << QList<int>{4, 3};
    QTest::newRow("key of an earlier attempt")
        << RequestConditions{.key = QStringLiteral("sk-te…9999")} << QList<int>{5};
    QTest::newRow("path") << RequestConditions{.path = QStringLiteral("/v1/models")}
                          << QList<int>{1};
    QTest::newRow("text in a reason")
        << RequestConditions{.text = QStringLiteral("LIMIT")} << QList<int>{5};
    QTest::newRow("text in the status")
        << RequestConditions{.text = QStringLiteral("not found")} << QList<int>{1};
    QTest::newRow("id") << RequestConditions{.text = QStringLiteral("id-3")} << QList<int>{3};
    QTest::newRow("two") << RequestConditions{.outcome = Outcome::Succeeded,
                                              .text = QStringLiteral("id-0")}
                         << QList<int>{0};
}

void TestRequestLogModel::conditions()
{
    QFETCH(RequestConditions, conditions);
    QFETCH(QList<int>, rows);
    RequestLogModel model(backend_);
    RequestFilter filter(model);
    const QAbstractItemModelTester tester(&filter);
    RequestRecord broken = request(3);
    broken.brokenOff = true;
    RequestRecord left = request(4);
    left.clientLeft = true;
    RequestRecord retried = request(5);
    AttemptRecord first;
    first.keyPreview = QStringLiteral("sk-te…9999");
    first.reason = QStringLiteral("429: rate limit reached");
    retried.attempts.prepend(first);
    bring({request(0), request(1, 404, "/v1/models?x=y"), request(2, 502), broken, left, retried});
    filter.setConditions(conditions);
    QList<int> found;
    for (int row = 0; row < filter.rowCount(); ++row)
        found.append(int(filter.record(row).bytesOut));
    QCOMPARE(found, rows);
}

void TestRequestLogModel::newRequestsAreFiltered()
{
    RequestLogModel model(backend_);
    RequestFilter filter(model);
    filter.setConditions({.outcome = Outcome::Failed});
    bring({request(1), request(2, 500)});
    bring({request(3, 500), request(4)});
    QCOMPARE(filter.rowCount(), 2);
    QCOMPARE(filter.record(0).id, "id-3");
}

void TestRequestLogModel::sortingGoesByValue()
{
    RequestLogModel model(backend_);
    RequestFilter filter(model);
    bring({request(9), request(100), request(20)});
    filter.sort(RequestLogModel::Size, Qt::AscendingOrder);
    QCOMPARE(filter.record(0).bytesOut, 9);
    QCOMPARE(filter.record(2).bytesOut, 100);
    filter.sort(-1);
    QCOMPARE(filter.record(0).bytesOut, 20);
}

void TestRequestLogModel::filteringIsFast()
{
    RequestLogModel model(backend_);
    RequestFilter filter(model);
    QList<RequestRecord> many;
    for (int i = 0; i < RequestLogModel::Capacity; ++i)
        many.append(request(i, i % 50 == 0 ? 500 : 200));
    bring(many);
    QElapsedTimer timer;
    timer.start();
    filter.setConditions({.text = QStringLiteral("server error")});
    QVERIFY2(timer.elapsed() < PromisedMs, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(filter.rowCount(), RequestLogModel::Capacity / 50);
    QBENCHMARK
    {
        filter.setConditions({});
        filter.setConditions({.text = QStringLiteral("server error")});
    }
}

void TestRequestLogModel::sortingIsFast()
{
    RequestLogModel model(backend_);
    RequestFilter filter(model);
    QList<RequestRecord> many;
    for (int i = 0; i < RequestLogModel::Capacity; ++i)
        many.append(request(i * 7919 % RequestLogModel::Capacity));
    bring(many);
    QElapsedTimer timer;
    timer.start();
    filter.sort(RequestLogModel::Key, Qt::AscendingOrder);
    QVERIFY2(timer.elapsed() < PromisedMs, qPrintable(QString::number(timer.elapsed())));
    QBENCHMARK
    {
        filter.sort(RequestLogModel::Size, Qt::AscendingOrder);
        filter.sort(RequestLogModel::Time, Qt::DescendingOrder);
    }
}

void TestRequestLogModel::aSortedTableFollowsLoad()
{
    RequestLogModel model(backend_);
    RequestFilter filter(model);
    RequestTable table(filter);
    table.show();
    int last = 0;
    const auto some = [&last](int count) { // all over the table
        QList<RequestRecord> records;
        for (int i = 0; i < count; ++i)
            records.append(request(last = (last + 7919) % 1'000'003));
        return records;
    };
    bring(some(RequestLogModel::Capacity));
    table.sortByColumn(RequestLogModel::Size, Qt::AscendingOrder);
    const QByteArray newest = model.record(0).id;
    table.selectRow(filter.mapFromSource(model.index(0, 0)).row());
    QCoreApplication::processEvents();
    std::array<qint64, 5> took{};
    for (qint64 &elapsed : took) {
        const QList<RequestRecord> records = some(500);
        QElapsedTimer timer;
        timer.start();
        bring(records);
        QCoreApplication::processEvents();
        elapsed = timer.elapsed();
    }
    for (int row = 1; row < filter.rowCount(); ++row)
        QVERIFY(filter.record(row - 1).bytesOut <= filter.record(row).bytesOut);
    const QModelIndexList rows = table.selectionModel()->selectedRows();
    QCOMPARE(rows.size(), 1);
    QCOMPARE(filter.record(rows.first().row()).id, newest);
    std::sort(took.begin(), took.end());
    QVERIFY2(took.at(2) < PromisedMs, qPrintable(QString::number(took.at(2))));
}

QTEST_MAIN(TestRequestLogModel)
#include "test_requestlogmodel.moc"
