// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/sse.h"

#include <QTest>

using namespace keywheel;
using State = SseFirstEvent::State;

class TestSse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsFirstEvent_data();
    void findsFirstEvent();
    void otherStarts_data();
    void otherStarts();
    void waits_data();
    void waits();
    void staysAtFirstEvent();
    void limitsSize();
    void readsAllEvents_data();
    void readsAllEvents();
};

void TestSse::findsFirstEvent_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<QByteArray>("data");
    const auto row = [](const char *name, const QByteArray &stream, const QByteArray &event,
                        const QByteArray &data) {
        QTest::newRow(name) << stream << event << data;
    };
    row("data only", "data: {}\n\n", "", "{}");
    row("event and data", "event: error\ndata: {\"a\":1}\n\n", "error", "{\"a\":1}");
    row("CRLF", "event: error\r\ndata: x\r\n\r\n", "error", "x");
    row("CR", "event: error\rdata: x\r\r", "error", "x");
    row("mixed line ends", "event: error\rdata: x\n\r\n", "error", "x");
    row("without the space", "event:error\ndata:x\n\n", "error", "x");
    row("only one space is taken", "data:  x \n\n", "", " x ");
    row("several data lines", "data: a\ndata:\ndata: b\n\n", "", "a\n\nb");
    row("line without colon", "data\n\n", "", "");
    row("colon in the data", "data: a: b\n\n", "", "a: b");
    row("other fields", "id: 1\nretry: 5\ndata: x\nfoo: bar\n: c\n\n", "", "x");
    row("byte order mark",
        "\xEF\xBB\xBF"
        "data: x\n\n",
        "", "x");
    row("empty lines first", "\n\r\n\ndata: x\n\n", "", "x");
    row("event without data is none", "event: ping\n\ndata: x\n\n", "", "x");
    row("the last name counts", "event: a\nevent: b\ndata: x\n\n", "b", "x");
}

void TestSse::findsFirstEvent()
{
    QFETCH(QByteArray, stream);
    for (qsizetype piece = 1; piece <= stream.size(); ++piece) {
        SseFirstEvent sse;
        for (qsizetype at = 0; at < stream.size(); at += piece)
            sse.feed(stream.mid(at, piece));
        QCOMPARE(sse.state(), State::Event);
        QTEST(sse.event(), "event");
        QTEST(sse.data(), "data");
    }
}

void TestSse::otherStarts_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::newRow("comment") << QByteArray(": keep-alive\n");
    QTest::newRow("comment after empty lines") << QByteArray("\n\n:\n");
    QTest::newRow("JSON") << QByteArray("{\"error\":{}}\n");
    QTest::newRow("unknown field") << QByteArray("hello: world\n");
}

void TestSse::otherStarts()
{
    QFETCH(QByteArray, stream);
    SseFirstEvent sse;
    QCOMPARE(sse.feed(stream), State::Other);
    QCOMPARE(sse.feed("data: x\n\n"), State::Other);
}

void TestSse::waits_data()
{
    QTest::addColumn<QByteArray>("stream");
    for (const char *stream :
         {"", "data: x", "data: x\n", "data: x\r", "data: x\r\n", "event: error\n\n", "\n", "\r"})
        QTest::addRow("%zu %s", strlen(stream), stream) << QByteArray(stream);
}

void TestSse::waits()
{
    QFETCH(QByteArray, stream);
    SseFirstEvent sse;
    QCOMPARE(sse.feed(stream), State::Incomplete);
}

void TestSse::staysAtFirstEvent()
{
    SseFirstEvent sse;
    QCOMPARE(sse.feed("data: first\n\ndata: second\n\n"), State::Event);
    QCOMPARE(sse.feed("data: third\n\n"), State::Event);
    QCOMPARE(sse.data(), QByteArray("first"));
}

void TestSse::limitsSize()
{
    const QByteArray half(SseFirstEvent::MaxSize / 2, 'x');
    SseFirstEvent endless;
    QCOMPARE(endless.feed("data: " + half), State::Incomplete);
    QCOMPARE(endless.feed(half), State::Other);

    SseFirstEvent whole;
    QCOMPARE(whole.feed("data: " + half + half + "\n\n"), State::Other);

    SseFirstEvent fits;
    QCOMPARE(fits.feed("data: " + half + "\n\n"), State::Event);
    QCOMPARE(fits.data(), half);
}

void TestSse::readsAllEvents_data()
{
    QTest::addColumn<QByteArray>("stream");
    const auto row = [](const char *name, const QByteArray &stream) {
        QTest::newRow(name) << stream;
    };
    row("LF", ": hello\nevent: ping\n\ndata: 1\n\nevent: e\ndata: a\ndata: b\n\ndata: open\n");
    row("CRLF", "data: 1\r\n\r\nid: 7\r\nevent: e\r\ndata:a\r\ndata:b\r\n\r\ndata: open\r\n");
    row("CR", "data: 1\r\revent: e\rdata: a\rdata: b\r\rdata: open\r");
}

void TestSse::readsAllEvents()
{
    QFETCH(QByteArray, stream);
    for (const qsizetype piece : {stream.size(), qsizetype(1), qsizetype(3)}) {
        SseReader reader;
        QList<SseReader::Event> events;
        for (qsizetype at = 0; at < stream.size(); at += piece)
            events += reader.feed(stream.mid(at, piece));
        QCOMPARE(events.size(), 2);
        QCOMPARE(events.at(0).data, QByteArray("1"));
        QCOMPARE(events.at(0).name, QByteArray());
        QCOMPARE(events.at(1).data, QByteArray("a\nb"));
        QCOMPARE(events.at(1).name, QByteArray("e"));
    }
}

QTEST_APPLESS_MAIN(TestSse)
#include "test_sse.moc"
