// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message.h"
#include "http/requestfacts.h"
#include "proxy/affinity.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

Request request(const QByteArray &target, const QByteArray &body = {})
{
    Request request;
    request.method = "POST";
    request.target = target;
    request.body = body;
    return request;
}

QByteArray deflated(const QByteArray &plain)
{
    return qCompress(plain).mid(4);
}

} // namespace

/// What is learnt from answers, and where in requests it is found.
class TestAffinity : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Where quotes are not in pairs, moc does not understand raw strings.

    void init() { affinity_.emplace(clock_); }

    void findsWhatItKnows_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("found");
        const auto row = [](const char *name, const char *target, const char *body, bool found) {
            QTest::newRow(name) << QByteArray(target) << QByteArray(body) << found;
        };
        row("path", "/v1/responses/resp_abc123", "", true);
        row("path with more", "/v1/responses/resp_abc123/cancel", "", true);
        row("query", "/v1/x?after=resp_abc123&limit=2", "", true);
        row("body", "/v1/responses", R"({"previous_response_id":"resp_abc123"})", true);
        row("blanks", "/v1/responses", R"({"previous_response_id" : "resp_abc123" })", true);
        row("in a list", "/v1/x", R"({"file_ids":["file-zzz","resp_abc123"]})", true);
        row("longer", "/v1/responses/resp_abc1234", "", false);
        row("shorter", "/v1/responses/resp_abc12", "", false);
        row("inside a word", "/v1/responses/my_resp_abc123", "", false);
        row("in prose", "/v1/x", R"({"input":"what is resp_abc123?"})", false);
        row("another", "/v1/responses/resp_other", R"({"id":"resp_more"})", false);
        row("cut off", "/v1/responses", "{\"previous_response_id\":\"resp_abc123", false);
        row("nothing", "/v1/models", "", false);
    }

    void findsWhatItKnows()
    {
        QFETCH(QByteArray, target);
        QFETCH(QByteArray, body);
        learn(R"({"id":"resp_abc123","object":"response"})", 7);
        QFETCH(bool, found);
        QCOMPARE(keyFor(request(target, body)), KeyId(found ? 7 : 0));
    }

    void learns_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("id"); // empty: none
        const auto row = [](const char *name, const char *answer, const char *id) {
            QTest::newRow(name) << QByteArray(answer) << QByteArray(id);
        };
        row("file", R"({"object":"file", "id": "file-Abc123"})", "file-Abc123");
        row("batch", "{\n  \"id\": \"batch_abc\",\n", "batch_abc");
        row("thread", R"({"id":"thread_abc"})", "thread_abc");
        row("assistant", R"({"id":"asst_abc"})", "asst_abc");
        row("vector store", R"({"id":"vs_abc"})", "vs_abc");
        row("of a run", R"({"id":"run_1","thread_id":"thread_abc"})", "thread_abc");
        row("first event",
            "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{"
            "\"id\":\"resp_abc\"",
            "resp_abc");
        row("text of a model", R"({"id":"resp_x","text":"file-abc"})", "resp_x");
        row("quoted by a model", "{\"text\":\"it is \\\"id\\\":\\\"file-abc\\\" there\"}", "");
        row("conversation", R"({"conversation":{"id":"conv_abc"}})", "conv_abc");
        row("container", R"({"type":"code_interpreter_call","container_id":"cntr_abc"})",
            "cntr_abc");
        row("chat", R"({"id":"chatcmpl-abc"})", "");
        row("call", R"({"call_id":"call_abc"})", "");
        row("cut off", "{\"id\":\"file-ab", "");
    }

    void learns()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, id);
        learn(answer, 3);
        QCOMPARE(affinity_->size(), id.isEmpty() ? 0 : 1);
        if (!id.isEmpty())
            QCOMPARE(keyFor(request("/v1/x/" + id)), KeyId(3));
    }

    void learnsFromAllOfAnAnswer()
    {
        QByteArray answer = "event: response.created\ndata: {\"response\":{\"id\":\"resp_a\"}}\n\n";
        for (int i = 0; i < 1000; ++i)
            answer += "data: {\"type\":\"response.output_text.delta\",\"delta\":\"some text\"}\n\n";
        answer += "data: {\"item\":{\"id\":\"rs_a\",\"encrypted_content\":\"" +
                  QByteArray(3000, 'g') + "\"}}\n\ndata: {\"item\":{\"id\":\"msg_a\"}}\n\n";
        for (const bool coded : {false, true}) {
            for (const qsizetype size : {qsizetype{1}, qsizetype{100}, answer.size()}) {
                affinity_.emplace(clock_);
                Headers headers{{"Content-Type", "text/event-stream"}};
                if (coded)
                    headers.append("Content-Encoding", "deflate");
                learn(coded ? deflated(answer) : answer, 3, request("/v1/responses"), headers,
                      size);
                QCOMPARE(affinity_->size(), 4);
                const QByteArray input =
                    "{\"input\":[{\"encrypted_content\":\"" + QByteArray(3000, 'g') + "\"}]}";
                QCOMPARE(keyFor(request("/v1/responses", input)), KeyId(3));
                QCOMPARE(keyFor(request("/v1/x", R"({"id":"msg_a"})")), KeyId(3));
            }
        }
    }

    void learnsFromCompressedAnswers()
    {
        // printf '{"id":"file-abc"}' | gzip -9n | xxd -p
        const QByteArray gzip = QByteArray::fromHex(
            "1f8b0800000000000203ab56ca4c51b2524acbcc49d54d4c4a56aa050082ed94e511000000");
        learn(gzip, 3, request("/v1/files"), {{"Content-Encoding", "gzip"}});
        QCOMPARE(affinity_->size(), 1);
        learn(R"({"id":"file-br"})", 3, request("/v1/files"), {{"Content-Encoding", "br"}});
        QCOMPARE(affinity_->size(), 1);
    }

    void onlySomeAnswersAreRead()
    {
        const QByteArray answer = R"({"id":"file-a"})";
        learn(answer, 3, request("/v1/chat/completions"));
        learn(answer, 3, request("/v1/files/file-b/content"));
        learn(answer, 3, request("/v1/files"), {{"Content-Type", "image/png"}});
        learn(answer, 3, request("/v1/files"), {}, 1000, 404);
        QCOMPARE(affinity_->size(), 0);
    }

    void storedChats_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("kept");
        QTest::newRow("store") << QByteArray(R"({"model":"m","store":true})") << true;
        QTest::newRow("no store") << QByteArray(R"({"model":"m","store":false})") << false;
        QTest::newRow("unsaid") << QByteArray(R"({"model":"m"})") << false;
        QTest::newRow("in prose") << QByteArray("{\"a\":\"the \\\"store\\\":true\"}") << false;
    }

    void storedChats()
    {
        QFETCH(QByteArray, body);
        QFETCH(bool, kept);
        learn(R"({"id":"chatcmpl-1"})", 3, request("/v1/chat/completions", body));
        QCOMPARE(keyFor(request("/v1/chat/completions/chatcmpl-1")), KeyId(kept ? 3 : 0));
        QCOMPARE(keyFor(request("/v1/x/chatcmpl-1")), KeyId(0));
        QCOMPARE(keyFor(request("/v1/x", R"({"id":"chatcmpl-1"})")), KeyId(0));
    }

    void geminiFiles()
    {
        learn(R"({"file":{"name":"files/abc-1","uri":"https://g.example/v1beta/files/abc-1"}})", 3,
              request("/upload/v1beta/files"));
        QCOMPARE(affinity_->size(), 1);
        QCOMPARE(keyFor(request("/v1beta/files/abc-1")), KeyId(3));
        const QByteArray body =
            R"({"contents":[{"fileData":{"fileUri":"https://g.example/v1beta/files/abc-1"}}]})";
        QCOMPARE(keyFor(request("/v1beta/models/g:generateContent", body)), KeyId(3));
    }

    void whatCountsMost()
    {
        learn(R"({"id":"file-1"})", 1);
        learn(R"([{"id":"rs_2","encrypted_content":"two"},{"id":"rs_5"}])", 2);
        learn(R"([{"id":"rs_3","encrypted_content":"three"}])", 3);
        learn(R"({"id":"msg_4"})", 4);
        const auto key = [this](const QByteArray &body) {
            return keyFor(request("/v1/x", body));
        };
        // What was encrypted last says more than an item, a thing more than both.
        QCOMPARE(key(R"([{"encrypted_content":"two"},{"id":"rs_3"}])"), KeyId(2));
        QCOMPARE(key(R"([{"encrypted_content":"two"},{"encrypted_content":"three"}])"), KeyId(3));
        QCOMPARE(key(R"([{"encrypted_content":"two"},{"encrypted_content":"new"}])"), KeyId(2));
        QCOMPARE(key(R"([{"id":"rs_2"},{"id":"msg_4"}])"), KeyId(4));
        QCOMPARE(key(R"([{"encrypted_content":"two"},"file-1"])"), KeyId(1));
        QCOMPARE(keyFor(request("/v1/x/msg_4", R"(["file-1"])")), KeyId(4));
    }

    void itemsPushNothingElseOut()
    {
        learn(R"({"id":"file-0"})", 1);
        for (int i = 0; i <= Affinity::Capacity; ++i)
            learn("{\"id\":\"rs_" + QByteArray::number(i) + "\"}", 2);
        QCOMPARE(affinity_->size(), Affinity::Capacity + 1);
        QCOMPARE(keyFor(request("/v1/files/file-0")), KeyId(1));
        QCOMPARE(keyFor(request("/v1/x/rs_0")), KeyId(0));
    }

    void theOneNamedLastStaysLongest()
    {
        learn(R"({"id":"file-0"})", 1);
        for (int i = 1; i < Affinity::Capacity; ++i)
            learn("{\"id\":\"file-" + QByteArray::number(i) + "\"}", 2);
        QCOMPARE(keyFor(request("/v1/files/file-0")), KeyId(1));
        learn(R"({"id":"file-new"})", 2);
        QCOMPARE(affinity_->size(), Affinity::Capacity);
        QCOMPARE(keyFor(request("/v1/files/file-0")), KeyId(1));
        QCOMPARE(keyFor(request("/v1/files/file-1")), KeyId(0));
    }

    void aDayIsEnough()
    {
        learn(R"({"id":"file-a"})", 1);
        clock_.advance(23h);
        QCOMPARE(keyFor(request("/v1/files/file-a")), KeyId(1));
        clock_.advance(23h);
        QCOMPARE(keyFor(request("/v1/files/file-a")), KeyId(1));
        clock_.advance(24h);
        QCOMPARE(keyFor(request("/v1/files/file-a")), KeyId(0));
        QCOMPARE(affinity_->size(), 0);
    }

    void largeBodiesAreRead()
    {
        learn(R"({"id":"resp_a"})", 1);
        const QByteArray picture(10'000'000, 'A');
        const QByteArray id = R"("previous_response_id":"resp_a")";
        const QByteArray image = "\"image_url\":\"data:image/png;base64," + picture + '"';
        for (const QByteArray &body :
             {'{' + id + ',' + image + '}', '{' + image + ',' + id + '}'}) {
            QCOMPARE(keyFor(request("/v1/responses", body)), KeyId(1));
            Request coded = request("/v1/responses", deflated(body));
            coded.headers.append("Content-Encoding", "deflate");
            QCOMPARE(keyFor(coded), KeyId(1));
        }
    }

private:
    KeyId keyFor(const Request &request) { return affinity_->keyFor(RequestFacts(request)); }

    void learn(const QByteArray &answer, KeyId key, const Request &of = request("/v1/files"),
               const Headers &headers = {}, qsizetype pieceSize = 4096, int status = 200)
    {
        RequestFacts facts(of);
        const auto learner = affinity_->learner(facts, {status, {}, headers}, key);
        for (qsizetype at = 0; learner && at < answer.size(); at += pieceSize)
            learner->feed(answer.mid(at, pieceSize));
    }

    FakeClock clock_;
    std::optional<Affinity> affinity_;
};

QTEST_GUILESS_MAIN(TestAffinity)
#include "test_affinity.moc"
