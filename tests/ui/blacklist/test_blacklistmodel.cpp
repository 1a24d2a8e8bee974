// SPDX-License-Identifier: GPL-3.0-or-later
#include "blacklist/blacklistmodel.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QTest>

using namespace keywheel;
using namespace Qt::StringLiterals;

namespace {

const QDateTime Now = QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05Z"), Qt::ISODate);

KeySnapshot key(const QString &fingerprint, KeyState state = KeyState::Permanent)
{
    KeySnapshot result;
    result.fingerprint = fingerprint;
    result.preview = u"sk-te…"_s + fingerprint;
    result.state = state;
    result.fault = FaultClass::Permanent;
    result.code = "invalid_key";
    result.reason = u"invalid key: Incorrect API key provided: sk-te…"_s;
    result.since = Now.addSecs(-60);
    if (state == KeyState::CoolingDown) {
        result.fault = FaultClass::Temporary;
        result.code = "rate_limit";
        result.until = Now.addSecs(42);
    }
    return result;
}

QList<KeySnapshot> keys(const QString &fingerprints)
{
    QList<KeySnapshot> result;
    for (const QChar each : fingerprints)
        result.append(key(each));
    return result;
}

} // namespace

class TestBlacklistModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsOnlyKeysThatAreNotInUse()
    {
        BlacklistModel model;
        model.setKeys({key(u"a"_s, KeyState::Available), key(u"b"_s, KeyState::CoolingDown),
                       key(u"c"_s), key(u"d"_s, KeyState::Disabled)},
                      Now);
        QCOMPARE(shown(model), u"bcd"_s);
    }

    void followsChanges_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");

        QTest::newRow("first ones") << u""_s << u"abc"_s;
        QTest::newRow("none left") << u"abc"_s << u""_s;
        QTest::newRow("one back") << u"abc"_s << u"ac"_s;
        QTest::newRow("some back, some out") << u"abcdef"_s << u"xafyz"_s;
        QTest::newRow("another order") << u"abcdef"_s << u"fbadce"_s;
        QTest::newRow("all of it") << u"abcdef"_s << u"gfxbhay"_s;
    }
    void followsChanges()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        BlacklistModel model;
        const QAbstractItemModelTester tester(&model);
        model.setKeys(keys(before), Now);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        QHash<QString, QPersistentModelIndex> kept;
        for (int row = 0; row < model.rowCount(); ++row)
            kept.insert(model.key(row).fingerprint, model.index(row, 0));
        model.setKeys(keys(after), Now);
        QCOMPARE(shown(model), after);
        QCOMPARE(resets.size(), 0);
        // What was selected is selected still.
        for (auto it = kept.cbegin(); it != kept.cend(); ++it)
            QCOMPARE(it->isValid() ? it->data(BlacklistModel::FingerprintRole).toString()
                                   : QString(),
                     after.contains(it.key()) ? it.key() : QString());
    }

    void nothingIsToldWhenNothingChanged()
    {
        BlacklistModel model;
        model.setKeys(keys(u"abc"_s), Now);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setKeys(keys(u"abc"_s), Now.addSecs(1));
        QCOMPARE(changes.size(), 0);
    }

    void countsDown()
    {
        BlacklistModel model;
        model.setKeys({key(u"a"_s), key(u"b"_s, KeyState::CoolingDown)}, Now);
        QVERIFY(model.countsDown());
        QCOMPARE(text(model, 0, BlacklistModel::Until), QString());
        QCOMPARE(text(model, 1, BlacklistModel::Until), u"42 s"_s);
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setNow(Now.addSecs(40));
        QCOMPARE(text(model, 1, BlacklistModel::Until), u"2 s"_s);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes.at(0).at(0).toModelIndex(), model.index(1, BlacklistModel::Until));
        model.setKeys({key(u"a"_s)}, Now);
        QVERIFY(!model.countsDown());
    }

    void saysWhyAndWhatNext()
    {
        BlacklistModel model;
        KeySnapshot quota = key(u"b"_s);
        quota.fault = FaultClass::Quota;
        quota.code = "quota";
        model.setKeys({key(u"a"_s), quota, key(u"c"_s, KeyState::CoolingDown),
                       key(u"d"_s, KeyState::Disabled)},
                      Now);
        QCOMPARE(text(model, 0, BlacklistModel::Cause), u"The upstream does not know this key"_s);
        QCOMPARE(text(model, 0, BlacklistModel::Said), u"Incorrect API key provided: sk-te…"_s);
        QCOMPARE(text(model, 0, BlacklistModel::Next),
                 u"Stays out until a check passes or you release it"_s);
        QCOMPARE(text(model, 1, BlacklistModel::Cause), u"Its quota or its money is used up"_s);
        QCOMPARE(text(model, 2, BlacklistModel::Cause), u"It is over its rate limit"_s);
        QVERIFY(text(model, 2, BlacklistModel::Next).startsWith(u"Comes back by itself at "_s));
        QCOMPARE(text(model, 3, BlacklistModel::Cause), u"You disabled it"_s);
        QCOMPARE(text(model, 3, BlacklistModel::Said), QString());
        model.setCheckInterval(std::chrono::hours(1));
        QVERIFY(text(model, 0, BlacklistModel::Next).contains(u"every 1 h;"_s));
        model.setCheckInterval(std::chrono::minutes(90));
        QVERIFY(text(model, 0, BlacklistModel::Next).contains(u"every 90 min;"_s));
    }

private:
    static QString shown(const BlacklistModel &model)
    {
        QString result;
        for (int row = 0; row < model.rowCount(); ++row)
            result += model.key(row).fingerprint;
        return result;
    }
    static QString text(const BlacklistModel &model, int row, int column)
    {
        return model.index(row, column).data().toString();
    }
};

QTEST_MAIN(TestBlacklistModel)
#include "test_blacklistmodel.moc"
