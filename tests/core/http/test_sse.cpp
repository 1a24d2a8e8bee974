// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/sse.h"

#include <QTest>

using namespace keywheel;

class TestSse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsFirstEvent_data();
    void findsFirstEvent();
    void endsWithTheBlankLine();
    void tellsTheStatusOfAComment();
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
        SseReader reader;
        QList<SseReader::Event> events;
        for (qsizetype at = 0; at < stream.size(); at += piece)
            events += reader.feed(stream.mid(at, piece));
        QCOMPARE(events.size(), 1);
        QTEST(events.at(0).name, "event");
        QTEST(events.at(0).data, "data");
    }
}

void TestSse::endsWithTheBlankLine()
{
    for (const char *stream :
         {"", "data: x", "data: x\n", "data: x\r", "data: x\r\n", "event: error\n\n", "\n", "\r"}) {
        SseReader reader;
        QVERIFY2(reader.feed(stream).isEmpty(), stream);
    }
}

void TestSse::tellsTheStatusOfAComment()
{
    SseReader reader;
    const auto events = reader.feed("id:1\nevent:error\n:HTTP_STATUS/429\ndata:{}\n\ndata: x\n\n");
    QCOMPARE(events.size(), 2);
    QCOMPARE(events.at(0).status, 429);
    QCOMPARE(events.at(1).status, 0);
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
