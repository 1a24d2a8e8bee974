// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/keyfiltermodel.h"
#include "support/fakebackend.h"
#include "support/inchinese.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace keywheel;
using States = KeyFilterModel::States;

namespace {

QList<KeySnapshot> manyKeys(int count)
{
    QList<KeySnapshot> keys;
    for (int i = 0; i < count; ++i) {
        KeySnapshot key;
        key.id = KeyId(i) + 1;
        key.index = i;
        key.label = QStringLiteral("Key %1").arg((i * 7919) % count);
        key.preview = QStringLiteral("sk-te…%1").arg(i % 10'000, 4, 10, QLatin1Char('0'));
        key.fingerprint = QStringLiteral("%1").arg(i, 16, 16, QLatin1Char('0'));
        key.successes = quint64(i * 31 % 977);
        key.organization = "org-" + QByteArray::number(i % 50);
        keys.append(key);
    }
    return keys;
}

QList<KeySnapshot> sampleKeys()
{
    FakeBackend backend;
    fillWithSamples(backend);
    return backend.snapshot_.keys;
}

QStringList column(const QAbstractItemModel &model, int column)
{
    QStringList texts;
    for (int row = 0; row < model.rowCount(); ++row)
        texts.append(model.index(row, column).data().toString());
    return texts;
}

} // namespace

class TestKeyTableModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatIsKnownOfAKey()
    {
        KeyTableModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QList<KeySnapshot> keys = sampleKeys();
        model.setNow(keys.at(2).until.addSecs(-42));
        model.setKeys(keys);
        const auto text = [&](int row, KeyTableModel::Column column) {
            return model.index(row, column).data().toString();
        };
        QCOMPARE(text(0, KeyTableModel::LabelColumn), QStringLiteral("Team"));
        QCOMPARE(text(0, KeyTableModel::KeyColumn), QStringLiteral("sk-te…1000"));
        QCOMPARE(text(0, KeyTableModel::SuccessColumn), QStringLiteral("812"));
        QCOMPARE(text(0, KeyTableModel::ShareColumn), QStringLiteral("31.3 %"));
        QCOMPARE(text(2, KeyTableModel::StateColumn), QStringLiteral("Cooling down"));
        QCOMPARE(text(2, KeyTableModel::ReturnColumn), QStringLiteral("42 s"));
        QVERIFY(text(3, KeyTableModel::ReturnColumn).isEmpty());
        QVERIFY(text(0, KeyTableModel::OrganizationColumn).contains(QLatin1String("share")));
        QVERIFY(model.index(3, KeyTableModel::StateColumn)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(QLatin1String("Incorrect API key")));
    }

    void takesNoMarkupFromAnUpstream()
    {
        KeyTableModel model;
        QList<KeySnapshot> keys = sampleKeys();
        keys[3].reason = QStringLiteral("<img src=\"http://page.example/\">");
        model.setKeys(keys);
        const QString tip =
            model.index(3, KeyTableModel::StateColumn).data(Qt::ToolTipRole).toString();
        QVERIFY(!tip.contains(QLatin1String("<img")));
    }

    void saysWhyInThePresentLanguage()
    {
        KeyTableModel model;
        QList<KeySnapshot> keys = sampleKeys();
        keys[3].reason = QStringLiteral("invalid key: Incorrect API key provided");
        model.setKeys(keys);
        model.setChecked({{keys.at(3).fingerprint, Backend::Checked::Outcome::Unknown,
                           QStringLiteral("upstream unreachable: host:443: no answer in time")}});
        const InChinese chinese;
        const QString state =
            model.index(3, KeyTableModel::StateColumn).data(Qt::ToolTipRole).toString();
        QVERIFY2(state.contains(QStringLiteral("密钥无效：Incorrect API key provided")),
                 qPrintable(state));
        const QString check = model.index(3, KeyTableModel::CheckColumn).data().toString();
        QVERIFY2(check.contains(QStringLiteral("无法连接上游：host:443：未在时限内应答")),
                 qPrintable(check));
    }

    void tellsOnlyWhatChanged()
    {
        KeyTableModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QList<KeySnapshot> keys = manyKeys(100);
        model.setKeys(keys);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        model.setKeys(keys);
        QCOMPARE(changes.size(), 0);
        keys[40].failures = 5;
        keys[41].failures = 6;
        keys[90].label = QStringLiteral("Other");
        model.setKeys(keys);
        QCOMPARE(changes.size(), 2);
        QCOMPARE(changes.at(0).at(0).toModelIndex(), model.index(40, KeyTableModel::FailureColumn));
        QCOMPARE(changes.at(0).at(1).toModelIndex(), model.index(41, KeyTableModel::FailureColumn));
        QCOMPARE(changes.at(1).at(0).toModelIndex(), model.index(90, KeyTableModel::LabelColumn));
        QCOMPARE(resets.size(), 0);
    }

