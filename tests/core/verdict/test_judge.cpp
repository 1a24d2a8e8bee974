// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/judge.h"

#include <QTest>

using namespace keywheel;
using Kind = AttemptResult::Kind;

namespace {

QDateTime wallNow()
{
    return QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05Z"), Qt::ISODate);
}

AttemptResult answer(int status, const QByteArray &body = {})
{
    AttemptResult result;
    result.status = status;
    result.body = body;
    return result;
}

QByteArray json(const char *message, const char *code = "", const char *type = "")
{
    return QByteArray(R"({"error":{"message":")") + message + R"(","type":")" + type +
           R"(","code":")" + code + R"("}})";
}

} // namespace

class TestJudge : public QObject
{
    Q_OBJECT

private:
    static void columns()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<FaultClass>("fault");
        QTest::addColumn<bool>("retry");
        QTest::addColumn<QByteArray>("code");
    }

    static void row(const char *name, int status, const QByteArray &body, FaultClass fault,
                    bool retry, const char *code)
    {
        QTest::addRow("%d %s", status, name)
            << status << body << fault << retry << QByteArray(code);
    }

    static void permanent(const char *name, int status, const QByteArray &body,
                          const char *code = "invalid_key")
    {
        row(name, status, body, FaultClass::Permanent, true, code);
    }
    static void quota(const char *name, int status, const QByteArray &body)
    {
        row(name, status, body, FaultClass::Quota, true, "quota");
    }
    static void temporary(const char *name, int status, const QByteArray &body)
    {
        row(name, status, body, FaultClass::Temporary, true, "rate_limit");
    }
    static void otherKey(const char *name, int status, const QByteArray &body, const char *code)
    {
        row(name, status, body, FaultClass::NotWithThisKey, true, code);
    }
    static void upstream(const char *name, int status, const QByteArray &body)
    {
        row(name, status, body, FaultClass::Upstream, true, "upstream");
    }
    static void client(const char *name, int status, const QByteArray &body)
    {
        row(name, status, body, FaultClass::Client, false, "client");
    }

    static void check(Kind kind)
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        AttemptResult result = answer(status, body);
        result.kind = kind;
        const Verdict verdict = judge(result, wallNow());
        QTEST(verdict.fault, "fault");
        QTEST(verdict.retry, "retry");
        QTEST(verdict.code, "code");
        QCOMPARE(verdict.warn, verdict.code == "address");
        QCOMPARE(verdict.reason.isEmpty(), verdict.fault == FaultClass::Success);
        QVERIFY(!verdict.cooldown);
    }

