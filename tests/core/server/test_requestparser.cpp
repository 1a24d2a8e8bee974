// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/requestparser.h"

#include <QTest>

using namespace keywheel;

class TestRequestParser : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesTheSameWhereverTheBytesAreCut();
    void takesNothingOfTheNextRequest();
    void refusesWhatIsNoHttpAtOnce();
    void limitsAreExact_data();
    void limitsAreExact();
    void keepAlive_data();
    void keepAlive();
    void startsAfresh();
    void aHugeContentLengthReservesLittle();
};

namespace {

const QByteArray Chunked = "POST /v1/x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "5;e=1\r\nhello\r\n6\r\n world\r\n0\r\nT: 1\r\n\r\n";

/// Feeds until it stops taking, accepting a head on the way; returns how many bytes it took.
qsizetype feedAll(RequestParser &parser, QByteArrayView bytes)
{
    qsizetype taken = 0;
    while (true) {
        const qsizetype now = parser.feed(bytes.sliced(taken));
        taken += now;
        if (parser.state() == RequestParser::State::HeadComplete)
            parser.acceptBody();
        else if (now == 0)
            return taken;
    }
}

} // namespace

void TestRequestParser::framesTheSameWhereverTheBytesAreCut()
{
    for (qsizetype cut = 0; cut <= Chunked.size(); ++cut) {
        RequestParser parser;
        const qsizetype first = feedAll(parser, QByteArrayView(Chunked).first(cut));
        QCOMPARE(first, cut);
        QCOMPARE(parser.hasBegun(), cut > 0);
        feedAll(parser, QByteArrayView(Chunked).sliced(cut));
        QCOMPARE(parser.state(), RequestParser::State::Complete);
        QCOMPARE(parser.takeBody(), QByteArray("hello world"));
        QCOMPARE(parser.takeLine().target, QByteArray("/v1/x"));
    }
}

void TestRequestParser::takesNothingOfTheNextRequest()
{
    RequestParser parser;
    QCOMPARE(feedAll(parser, Chunked + Chunked), Chunked.size());
    QCOMPARE(parser.state(), RequestParser::State::Complete);
    QCOMPARE(parser.feed("more"), 0);
}

void TestRequestParser::refusesWhatIsNoHttpAtOnce()
{
    // Without waiting for a line to end, also behind the empty line that is let pass.
    for (const QByteArray &bytes : {QByteArray("\x16\x03"), QByteArray("\r\n\x16\x03")}) {
        RequestParser whole;
        feedAll(whole, bytes);
        QCOMPARE(whole.state(), RequestParser::State::Refused);
        RequestParser pieces;
        for (const char &byte : bytes)
            feedAll(pieces, QByteArrayView(&byte, 1));
        QCOMPARE(pieces.state(), RequestParser::State::Refused);
        QCOMPARE(pieces.refusal().message, whole.refusal().message);
    }
}

void TestRequestParser::limitsAreExact_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status"); // 0: accepted
    const QByteArray tail = " HTTP/1.1\r\nHost: h\r\n\r\n";
    const RequestLimits limits;

    const QByteArray line = "GET / HTTP/1.1\r\n";
    const QByteArray longest(limits.requestLine - line.size(), 'a');
    QTest::newRow("longest line") << "GET /" + longest + tail << 0;
    QTest::newRow("line too long") << "GET /a" + longest + tail << 414;

    const QByteArray start = line + "Host: h\r\n";
    const QByteArray fields = QByteArray("A: b\r\n").repeated(limits.fields - 1);
    QTest::newRow("most fields") << start + fields + "\r\n" << 0;
    QTest::newRow("too many fields") << start + fields + "A: b\r\n\r\n" << 431;

    // The section's end counts too.
    const QByteArray value(limits.headers - QByteArray("Host: h\r\nA: \r\n\r\n").size(), 'x');
    QTest::newRow("largest headers") << start + "A: " + value + "\r\n\r\n" << 0;
    QTest::newRow("headers too large") << start + "A: x" + value + "\r\n\r\n" << 431;

    const QByteArray post = "POST / HTTP/1.1\r\nHost: h\r\n";
    const QByteArray body(100, 'x');
    QTest::newRow("largest body") << post + "Content-Length: 100\r\n\r\n" + body << 0;
    QTest::newRow("body too large") << post + "Content-Length: 101\r\n\r\n" << 413;
    const QByteArray chunked = post + "Transfer-Encoding: chunked\r\n\r\n64\r\n" + body + "\r\n";
    QTest::newRow("largest chunked body") << chunked + "0\r\n\r\n" << 0;
    QTest::newRow("chunked body too large") << chunked + "1\r\nx\r\n0\r\n\r\n" << 413;
}

void TestRequestParser::limitsAreExact()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    RequestLimits limits;
    limits.body = 100;
    for (const qsizetype piece : {request.size(), qsizetype(1), qsizetype(7)}) {
        RequestParser parser(limits);
        for (qsizetype at = 0; at < request.size(); at += piece)
            feedAll(parser,
                    QByteArrayView(request).sliced(at).first(std::min(piece, request.size() - at)));
        if (status == 0) {
            QCOMPARE(parser.state(), RequestParser::State::Complete);
        } else {
            QCOMPARE(parser.state(), RequestParser::State::Refused);
            QCOMPARE(parser.refusal().status, status);
        }
    }
}

void TestRequestParser::keepAlive_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<bool>("kept");
    QTest::newRow("1.1") << QByteArray("GET / HTTP/1.1\r\nHost: h\r\n") << true;
    QTest::newRow("1.1 close") << QByteArray(
                                      "GET / HTTP/1.1\r\nHost: h\r\nConnection: x, CLOSE\r\n")
                               << false;
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n") << false;
    QTest::newRow("1.0 kept") << QByteArray("GET / HTTP/1.0\r\nConnection: keep-alive\r\n") << true;
}

void TestRequestParser::keepAlive()
{
    QFETCH(QByteArray, head);
    QFETCH(bool, kept);
    RequestParser parser;
    parser.feed(head + "\r\n");
    QCOMPARE(parser.state(), RequestParser::State::HeadComplete);
    QCOMPARE(parser.keepAlive(), kept);
}

void TestRequestParser::startsAfresh()
{
    RequestParser parser;
    feedAll(parser, Chunked);
    parser.reset(0);
    QVERIFY(!parser.hasBegun());
    feedAll(parser, QByteArrayView("GET /y HTTP/1.1\r\nHost: h\r\n\r\n"));
    QCOMPARE(parser.state(), RequestParser::State::Complete);
    QVERIFY(parser.takeBody().isEmpty());
    QCOMPARE(parser.takeHeaders().size(), 1);
    parser.reset(0); // the limit holds from here on
    feedAll(parser, Chunked);
    QCOMPARE(parser.refusal().status, 413);
}

void TestRequestParser::aHugeContentLengthReservesLittle()
{
    RequestLimits limits;
    limits.body = std::numeric_limits<qint64>::max();
    RequestParser parser(limits);
    parser.feed("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9223372036854775807\r\n\r\n");
    parser.acceptBody();
    parser.feed("x");
    QVERIFY(parser.takeBody().capacity() <= 1024 * 1024);
}

QTEST_GUILESS_MAIN(TestRequestParser)
#include "test_requestparser.moc"
