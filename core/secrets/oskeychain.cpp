// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/oskeychain.h"

#include <QCoreApplication>
#include <QPointer>
#include <QThread>

#include <chrono>

#include <qt6keychain/keychain.h>

namespace keywheel {
namespace {

using Outcome = KeychainAnswer::Outcome;
using MakeJob = std::function<QKeychain::Job *()>;

Outcome outcomeOf(QKeychain::Error error)
{
    switch (error) {
    case QKeychain::NoError:
        return Outcome::Done;
    case QKeychain::EntryNotFound:
        return Outcome::NotFound;
    case QKeychain::AccessDenied:
    case QKeychain::AccessDeniedByUser:
        return Outcome::Denied;
    default:
        return Outcome::Failed;
    }
}

/// Where all jobs run, since on some platforms a job blocks its thread until a person has answered.
/// There is one for the process, for QtKeychain keeps its queue in the thread of the first job.
/// Never deleted: at the end a person may still not have answered.
QObject *worker()
{
    static QObject *instance = [] {
        auto *thread = new QThread;
        thread->setObjectName(QStringLiteral("keychain"));
        auto *object = new QObject;
        object->moveToThread(thread);
        thread->start();
        qAddPostRoutine([] {
            worker()->thread()->quit();
            worker()->thread()->wait(std::chrono::seconds(1));
        });
        return object;
    }();
    return instance;
}

/// Makes and starts the job, in the worker's thread, and tells `relay` in its own. The job deletes
/// itself, and never before its end: the platform still knows it.
void start(const MakeJob &make, QObject *relay, const Keychain::Answer &deliver, bool isLastTry)
{
    QKeychain::Job *job = make();
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, job, [=](QKeychain::Job *done) {
        KeychainAnswer result{outcomeOf(done->error()), {}, done->errorString()};
        if (result.outcome == Outcome::Failed && !isLastTry) {
            forgetKeychainSession();
            return start(make, relay, deliver, true);
        }
        if (auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(done))
            result.data = read->binaryData();
        QMetaObject::invokeMethod(
            relay, [deliver, result] { deliver(result); }, Qt::QueuedConnection);
    });
    job->start();
}

void run(const MakeJob &make, QObject *context, const Keychain::Answer &answer)
{
    // Stands for `context`, which may be gone when the answer comes.
    auto *relay = new QObject;
    auto deliver = [relay, context = QPointer<QObject>(context),
                    answer](const KeychainAnswer &result) {
        relay->deleteLater();
        if (context)
            answer(result);
    };
    QMetaObject::invokeMethod(
        worker(), [make, relay, deliver] { start(make, relay, deliver, false); },
        Qt::QueuedConnection);
}

template <class JobKind>
JobKind *makeJob(const QString &service, const QString &name)
{
    auto *job = new JobKind(service);
    job->setKey(name);
    return job;
}

} // namespace

OsKeychain::OsKeychain(const QString &service) : service_(service) {}

void OsKeychain::read(const QString &name, QObject *context, Answer answer)
{
    auto make = [service = service_, name] {
        return makeJob<QKeychain::ReadPasswordJob>(service, name);
    };
    run(make, context, answer);
}

void OsKeychain::write(const QString &name, const QByteArray &data, QObject *context, Answer answer)
{
    auto make = [service = service_, name, data] {
        auto *job = makeJob<QKeychain::WritePasswordJob>(service, name);
        job->setBinaryData(data);
        return job;
    };
    run(make, context, answer);
}

void OsKeychain::erase(const QString &name, QObject *context, Answer answer)
{
    auto make = [service = service_, name] {
        return makeJob<QKeychain::DeletePasswordJob>(service, name);
    };
    run(make, context, [answer = std::move(answer)](KeychainAnswer result) {
        if (result.outcome == Outcome::NotFound)
            result.outcome = Outcome::Done;
        answer(result);
    });
}

void OsKeychain::probe(QObject *context, std::function<void(KeychainState)> answer)
{
    probeKeychain(context, std::move(answer));
}

} // namespace keywheel