private Q_SLOTS:
    void successes_data()
    {
        columns();
        for (const int status : {200, 201, 204, 206, 301, 302, 304, 307, 399})
            row("", status, json("invalid api key", "invalid_api_key"), FaultClass::Success, false,
                "");
    }
    void successes() { check(Kind::Answer); }

    void badKeys_data()
    {
        columns();
        permanent("empty", 401, {});
        permanent("OpenAI", 401,
                  json("Incorrect API key provided: sk-te*********wxyz.", "invalid_api_key",
                       "invalid_request_error"));
        permanent("Anthropic", 401, json("invalid x-api-key", "", "authentication_error"));
        permanent("closed", 401, json("The account has been deactivated", "account_deactivated"),
                  "account");
        permanent("organization", 401, json("No such organization", "invalid_organization"),
                  "account");
        permanent("terminated", 403, json("Bye", "access_terminated"), "account");
        permanent("names the account", 403, json("Your account is suspended"), "account");
        permanent("unauthorized", 403, "Unauthorized");
        permanent("billing", 403, json("There is a problem with your billing"), "billing");
        // the permanent list, with any status
        permanent("Gemini", 400, R"([{"error":{"code":400,
            "message":"API key not valid. Please pass a valid API key.",
            "status":"INVALID_ARGUMENT"}}])");
        permanent("Gemini's reason", 400, R"({"error":{"code":400,"message":"Bad",
            "details":[{"reason":"API_KEY_INVALID"}]}})");
        permanent("text", 400, "Invalid API Key");
        permanent("underscores", 422, R"({"detail":"invalid_api_key"})");
        permanent("not found", 404, R"({"message":"API key not found"})");
        permanent("code", 400, json("x", "invalid_api_key"));
        permanent("code in another case", 400, json("x", "Invalid_API_Key"));
        permanent("code as words", 400, json("x", "invalid api key"));
        permanent("code", 429, json("x", "invalid_api_key"));
        permanent("code", 500, json("x", "invalid_api_key"));
        permanent("phrase", 500, "Incorrect API key");
        permanent("account", 400, json("Account deactivated"), "account");
        permanent("code in words", 400, R"({"error":"Unauthorized","message":"no"})");
        permanent("billing", 429, json("Check your billing"), "billing");
    }
    void badKeys() { check(Kind::Answer); }

    void requestsForAnotherKey_data()
    {
        columns();
        otherKey("names the key", 403, json("This key may not be used here"), "permission");
        otherKey("names a permission", 403,
                 json("You have insufficient permissions for this operation"), "permission");
        otherKey("permission_error", 403, json("No", "", "permission_error"), "permission");
        otherKey("Gemini", 403, R"([{"error":{"code":403,"message":"Nope",
            "status":"PERMISSION_DENIED"}}])",
                 "permission");
        otherKey("model", 403, json("You have no access to this model", "model_not_found"),
                 "permission");
        otherKey("OpenAI's model", 404,
                 json("The model `gpt-9` does not exist or you do not have access to it.",
                      "model_not_found"),
                 "unknown_model");
        otherKey("organization", 401,
                 json("OpenAI-Organization header should match organization for API key",
                      "mismatched_organization"),
                 "organization");
        otherKey(
            "stored response", 400,
            json("Previous response with id 'resp_1' not found.", "previous_response_not_found"),
            "foreign_object");
        otherKey("too large for a tier", 429,
                 json("Request too large for gpt-4o in organization org-x on tokens per min (TPM): "
                      "Limit 30000, Requested 35364.",
                      "rate_limit_exceeded", "tokens"),
                 "too_large");
    }
    void requestsForAnotherKey() { check(Kind::Answer); }

    void pagesInsteadOfAnAnswer_data()
    {
        columns();
        row("HTML", 401, "<html><title>Sign in</title></html>", FaultClass::Upstream, false,
            "not_the_api");
    }
    void pagesInsteadOfAnAnswer() { check(Kind::Answer); }

    void usedUpKeys_data()
    {
        columns();
        quota("empty", 402, {});
        quota("OpenRouter", 402, R"({"error":{"code":402,"message":"Insufficient credits"}})");
        quota("even with a key's code", 402, json("x", "invalid_api_key"));
        for (const auto *code :
             {"insufficient_quota", "billing_hard_limit_reached", "credit_balance_exhausted",
              "organization_usage_limit_exceeded", "project_spend_limit_exceeded",
              "monthly_spend_limit_exceeded", "INSUFFICIENT_QUOTA"}) {
            quota(qPrintable(QLatin1String("code ") + QLatin1String(code)), 429,
                  json("You exceeded your current quota, please check your plan and billing "
                       "details.",
                       code));
            quota(qPrintable(QLatin1String("type ") + QLatin1String(code)), 429,
                  json("x", "", code));
        }
        quota("with another status", 403, json("No", "insufficient_quota"));
        quota("Anthropic", 400,
              json("Your credit balance is too low to access the API. Please go to Plans & "
                   "Billing to purchase credits.",
                   "", "invalid_request_error"));
    }
    void usedUpKeys() { check(Kind::Answer); }

    void rateLimits_data()
    {
        columns();
        temporary("empty", 429, {});
        temporary("OpenAI", 429,
                  json("Rate limit reached for gpt-4. Visit "
                       "https://platform.openai.com/account/billing to add a payment method.",
                       "rate_limit_exceeded", "requests"));
        temporary("link without a scheme", 429,
                  json("Too many. See platform.openai.com/account/billing for more."));
        temporary("says rate limit", 429, json("Rate limit; check your billing for more"));
        temporary("Gemini", 429, R"([{"error":{"code":429,"message":
            "You exceeded your current quota, please check your plan and billing details.",
            "status":"RESOURCE_EXHAUSTED"}}])");
        temporary("not a quota code", 429, json("x", "my_insufficient_quota_is"));
    }
    void rateLimits() { check(Kind::Answer); }

    void upstreamTrouble_data()
    {
        columns();
        for (const int status :
             {500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 528, 529})
            upstream("", status, json("Something broke"));
        upstream("billing in the text", 503, json("billing service unavailable"));
        upstream("unauthorized in the text", 502, "upstream said: unauthorized");
        upstream("rate limit code", 500, json("x", "rate_limit_exceeded"));
    }
    void upstreamTrouble() { check(Kind::Answer); }

    void refusedAddresses_data()
    {
        columns();
        const auto address = [](const char *name, int status, const QByteArray &body) {
            row(name, status, body, FaultClass::Upstream, false, "address");
        };
        address("IP", 401, json("IP not authorized"));
        address("IP with a key's code", 401,
                json("Your IP is not authorized for this account's key", "invalid_api_key"));
        address("IP code", 403, json("No", "ip_not_authorized"));
        address("region", 403, json("Country, region, or territory not supported"));
        address("region code", 403,
                json("Not here", "unsupported_country_region_territory", "request_forbidden"));
    }
    void refusedAddresses() { check(Kind::Answer); }

    void clientErrors_data()
    {
        columns();
        for (const int status : {400, 404, 405, 406, 408, 409, 410, 413, 415, 418, 422, 425, 451,
                                 499, 501, 505, 510, 530, 599})
            client("", status,
                   json("Something is wrong", "invalid_value", "invalid_request_error"));
        client("empty", 400, {});
        client("empty", 403, {});
        row("moderation", 403, R"({"error":{"code":403,"message":"Input was flagged"}})",
            FaultClass::Client, false, "content");
        client("words that hold a word", 403, json("monkeys and keyboards unaccountable"));
        client("HTML", 403, "<html><title>Just a moment</title><p>your account key</p></html>");
        // words of the client's own that look like a key's failure
        client("unauthorized", 400, json("Unknown role unauthorized"));
        client("billing", 422, R"({"detail":[{"msg":"too long","input":"invalid api key"}]})");
        client("billing", 404, json("The model billing-gpt does not exist"));
        client("quoted", 400, json("Invalid value: 'invalid api key'. Try 'user'."));
        client("quoted twice", 400, json("Don't use `incorrect api key` as a user's name"));
        client("quoted", 403, json("Tool 'get_account_key' is not allowed"));
        client("code that holds a code", 400, json("x", "not_an_invalid_api_key_error"));
        client("Groq's too big request", 413, json("Request too large", "rate_limit_exceeded"));
    }
    void clientErrors() { check(Kind::Answer); }

    void streamErrors_data()
    {
        columns();
        temporary("code", 200, json("Slow", "rate_limit_exceeded"));
        temporary("type", 200, json("Slow", "", "rate_limit_error"));
        temporary("number", 200, R"({"error":{"code":429,"message":"Slow"}})");
        temporary("flat", 200, R"({"type":"error","code":"rate_limit_exceeded","message":"x"})");
        temporary("Gemini", 200, R"({"error":{"status":"RESOURCE_EXHAUSTED"}})");
        for (const auto *code :
             {"server_error", "api_error", "internal_error", "service_unavailable"})
            upstream(code, 200, json("Broke", code));
        row("overloaded", 200, json("Broke", "overloaded_error"), FaultClass::Upstream, true,
            "overloaded");
        upstream("number", 200, R"({"error":{"code":502,"message":"Broke"}})");
        quota("code", 200, json("Empty", "insufficient_quota"));
        quota("number", 200, R"({"error":{"code":"402","message":"Empty"}})");
        permanent("code", 200, json("Bad", "invalid_api_key"));
        permanent("type", 200, json("Bad", "", "authentication_error"));
        permanent("phrase", 200, json("Invalid API key"));
        permanent("number", 200, R"({"error":{"code":401,"message":"Bad"}})");
        otherKey("permission", 200, json("No", "", "permission_error"), "permission");
        client("number", 200, R"({"error":{"code":400,"message":"billing"}})");
        client("type", 200, json("x", "", "invalid_request_error"));
        client("unknown", 200, json("unauthorized billing"));
        client("text", 200, "went wrong");
    }
    void streamErrors() { check(Kind::StreamError); }

    void withoutAnAnswer_data()
    {
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<FaultClass>("fault");
        QTest::addColumn<bool>("retry");
        QTest::addColumn<QString>("reason");
        QTest::newRow("unreachable") << Kind::Unreachable << FaultClass::Upstream << true
                                     << QStringLiteral("upstream unreachable: went wrong");
        QTest::newRow("protocol") << Kind::ProtocolError << FaultClass::Upstream << true
                                  << QStringLiteral("answer is not HTTP: went wrong");
        QTest::newRow("queue") << Kind::NoConnection << FaultClass::Upstream << false
                               << QStringLiteral("no connection was free in time: went wrong");
        QTest::newRow("hand-over") << Kind::HandOverTimeout << FaultClass::Upstream << true
                                   << QStringLiteral("request not taken in time: went wrong");
        QTest::newRow("response") << Kind::ResponseTimeout << FaultClass::Upstream << false
                                  << QStringLiteral("no answer in time: went wrong");
        QTest::newRow("cancelled")
            << Kind::Cancelled << FaultClass::Cancelled << false << QStringLiteral("cancelled");
    }

    void withoutAnAnswer()
    {
        QFETCH(Kind, kind);
        AttemptResult result = answer(0, json("invalid api key", "invalid_api_key"));
        result.kind = kind;
        result.errorText = QStringLiteral("went\nwrong");
        const Verdict verdict = judge(result, wallNow());
        QTEST(verdict.fault, "fault");
        QTEST(verdict.retry, "retry");
        QTEST(verdict.reason, "reason");
    }

    void aRateLimitCarriesTheAskedWait()
    {
        AttemptResult result = answer(429);
        result.headers = Headers{{"Retry-After", "7"}};
        QCOMPARE(judge(result, wallNow()).cooldown, std::chrono::seconds(7));
        result.status = 503; // the key is not at fault, so nothing cools down
        QVERIFY(!judge(result, wallNow()).cooldown);
    }

    void theReasonIsShortAndPlain()
    {
        const auto reason = [](int status, const QByteArray &body) {
            return shortReason(judge(answer(status, body), wallNow()).reason);
        };
        QCOMPARE(reason(429, json("Rate limit reached for gpt-4")),
                 QStringLiteral("rate limit: Rate limit reached for gpt-4"));
        QCOMPARE(reason(401, {}), QStringLiteral("invalid key"));
        QCOMPARE(reason(503, {}), QStringLiteral("status 503"));
        QCOMPARE(reason(402, "a\n\tb"), QStringLiteral("out of quota: a b"));
        const QString cut = reason(400, QByteArray("x").repeated(5000));
        QCOMPARE(cut.size(), 500);
        QVERIFY(cut.endsWith(QChar(0x2026)));
        // a pair of surrogates is not cut in half, wherever the cut falls
        for (const auto *start : {"", "x"}) {
            const QString faces = reason(400, start + QByteArray("\xf0\x9f\x98\x80").repeated(400));
            QVERIFY(faces.isValidUtf16());
            QVERIFY(faces.size() <= 500);
        }
    }
};

QTEST_APPLESS_MAIN(TestJudge)
#include "test_judge.moc"
