// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/message.h"
#include "proxy/affinity.h"
#include "support/fakeclock.h"

#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

Request request(const QByteArray &target, const QByteArray &body = {})
{
    Request request;
    request.target = target;
    request.body = body;
    return request;
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
        affinity_->learn(R"({"id":"resp_abc123","object":"response"})", {}, 7);
        QFETCH(bool, found);
        QCOMPARE(affinity_->keyFor(request(target, body)), KeyId(found ? 7 : 0));
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
        row("other id", R"({"id":"chatcmpl-abc"})", "");
        row("cut off", "{\"id\":\"file-ab", "");
    }

    void learns()
    {
        QFETCH(QByteArray, answer);
        QFETCH(QByteArray, id);
        affinity_->learn(answer, {}, 3);
        QCOMPARE(affinity_->size(), id.isEmpty() ? 0 : 1);
        if (!id.isEmpty())
            QCOMPARE(affinity_->keyFor(request("/v1/x/" + id)), KeyId(3));
    }

    void learnsFromCompressedAnswers()
    {
        // printf '{"id":"file-abc"}' | gzip -9n | xxd -p
        const QByteArray gzip = QByteArray::fromHex(
            "1f8b0800000000000203ab56ca4c51b2524acbcc49d54d4c4a56aa050082ed94e511000000");
        affinity_->learn(gzip, {{"Content-Encoding", "gzip"}}, 3);
        QCOMPARE(affinity_->size(), 1);
        affinity_->learn(R"({"id":"file-br"})", {{"Content-Encoding", "br"}}, 3);
        QCOMPARE(affinity_->size(), 1);
    }

    void theOneNamedLastStaysLongest()
    {
        affinity_->learn(R"({"id":"file-0"})", {}, 1);
        for (int i = 1; i < Affinity::Capacity; ++i)
            affinity_->learn("{\"id\":\"file-" + QByteArray::number(i) + "\"}", {}, 2);
        QCOMPARE(affinity_->keyFor(request("/v1/files/file-0")), KeyId(1));
        affinity_->learn(R"({"id":"file-new"})", {}, 2);
        QCOMPARE(affinity_->size(), Affinity::Capacity);
        QCOMPARE(affinity_->keyFor(request("/v1/files/file-0")), KeyId(1));
        QCOMPARE(affinity_->keyFor(request("/v1/files/file-1")), KeyId(0));
    }

    void aDayIsEnough()
    {
        affinity_->learn(R"({"id":"file-a"})", {}, 1);
        clock_.advance(23h);
        QCOMPARE(affinity_->keyFor(request("/v1/files/file-a")), KeyId(1));
        clock_.advance(23h);
        QCOMPARE(affinity_->keyFor(request("/v1/files/file-a")), KeyId(1));
        clock_.advance(24h);
        QCOMPARE(affinity_->keyFor(request("/v1/files/file-a")), KeyId(0));
        QCOMPARE(affinity_->size(), 0);
    }

    void largeBodiesAreNotRead()
    {
        affinity_->learn(R"({"id":"file-a"})", {}, 1);
        const QByteArray fits = R"("file-a")" + QByteArray(Affinity::MaxBody - 8, ' ');
        QCOMPARE(affinity_->keyFor(request("/v1/x", fits)), KeyId(1));
        QCOMPARE(affinity_->keyFor(request("/v1/x", fits + ' ')), KeyId(0));
        QCOMPARE(affinity_->keyFor(request("/v1/x/file-a", fits + ' ')), KeyId(1));
    }

    void onlySomeEndpointsMakeThings()
    {
        QVERIFY(Affinity::canLearnFrom("/v1/files"));
        QVERIFY(Affinity::canLearnFrom("/v1/threads/thread_a/runs"));
        QVERIFY(!Affinity::canLearnFrom("/v1/chat/completions"));
    }

private:
    FakeClock clock_;
    std::optional<Affinity> affinity_;
};

QTEST_GUILESS_MAIN(TestAffinity)
#include "test_affinity.moc"
