// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/errorbody.h"
#include "http/responsewriter.h"

#include <QTest>

using namespace keywheel;

namespace {

/// Notes what it is told.
class NotingWriter : public ResponseWriter
{
public:
    void writeHead(const ResponseHead &newHead) override
    {
        calls += "head ";
        head = newHead;
    }
    void write(const QByteArray &data) override
    {
        calls += "write ";
        body += data;
    }
    void finish() override { calls += "finish"; }
    void abort() override { calls += "abort"; }
    qint64 bytesPending() const override { return 0; }

    QByteArray calls;
    ResponseHead head;
    QByteArray body;
};

} // namespace

class TestResponseWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesWholeAnswer();
    void keepsGivenLength();
    void leavesBodyOut_data();
    void leavesBodyOut();
    void writesErrors();
};

void TestResponseWriter::writesWholeAnswer()
{
    NotingWriter writer;
    respond(writer, {200, "OK", {{"A", "b"}}}, "hello");
    QCOMPARE(writer.calls, QByteArray("head write finish"));
    QCOMPARE(writer.body, QByteArray("hello"));
    QCOMPARE(writer.head.headers, (Headers{{"A", "b"}, {"Content-Length", "5"}}));

    NotingWriter empty;
    respond(empty, {200, "OK", {}}, {});
    QCOMPARE(empty.calls, QByteArray("head finish"));
    QCOMPARE(empty.head.headers.value("content-length"), QByteArray("0"));
}

void TestResponseWriter::keepsGivenLength()
{
    NotingWriter writer;
    respond(writer, {200, "OK", {{"content-length", "5"}}}, "hello");
    QCOMPARE(writer.head.headers.values("Content-Length"), QList<QByteArray>{"5"});
}

void TestResponseWriter::leavesBodyOut_data()
{
    QTest::addColumn<int>("status");
    QTest::newRow("204") << 204;
    QTest::newRow("304") << 304;
}

void TestResponseWriter::leavesBodyOut()
{
    QFETCH(int, status);
    NotingWriter writer;
    respond(writer, {status, {}, {}}, "not allowed");
    QCOMPARE(writer.calls, QByteArray("head finish"));
    QVERIFY(!writer.head.headers.contains("Content-Length"));
}

void TestResponseWriter::writesErrors()
{
    NotingWriter writer;
    respondError(writer, {401, "missing_authorization", QStringLiteral("No key given")}, "kw-9",
                 QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05Z"), Qt::ISODate));
    QCOMPARE(writer.calls, QByteArray("head write finish"));
    QCOMPARE(writer.head.status, 401);
    QCOMPARE(writer.head.headers.value("x-request-id"), QByteArray("kw-9"));
    QCOMPARE(writer.head.headers.value("Content-Length").toLongLong(), writer.body.size());
    QVERIFY(writer.body.contains("missing_authorization"));
}

QTEST_APPLESS_MAIN(TestResponseWriter)
#include "test_responsewriter.moc"
