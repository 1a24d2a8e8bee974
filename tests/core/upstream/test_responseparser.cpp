// SPDX-License-Identifier: GPL-3.0-or-later
#include "upstream/responseparser.h"

#include <QTest>

using namespace keywheel;
using State = ResponseParser::State;

namespace {

struct Outcome
{
    State state;
    QByteArray body;
    bool keepAlive;
    bool hasHead;
    int status;
};

Outcome parse(const QByteArray &bytes, qsizetype pieceSize, bool head, bool close)
{
    ResponseParser parser(head);
    QByteArray body;
    for (qsizetype at = 0; at < bytes.size() && parser.state() < State::Finished;) {
        const auto piece = QByteArrayView(bytes).sliced(at, qMin(pieceSize, bytes.size() - at));
        const auto used = parser.feed(piece, body);
        if (used == 0)
            break;
        at += used;
    }
    if (close)
        parser.close();
    const bool keepAlive = parser.keepAlive();
    const bool hasHead = parser.hasHead();
    return {parser.state(), body, keepAlive, hasHead, hasHead ? parser.takeHead().status : 0};
}

} // namespace

class TestResponseParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framing_data();
    void framing();
    void bytesAfterTheResponseAreNotUsed();
    void oversizedHeadIsRefused();
    void theHeadsLimitIsExact();
    void repeatedFieldsKeepTheirOrder();
};

