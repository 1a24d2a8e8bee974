// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "common/alarm.h"
#include "proxy/proxyconfig.h"
#include "verdict/verdict.h"

#include <QObject>
#include <QStringList>

#include <chrono>
#include <map>
#include <memory>

namespace keywheel {

class Attempt;

/// Finds out whether single keys are good, by a request that costs nothing (GET /v1/models): on
/// demand, and now and then for the permanently blacklisted ones. The pool learns what came of it;
/// a pass puts a blacklisted key back, but not one whose money is used up: the request is free. At
/// most AtOnce keys are checked at a time, and none for longer than Patience.
///
/// Some services list their models for anybody. So before the first good answer is believed, the
/// same is asked with a key that cannot exist; if that is answered well too, good answers say
/// nothing.
///
/// Thread: the core's. Owned by the application; `services` must outlive it.
class KeyChecker : public QObject
{
    Q_OBJECT

public:
    static constexpr int AtOnce = 2;
    static constexpr std::chrono::seconds Patience{30};
    /// Tells whether a list is open to anybody.
    static constexpr QByteArrayView ImpossibleKey{"sk-keywheel-check-that-no-such-key-is-accepted"};

    explicit KeyChecker(ProxyServices services, QObject *parent = nullptr);
    ~KeyChecker() override;

    /// `interval` from now on between the rounds, with a tenth of jitter; 0: no rounds.
    void setConfig(const QUrl &baseUrl, std::chrono::milliseconds interval);

    /// Answers with checked(), never before it returns; a key that waits already is checked once.
    /// False, and no signal, when there is no such key.
    bool check(const QString &fingerprint);

Q_SIGNALS:
    /// `verdict` is what the pool was told: Success when the key is good, Permanent or Quota when
    /// it is not; with anything else it is not known, and its reason, redacted, says why.
    void checked(const QString &fingerprint, const keywheel::Verdict &verdict);

private:
    void scheduleRound();
    void runRound();
    void proceed();
    void begin(const QString &fingerprint);
    /// The request with `secret`; an empty `fingerprint` stands for the key that cannot exist.
    void ask(const QString &fingerprint, const QByteArray &secret);
    void finish(const QString &fingerprint, const Attempt *which, const AttemptResult &result);
    void finishProbe(const Verdict &verdict);
    void tell(const QString &fingerprint, Verdict verdict);

    ProxyServices services_;
    ProxyTarget target_;
    std::chrono::milliseconds interval_{0};
    Alarm nextRound_;
    QStringList waiting_;
    /// Whether the list is open to anybody; none: not asked yet.
    std::optional<bool> isOpen_;
    QStringList unproven_; ///< were answered well, and wait for isOpen_
    std::map<QString, std::unique_ptr<Attempt>> running_;
};

} // namespace keywheel
