// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/statement.h"

#include <QRegularExpression>

#include <algorithm>

namespace keywheel {

namespace {

/// Without what is no statement of the upstream's: quoted parts (they repeat the request: "Invalid
/// value: 'invalid api key'") and addresses (a rate limit's help link ends in /account/billing).
QByteArray comparable(QString message)
{
    static const QRegularExpression quoted(QStringLiteral("(?<!\\w)([\"'`])(?:.*?)\\1(?!\\w)"));
    static const QRegularExpression address(
        QStringLiteral("(?:https?://|www\\.|(?:[\\w-]+\\.)+\\w+/)\\S*"));
    static const QRegularExpression separator(QStringLiteral("[-_\\s]+"));
    message.remove(address).remove(quoted).replace(separator, QStringLiteral(" "));
    return message.toLower().toUtf8();
}

unsigned statusSet(int status)
{
    switch (status) {
    case 400:
        return On400;
    case 401:
        return On401;
    case 402:
        return On402;
    case 403:
        return On403;
    case 404:
        return On404;
    case 429:
        return On429;
    default:
        break;
    }
    if (status < 400)
        return InStream;
    return status < 500 ? OnOther4xx : On5xx;
}

bool isLike(QByteArrayView code, QByteArrayView known)
{
    if (known.startsWith('*'))
        return code.endsWith(known.sliced(1));
    if (known.endsWith('*'))
        return code.startsWith(known.chopped(1));
    return code == known;
}

constexpr QByteArrayView RateMarks[] = {
    "per minute",  "/minute", "/ minute", "per min ", "per second",
    "a minute",    " rpm",    " tpm",     " qps",     "requests per ",
    "rate limit",  "每分钟",  "并发",     "频率",     "tokens per",
    "token limit", "aliyun",  "(rpm)",    "(tpm)",    "allocated quota exceeded, please increase"};
/// Codes of a rate limit by services that call it a quota.
constexpr QByteArrayView RateCodes[] = {"rate_limit_exceeded", "rate_limit_error",
                                        "rate_limited",        "resource_exhausted",
                                        "too_many_requests",   "throttling.allocationquota"};
/// Whole words of message and codes.
constexpr QByteArrayView PermissionWords[] = {
    "key",         "keys",       "apikey",      "account", "accounts", "permission",
    "permissions", "credential", "credentials", "scope",   "scopes"};

} // namespace

Statement::Statement(const ErrorMessage &error, int status)
    : error_(error),
      status_(statusSet(status)),
      text_(error.isPage ? QByteArray() : comparable(error.message))
{
}

bool Statement::matches(const KnownError &row) const
{
    if ((row.statuses & status_) == 0)
        return false;
    if (row.where == KnownError::Where::Phrase)
        return text_.contains(row.text);
    return hasCode(row.text);
}

const KnownError *Statement::find(Cause cause) const
{
    for (const auto table : {openAiErrors(), kinErrors(), anthropicErrors(), geminiErrors()}) {
        for (const KnownError &row : table) {
            if (row.cause == cause && matches(row))
                return &row;
        }
    }
    return nullptr;
}

bool Statement::hasCode(QByteArrayView code) const
{
    return std::any_of(error_.codes.begin(), error_.codes.end(),
                       [&](const QByteArray &known) { return isLike(known, code); });
}

bool Statement::isAboutRate() const
{
    const bool byCode = std::any_of(std::begin(RateCodes), std::end(RateCodes),
                                    [this](QByteArrayView code) { return hasCode(code); });
    return byCode || std::any_of(std::begin(RateMarks), std::end(RateMarks),
                                 [this](QByteArrayView mark) { return text_.contains(mark); });
}

bool Statement::saysKeyIsInvalid() const
{
    static const QRegularExpression sentence(QStringLiteral(
        "\\b(?:api key|apikey|access key|key|token)\\b[^.;,]{0,40}?\\b"
        "(?:is|was|has been|have been)\\s+(?:(?!not)\\w+\\s+){0,2}?"
        "(?:disabled|deactivated|revoked|expired|deleted|banned|blocked|inactive|invalid|"
        "suspended|incorrect|locked)\\b"
        "|\\b(?:invalid|incorrect|expired|revoked|disabled|deactivated) (?:api )?key\\b(?! for)"
        "|\\bapi key (?:expired|revoked|disabled|invalid)\\b"
        "|(?:密钥|令牌|api ?key)[^。,，]{0,8}(?:无效|过期|禁用|停用|失效|错误|不存在)"
        "|无效的 ?(?:密钥|令牌|api ?key)"));
    return sentence.match(QString::fromUtf8(text_)).hasMatch();
}

bool Statement::saysAccountIsClosed() const
{
    static const QRegularExpression sentence(QStringLiteral(
        "\\b(?:account|organi[sz]ation|team|user|consumer)\\b[^.;,]{0,40}?\\b"
        "(?:is|was|has been|have been)\\s+(?:(?!not)\\w+\\s+){0,2}?"
        "(?:disabled|suspended|deactivated|restricted|terminated|banned|revoked|locked|closed|"
        "deleted|frozen|blocked)\\b"
        "|\\b(?:account|organi[sz]ation) (?:suspended|deactivated|disabled|banned|terminated)\\b"
        "|(?:账号|账户|帐号|用户)[^。,，]{0,8}(?:封禁|禁用|停用|冻结|锁定|注销|封停)"));
    return sentence.match(QString::fromUtf8(text_)).hasMatch();
}

bool Statement::saysNoAccess() const
{
    static const QRegularExpression sentence(QStringLiteral(
        "\\b(?:no|not have|without|lacks?) (?:\\w+ )?(?:access|permission|permissions)\\b"
        "|\\bnot (?:authorized|permitted|allowed|entitled|eligible) to "
        "(?:access|use|call|perform)\\b"
        "|\\binsufficient (?:permissions?|scopes?|privileges?)\\b|\\bmissing "
        "(?:scopes?|permissions?)\\b"
        "|\\bnot available (?:on|in|for) (?:your|the current) (?:plan|tier|subscription)\\b"
        "|\\bpermission denied\\b|无权|没有权限|权限不足|未开通"));
    return sentence.match(QString::fromUtf8(text_)).hasMatch();
}

bool Statement::namesKeyOrPermission() const
{
    static const QRegularExpression other(QStringLiteral("[^a-z]+"));
    const QString all =
        QString::fromUtf8(text_ + ' ' + error_.codes.join(' ')).replace(other, QStringLiteral(" "));
    const QByteArrayList words = all.toLatin1().split(' ');
    return std::any_of(std::begin(PermissionWords), std::end(PermissionWords),
                       [&](QByteArrayView word) { return words.contains(word); });
}

} // namespace keywheel
