// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/inmemorykeystore.h"

#include "common/redact.h"

#include <QSignalSpy>
#include <QTest>

using namespace keywheel;

class TestInMemoryKeyStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loads();
    void loadsTheKeysOfTheMoment();
    void addsAndRemoves();
};

void TestInMemoryKeyStore::loads()
{
    InMemoryKeyStore store({"sk-test-aaaaaaaa", "sk-test-bbbbbbbb"});
    QList<KeyList> answers;
    connect(&store, &KeyStore::loaded, this, [&](const KeyList &list) { answers.append(list); });
    store.load();
    QVERIFY(answers.isEmpty());
    QTRY_COMPARE(answers.size(), 1);
    QCOMPARE(answers.constFirst().keys.size(), 2);
    QCOMPARE(answers.constFirst().keys.at(1).secret, QByteArray("sk-test-bbbbbbbb"));
    QCOMPARE(answers.constFirst().keys.at(1).lineNumber, 0);
    QVERIFY(answers.constFirst().warnings.isEmpty());
}

void TestInMemoryKeyStore::loadsTheKeysOfTheMoment()
{
    InMemoryKeyStore store({});
    QSignalSpy changed(&store, &KeyStore::changed);
    QSignalSpy failed(&store, &KeyStore::failed);
    QList<KeyList> answers;
    connect(&store, &KeyStore::loaded, this, [&](const KeyList &list) { answers.append(list); });
    store.add({{"sk-test-cccccccc", 0, {}}}); // done in a later turn of the loop
    store.load();
    QTRY_COMPARE(answers.size(), 1);
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(answers.constFirst().keys.constFirst().secret, QByteArray("sk-test-cccccccc"));
    QCOMPARE(failed.count(), 0);
}

void TestInMemoryKeyStore::addsAndRemoves()
{
    InMemoryKeyStore store({"sk-test-aaaaaaaa"});
    QByteArrayList seen;
    connect(&store, &KeyStore::progress, this, [&](int done, int total) {
        seen += "progress " + QByteArray::number(done) + '/' + QByteArray::number(total);
    });
    connect(&store, &KeyStore::changeDone, this, [&] { seen += "done"; });
    connect(&store, &KeyStore::changed, this, [&] { seen += "changed"; });
    connect(&store, &KeyStore::loaded, this, [&](const KeyList &list) {
        for (const ApiKey &key : list.keys)
            seen += key.secret + ' ' + key.label.toUtf8();
    });
    store.add({{"sk-test-aaaaaaaa", 0, {}}, {"sk-test-bbbbbbbb", 7, QStringLiteral("b")}});
    store.add({{"sk-test-bbbbbbbb", 0, {}}});
    store.remove({keyFingerprint("sk-test-aaaaaaaa"), QStringLiteral("unknown")});
    store.load();
    QVERIFY(seen.isEmpty());
    QTRY_COMPARE(seen, QByteArrayList({"progress 2/2", "done", "changed", "progress 1/1", "done",
                                       "progress 2/2", "done", "changed", "sk-test-bbbbbbbb b"}));
}

QTEST_GUILESS_MAIN(TestInMemoryKeyStore)
#include "test_inmemorykeystore.moc"
