// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/chunkeddecoder.h"

#include <QTest>

using namespace keywheel;
using State = ChunkedDecoder::State;

class TestChunkedDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodes_data();
    void decodes();
    void refuses_data();
    void refuses();
    void waits_data();
    void waits();
    void leavesWhatFollows();
    void doesNothingAfterTheEnd();
    void limitsSizeLine();
    void limitsTrailers();
    void largestSizeIsAccepted();
};

void TestChunkedDecoder::decodes_data()
{
    QTest::addColumn<QByteArray>("in");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("empty body") << QByteArray("0\r\n\r\n") << QByteArray();
    QTest::newRow("two chunks") << QByteArray("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
                                << QByteArray("abcde");
    QTest::newRow("hexadecimal") << QByteArray(
                                        "A\r\n0123456789\r\n0b\r\n0123456789a\r\n000\r\n\r\n")
                                 << QByteArray("01234567890123456789a");
    QTest::newRow("extensions") << QByteArray("1;a=b;c=\"d e\";\tf\r\nx\r\n0;z\r\n\r\n")
                                << QByteArray("x");
    QTest::newRow("trailers") << QByteArray("1\r\nx\r\n0\r\nA: b\r\nC: d\r\n\r\n")
                              << QByteArray("x");
    QTest::newRow("data like framing")
        << QByteArray("5\r\n0\r\n\r\n\r\n0\r\n\r\n") << QByteArray("0\r\n\r\n");
    QTest::newRow("binary") << QByteArray("3\r\n\0\r\xFF\r\n0\r\n\r\n", 13)
                            << QByteArray("\0\r\xFF", 3);
}

void TestChunkedDecoder::decodes()
{
    QFETCH(QByteArray, in);
    QFETCH(QByteArray, expected);
    for (qsizetype piece = 1; piece <= in.size(); ++piece) {
        ChunkedDecoder decoder;
        QByteArray out;
        for (qsizetype at = 0; at < in.size(); at += piece) {
            QCOMPARE(decoder.state(), State::Reading);
            const QByteArray part = in.mid(at, piece);
            QCOMPARE(decoder.feed(part, out), part.size());
        }
        QCOMPARE(decoder.state(), State::Finished);
        QCOMPARE(out, expected);
    }
}

void TestChunkedDecoder::refuses_data()
{
    QTest::addColumn<QByteArray>("in");
    const auto row = [](const char *name, const QByteArray &in) {
        QTest::newRow(name) << in;
    };
    row("no size", "\r\nabc");
    row("no size, extension", ";a\r\n");
    row("not hexadecimal", "g\r\n");
    row("0x", "0x1\r\nx\r\n");
    row("sign", "+1\r\nx\r\n");
    row("negative", "-1\r\n");
    row("leading space", " 1\r\nx\r\n");
    row("trailing space", "1 \r\nx\r\n");
    row("space before the extension", "1 ;a\r\nx\r\n");
    row("bare LF after the size", "1\nx\r\n");
    row("bare CR after the size", "1\rx\r\n");
    row("bare LF in an extension", "1;a\nx\r\n");
    row("NUL in an extension", QByteArray("1;\0\r\n", 5));
    row("longer than its size", "1\r\nxy\r\n");
    row("bare LF after the data", "1\r\nx\n");
    row("bare CR after the data", "1\r\nx\r0");
    row("17 digits", "00000000000000001\r\n");
    row("2^63", "8000000000000000\r\n");
    row("2^64 - 1", "ffffffffffffffff\r\n");
    row("2^64", "10000000000000000\r\n");
    row("bare LF in the trailers", "0\r\nA: b\n\r\n");
    row("bare LF at the end", "0\r\n\n");
    row("bare CR at the end", "0\r\n\rx");
    row("NUL in a trailer", QByteArray("0\r\nA:\0\r\n\r\n", 11));
}

void TestChunkedDecoder::refuses()
{
    QFETCH(QByteArray, in);
    for (qsizetype piece : {qsizetype(1), in.size()}) {
        ChunkedDecoder decoder;
        QByteArray out;
        for (qsizetype at = 0; at < in.size(); at += piece)
            decoder.feed(QByteArrayView(in).sliced(at, std::min(piece, in.size() - at)), out);
        QCOMPARE(decoder.state(), State::Broken);
    }
}

void TestChunkedDecoder::waits_data()
{
    QTest::addColumn<QByteArray>("in");
    for (const char *in : {"", "5", "5\r", "5\r\nab", "2\r\nab", "2\r\nab\r", "2\r\nab\r\n", "0",
                           "0\r\n", "0\r\n\r", "0\r\nA: b\r\n"})
        QTest::addRow("%zu %s", strlen(in), in) << QByteArray(in);
}

/// A body that is cut short is never taken for a whole one.
void TestChunkedDecoder::waits()
{
    QFETCH(QByteArray, in);
    ChunkedDecoder decoder;
    QByteArray out;
    QCOMPARE(decoder.feed(in, out), in.size());
    QCOMPARE(decoder.state(), State::Reading);
}

void TestChunkedDecoder::leavesWhatFollows()
{
    ChunkedDecoder decoder;
    QByteArray out = "kept ";
    QCOMPARE(decoder.feed("1\r\nx\r\n0\r\n\r\nGET / HTTP/1.1\r\n", out), 11);
    QCOMPARE(decoder.state(), State::Finished);
    QCOMPARE(out, QByteArray("kept x"));
}

void TestChunkedDecoder::doesNothingAfterTheEnd()
{
    ChunkedDecoder decoder;
    QByteArray out;
    decoder.feed("0\r\n\r\n", out);
    QCOMPARE(decoder.feed("1\r\nx\r\n", out), 0);
    QVERIFY(out.isEmpty());

    ChunkedDecoder broken;
    broken.feed("?", out);
    QCOMPARE(broken.feed("1\r\nx\r\n", out), 0);
    QCOMPARE(broken.state(), State::Broken);
}

void TestChunkedDecoder::limitsSizeLine()
{
    QByteArray out;
    ChunkedDecoder within;
    within.feed("1;" + QByteArray(ChunkedDecoder::MaxLine - 8, 'a') + "\r\nx\r\n", out);
    QCOMPARE(within.state(), State::Reading);
    // The count begins anew with each line.
    within.feed("1;" + QByteArray(ChunkedDecoder::MaxLine - 8, 'a') + "\r\nx\r\n0\r\n\r\n", out);
    QCOMPARE(within.state(), State::Finished);

    ChunkedDecoder beyond;
    beyond.feed("1;" + QByteArray(ChunkedDecoder::MaxLine + 1, 'a'), out);
    QCOMPARE(beyond.state(), State::Broken);
}

void TestChunkedDecoder::limitsTrailers()
{
    QByteArray out;
    ChunkedDecoder decoder;
    decoder.feed("0\r\n", out);
    const QByteArray line = "X: " + QByteArray(1000, 'a') + "\r\n";
    for (int i = 0; i < 10; ++i)
        decoder.feed(line, out);
    QCOMPARE(decoder.state(), State::Reading);
    for (int i = 0; i < 10; ++i)
        decoder.feed(line, out);
    QCOMPARE(decoder.state(), State::Broken);
}

void TestChunkedDecoder::largestSizeIsAccepted()
{
    ChunkedDecoder decoder;
    QByteArray out;
    decoder.feed("7fffffffffffffff\r\nabc", out);
    QCOMPARE(decoder.state(), State::Reading);
    QCOMPARE(out, QByteArray("abc"));
}

QTEST_APPLESS_MAIN(TestChunkedDecoder)
#include "test_chunkeddecoder.moc"
