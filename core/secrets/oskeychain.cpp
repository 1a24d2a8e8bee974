// SPDX-License-Identifier: GPL-3.0-or-later
#include "secrets/oskeychain.h"

#include <qt6keychain/keychain.h>

namespace keywheel {
namespace {

using Outcome = KeychainAnswer::Outcome;

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

/// The job deletes itself, and is never deleted before its end: the platform still knows it.
void run(QKeychain::Job *job, const QString &name, QObject *context, Keychain::Answer answer)
{
    job->setKey(name);
    job->setInsecureFallback(false);
    QObject::connect(job, &QKeychain::Job::finished, context,
                     [answer = std::move(answer)](QKeychain::Job *done) {
                         KeychainAnswer result{outcomeOf(done->error()), {}, done->errorString()};
                         if (auto *read = qobject_cast<QKeychain::ReadPasswordJob *>(done))
                             result.data = read->binaryData();
                         answer(result);
                     });
    job->start();
}

} // namespace

OsKeychain::OsKeychain(const QString &service) : service_(service) {}

void OsKeychain::read(const QString &name, QObject *context, Answer answer)
{
    run(new QKeychain::ReadPasswordJob(service_), name, context, std::move(answer));
}

void OsKeychain::write(const QString &name, const QByteArray &data, QObject *context, Answer answer)
{
    auto *job = new QKeychain::WritePasswordJob(service_);
    job->setBinaryData(data);
    run(job, name, context, std::move(answer));
}

void OsKeychain::erase(const QString &name, QObject *context, Answer answer)
{
    run(new QKeychain::DeletePasswordJob(service_), name, context,
        [answer = std::move(answer)](KeychainAnswer result) {
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
