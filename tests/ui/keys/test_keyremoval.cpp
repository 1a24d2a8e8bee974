// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/keyremoval.h"
#include "support/fakebackend.h"
#include "support/fakeclock.h"

#include <QSignalSpy>
#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

class TestKeyRemoval : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        backend_ = std::make_unique<FakeBackend>();
        fillWithSamples(*backend_);
        clock_ = std::make_unique<FakeClock>();
        removal_ = std::make_unique<KeyRemoval>(*backend_, *clock_);
    }
    void cleanup() { removal_.reset(); }

    void removesOnlyAfterTenSeconds()
    {
        removal_->remove({key(0), key(3)});
        // The one that is out of use need not be disabled.
        QCOMPARE(calls(), QStringList{QStringLiteral("setKeysDisabled %1 true").arg(name(0))});
        clock_->advance(9999ms);
        QCOMPARE(removal_->secondsLeft(), 1);
        QCOMPARE(calls(), QStringList());
        clock_->advance(1ms);
        QCOMPARE(calls(), (QStringList{QStringLiteral("setKeysDisabled %1 false").arg(name(0)),
                                       QStringLiteral("removeKeys %1,%2").arg(name(0), name(3))}));
        QCOMPARE(removal_->waiting(), 0);
    }

    void undoBringsBackWhatWas()
    {
        removal_->remove({key(0), key(5)}); // healthy, disabled
        calls();
        QCOMPARE(removal_->keys(), (QSet<QString>{name(0), name(5)}));
        removal_->undo();
        QCOMPARE(calls(), QStringList{QStringLiteral("setKeysDisabled %1 false").arg(name(0))});
        QVERIFY(removal_->keys().isEmpty());
        clock_->advance(1min);
        QCOMPARE(calls(), QStringList());
    }

    void anotherRemovalEndsTheOneBefore()
    {
        removal_->remove({key(3)});
        clock_->advance(5s);
        removal_->remove({key(4)});
        QCOMPARE(calls(), QStringList{QStringLiteral("removeKeys ") + name(3)});
        clock_->advance(9s);
        QCOMPARE(removal_->waiting(), 1);
        QCOMPARE(removal_->secondsLeft(), 1);
    }

    void theEndOfTheProgramRemoves()
    {
        removal_->remove({key(3)});
        removal_.reset();
        QCOMPARE(calls(), QStringList{QStringLiteral("removeKeys ") + name(3)});
        clock_->advance(1min);
        QCOMPARE(calls(), QStringList());
    }

    void aFailureBringsTheKeysBack()
    {
        const QSignalSpy failures(removal_.get(), &KeyRemoval::failed);
        removal_->remove({key(3)});
        backend_->error_ = QStringLiteral("The keychain is locked.");
        clock_->advance(10s);
        QCOMPARE(failures.size(), 1);
        QCOMPARE(failures.at(0).at(0).toString(), backend_->error_);
        QVERIFY(removal_->keys().isEmpty());
    }

private:
    const KeySnapshot &key(int index) const { return backend_->snapshot_.keys.at(index); }
    QString name(int index) const { return key(index).fingerprint; }
    QStringList calls() { return backend_->takeCalls(); }

    std::unique_ptr<FakeBackend> backend_;
    std::unique_ptr<FakeClock> clock_;
    std::unique_ptr<KeyRemoval> removal_;
};

QTEST_MAIN(TestKeyRemoval)
#include "test_keyremoval.moc"
