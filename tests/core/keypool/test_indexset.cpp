// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/indexset.h"

#include <QRandomGenerator>
#include <QTest>

#include <set>

using keywheel::IndexSet;

class TestIndexSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void holdsNothingWhenEmpty()
    {
        const IndexSet none;
        QCOMPARE(none.size(), 0);
        QCOMPARE(none.next(0), -1);
        QCOMPARE(IndexSet(5000).next(0), -1);
    }

    void findsMembersAtTheEdgesOfWords_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {1, 63, 64, 65, 4095, 4096, 4097, 100'000, 262'145})
            QTest::addRow("%d", size) << size;
    }

    void findsMembersAtTheEdgesOfWords()
    {
        QFETCH(int, size);
        IndexSet set(size);
        set.insert(size - 1);
        QCOMPARE(set.next(0), size - 1);
        QCOMPARE(set.next(size - 1), size - 1);
        QCOMPARE(set.next(size), -1);
        set.insert(0);
        QCOMPARE(set.next(0), 0);
        set.remove(size - 1);
        QCOMPARE(set.next(1), -1);
    }

    void insertAndRemoveCountOnce()
    {
        IndexSet set(10);
        set.insert(3);
        set.insert(3);
        QCOMPARE(set.count(), 1);
        QVERIFY(set.contains(3));
        set.remove(3);
        set.remove(3);
        QCOMPARE(set.count(), 0);
        QVERIFY(!set.contains(3));
    }

    void agreesWithAnOrderedSet()
    {
        const int size = 70'000;
        IndexSet set(size);
        std::set<int> expected;
        QRandomGenerator random(20260102);
        for (int i = 0; i < 20'000; ++i) {
            // Most land in a few spots, so that words fill up and empty again.
            const int index = int(random.bounded(16)) * 4373 + int(random.bounded(70));
            if (random.bounded(2) == 0) {
                set.insert(index);
                expected.insert(index);
            } else {
                set.remove(index);
                expected.erase(index);
            }
            const int from = int(random.bounded(size + 1));
            const auto next = expected.lower_bound(from);
            QCOMPARE(set.next(from), next == expected.end() ? -1 : *next);
            QCOMPARE(set.count(), int(expected.size()));
        }
    }
};

QTEST_APPLESS_MAIN(TestIndexSet)
#include "test_indexset.moc"
