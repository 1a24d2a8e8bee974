// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/accesslog.h"
#include "common/redact.h"
#include "engine/keyadmin.h"
#include "proxy/keychecker.h"
#include "upstream/accessmanager.h"

#include <QTcpServer>
#include <QTest>

using namespace keywheel;

namespace {

/// Does what the test tells it, when the test tells it.
class ScriptedKeyStore final : public KeyStore
{
public:
    void load() override { ++loads; }
    void add(const QList<ApiKey> &keys) override { added.append(keys); }
    void remove(const QStringList &) override {}

    int loads = 0;
    QList<QList<ApiKey>> added;
};

struct Answers
{
    ControlServer::Answer next()
    {
        return [this](const Expected<QJsonObject> &answer) {
            all.append(answer ? QStringLiteral("ok") : answer.error().message);
        };
    }
    QStringList all;
};

QJsonObject oneKey(const char *secret)
{
    const QJsonObject row{{QStringLiteral("secret"), QLatin1String(secret)}};
    return {{QStringLiteral("keys"), QJsonArray{row}}};
}

} // namespace

/// The order of changes; what the calls do is tested with the real program (test_integration_keys).
class TestKeyAdmin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void oneChangeAfterTheOther();
    void answersWhenThePoolHasThem();
    void readsAnewAfterAFailure();
    void aStoredChangeThatCannotBeRead();
    void failsWhatIsUnderWayWithAnotherStore();
    void changesOfOthersAnswerNothing();
    void idleAfterTheLastChange();
    void tellsOfEachKeyThatItChecked();

private:
    void add(const char *secret)
    {
        admin_->handlers().value(QStringLiteral("keys.add"))(oneKey(secret), answers_.next());
    }

    SystemClock clock_;
    Redactor redactor_;
    AccessLog log_;
    Answers answers_;
    std::unique_ptr<KeyPool> pool_;
    std::unique_ptr<AccessManager> network_;
    std::unique_ptr<KeyChecker> checker_;
    std::unique_ptr<KeyAdmin> admin_;
    std::unique_ptr<ScriptedKeyStore> store_;
};

void TestKeyAdmin::init()
{
    admin_.reset();
    checker_.reset();
    network_ = std::make_unique<AccessManager>(clock_);
    pool_ = std::make_unique<KeyPool>(clock_, [] { return 0.5; });
    checker_ =
        std::make_unique<KeyChecker>(ProxyServices{*network_, *pool_, log_, clock_, redactor_, [] {
                                                       return 0.5;
                                                   }});
    admin_ = std::make_unique<KeyAdmin>(*pool_, *checker_);
    store_ = std::make_unique<ScriptedKeyStore>();
    admin_->setStore(store_.get());
    answers_.all.clear();
}

void TestKeyAdmin::oneChangeAfterTheOther()
{
    add("sk-test-1");
    add("sk-test-2");
    QCOMPARE(store_->added.size(), 1);
    Q_EMIT store_->changeDone();
    QCOMPARE(store_->added.size(), 1);
    Q_EMIT store_->loaded({});
    QCOMPARE(store_->added.size(), 2);
    QCOMPARE(answers_.all, QStringList{QStringLiteral("ok")});
}

void TestKeyAdmin::answersWhenThePoolHasThem()
{
    add("sk-test-1");
    QCOMPARE(store_->loads, 0);
    Q_EMIT store_->changeDone();
    QCOMPARE(store_->loads, 1);
    QVERIFY(answers_.all.isEmpty());
    Q_EMIT store_->loaded({});
    QCOMPARE(answers_.all.size(), 1);
}

void TestKeyAdmin::readsAnewAfterAFailure()
{
    add("sk-test-1");
    Q_EMIT store_->changeFailed({QStringLiteral("The disk is full.")});
    QCOMPARE(store_->loads, 1);
    Q_EMIT store_->loaded({});
    QCOMPARE(answers_.all, QStringList{QStringLiteral("The disk is full.")});
}

void TestKeyAdmin::aStoredChangeThatCannotBeRead()
{
    add("sk-test-1");
    Q_EMIT store_->changeDone();
    Q_EMIT store_->failed({QStringLiteral("It cannot be read.")});
    QCOMPARE(answers_.all, QStringList{QStringLiteral("It cannot be read.")});
}

void TestKeyAdmin::failsWhatIsUnderWayWithAnotherStore()
{
    add("sk-test-1");
    add("sk-test-2");
    ScriptedKeyStore other;
    store_.reset();
    admin_->setStore(&other);
    QCOMPARE(answers_.all.size(), 2);
    QVERIFY(answers_.all.constFirst().contains(QLatin1String("Another key store")));
    add("sk-test-3");
    QCOMPARE(other.added.size(), 1);
}

void TestKeyAdmin::changesOfOthersAnswerNothing()
{
    Q_EMIT store_->changeDone();
    Q_EMIT store_->loaded({});
    QCOMPARE(store_->loads, 0);
    add("sk-test-1");
    Q_EMIT store_->loaded({}); // a read that began before
    QVERIFY(answers_.all.isEmpty());
}

void TestKeyAdmin::idleAfterTheLastChange()
{
    QStringList answered;
    connect(admin_.get(), &KeyAdmin::idle, this, [&] { answered = answers_.all; });
    QVERIFY(admin_->isIdle());
    add("sk-test-1");
    add("sk-test-2");
    Q_EMIT store_->changeDone();
    Q_EMIT store_->loaded({});
    QVERIFY(!admin_->isIdle());
    QVERIFY(answered.isEmpty());
    Q_EMIT store_->changeFailed({QStringLiteral("The keychain is locked.")});
    Q_EMIT store_->loaded({});
    QVERIFY(admin_->isIdle());
    QCOMPARE(answered.size(), 2);
    add("sk-test-3");
    answered.clear();
    ScriptedKeyStore other;
    admin_->setStore(&other);
    QCOMPARE(answered.size(), 3);
}

void TestKeyAdmin::tellsOfEachKeyThatItChecked()
{
    QTcpServer closed; // a port where nobody answers
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    checker_->setConfig(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(closed.serverPort())), {});
    closed.close();
    QList<ApiKey> keys;
    QJsonArray names;
    for (int i = 0; i < 1500; ++i) {
        keys.append({"sk-test-" + QByteArray::number(i).rightJustified(24, '0'), 0, {}});
        names.append(keyFingerprint(keys.last().secret));
    }
    pool_->setKeys(keys);
    QJsonObject checked;
    admin_->handlers().value(QStringLiteral("keys.check"))(
        QJsonObject{{QStringLiteral("fingerprints"), names}},
        [&checked](const Expected<QJsonObject> &answer) { checked = answer.value(); });
    QTRY_COMPARE_WITH_TIMEOUT(checked[QStringLiteral("count")].toInt(), 1500, 60'000);
    QCOMPARE(checked[QStringLiteral("rows")].toArray().size(), 1500);
}

QTEST_GUILESS_MAIN(TestKeyAdmin)
#include "test_keyadmin.moc"
