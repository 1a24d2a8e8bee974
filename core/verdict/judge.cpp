// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/judge.h"

#include "verdict/causes.h"
#include "verdict/retryafter.h"
#include "verdict/statement.h"

#include <algorithm>

namespace keywheel {

namespace {

constexpr int MaxReason = 500;

struct Judgement
{
    Cause cause = Cause::BadRequest;
    bool weak = false;
};

bool isUpstreamTrouble(int status)
{
    return status == 500 || (status >= 502 && status <= 504) || (status >= 520 && status <= 529);
}

/// The gateway in front of the upstream gave up; the upstream may still be at work.
bool mayHaveBeenProcessed(int status)
{
    return status == 504 || status == 524;
}

/// What no other key helps, or what is nobody's fault. It comes first: such texts hold words that
/// condemn a key elsewhere.
std::optional<Cause> blamelessCause(const Statement &said)
{
    for (const Cause cause : {Cause::Content, Cause::AddressRefused, Cause::MissingCredentials}) {
        if (said.says(cause))
            return cause;
    }
    return std::nullopt;
}

bool isOutOfMoney(const Statement &said, int status)
{
    if (status == 402)
        return true;
    const KnownError *const row = said.find(Cause::NoMoney);
    if (!row)
        return false;
    // Per minute at DashScope and Gemini, although they say "quota" as OpenAI does of money.
    const QByteArrayView text(row->text);
    const bool ambiguous = text.contains("quota") || text.contains("plan and billing");
    return !ambiguous || !said.isAboutRate();
}

std::optional<Cause> causeOfRequestWithKey(const Statement &said)
{
    for (const Cause cause :
         {Cause::WrongOrganization, Cause::ForeignObject, Cause::UnknownModel, Cause::ModelAccess,
          Cause::TooLargeForKey, Cause::MissingPermission}) {
        if (said.says(cause))
            return cause;
    }
    return std::nullopt;
}

/// The words of a code alone, such as `unauthorized`, say little: "billing service down" is no
/// key's fault, and a bad request may repeat the client's own words. So they count only where the
/// status already speaks of the key: 403 (401 and 402 need no words), and 429 unless it says that
/// it is about a rate.
std::optional<Judgement> judgeWords(const Statement &said, int status)
{
    if (status != 403 && (status != 429 || said.isAboutRate()))
        return std::nullopt;
    if (said.hasPhrase("unauthorized"))
        return Judgement{Cause::InvalidKey, true};
    if (said.hasPhrase("billing"))
        return Judgement{Cause::Billing, false};
    return std::nullopt;
}

bool isRefusal(int status)
{
    return (status >= 400 && status <= 403) || status == 412 || status == 429;
}

std::optional<Cause> causeOfKey(const Statement &said, int status)
{
    for (const Cause cause : {Cause::AccountClosed, Cause::InvalidKey, Cause::Billing}) {
        if (said.says(cause))
            return cause;
    }
    if (!isRefusal(status))
        return std::nullopt;
    if (said.saysAccountIsClosed())
        return Cause::AccountClosed;
    if (said.saysKeyIsInvalid())
        return Cause::InvalidKey;
    return std::nullopt;
}

/// Codes that services send with every refusal of a key, whatever is the matter.
bool hasGeneralKeyCode(const Statement &said)
{
    return said.hasCode("authentication_error") || said.hasCode("unauthenticated") ||
           said.hasCode("unauthorized");
}

/// What the status says when the body does not.
Judgement judgeStatus(const AttemptResult &result, int status, const ErrorMessage &error,
                      const Statement &said)
{
    if (status == 401)
        return error.isPage ? Judgement{Cause::NotTheApi} : Judgement{Cause::InvalidKey, true};
    if (const auto judged = judgeWords(said, status))
        return *judged;
    if (status == 403 && (said.saysNoAccess() || said.namesKeyOrPermission()))
        return {Cause::MissingPermission};
    if (status == 404 && result.namesObject)
        return {Cause::ForeignObject};
    if (status == 429)
        return {Cause::RateLimit};
    // Also 501, 505 and other 5xx: another key would get the same answer, so they are passed on.
    return {isUpstreamTrouble(status) ? Cause::UpstreamTrouble : Cause::BadRequest};
}

/// The order matters: first what no key can help, then what the body says for certain with any
/// status, then the status by itself.
Judgement judgeAnswer(const AttemptResult &result, int status, const ErrorMessage &error)
{
    const Statement said(error, status);
    if (const auto cause = blamelessCause(said))
        return {*cause};
    if (said.says(Cause::Overloaded))
        return {Cause::Overloaded};
    if (const auto cause = causeOfRequestWithKey(said); cause && status != 402)
        return {*cause};
    if (isOutOfMoney(said, status))
        return {Cause::NoMoney};
    if (const auto cause = causeOfKey(said, status))
        return {*cause};
    if (hasGeneralKeyCode(said))
        return {Cause::InvalidKey, status == 401 && error.message.isEmpty()};
    if (said.says(Cause::RateLimit))
        return {Cause::RateLimit};
    return judgeStatus(result, status, error, said);
}

/// Its status says 200, so its code must tell.
Judgement judgeStreamError(const AttemptResult &result, const ErrorMessage &error)
{
    const Statement said(error, 200);
    const bool known = blamelessCause(said) || said.says(Cause::Overloaded) ||
                       causeOfRequestWithKey(said) || isOutOfMoney(said, 200) ||
                       causeOfKey(said, 200) || hasGeneralKeyCode(said);
    const int status = error.status != 0 ? error.status : result.status;
    if (!known && status >= 400)
        return judgeAnswer(result, status, error);
    const Judgement judged = judgeAnswer(result, 200, error);
    if (judged.cause == Cause::BadRequest && said.says(Cause::UpstreamTrouble))
        return {Cause::UpstreamTrouble};
    return judged;
}

/// What a provider told a gateway is about the gateway's own key: the next attempt may meet another
/// provider.
Judgement asRelayed(const Judgement &judged)
{
    const FaultClass fault = causeSpec(judged.cause).fault;
    const bool blamesKey = fault == FaultClass::Permanent || fault == FaultClass::Quota ||
                           fault == FaultClass::Temporary;
    return blamesKey ? Judgement{Cause::Overloaded} : judged;
}

QString words(Cause cause, const AttemptResult &result)
{
    QString known = QString::fromUtf8(causeSpec(cause).words);
    if (!known.isEmpty())
        return known;
    if (result.kind == AttemptResult::Kind::StreamError)
        return QStringLiteral("error in the stream");
    return QStringLiteral("status %1").arg(result.status);
}

Verdict verdict(Cause cause, const QString &words, const QString &said)
{
    const CauseSpec &spec = causeSpec(cause);
    Verdict result;
    result.cause = cause;
    result.fault = spec.fault;
    result.retry = spec.retry;
    result.code = spec.code;
    result.warn = cause == Cause::AddressRefused;
    result.reason = said.isEmpty() ? words : words + QLatin1String(": ") + said;
    return result;
}

Verdict judgeError(const AttemptResult &result, const QDateTime &wallNow)
{
    const ErrorMessage error = parseErrorMessage(result.body);
    Judgement judged = result.kind == AttemptResult::Kind::StreamError
                           ? judgeStreamError(result, error)
                           : judgeAnswer(result, result.status, error);
    if (error.isRelayed)
        judged = asRelayed(judged);
    Verdict found = verdict(judged.cause, words(judged.cause, result), error.message);
    found.weak = judged.weak;
    found.namesKey = !judged.weak && (found.fault == FaultClass::Permanent ||
                                      (found.fault == FaultClass::Quota && !error.isEmpty()));
    if (mayHaveBeenProcessed(result.status) && !result.repeatable)
        found.retry = false;
    if (found.fault == FaultClass::Temporary)
        found.cooldown = requestedWait(result.headers, error, wallNow);
    else if (found.fault == FaultClass::Quota)
        found.cooldown = statedEnd(result.headers, error, wallNow);
    found.saysWait = found.cooldown || requestedWait(result.headers, wallNow);
    return found;
}

Cause causeOf(AttemptResult::Kind kind)
{
    using Kind = AttemptResult::Kind;
    switch (kind) {
    case Kind::Answer:
    case Kind::StreamError:
        return Cause::None;
    case Kind::Unreachable:
        return Cause::Unreachable;
    case Kind::ProtocolError:
        return Cause::ProtocolError;
    case Kind::NoConnection:
        return Cause::NoConnection;
    case Kind::HandOverTimeout:
        return Cause::HandOverTimeout;
    case Kind::ResponseTimeout:
        return Cause::ResponseTimeout;
    case Kind::Cancelled:
        return Cause::Cancelled;
    }
    return Cause::None;
}

} // namespace

Verdict judge(const AttemptResult &result, const QDateTime &wallNow)
{
    if (result.kind == AttemptResult::Kind::Answer && result.status < 400)
        return {};
    const Cause cause = causeOf(result.kind);
    if (cause == Cause::None)
        return judgeError(result, wallNow);
    const QString said = cause == Cause::Cancelled ? QString() : result.errorText.simplified();
    return verdict(cause, words(cause, result), said);
}

QString shortReason(QString redacted)
{
    if (redacted.size() <= MaxReason)
        return redacted;
    redacted.truncate(MaxReason - 1);
    if (redacted.back().isHighSurrogate())
        redacted.chop(1);
    return redacted + QChar(0x2026);
}

} // namespace keywheel