void TestResponseParser::framing_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("head");
    QTest::addColumn<bool>("close");
    QTest::addColumn<State>("state");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("keepAlive");

    const auto row = [](const char *name, const QByteArray &bytes, State state,
                        const QByteArray &body = {}, bool keepAlive = false, bool close = false,
                        bool head = false) {
        QTest::newRow(name) << bytes << head << close << state << body << keepAlive;
    };
    row("length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", State::Finished, "abc", true);
    row("length 0", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", State::Finished, "", true);
    row("length, close", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx",
        State::Finished, "x", false);
    row("length given twice alike",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx", State::Finished, "x",
        true);
    row("chunked",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0\r\nT: 1\r\n\r\n",
        State::Finished, "abc", true);
    row("until close", "HTTP/1.1 200 OK\r\n\r\nabc", State::Finished, "abc", false, true);
    row("no reason", "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", State::Finished, "", true);
    row("204", "HTTP/1.1 204 No Content\r\n\r\n", State::Finished, "", true);
    row("304 with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
        State::Finished, "", true);
    row("HEAD with a length", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", State::Finished, "",
        true, false, true);
    row("interim answers are skipped",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n"
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx",
        State::Finished, "x", true);
    row("HTTP/1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", State::Finished, "x", false);
    row("HTTP/1.0 keep-alive",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx", State::Finished,
        "x", true);

    row("cut within the head", "HTTP/1.1 200 OK\r\nContent-Le", State::Broken, "", false, true);
    row("nothing at all", "", State::Broken, "", false, true);
    row("cut within the length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", State::Broken,
        "ab", false, true);
    row("cut within a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        State::Broken, "ab", false, true);
    row("cut before the last chunk",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n", State::Broken, "a",
        false, true);
    row("garbage", "SSH-2.0-OpenSSH_9.2\r\n\r\n", State::Broken);
    // Without an end of a head: told at once, while the connection is still open.
    row("banner", "SSH-2.0-OpenSSH_9.2\r\n", State::Broken);
    row("one wrong byte", "S", State::Broken);
    row("short TLS alert", QByteArray("\x15\x03\x01\x00\x02\x02\x46", 7), State::Broken);
    row("HTTP/2 settings", QByteArray("\0\0\x06\x04\0\0\0", 7), State::Broken);
    row("page without a head", "<html>nginx</html>", State::Broken);
    row("JSON without a head", "{\"error\":1}", State::Broken);
    row("line feeds only", "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi", State::Broken);
    row("the beginning of a head", "HTTP/1", State::Head);
    row("a head under way", "HTTP/1.1 200 OK\r", State::Head);
    row("TLS alert", QByteArray("\x15\x03\x01\x00\x02\x02\x46\r\n\r\n", 11), State::Broken);
    row("HTTP/2", "HTTP/2 200 OK\r\n\r\n", State::Broken);
    row("bad status", "HTTP/1.1 2x0 OK\r\n\r\n", State::Broken);
    row("101", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", State::Broken);
    row("differing lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        State::Broken);
    row("signed length", "HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx", State::Broken);
    row("length and chunked",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        State::Broken);
    row("gzip, chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        State::Broken);
    row("bad chunk size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        State::Broken);
    row("folded line", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n", State::Broken);
    row("space before the colon", "HTTP/1.1 200 OK\r\nContent-Length : 0\r\n\r\n", State::Broken);
    row("bare LF in the reason", "HTTP/1.1 200 OK\nX-Injected: 1\r\nContent-Length: 0\r\n\r\n",
        State::Broken);
    row("bare CR in the reason", "HTTP/1.1 200 O\rK\r\nContent-Length: 0\r\n\r\n", State::Broken);
    row("NUL in the reason", QByteArray("HTTP/1.1 200 O\0K\r\n\r\n", 20), State::Broken);
    row("escape in the reason", "HTTP/1.1 200 O\x1bK\r\nContent-Length: 0\r\n\r\n", State::Broken);
    row("a reason in UTF-8", "HTTP/1.1 200 Großartig\tja\r\nContent-Length: 0\r\n\r\n",
        State::Finished, "", true);
    row("NUL in a field", QByteArray("HTTP/1.1 200 OK\r\nA: b\0c\r\n\r\n", 27), State::Broken);
}

void TestResponseParser::framing()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, head);
    QFETCH(bool, close);
    QFETCH(State, state);
    QFETCH(QByteArray, body);
    QFETCH(bool, keepAlive);
    for (const qsizetype pieceSize :
         {qsizetype(1), qsizetype(2), qsizetype(7), qsizetype(10'000)}) {
        const Outcome outcome = parse(bytes, pieceSize, head, close);
        QCOMPARE(outcome.state, state);
        QCOMPARE(outcome.body, body);
        QCOMPARE(outcome.keepAlive, keepAlive);
        if (state == State::Finished)
            QVERIFY(outcome.hasHead);
    }
}

void TestResponseParser::bytesAfterTheResponseAreNotUsed()
{
    ResponseParser parser;
    QByteArray body;
    const QByteArray first("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab");
    QCOMPARE(parser.feed(first + "HTTP/1.1 200", body), first.size());
    QCOMPARE(parser.state(), State::Finished);
    QCOMPARE(body, "ab");
}

void TestResponseParser::oversizedHeadIsRefused()
{
    ResponseParser parser;
    QByteArray body;
    const QByteArray line = "X-Filler: " + QByteArray(1000, 'x') + "\r\n";
    parser.feed(QByteArray("HTTP/1.1 200 OK\r\n"), body);
    for (int i = 0; i < 1000 && parser.state() == State::Head; ++i)
        parser.feed(line, body);
    QCOMPARE(parser.state(), State::Broken);
    QVERIFY(parser.error().contains(QStringLiteral("head")));
}

void TestResponseParser::theHeadsLimitIsExact()
{
    const QByteArray start = "HTTP/1.1 204 Fine\r\nA: ";
    const qsizetype room = ResponseParser::MaxHead - start.size() - 2;
    for (const qsizetype more : {0, 1}) {
        const QByteArray response = start + QByteArray(room + more, 'x') + "\r\n\r\n";
        const State expected = more == 0 ? State::Finished : State::Broken;
        QCOMPARE(parse(response, response.size(), false, false).state, expected);
        QCOMPARE(parse(response, response.size() - 1, false, false).state, expected);
        QCOMPARE(parse(response, 1, false, false).state, expected);
    }
}

void TestResponseParser::repeatedFieldsKeepTheirOrder()
{
    ResponseParser parser;
    QByteArray body;
    parser.feed(QByteArray("HTTP/1.1 200 OK\r\nset-cookie: a=1\r\nX: y\r\nSet-Cookie: b=2\r\n"
                           "Content-Length: 0\r\n\r\n"),
                body);
    const Headers expected{
        {"set-cookie", "a=1"}, {"X", "y"}, {"Set-Cookie", "b=2"}, {"Content-Length", "0"}};
    QCOMPARE(parser.takeHead().headers, expected);
}

QTEST_GUILESS_MAIN(TestResponseParser)
#include "test_responseparser.moc"