    void showsTheKeysOfAnotherPool_data()
    {
        QTest::addColumn<int>("before");
        QTest::newRow("as many keys") << 3;
        QTest::newRow("fewer keys") << 5;
    }

    // As when the demo ends: each pool counts its ids from 1.
    void showsTheKeysOfAnotherPool()
    {
        QFETCH(const int, before);
        KeyTableModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QList<KeySnapshot> all = manyKeys(8);
        model.setKeys(all.mid(0, before));
        model.setChecking({all.first().fingerprint});
        QList<KeySnapshot> others = all.mid(5);
        for (int i = 0; i < others.size(); ++i) {
            others[i].id = KeyId(i) + 1;
            others[i].index = i;
        }
        model.setKeys(others);
        QCOMPARE(model.rowCount(), 3);
        QVERIFY(!model.hasChecks());
        QCOMPARE(model.rowOf(all.first().fingerprint), -1);
        for (int i = 0; i < others.size(); ++i) {
            QCOMPARE(model.index(i, KeyTableModel::KeyColumn).data().toString(),
                     others.at(i).preview);
            QCOMPARE(model.key(i).fingerprint, others.at(i).fingerprint);
            QCOMPARE(model.rowOf(others.at(i).fingerprint), i);
        }
    }

    void countsDownOnlyWhereTheTextChanges()
    {
        KeyTableModel model;
        const QList<KeySnapshot> keys = sampleKeys();
        const QDateTime until = keys.at(2).until;
        model.setNow(until.addMSecs(-41'900));
        model.setKeys(keys);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setNow(until.addMSecs(-41'500));
        QCOMPARE(changes.size(), 0);
        model.setNow(until.addMSecs(-40'500));
        QCOMPARE(changes.size(), 1);
        QCOMPARE(model.index(2, KeyTableModel::ReturnColumn).data().toString(),
                 QStringLiteral("41 s"));
    }

    void keepsPlacesWhenKeysComeGoAndMove()
    {
        KeyTableModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QList<KeySnapshot> keys = manyKeys(20);
        model.setKeys(keys);
        const QPersistentModelIndex held = model.index(10, KeyTableModel::KeyColumn);
        const QString preview = held.data().toString();
        const auto last = keys.takeLast();
        keys.remove(3, 4);
        keys.removeFirst();
        model.setKeys(keys);
        QCOMPARE(model.rowCount(), 14);
        QCOMPARE(held.data().toString(), preview);
        keys.prepend(last);
        std::swap(keys[1], keys[12]);
        model.setKeys(keys);
        QCOMPARE(held.data().toString(), preview);
        for (int i = 0; i < keys.size(); ++i) {
            QCOMPARE(model.key(i).fingerprint, keys.at(i).fingerprint);
            QCOMPARE(model.rowOf(keys.at(i).fingerprint), i);
        }
        model.setKeys({});
        QCOMPARE(model.rowCount(), 0);
        QVERIFY(!held.isValid());
    }

    void everyOtherOfManyGoesAtOnce()
    {
        KeyTableModel model;
        const QAbstractItemModelTester tester(
            &model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        const QList<KeySnapshot> all = manyKeys(1000);
        QList<KeySnapshot> half;
        for (int i = 0; i < all.size(); i += 2)
            half.append(all.at(i));
        model.setKeys(all);
        model.setKeys(half);
        QCOMPARE(model.rowCount(), 500);
        QCOMPARE(model.rowOf(half.at(77).fingerprint), 77);
    }

    void aLabelNeverHoldsAKey()
    {
        KeyTableModel model;
        model.setKeys(sampleKeys());
        const QSignalSpy edits(&model, &KeyTableModel::labelEdited);
        const QModelIndex label = model.index(1, KeyTableModel::LabelColumn);
        QVERIFY(model.setData(label, QStringLiteral("  My  key "), Qt::EditRole));
        QCOMPARE(edits.at(0).at(1).toString(), QStringLiteral("My key"));
        QVERIFY(model.setData(label, QStringLiteral("sk-test-abcdefghijklmnopqrstuvwxyz0123456789"),
                              Qt::EditRole));
        QVERIFY(!edits.at(1).at(1).toString().contains(QLatin1String("hijklm")));
        QVERIFY(!label.data().toString().contains(QLatin1String("hijklm")));
    }

    void showsWhatAChecksGave()
    {
        using Outcome = Backend::Checked::Outcome;
        KeyTableModel model;
        QList<KeySnapshot> keys = sampleKeys();
        model.setKeys(keys);
        const QString first = keys.at(0).fingerprint;
        const QString second = keys.at(1).fingerprint;
        model.setChecking({first, second});
        QCOMPARE(column(model, KeyTableModel::CheckColumn).mid(0, 3),
                 (QStringList{QStringLiteral("Checking…"), QStringLiteral("Checking…"), {}}));
        model.setChecked({{first, Outcome::Good, {}},
                          {second, Outcome::Bad, QStringLiteral("401: no such key")}});
        QCOMPARE(column(model, KeyTableModel::CheckColumn).mid(0, 2),
                 (QStringList{QStringLiteral("Good"), QStringLiteral("Bad: 401: no such key")}));
        keys.clear();
        model.setKeys(keys);
        QVERIFY(!model.hasChecks());
    }

    void findsAndFilters()
    {
        KeyTableModel keys;
        KeyFilterModel shown(keys);
        const QAbstractItemModelTester tester(
            &shown, QAbstractItemModelTester::FailureReportingMode::QtTest);
        keys.setKeys(sampleKeys());
        const auto labels = [&] {
            return column(shown, KeyTableModel::KeyColumn);
        };
        shown.setSearch(QStringLiteral("TEAM"));
        QCOMPARE(labels(), QStringList{QStringLiteral("sk-te…1000")});
        shown.setSearch(QStringLiteral("org-sample"));
        QCOMPARE(shown.rowCount(), 3);
        shown.setSearch(QStringLiteral("1004"));
        QCOMPARE(shown.rowCount(), 1);
        shown.setSearch(QStringLiteral("03a2b"));
        QCOMPARE(labels(), QStringList{QStringLiteral("sk-te…1003")});
        shown.setSearch({});
        shown.setStates(States::OutOfUse);
        QCOMPARE(labels(), QStringList{QStringLiteral("sk-te…1003")});
        shown.setStates(States::NoQuota);
        QCOMPARE(labels(), QStringList{QStringLiteral("sk-te…1004")});
        shown.setStates(States::All);
        shown.setHidden({keys.key(0).fingerprint});
        QCOMPARE(shown.rowCount(), 5);
    }

    void followsStatesWhileFiltering()
    {
        KeyTableModel keys;
        KeyFilterModel shown(keys);
        QList<KeySnapshot> rows = sampleKeys();
        keys.setKeys(rows);
        shown.setStates(States::CoolingDown);
        QCOMPARE(shown.rowCount(), 1);
        rows[2].state = KeyState::Available;
        keys.setKeys(rows);
        QCOMPARE(shown.rowCount(), 0);
    }

    void sortsNumbersAsNumbers()
    {
        KeyTableModel keys;
        KeyFilterModel shown(keys);
        keys.setKeys(sampleKeys());
        shown.sort(KeyTableModel::SuccessColumn, Qt::DescendingOrder);
        QCOMPARE(column(shown, KeyTableModel::SuccessColumn).mid(0, 4),
                 (QStringList{QStringLiteral("812"), QStringLiteral("790"), QStringLiteral("655"),
                              QStringLiteral("301")}));
        shown.sort(KeyTableModel::ReturnColumn, Qt::AscendingOrder);
        QCOMPARE(shown.key(0).state, KeyState::CoolingDown);
        shown.sort(-1);
        QCOMPARE(shown.key(0).index, 0);
    }

    void benchSortAndFilter_data()
    {
        QTest::addColumn<int>("count");
        QTest::newRow("1,000") << 1000;
        QTest::newRow("10,000") << 10'000;
    }

    void benchSortAndFilter()
    {
        QFETCH(int, count);
        KeyTableModel keys;
        KeyFilterModel shown(keys);
        keys.setKeys(manyKeys(count));
        QBENCHMARK
        {
            shown.sort(KeyTableModel::LabelColumn);
            shown.setSearch(QStringLiteral("org-1"));
            shown.setSearch({});
            shown.sort(-1);
        }
    }

    void benchUpdate_data() { benchSortAndFilter_data(); }

    void benchUpdate()
    {
        QFETCH(int, count);
        KeyTableModel keys;
        KeyFilterModel shown(keys);
        QList<KeySnapshot> rows = manyKeys(count);
        keys.setKeys(rows);
        shown.sort(KeyTableModel::SuccessColumn);
        QBENCHMARK
        {
            for (int i = 0; i < rows.size(); i += 2)
                ++rows[i].successes;
            keys.setKeys(rows);
        }
    }
};

QTEST_MAIN(TestKeyTableModel)
#include "test_keytablemodel.moc"
