// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/keycheckcall.h"

#include "proxy/keychecker.h"

#include <QSet>

namespace keywheel {

void checkKeys(KeyChecker &checker, const QStringList &fingerprints,
               const std::function<void(const QHash<QString, Verdict> &)> &done)
{
    QSet<QString> waiting;
    for (const QString &fingerprint : fingerprints) {
        if (checker.check(fingerprint))
            waiting.insert(fingerprint);
    }
    if (waiting.isEmpty()) {
        done({});
        return;
    }
    auto *const call = new QObject(&checker); // as long as the call lasts
    const auto note = [call, waiting, done, verdicts = QHash<QString, Verdict>()](
                          const QString &fingerprint, const Verdict &verdict) mutable {
        if (!waiting.remove(fingerprint))
            return; // somebody else's
        verdicts.insert(fingerprint, verdict);
        if (!waiting.isEmpty())
            return;
        call->deleteLater();
        done(verdicts);
    };
    QObject::connect(&checker, &KeyChecker::checked, call, note);
}

QString checkWord(FaultClass fault)
{
    switch (fault) {
    case FaultClass::Success:
        return QStringLiteral("good");
    case FaultClass::Permanent:
    case FaultClass::Quota:
        return QStringLiteral("bad");
    case FaultClass::Temporary:
        return QStringLiteral("limited");
    case FaultClass::NotWithThisKey:
    case FaultClass::Upstream:
    case FaultClass::Client:
    case FaultClass::Cancelled:
        break;
    }
    return QStringLiteral("unknown");
}

} // namespace keywheel
