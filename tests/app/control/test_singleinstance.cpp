// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/singleinstance.h"

#include "control/controlpath.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <memory>

using namespace keywheel;
using Call = SingleInstance::Call;
using Role = SingleInstance::Role;

namespace {

/// In a thread of its own, since the one that is called needs this one. A QThread, which has an
/// event dispatcher before its first socket.
template <class Function>
auto elsewhere(Function function)
{
    decltype(function()) result;
    const std::unique_ptr<QThread> thread(QThread::create([&] { result = function(); }));
    thread->start();
    const bool ended = QTest::qWaitFor([&] { return thread->isFinished(); }, 15'000);
    thread->wait();
    return ended ? result : decltype(function())();
}

Expected<Role> beginElsewhere(std::optional<Call> call)
{
    return elsewhere([call] { return SingleInstance().begin(call); });
}

} // namespace

class TestSingleInstance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        runtime_ = std::make_unique<QTemporaryDir>();
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(runtime_->path()));
    }

    void theSecondCallsTheFirst()
    {
        SingleInstance first;
        QSignalSpy called(&first, &SingleInstance::called);
        QCOMPARE(first.begin(Call::Show).value(), Role::First);
        QCOMPARE(beginElsewhere(Call::Show).value(), Role::Second);
        QCOMPARE(called.size(), 1);
        QCOMPARE(called.first().first().value<Call>(), Call::Show);
        QCOMPARE(beginElsewhere({}).value(), Role::Second); // started into the tray again
        QCOMPARE(called.size(), 1);
    }

    void callsAreHeard()
    {
        QCOMPARE(SingleInstance::tell(Call::Toggle).value(), false);
        SingleInstance first;
        QSignalSpy called(&first, &SingleInstance::called);
        QVERIFY(first.begin({}));
        for (const Call call : {Call::Toggle, Call::StartServer, Call::StopServer, Call::Quit}) {
            QVERIFY(elsewhere([call] { return SingleInstance::tell(call); }).value());
            QCOMPARE(called.takeFirst().first().value<Call>(), call);
        }
    }

    void theNextOneMayBegin()
    {
        SingleInstance first;
        QVERIFY(first.begin({}));
        first.end();
        SingleInstance next;
        QCOMPARE(next.begin(Call::Show).value(), Role::First);
    }

    void whatACrashLeavesIsTakenOver()
    {
        QFile lock(lockPath(QStringLiteral("desktop.lock")).value());
        QVERIFY(lock.open(QIODevice::WriteOnly));
        lock.write("999999999\nkeywheel\n\n"); // no such process
        lock.close();
        QFile socket(controlPath(QStringLiteral("desktop")).value());
        QVERIFY(socket.open(QIODevice::WriteOnly));
        SingleInstance first;
        QCOMPARE(first.begin(Call::Show).value(), Role::First);
        QCOMPARE(beginElsewhere(Call::Show).value(), Role::Second);
    }

private:
    std::unique_ptr<QTemporaryDir> runtime_;
};

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "test_singleinstance.moc"
