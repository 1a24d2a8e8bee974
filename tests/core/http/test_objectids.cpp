// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/objectids.h"

#include <QElapsedTimer>
#include <QTest>

using namespace keywheel;
using Kind = NamedObject::Kind;

namespace {

QList<QByteArray> namesIn(QByteArrayView text, qsizetype pieceSize)
{
    QList<QByteArray> names;
    ObjectReader reader;
    for (qsizetype at = 0; at < text.size(); at += pieceSize) {
        const QByteArray piece =
            text.sliced(at, std::min(pieceSize, text.size() - at)).toByteArray();
        reader.feed(piece, [&names](const NamedObject &object) {
            names.append(nameOf(object));
            return false;
        });
    }
    return names;
}

QByteArray digestOf(const QByteArray &value)
{
    return QCryptographicHash::hash(value, QCryptographicHash::Sha256).left(JsonStringHash::Size);
}

} // namespace

class TestObjectIds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds_data()
    {
        QTest::addColumn<QByteArray>("word");
        QTest::addColumn<int>("kind"); // -1: none
        const auto row = [](const char *word, int kind) {
            QTest::newRow(word) << QByteArray(word) << kind;
        };
        for (const char *thing :
             {"file-Abc1", "file_011CN", "batch_1", "msgbatch_01", "thread_1", "asst_1", "vs_1",
              "resp_1", "conv_1", "upload_1", "ftjob-1", "cntr_1", "cfile_1", "eval_1", "evalrun_1",
              "video_1", "skill_1", "cksess_1", "cthr_1"})
            row(thing, static_cast<int>(Kind::Thing));
        for (const char *item : {"msg_1",  "rs_1",  "fc_1", "fco_1", "ctc_1", "ctco_1", "ws_1",
                                 "fs_1",   "ci_1",  "ig_1", "cu_1",  "cuo_1", "mcp_1",  "mcpl_1",
                                 "mcpr_1", "lsh_1", "sh_1", "sho_1", "apc_1", "apco_1", "cmp_1"})
            row(item, static_cast<int>(Kind::Item));
        row("chatcmpl-1", static_cast<int>(Kind::StoredChat));
        for (const char *other :
             {"", "file-", "_1", "call_1", "run_1", "fileabc", "batch-1", "File-1"})
            row(other, -1);
    }

    void kinds()
    {
        QFETCH(QByteArray, word);
        const auto kind = objectKind(word);
        QTEST(kind ? static_cast<int>(*kind) : -1, "kind");
    }

    void readsTextInAnyPieces_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QList<QByteArray>>("names");
        const auto row = [](const char *name, const QByteArray &text,
                            const QList<QByteArray> &names) {
            QTest::newRow(name) << text << names;
        };
        row("ids", "{\"id\":\"file-abc\",\"x\":[\"vs_1\", \"msg_2\"]}",
            {"file-abc", "vs_1", "msg_2"});
        row("in prose", "{\"input\":\"see file-abc, \\\"vs_1\\\" or resp_1\"}", {});
        row("cut off", "{\"id\":\"file-abc", {});
        row("too long", "{\"id\":\"file-" + QByteArray(128, 'a') + "\"}", {});
        row("Gemini", "{\"name\": \"files/abc-1\", \"cachedContent\":\"cachedContents/c1\"}",
            {"files/abc-1", "cachedContents/c1"});
        row("Gemini's address", "{\"fileUri\":\"https://api.example/v1beta/files/abc-1\"}",
            {"files/abc-1"});
        row("escaped slashes", "{\"fileUri\":\"https:\\/\\/api.example\\/v1beta\\/files\\/abc-1\"}",
            {"files/abc-1"});
        row("another address", "{\"url\":\"https://example.com/files/abc-1\"}", {});
        row("a path", "{\"path\":\"files/abc.txt\",\"dir\":\"files/\"}", {});
        row("encrypted", "{\"encrypted_content\" : \"gAAAA\",\"id\":\"rs_1\"}",
            {digestOf("gAAAA"), "rs_1"});
        row("long encrypted", "{\"encrypted_content\":\"" + QByteArray(5000, 'x') + "\"}",
            {digestOf(QByteArray(5000, 'x'))});
        row("escapes", "{\"encrypted_content\":\"a\\/b\\u003d\\u002Bc\\\\\"}",
            {digestOf("a/b=+c\\")});
        row("none", "{\"encrypted_content\":null,\"a\":\"encrypted_content\"}", {});
        row("without an end", "{\"encrypted_content\":\"abc", {});
        row("stream",
            "event: x\ndata: {\"item\":{\"id\":\"rs_1\"}}\n\ndata: {\"id\":\"resp_2\"}\n\n",
            {"rs_1", "resp_2"});
    }

    void readsTextInAnyPieces()
    {
        QFETCH(QByteArray, text);
        QFETCH(QList<QByteArray>, names);
        for (const qsizetype size : {text.size(), qsizetype{1}, qsizetype{2}, qsizetype{7},
                                     qsizetype{64}, qsizetype{1000}})
            QCOMPARE(namesIn(text, size), names);
    }

    void targets_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<QList<QByteArray>>("names");
        const auto row = [](const char *target, const QList<QByteArray> &names) {
            QTest::newRow(target) << QByteArray(target) << names;
        };
        row("/v1/responses/resp_1/cancel", {"resp_1"});
        row("/v1/vector_stores/vs_1/files/file-1?after=x", {"vs_1", "file-1"});
        row("/v1/x?after=resp_1&limit=2", {"resp_1"});
        row("/v1/chat/completions/chatcmpl-1/messages", {"chatcmpl-1"});
        row("/v1/x/chatcmpl-1", {});
        row("/v1beta/files/abc-1", {"files/abc-1"});
        row("/v1beta/batches/abc:cancel", {"batches/abc"});
        row("/v1beta/files?pageSize=1", {});
        row("/v1/responses", {});
        row("", {});
    }

    void targets()
    {
        QFETCH(QByteArray, target);
        QList<QByteArray> names;
        eachObjectOfTarget(target, [&names](const NamedObject &object) {
            names.append(nameOf(object));
            return false;
        });
        QTEST(names, "names");
    }

    void someEndpointsMakeThings_data()
    {
        QTest::addColumn<QByteArray>("target");
        QTest::addColumn<bool>("makes");
        for (const char *target :
             {"/v1/files", "/v1/threads/thread_a/runs", "/v1/responses", "/v1/responses/compact",
              "/openai/v1/responses?api-version=x", "/v1/conversations", "/v1/uploads",
              "/v1/fine_tuning/jobs", "/v1/containers", "/v1/evals/eval_1/runs", "/v1/videos",
              "/v1/messages/batches", "/v1/skills", "/v1/chatkit/sessions", "/v1beta/files",
              "/upload/v1beta/files", "/v1beta/cachedContents", "/v1beta/fileSearchStores",
              "/v1beta/models/m:batchGenerateContent"})
            QTest::newRow(target) << QByteArray(target) << true;
        for (const char *target :
             {"/v1/chat/completions", "/v1/messages", "/v1/embeddings", "/v1/models",
              "/v1beta/models/m:generateContent", "/v1/files/file-1/content",
              "/v1/messages/batches/msgbatch_1/results", "/v1/x?next=/files", "", "/"})
            QTest::newRow(target) << QByteArray(target) << false;
    }

    void someEndpointsMakeThings()
    {
        QFETCH(QByteArray, target);
        QTEST(pathMakesObjects(target), "makes");
    }

    void fieldsThatNameWhatWasMade_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("itself");
        const auto row = [](const char *text, bool itself) {
            QTest::newRow(text) << QByteArray(text) << itself;
        };
        row("{\"id\":\"file-1\"}", true);
        row("{\"file_id\" :\n\"file-1\"}", true);
        row("{\"file\":{\"name\":\"files/a1\"}}", true);
        row("{\"name\":\"file-1\"}", false);
        row("{\"text\":\"file-1\"}", false);
        row("[\"file-1\"]", false);
    }

    void fieldsThatNameWhatWasMade()
    {
        QFETCH(QByteArray, text);
        bool itself = false;
        ObjectReader::readAll(text, [&itself](const NamedObject &object) {
            itself = itself || standsForItself(object);
            return false;
        });
        QTEST(itself, "itself");
    }

    void base64CostsLittle()
    {
        const QByteArray picture(20'000'000, 'A');
        const QByteArray body = "{\"image_url\":\"data:image/png;base64," + picture +
                                "\",\"previous_response_id\":\"resp_1\"}";
        QElapsedTimer timer;
        timer.start();
        bool found = ObjectReader::readAll(body, [](const NamedObject &) { return true; });
        QVERIFY(found);
        QVERIFY2(timer.elapsed() < 200, "20 MB take some 2 ms");
    }
};

QTEST_APPLESS_MAIN(TestObjectIds)
#include "test_objectids.moc"
