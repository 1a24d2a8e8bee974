// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/requestfacts.h"

#include "http/message.h"

#include <QElapsedTimer>
#include <QTest>

using namespace keywheel;

namespace {

Request request(const QByteArray &target, const QByteArray &body = {}, const QByteArray &type = {})
{
    Request request;
    request.target = target;
    request.body = body;
    if (!type.isEmpty())
        request.headers.append("Content-Type", type);
    return request;
}

QByteArray modelOf(const Request &request)
{
    return RequestFacts(request).model().toByteArray();
}

QByteArray part(const char *disposition, const QByteArray &value)
{
    return QByteArray("--xyz\r\nContent-Disposition: form-data; ") + disposition + "\r\n\r\n" +
           value + "\r\n";
}

constexpr const char *Multipart = "multipart/form-data; boundary=xyz";

} // namespace

class TestRequestFacts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modelOfJson_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("model");
        const auto row = [](const char *name, const QByteArray &body, const char *model) {
            QTest::newRow(name) << body << QByteArray(model);
        };
        row("first", R"({"model":"gpt-5","x":1})", "gpt-5");
        row("last", R"({"messages":[{"content":"a"}],"n":1,"t":null,"model":"gpt-5"})", "gpt-5");
        row("blanks", "\r\n\t { \"model\" :\n \"gpt-5\" }", "gpt-5");
        row("mark", "\xEF\xBB\xBF{\"model\":\"m\"}", "m");
        row("nested only", R"({"a":{"model":"x"},"b":[{"model":"y"}]})", "");
        row("nested before", "{\"a\":{\"model\":\"x\",\"c\":[\"}\",{}]},\"model\":\"m\"}", "m");
        row("in a string", "{\"a\":\"\\\"model\\\":\\\"x\\\"\",\"model\":\"m\"}", "m");
        row("as a value", R"({"a":"model","model":"m"})", "m");
        row("backslashes", "{\"a\":\"\\\\\",\"model\":\"m\",\"b\":\"\\\\\\\"\"}", "m");
        row("escaped value", "{\"model\":\"a\\u002Db\\/c\"}", "a-b/c");
        row("bad escape", "{\"model\":\"a\\xb\"}", "");
        row("escaped name", "{\"mod\\u0065l\":\"m\"}", "m");
        row("twice", R"({"model":"a","model":"b"})", "a");
        row("no string", R"({"model":5})", "");
        row("empty", R"({"model":""})", "");
        row("array", R"([{"model":"m"}])", "");
        row("cut before", "{\"messages\":[{\"content\":\"abc", "");
        row("cut within", "{\"model\":\"abc", "");
        row("cut after", R"({"model":"abc",)", "abc");
        row("closed too often", R"({"a":]}},"model":"x"})", "");
        row("too long", "{\"model\":\"" + QByteArray(513, 'm') + "\"}", "");
        row("nothing", "", "");
        row("text", "model", "");
    }

    void modelOfJson()
    {
        QFETCH(QByteArray, body);
        QTEST(modelOf(request("/v1/x", body)), "model");
    }

    void modelElsewhere_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("model");
        const auto row = [](const char *name, const char *target, const char *type,
                            const QByteArray &body, const char *model) {
            QTest::newRow(name) << QByteArray(target) << QByteArray(type) << body
                                << QByteArray(model);
        };
        row("query", "/v1/realtime?a=b&model=gpt-realtime", "", "", "gpt-realtime");
        row("encoded query", "/v1/realtime?model=a%2Fb+c", "", "", "a/b c");
        row("body before query", "/v1/x?model=q", "", R"({"model":"b"})", "b");
        row("query after body", "/v1/x?model=q", "", R"({"a":1})", "q");
        row("Gemini", "/v1beta/models/gemini-2.5-pro:generateContent?alt=sse", "",
            R"({"contents":[]})", "gemini-2.5-pro");
        row("Vertex", "/v1/projects/p/publishers/google/models/g:streamGenerateContent", "", "",
            "g");
        row("fine-tuned, retrieved", "/v1/models/ft:gpt-4o:org::id", "", "", "");
        row("model of the path only", "/v1/models/gpt-5", "", "", "");
        row("form", "/v1/x", "application/x-www-form-urlencoded", "a=b&model=a%2Fb", "a/b");
        row("curl's JSON", "/v1/x", "application/x-www-form-urlencoded", R"({"model":"m"})", "m");
        const QByteArray file =
            part("name=\"file\"; filename=\"model\"", "x\r\n--xy\r\n\n--\nmodel");
        const QByteArray parts =
            file + part("name=\"model\"", "whisper-1") + part("name=\"n\"", "1") + "--xyz--\r\n";
        row("multipart", "/v1/x", Multipart, parts, "whisper-1");
        row("quoted boundary", "/v1/x", "Multipart/Form-Data; charset=x; Boundary=\"xyz\"", parts,
            "whisper-1");
        row("multipart, cut", "/v1/x", Multipart, file + "--xyz\r\nContent-Disp", "");
        row("multipart, other boundary", "/v1/x", "multipart/form-data; boundary=abc", parts, "");
    }

    void modelElsewhere()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, body);
        QTEST(modelOf(request(target, body, type)), "model");
    }

    void flags()
    {
        const auto stream = [](const Request &request) {
            return RequestFacts(request).stream();
        };
        QCOMPARE(stream(request("/x", R"({"stream":true})")), std::optional(true));
        QCOMPARE(stream(request("/x", R"({"a":{"stream":true}, "stream" : false })")),
                 std::optional(false));
        QCOMPARE(stream(request("/x", R"({"stream":"true"})")), std::nullopt);
        QCOMPARE(stream(request("/x", R"({"a":1})")), std::nullopt);
        QCOMPARE(stream(request("/v1beta/models/g:streamGenerateContent")), std::optional(true));
        QCOMPARE(stream(request("/v1beta/models/g:generateContent")), std::optional(false));
        QCOMPARE(stream(request("/x", part("name=\"stream\"", "true") + "--xyz--", Multipart)),
                 std::optional(true));
        const Request stored = request("/x", R"({"model":"m","store":true,"stream":true})");
        RequestFacts facts(stored);
        QCOMPARE(facts.store(), std::optional(true));
        QCOMPARE(facts.model().toByteArray(), QByteArray("m"));
        QCOMPARE(facts.stream(), std::optional(true));
    }

    void codedBodies()
    {
        const auto coded = [](const QByteArray &body) {
            Request result = request("/x", qCompress(body).mid(4));
            result.headers.append("Content-Encoding", "deflate");
            return result;
        };
        QCOMPARE(modelOf(coded(R"({"a":"b","model":"m"})")), QByteArray("m"));
        const QByteArray pad(RequestFacts::MaxDecoded, ' ');
        QCOMPARE(modelOf(coded(pad + R"({"model":"m"})")), QByteArray());
        const Request large = coded("{\"a\":\"" + pad + "\",\"id\":\"resp_1\"}");
        QVERIFY(RequestFacts(large).namesObject());
        Request unknown = request("/x", R"({"model":"m"})");
        unknown.headers.append("Content-Encoding", "zstd");
        QCOMPARE(modelOf(unknown), QByteArray());
    }

    void knowsIdsFromWords_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("names");
        const auto row = [](const char *name, const char *target, const char *body, bool names) {
            QTest::newRow(name) << QByteArray(target) << QByteArray(body) << names;
        };
        row("path", "/v1/files/file-abc123", "", true);
        row("Gemini's path", "/v1beta/files/abc", "", true);
        row("stored chat", "/v1/chat/completions/chatcmpl-1", "", true);
        row("chat's id in a body", "/v1/x", R"({"a":"chatcmpl-1"})", false);
        row("response", "/v1/responses", R"({"previous_response_id":"resp_1"})", true);
        row("item", "/v1/responses", R"({"input":[{"type":"item_reference","id":"rs_1"}]})", true);
        row("encrypted", "/v1/responses", R"({"input":[{"encrypted_content":"gAAA"}]})", true);
        row("letters only", "/v1/x", R"({"id":"conv_abcdefghijklmnop"})", true);
        row("types", "/v1/x",
            R"({"type":"file_search","a":"video_url","b":"thread_id","c":"mcp_approval_request"})",
            false);
        row("names of fields", "/v1/x", R"({"file_1" : 1,"batch_2":2})", false);
        row("chat", "/v1/chat/completions", R"({"model":"m","messages":[]})", false);
    }

    void knowsIdsFromWords()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, body);
        QTEST(RequestFacts(request(target, body)).namesObject(), "names");
    }

    void formsNameObjectsToo()
    {
        const QByteArray fields = part("name=\"a\"", R"({"id":"file-1"})");
        QVERIFY(RequestFacts(request("/x", fields + "--xyz--", Multipart)).namesObject());
        const QByteArray id = part("name=\"a\"", "video_1");
        QVERIFY(RequestFacts(request("/x", id + "--xyz--", Multipart)).namesObject());
        const QByteArray file = part("name=\"a\"; filename=\"b\"", R"({"id":"file-1"})");
        QVERIFY(!RequestFacts(request("/x", file + "--xyz--", Multipart)).namesObject());
        const Request form = request("/x", "a=file-1", "application/x-www-form-urlencoded");
        QVERIFY(RequestFacts(form).namesObject());
    }

    void isLinear_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("type");
        const QByteArray json;
        QTest::newRow("base64") << "{\"a\":\"" + QByteArray(10'000'000, 'A') + "\"}" << json;
        QTest::newRow("brackets") << "{\"a\":" + QByteArray(10'000'000, '[') << json;
        QTest::newRow("backslashes") << "{\"a\":\"" + QByteArray(10'000'000, '\\') << json;
        QTest::newRow("escaped quotes")
            << "{\"a\":\"" + QByteArray("\\\"").repeated(5'000'000) << json;
        QTest::newRow("encrypted")
            << QByteArray("{\"encrypted_content\":\"").repeated(400'000) << json;
        QTest::newRow("lines") << QByteArray(10'000'000, '\n') << QByteArray(Multipart);
        QTest::newRow("dashes") << QByteArray("--xy\n").repeated(2'000'000)
                                << QByteArray(Multipart);
        QTest::newRow("delimiters")
            << QByteArray("--xyz\r\n").repeated(1'400'000) << QByteArray(Multipart);
    }

    void isLinear()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, type);
        const Request large = request("/x", body, type);
        QElapsedTimer timer;
        timer.start();
        RequestFacts facts(large);
        QVERIFY(facts.model().isEmpty());
        facts.namesObject();
        QVERIFY2(timer.elapsed() < 3000, "some 50 ms");
    }
};

QTEST_APPLESS_MAIN(TestRequestFacts)
#include "test_requestfacts.moc"
