// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/judge.h"

#include "verdict/errormessage.h"
#include "verdict/failurelists.h"
#include "verdict/retryafter.h"

#include <QRegularExpression>

#include <algorithm>
#include <iterator>

namespace keywheel {

namespace {

using namespace failurelists;

constexpr int MaxReason = 500;

template <class List>
bool anyCode(const ErrorMessage &error, const List &list)
{
    const auto isKnown = [&](const QByteArray &code) {
        return std::any_of(std::begin(list), std::end(list), [&](QByteArrayView known) {
            return known.startsWith('*') ? code.endsWith(known.sliced(1)) : code == known;
        });
    };
    return std::any_of(error.codes.begin(), error.codes.end(), isKnown);
}

template <class List>
bool anyPhrase(const QByteArray &text, const List &list)
{
    return std::any_of(std::begin(list), std::end(list),
                       [&](QByteArrayView known) { return text.contains(known); });
}

template <class List, class Predicate>
const char *firstOf(const List &list, Predicate matches)
{
    const auto *found = std::find_if(std::begin(list), std::end(list),
                                     [&](const Known &known) { return matches(known.text); });
    return found == std::end(list) ? nullptr : found->verdict;
}

/// The message for comparison: lower case, `-` and `_` as spaces, and without what is no statement
/// of the upstream's: quoted parts (they repeat the request: "Invalid value: 'invalid api key'")
/// and addresses (a rate limit's help link ends in /account/billing).
QByteArray comparable(QString message)
{
    static const QRegularExpression quoted(QStringLiteral("(?<!\\w)([\"'`])(?:.*?)\\1(?!\\w)"));
    static const QRegularExpression address(
        QStringLiteral("(?:https?://|www\\.|(?:[\\w-]+\\.)+\\w+/)\\S*"));
    static const QRegularExpression separator(QStringLiteral("[-_\\s]+"));
    message.remove(address).remove(quoted).replace(separator, QStringLiteral(" "));
    return message.toLower().toUtf8();
}

/// `billing` and `unauthorized` alone say little: "billing service down" is no key's fault, and a
/// bad request may repeat the client's own words. So they count only where the status already
/// speaks of the key: 403 (401 and 402 need no words), and 429 unless it says that it is about a
/// rate. With all other statuses a code must match as a whole, or a phrase that names the key.
bool countsWords(int status, const ErrorMessage &error, const QByteArray &text)
{
    if (status == 429)
        return !anyCode(error, RateLimitCodes) && !text.contains("rate limit");
    return status == 403;
}

/// The code of the verdict when the error is on the permanent list, else null.
const char *permanentCode(int status, const ErrorMessage &error, const QByteArray &text)
{
    const char *found =
        firstOf(PermanentCodes, [&](QByteArrayView known) { return error.codes.contains(known); });
    const auto inText = [&](QByteArrayView known) {
        return text.contains(known);
    };
    if (!found)
        found = firstOf(PermanentPhrases, inText);
    if (!found && countsWords(status, error, text))
        found = firstOf(PermanentWords, inText);
    return found;
}

bool namesKeyOrPermission(const ErrorMessage &error, const QByteArray &text)
{
    static const QRegularExpression other(QStringLiteral("[^a-z]+"));
    const QString all =
        QString::fromUtf8(text + ' ' + error.codes.join(' ')).replace(other, QStringLiteral(" "));
    const QByteArrayList words = all.toLatin1().split(' ');
    return std::any_of(std::begin(PermissionWords), std::end(PermissionWords),
                       [&](QByteArrayView word) { return words.contains(word); });
}

Verdict verdict(FaultClass fault, bool retry, const char *code, const QString &words,
                const QString &said = {})
{
    Verdict result;
    result.fault = fault;
    result.retry = retry;
    result.code = code;
    result.reason = said.isEmpty() ? words : words + QLatin1String(": ") + said;
    return result;
}

Verdict permanent(const char *code, const QString &said)
{
    static const QHash<QByteArray, QString> words = {
        {"invalid_key", QStringLiteral("invalid key")},
        {"account", QStringLiteral("account closed or unknown")},
        {"billing", QStringLiteral("billing problem")},
        {"permission", QStringLiteral("no permission")}};
    return verdict(FaultClass::Permanent, true, code, words.value(code), said);
}

Verdict quota(const QString &said)
{
    return verdict(FaultClass::Quota, true, "quota", QStringLiteral("out of quota"), said);
}

Verdict temporary(const Headers &headers, const QDateTime &wallNow, const QString &said)
{
    Verdict result =
        verdict(FaultClass::Temporary, true, "rate_limit", QStringLiteral("rate limit"), said);
    result.cooldown = requestedWait(headers, wallNow);
    return result;
}

Verdict client(const QString &words, const QString &said)
{
    return verdict(FaultClass::Client, false, "client", words, said);
}

bool isUpstreamTrouble(int status)
{
    return status == 500 || (status >= 502 && status <= 504) || (status >= 520 && status <= 529);
}

bool isQuota(const ErrorMessage &error, const QByteArray &text)
{
    return anyCode(error, QuotaCodes) || anyPhrase(text, QuotaPhrases);
}

/// The order matters: first what no key can help, then what the body says for certain with any
/// status, then the status by itself.
Verdict judgeStatus(int status, const ErrorMessage &error, const Headers &headers,
                    const QDateTime &wallNow)
{
    const QByteArray text = comparable(error.message);
    if ((status == 401 || status == 403) &&
        (anyCode(error, AddressCodes) || anyPhrase(text, AddressPhrases))) {
        Verdict result = verdict(FaultClass::Upstream, false, "address",
                                 QStringLiteral("address or region refused"), error.message);
        result.warn = true;
        return result;
    }
    if (status == 402 || isQuota(error, text))
        return quota(error.message);
    if (const char *code = permanentCode(status, error, text))
        return permanent(code, error.message);
    if (status == 401)
        return permanent("invalid_key", error.message);
    if (status == 403 && namesKeyOrPermission(error, text))
        return permanent("permission", error.message);
    if (status == 429)
        return temporary(headers, wallNow, error.message);
    const QString words = QStringLiteral("status %1").arg(status);
    if (isUpstreamTrouble(status))
        return verdict(FaultClass::Upstream, true, "upstream", words, error.message);
    // Also 501, 505 and other 5xx: another key would get the same answer, so they are passed on.
    return client(words, error.message);
}

/// Its status says 200, so its code must tell.
Verdict judgeStreamError(const ErrorMessage &error, const Headers &headers,
                         const QDateTime &wallNow)
{
    const QByteArray text = comparable(error.message);
    if (isQuota(error, text))
        return quota(error.message);
    if (const char *code = permanentCode(200, error, text))
        return permanent(code, error.message);
    if (error.status != 0)
        return judgeStatus(error.status, error, headers, wallNow);
    const QByteArrayView permissionCodes[] = {"permission_error", "permission_denied"};
    if (anyCode(error, permissionCodes))
        return permanent("permission", error.message);
    if (anyCode(error, RateLimitCodes))
        return temporary(headers, wallNow, error.message);
    const QString words = QStringLiteral("error in the stream");
    if (anyCode(error, UpstreamCodes))
        return verdict(FaultClass::Upstream, true, "upstream", words, error.message);
    return client(words, error.message);
}

} // namespace

Verdict judge(const AttemptResult &result, const QDateTime &wallNow)
{
    const auto upstream = [&](bool retry, const char *code, const QString &words) {
        return verdict(FaultClass::Upstream, retry, code, words, result.errorText.simplified());
    };
    switch (result.kind) {
    case AttemptResult::Kind::Answer:
        if (result.status < 400)
            return {};
        return judgeStatus(result.status, parseErrorMessage(result.body), result.headers, wallNow);
    case AttemptResult::Kind::StreamError:
        return judgeStreamError(parseErrorMessage(result.body), result.headers, wallNow);
    case AttemptResult::Kind::Unreachable:
        return upstream(true, "unreachable", QStringLiteral("upstream unreachable"));
    case AttemptResult::Kind::ProtocolError:
        return upstream(true, "protocol", QStringLiteral("answer is not HTTP"));
    case AttemptResult::Kind::NoConnection:
        // Another key waits for the same connections, and would wait behind all others.
        return upstream(false, "no_connection", QStringLiteral("no connection was free in time"));
    case AttemptResult::Kind::HandOverTimeout:
        return upstream(true, "hand_over_timeout", QStringLiteral("request not taken in time"));
    case AttemptResult::Kind::ResponseTimeout:
        // It was handed over and may be billed already: never sent twice.
        return upstream(false, "response_timeout", QStringLiteral("no answer in time"));
    case AttemptResult::Kind::Cancelled:
        break;
    }
    return verdict(FaultClass::Cancelled, false, "cancelled", QStringLiteral("cancelled"));
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
