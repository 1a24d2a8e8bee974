// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict/errormessage.h"

#include <QTest>

using keywheel::parseErrorMessage;

class TestErrorMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryShape_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QByteArrayList>("codes");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const char *body, const char *message,
                            const QByteArrayList &codes, int status = 0) {
            QTest::newRow(name) << QByteArray(body) << QString::fromUtf8(message) << codes
                                << status;
        };
        row("OpenAI", R"({"error":{"message":"Bad key","type":"invalid_request_error",
            "param":null,"code":"invalid_api_key"}})",
            "Bad key", {"invalid_api_key", "invalid_request_error"});
        row("null code", R"({"error":{"message":"Slow","type":"requests","code":null}})", "Slow",
            {"requests"});
        row("OpenRouter", R"({"error":{"message":"Slow","code":429},"user_id":"u"})", "Slow", {},
            429);
        row("number as text", R"({"error":{"message":"Slow","code":"429"}})", "Slow", {}, 429);
        row("number of the service's own", R"({"error":{"message":"No","code":"1302"}})", "No",
            {"1302"});
        row("Gemini", R"([{"error":{"code":400,"message":"API key not valid.",
            "status":"INVALID_ARGUMENT","details":[{"@type":"x","reason":"API_KEY_INVALID"}]}}])",
            "API key not valid.", {"invalid_argument", "api_key_invalid"}, 400);
        row("Anthropic", R"({"type":"error","error":{"type":"overloaded_error",
            "message":"Overloaded"}})",
            "Overloaded", {"overloaded_error", "error"});
        row("Responses stream", R"({"type":"response.failed","response":{"status":"failed",
            "error":{"code":"server_error","message":"Broke"}}})",
            "Broke", {"server_error", "failed", "response.failed"});
        row("flat stream event", R"({"type":"error","code":"rate_limit_exceeded",
            "message":"Slow"})",
            "Slow", {"rate_limit_exceeded", "error"});
        row("error as text", R"({"error":"Invalid token"})", "Invalid token", {});
        row("error as code", R"({"error":"Unauthorized","message":"No such token"})",
            "No such token", {"unauthorized"});
        row("message and code", R"({"message":"Bad key","code":"Invalid API-Key"})", "Bad key",
            {"invalid_api_key"});
        row("FastAPI", R"({"detail":"Not authenticated"})", "Not authenticated", {});
        row("FastAPI validation", R"({"detail":[{"loc":["body"],"msg":"field required",
            "type":"missing","input":"my billing"},{"msg":"too long"}]})",
            "field required; too long", {});
        row("FastAPI object", R"({"detail":{"message":"Bad","code":"unauthorized"}})", "Bad",
            {"unauthorized"});
        row("list of errors", R"({"errors":[{"message":"Bad key","code":"x"}]})", "Bad key", {"x"});
        row("bare JSON text", R"("Unauthorized")", "Unauthorized", {});
        row("plain text", "  Too many\r\n requests ", "Too many requests", {});
        row("HTML", "<html><head><TITLE>403 Forbidden</TITLE></head><body>key</body></html>",
            "403 Forbidden", {});
        row("HTML without title", "<p>billing</p>", "", {});
        row("control characters", "{\"error\":\"\\u001b[31mred\\u0007\"}", "[31mred", {});
        row("empty", "", "", {});
        row("empty array", "[]", "[]", {});
        row("empty object", "{}", "", {});
        row("null", "null", "null", {});
        row("wrong types", R"({"error":{"message":5,"code":{},"type":[]}})", "", {});
        row("cut off", "{\"error\":{\"message\":\"Bad", "{\"error\":{\"message\":\"Bad", {});
    }

    void readsEveryShape()
    {
        QFETCH(QByteArray, body);
        const auto error = parseErrorMessage(body);
        QTEST(error.message, "message");
        QTEST(error.codes, "codes");
        QTEST(error.status, "status");
    }

    void survivesDeepNesting()
    {
        const QByteArray body = QByteArray("{\"error\":").repeated(100'000);
        QVERIFY(parseErrorMessage(body).codes.isEmpty());
    }
};

QTEST_APPLESS_MAIN(TestErrorMessage)
#include "test_errormessage.moc"
