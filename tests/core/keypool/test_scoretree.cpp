// SPDX-License-Identifier: GPL-3.0-or-later
#include "keypool/scoretree.h"

#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace keywheel;

/// Compared with a search through all.
class TestScoreTree : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyOneHasNoNext()
    {
        const ScoreTree none;
        QCOMPARE(none.next(0), -1);
        const ScoreTree tree(5);
        for (int from = 0; from < 5; ++from)
            QCOMPARE(tree.next(from), -1);
    }

    void equalsComeInTurn()
    {
        ScoreTree tree(6);
        for (const int index : {1, 2, 5})
            tree.set(index, 7);
        tree.set(3, 6);
        QCOMPARE(tree.next(0), 1);
        QCOMPARE(tree.next(2), 2);
        QCOMPARE(tree.next(3), 5);
        tree.set(5, ScoreTree::None);
        QCOMPARE(tree.next(3), 1); // around the end
    }

    void agreesWithASearch_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {1, 2, 3, 63, 64, 65, 1000})
            QTest::addRow("%d", size) << size;
    }

    void agreesWithASearch()
    {
        QFETCH(int, size);
        QRandomGenerator random(42);
        ScoreTree tree(size);
        std::vector<qint64> scores(size_t(size), ScoreTree::None);
        for (int i = 0; i < 2000; ++i) {
            const int index = random.bounded(size);
            const qint64 score = random.bounded(5) - 1;
            tree.set(index, score);
            scores[size_t(index)] = score;
            const int from = random.bounded(size);
            QCOMPARE(tree.next(from), searched(scores, from));
            QCOMPARE(tree.at(index), score);
        }
    }

private:
    static int searched(const std::vector<qint64> &scores, int from)
    {
        const qint64 best = *std::max_element(scores.begin(), scores.end());
        const int size = int(scores.size());
        for (int i = 0; i < size && best >= 0; ++i) {
            if (scores[size_t((from + i) % size)] == best)
                return (from + i) % size;
        }
        return -1;
    }
};

QTEST_GUILESS_MAIN(TestScoreTree)
#include "test_scoretree.moc"
