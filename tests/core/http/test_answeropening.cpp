// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/answeropening.h"
#include "http/latererrors.h"

#include <QTest>

using namespace keywheel;
using State = AnswerOpening::State;

/// Errors inside a 200: at the beginning of an answer, and later in a stream.
class TestAnswerOpening : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatAnAnswerBeginsWith_data();
    void tellsWhatAnAnswerBeginsWith();
    void commentsAreNotHeldBack();
    void aStreamOfSingleNewlinesIsNotHeldBack();
    void endsAtItsLimit();
    void jsonInPieces();
    void findsALaterError_data();
    void findsALaterError();
};

void TestAnswerOpening::tellsWhatAnAnswerBeginsWith_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<State>("state");
    const auto error = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << bytes << State::Error;
    };
    const auto output = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << bytes << State::Output;
    };
    const auto undecided = [](const char *name, const QByteArray &bytes) {
        QTest::newRow(name) << bytes << State::Undecided;
    };
    error("OpenAI chat",
          "data: {\"error\":{\"message\":\"x\",\"code\":\"insufficient_quota\"}}\n\n");
    error("named", "event: error\ndata: {\"type\":\"error\",\"error\":{}}\n\n");
    error("named, no JSON", "event: error\ndata: went wrong\n\n");
    error("after comments", ": PROCESSING\n\n: PROCESSING\n\ndata: {\"error\":{\"code\":429}}\n\n");
    error("Responses", "event: response.created\ndata: {\"type\":\"response.created\",\"response\":"
                       "{\"error\":null}}\n\nevent: response.failed\ndata: {\"type\":"
                       "\"response.failed\",\"response\":{\"error\":{\"code\":\"x\"}}}\n\n");
    error("Anthropic", "event: message_start\ndata: {\"type\":\"message_start\",\"message\":"
                       "{\"content\":[]}}\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\n"
                       "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":"
                       "\"overloaded_error\"}}\n\n");
    error("after the role", "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":"
                            "\"\"}}]}\n\ndata: {\"error\":{\"message\":\"x\"}}\n\n");
    error("DashScope", "id:1\nevent:error\n:HTTP_STATUS/429\ndata:{\"code\":\"Throttling\","
                       "\"message\":\"x\"}\n\n");
    error("MiniMax", "data: {\"base_resp\":{\"status_code\":1008,\"status_msg\":\"x\"}}\n\n");
    error("JSON", "{\"error\": {\"message\": \"x\", \"code\": 429}}");
    error("JSON of MiniMax", "{\"base_resp\":{\"status_code\":1004,\"status_msg\":\"x\"}}");
    output("text", "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n");
    output("tool call", "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0}]}}]}\n\n");
    output("not JSON", "data: hello\n\n");
    output("no stream", "hello world");
    output("JSON answer", "{\"id\":\"chatcmpl-1\",\"choices\":[{\"message\":{}}]}");
    output("null error", "{\"error\":null,\"choices\":[{}]}");
    output("MiniMax's answer", "{\"choices\":[{}],\"base_resp\":{\"status_code\":0}}");
    undecided("nothing", "");
    undecided("comment", ": keep-alive\n\n");
    undecided("created", "event: response.created\ndata: {\"type\":\"response.created\","
                         "\"response\":{\"status\":\"in_progress\",\"error\":null}}\n\n");
    undecided("role", "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\"}}]}\n\n");
    undecided("half an event", "data: {\"choices\"");
}

void TestAnswerOpening::tellsWhatAnAnswerBeginsWith()
{
    QFETCH(QByteArray, bytes);
    AnswerOpening opening;
    opening.feed(bytes);
    QTEST(opening.state(), "state");
    if (opening.state() == State::Error)
        QVERIFY(!opening.error().data.isEmpty());
}

void TestAnswerOpening::commentsAreNotHeldBack()
{
    AnswerOpening opening;
    opening.feed(": a\n\n: b");
    QCOMPARE(opening.quietSize(), 5);
    opening.feed("\n\ndata: {");
    QCOMPARE(opening.quietSize(), 10);
    QCOMPARE(opening.state(), State::Undecided);
}

void TestAnswerOpening::aStreamOfSingleNewlinesIsNotHeldBack()
{
    AnswerOpening opening;
    QCOMPARE(opening.feed("data: {\"i\":0}\n"), State::Output);
}

void TestAnswerOpening::endsAtItsLimit()
{
    AnswerOpening opening;
    const QByteArray half(AnswerOpening::MaxSize / 2, 'x');
    QCOMPARE(opening.feed("data: {\"" + half), State::Undecided);
    QCOMPARE(opening.feed(half), State::Output);
}

void TestAnswerOpening::jsonInPieces()
{
    AnswerOpening opening;
    QCOMPARE(opening.feed("{\"error\": {\"mess"), State::Undecided);
    QCOMPARE(opening.feed("age\": \"x\"}"), State::Undecided);
    QCOMPARE(opening.feed("}"), State::Error);
}

void TestAnswerOpening::findsALaterError_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<bool>("found");
    QTest::newRow("chat") << QByteArray("data: {\"choices\":[]}\n\ndata: {\"error\":{\"code\":"
                                        "\"insufficient_quota\"}}\n\n")
                          << true;
    QTest::newRow("named") << QByteArray("data: 1\n\nevent: error\ndata: {\"message\":\"x\"}\n\n")
                           << true;
    QTest::newRow("failed") << QByteArray("event: response.failed\ndata: {\"type\":"
                                          "\"response.failed\",\"response\":{\"error\":{}}}\n\n")
                            << true;
    QTest::newRow("null") << QByteArray(
                                 "data: {\"type\":\"response.completed\",\"error\":null}\n\n")
                          << false;
    QTest::newRow("quoted") << QByteArray("data: {\"choices\":[{\"delta\":{\"content\":"
                                          "\"\\\"error\\\":{\"}}]}\n\n")
                            << false;
    QTest::newRow("none") << QByteArray("data: {\"choices\":[]}\n\ndata: [DONE]\n\n") << false;
}

void TestAnswerOpening::findsALaterError()
{
    QFETCH(QByteArray, stream);
    QFETCH(bool, found);
    for (const qsizetype piece : {stream.size(), qsizetype(1), qsizetype(7)}) {
        LaterErrors later;
        int count = 0;
        for (qsizetype at = 0; at < stream.size(); at += piece)
            count += later.feed(stream.mid(at, piece)) ? 1 : 0;
        QCOMPARE(count, found ? 1 : 0);
    }
}

QTEST_APPLESS_MAIN(TestAnswerOpening)
#include "test_answeropening.moc"
