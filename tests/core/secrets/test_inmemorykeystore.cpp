// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/inmemorykeystore.h"

#include <QSignalSpy>
#include <QTest>

using namespace keywheel;

class TestInMemoryKeyStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void loads();
    void setKeys();
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

void TestInMemoryKeyStore::setKeys()
{
    InMemoryKeyStore store({});
    QSignalSpy changed(&store, &KeyStore::changed);
    QSignalSpy failed(&store, &KeyStore::failed);
    QList<KeyList> answers;
    connect(&store, &KeyStore::loaded, this, [&](const KeyList &list) { answers.append(list); });
    store.load();
    store.setKeys({"sk-test-cccccccc"});
    QCOMPARE(changed.count(), 1);
    QTRY_COMPARE(answers.size(), 1);
    QCOMPARE(answers.constFirst().keys.constFirst().secret, QByteArray("sk-test-cccccccc"));
    QCOMPARE(failed.count(), 0);
}

QTEST_GUILESS_MAIN(TestInMemoryKeyStore)
#include "test_inmemorykeystore.moc"
