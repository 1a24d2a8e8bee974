// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/keychecker.h"

#include "keypool/keypool.h"
#include "proxy/attempt.h"
#include "proxy/forwarding.h"
#include "upstream/rawhead.h"
#include "verdict/judge.h"

#include <QNetworkAccessManager>

namespace keywheel {

namespace {

Verdict checkVerdict(const AttemptResult &result, const QDateTime &wallNow)
{
    Verdict verdict = judge(result, wallNow);
    // A key may be restricted to other endpoints than this one; OpenAI then names the scope that is
    // missing, which it does only for a valid key.
    if (verdict.cause == Cause::MissingPermission && result.body.contains("issing scopes"))
        return {};
    if (verdict.fault == FaultClass::Success && result.status >= 300) {
        verdict.fault = FaultClass::Upstream; // a redirect, as of a hotel's network, says nothing
        verdict.reason = QStringLiteral("status %1").arg(result.status);
    }
    return verdict;
}

} // namespace

KeyChecker::KeyChecker(ProxyServices services, QObject *parent)
    : QObject(parent),
      services_(std::move(services)),
      nextRound_(services_.clock, [this] { runRound(); })
{
}

KeyChecker::~KeyChecker() = default;

void KeyChecker::setConfig(const QUrl &baseUrl, std::chrono::milliseconds interval)
{
    if (baseUrl != target_.baseUrl)
        isOpen_.reset();
    target_ = proxyTarget({baseUrl, 0});
    if (std::exchange(interval_, interval) != interval)
        scheduleRound();
}

void KeyChecker::scheduleRound()
{
    if (interval_.count() == 0)
        return nextRound_.cancel();
    const std::chrono::duration<double, std::milli> wait =
        interval_ * (0.9 + 0.2 * services_.random());
    nextRound_.setIn(std::chrono::ceil<std::chrono::milliseconds>(wait));
}

void KeyChecker::runRound()
{
    const QStringList bad = services_.keys.permanentKeys();
    for (const QString &fingerprint : bad)
        check(fingerprint);
    scheduleRound();
}

bool KeyChecker::check(const QString &fingerprint)
{
    if (services_.keys.secret(fingerprint).isEmpty())
        return false;
    if (waiting_.contains(fingerprint) || running_.contains(fingerprint) ||
        unproven_.contains(fingerprint))
        return true;
    waiting_.append(fingerprint);
    services_.clock.callLater(std::chrono::milliseconds(0), this, [this] { proceed(); });
    return true;
}

void KeyChecker::proceed()
{
    while (!waiting_.isEmpty() && running_.size() < AtOnce)
        begin(waiting_.takeFirst());
}

void KeyChecker::begin(const QString &fingerprint)
{
    const QByteArray secret = services_.keys.secret(fingerprint);
    if (secret.isEmpty()) { // removed meanwhile
        Q_EMIT checked(fingerprint, {.fault = FaultClass::Cancelled});
        return;
    }
    ask(fingerprint, secret);
}

void KeyChecker::ask(const QString &fingerprint, const QByteArray &secret)
{
    const RawRequestHead head{"GET", upstreamTarget(target_.basePath, "/v1/models"),
                              upstreamHeaders({{"Accept", "application/json"}}, secret)};
    QNetworkRequest request(target_.baseUrl);
    request.setAttribute(RawRequestAttribute, QVariant::fromValue(head));
    auto attempt = std::make_unique<Attempt>(
        services_.network.sendCustomRequest(request, "GET", QByteArray()), services_.clock, false);
    connect(attempt.get(), &Attempt::decided, this,
            [this, fingerprint, which = attempt.get()](const AttemptResult &result) {
                finish(fingerprint, which, result);
            });
    services_.clock.callLater(Patience, attempt.get(), [this, fingerprint, which = attempt.get()] {
        AttemptResult result;
        result.kind = AttemptResult::Kind::ResponseTimeout;
        finish(fingerprint, which, result);
    });
    running_.emplace(fingerprint, std::move(attempt));
}

void KeyChecker::finish(const QString &fingerprint, const Attempt *which,
                        const AttemptResult &result)
{
    const auto found = running_.find(fingerprint);
    if (found == running_.end() || found->second.get() != which)
        return; // a time-out of its connection and Patience fell due together
    // Within a signal of the attempt: it goes quiet at once and is deleted later.
    auto attempt = std::move(running_.extract(found).mapped());
    attempt->disconnect(this);
    attempt->end();
    attempt.release()->deleteLater();
    const Verdict verdict = checkVerdict(result, services_.clock.wallNow());
    if (fingerprint.isEmpty()) {
        finishProbe(verdict);
    } else if (verdict.fault == FaultClass::Success && !isOpen_) {
        unproven_.append(fingerprint);
        if (!running_.contains(QString()))
            ask({}, ImpossibleKey.toByteArray());
    } else {
        tell(fingerprint, verdict);
    }
    proceed();
}

void KeyChecker::finishProbe(const Verdict &verdict)
{
    const bool refused = verdict.fault == FaultClass::Permanent ||
                         verdict.fault == FaultClass::NotWithThisKey ||
                         verdict.fault == FaultClass::Client;
    if (refused || verdict.fault == FaultClass::Success)
        isOpen_ = !refused;
    const auto unproven = std::exchange(unproven_, {});
    for (const QString &fingerprint : unproven)
        tell(fingerprint, refused || isOpen_ ? Verdict{} : verdict);
}

void KeyChecker::tell(const QString &fingerprint, Verdict verdict)
{
    if (verdict.fault == FaultClass::Success && isOpen_.value_or(false)) {
        verdict.fault = FaultClass::Upstream;
        verdict.reason = QStringLiteral("the list of models is open to anybody");
    }
    verdict.reason = shortReason(services_.redactor.redact(verdict.reason));
    services_.keys.noteCheck(fingerprint, verdict);
    Q_EMIT checked(fingerprint, verdict);
}

} // namespace keywheel
