// SPDX-License-Identifier: GPL-3.0-or-later
#include "contractfixture.h"

#include <QSignalSpy>
#include <QTest>

using namespace keywheel;

using Failure = QNetworkReply::NetworkError;

namespace {

QByteArray binary(qsizetype size)
{
    QByteArray bytes(size, '\0');
    for (qsizetype i = 0; i < size; ++i)
        bytes[i] = char(i * 7 + i / 251);
    return bytes;
}

} // namespace

/// The contract between core/proxy and whatever carries its requests, part one: what is in a
/// message, and where it ends.
class TestContractMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requests_data();
    void requests();
    void targetsGoByteByByte_data() { ContractFixture::addWays(); }
    void targetsGoByteByByte();
    void repeatedRequestFieldsStayApart_data() { ContractFixture::addWays(); }
    void repeatedRequestFieldsStayApart();
    void nothingIsAddedToARequest_data() { ContractFixture::addWays(); }
    void nothingIsAddedToARequest();
    void statuses_data();
    void statuses();
    void repeatedResponseFieldsStayApart_data() { ContractFixture::addWays(); }
    void repeatedResponseFieldsStayApart();
    void emptyResponseFieldsAreKept_data() { ContractFixture::addWays(); }
    void emptyResponseFieldsAreKept();
    void cookiesStayApart_data() { ContractFixture::addWays(); }
    void cookiesStayApart();
    void bodies_data();
    void bodies();
    void aBodyMayLastUntilTheConnectionEnds_data() { ContractFixture::addWays(); }
    void aBodyMayLastUntilTheConnectionEnds();
    void aBodyUntilTheEndNeedsTheEndOfTls_data() { ContractFixture::addWays(); }
    void aBodyUntilTheEndNeedsTheEndOfTls();
    void bodilessAnswers_data();
    void bodilessAnswers();
    void interimAnswersAreSkipped_data();
    void interimAnswersAreSkipped();
    void brokenAnswers_data();
    void brokenAnswers();
    void brokenChunks_data();
    void brokenChunks();
};

void TestContractMessages::requests_data()
{
    QTest::addColumn<Way>("way");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("body");
    const auto add = [](const char *name, const QByteArray &method, const QByteArray &body) {
        ContractFixture::addRows(name, [&](QTestData &row) { row << method << body; });
    };
    add("GET", "GET", {});
    add("GET with a body", "GET", "{}");
    add("HEAD", "HEAD", {});
    add("POST", "POST", R"({"model":"x"})");
    add("empty POST", "POST", {});
    add("binary POST", "POST", binary(1000));
    add("large POST", "POST", binary(3'000'000));
    add("PUT", "PUT", "x");
    add("DELETE", "DELETE", {});
    add("DELETE with a body", "DELETE", "x");
    add("own verb", "PURGE", {});
}

void TestContractMessages::requests()
{
    QFETCH(Way, way);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, body);
    ContractFixture fixture(way);
    auto *reply = fixture.ask(method, "/v1/chat?a=b&c", {{"x-a", "1"}}, body);
    QCOMPARE(reply->error(), Failure::NoError);
    QCOMPARE(fixture.upstream().requestCount(), 1);
    const Received &got = fixture.upstream().request(1);
    QCOMPARE(got.method, method);
    QCOMPARE(got.target, "/v1/chat?a=b&c");
    QCOMPARE(got.headers.value("x-a"), "1");
    QCOMPARE(got.headers.values("Host"),
             QList<QByteArray>{"127.0.0.1:" + QByteArray::number(fixture.upstream().port())});
    QVERIFY(got.body == body);
    // A method that usually has a body says so when there is none (RFC 9110 §8.6).
    const bool says = !body.isEmpty() || method == "POST" || method == "PUT";
    QCOMPARE(got.headers.values("Content-Length"),
             says ? QList<QByteArray>{QByteArray::number(body.size())} : QList<QByteArray>{});
}

void TestContractMessages::targetsGoByteByByte()
{
    QFETCH(Way, way);
    ContractFixture fixture(way);
    QCOMPARE(fixture.ask("GET", "/a/../b%7E?x=%2f&y")->error(), Failure::NoError);
    DIFFERENCE(way, "it resolves .. and changes %7E and %2f");
    QCOMPARE(fixture.upstream().request(1).target, "/a/../b%7E?x=%2f&y");
}

void TestContractMessages::repeatedRequestFieldsStayApart()
{
    QFETCH(Way, way);
    ContractFixture fixture(way);
    fixture.ask("GET", "/", {{"x-a", "1"}, {"x-b", ""}, {"X-A", "2"}});
    const Headers &got = fixture.upstream().request(1).headers;
    QVERIFY(got.contains("x-b"));
    DIFFERENCE(way, "it has one value for a name; they are joined by a comma");
    QCOMPARE(got.values("x-a"), (QList<QByteArray>{"1", "2"}));
}

void TestContractMessages::nothingIsAddedToARequest()
{
    QFETCH(Way, way);
    ContractFixture fixture(way);
    const Headers given{{"User-Agent", "test"},
                        {"Accept-Language", "eo"},
                        {"Accept-Encoding", "br"},
                        {"Cookie", "a=b"}};
    fixture.ask("POST", "/", given, "x");
    Headers got = fixture.upstream().request(1).headers;
    for (const char *framing : {"Host", "Content-Length", "Connection"})
        got.removeIf(
            [&](const HeaderField &field) { return equalsIgnoreCase(field.name, framing); });
    QCOMPARE(got.size(), given.size());
    for (const HeaderField &field : given)
        QCOMPARE(got.values(field.name), QList<QByteArray>{field.value});
    // Nor without them.
    fixture.ask("POST", "/", {}, "x");
    got = fixture.upstream().request(2).headers;
    QVERIFY2(!got.value("User-Agent").contains("Mozilla"), got.value("User-Agent").constData());
    QVERIFY2(!got.value("Accept-Encoding").contains("gzip"),
             got.value("Accept-Encoding").constData());
    QVERIFY(!got.contains("Content-Type"));
    DIFFERENCE(way, "it sends User-Agent, Accept-Language and Accept-Encoding in any case");
    QVERIFY(!got.contains("Accept-Language"));
}

void TestContractMessages::statuses_data()
{
    QTest::addColumn<Way>("way");
    QTest::addColumn<int>("status");
    for (const int status : {200, 201, 299, 301, 307, 400, 401, 403, 404, 407, 409, 418, 429, 499,
                             500, 501, 503, 529, 599})
        ContractFixture::addRows(QByteArray::number(status).constData(),
                                 [&](QTestData &row) { row << status; });
}

void TestContractMessages::statuses()
{
    QFETCH(Way, way);
    QFETCH(int, status);
    ContractFixture fixture(way);
    fixture.upstream().always(
        Answer::text(status, "why", "text/plain").header("Location", "/elsewhere"));
    auto *reply = fixture.ask("POST", "/", {}, "{}");
    if (status == 307)
        DIFFERENCE(way, "it rewinds the body for a redirect that it was told not to follow");
    QCOMPARE(reply->error(), Failure::NoError);
    const ResponseHead head = responseHead(*reply);
    QCOMPARE(head.status, status);
    QCOMPARE(head.headers.value("content-type"), "text/plain");
    QCOMPARE(reply->readAll(), "why");
    QCOMPARE(fixture.upstream().requestCount(), 1);
}

void TestContractMessages::repeatedResponseFieldsStayApart()
{
    QFETCH(Way, way);
    ContractFixture fixture(way);
    fixture.upstream().always(Answer::status(200).header("X-A", "1").header("X-A", "2"));
    const ResponseHead head = responseHead(*fixture.ask("GET"));
    DIFFERENCE(way, "it joins them by a comma");
    QCOMPARE(head.headers.values("X-A"), (QList<QByteArray>{"1", "2"}));
}

void TestContractMessages::emptyResponseFieldsAreKept()
{
    QFETCH(Way, way);
    ContractFixture fixture(way);
    fixture.upstream().always(Answer::status(200).header("X-A", ""));
    const ResponseHead head = responseHead(*fixture.ask("GET"));
    DIFFERENCE_BEFORE_QT_6_8(way, "it drops them");
    QVERIFY(head.headers.contains("X-A"));
}

void TestContractMessages::cookiesStayApart()
{
    QFETCH(Way, way);
    ContractFixture fixture(way);
    fixture.upstream().always(
        Answer::status(200).header("Set-Cookie", "a=1").header("Set-Cookie", "b=2; Secure"));
    const ResponseHead head = responseHead(*fixture.ask("GET"));
    QCOMPARE(head.headers.values("Set-Cookie"), (QList<QByteArray>{"a=1", "b=2; Secure"}));
    fixture.ask("GET");
    QVERIFY(!fixture.upstream().request(2).headers.contains("Cookie")); // none is kept
}

void TestContractMessages::bodies_data()
{
    QTest::addColumn<Way>("way");
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<QByteArray>("body");
    const auto add = [](const char *name, const Answer &answer, const QByteArray &body) {
        ContractFixture::addRows(name, [&](QTestData &row) { row << answer << body; });
    };
    const auto text = [](const QByteArray &body) {
        return Answer::text(200, body, "application/x");
    };
    add("empty", text({}), {});
    add("one byte", text("x"), "x");
    add("binary", text(binary(70'000)), binary(70'000));
    add("large", text(binary(5'000'000)), binary(5'000'000));
    add("large in chunks", text(binary(5'000'000)).chunked(), binary(5'000'000));
    add("closed after it", text("x").end(Answer::End::Drop), "x");
    add("coded", text("not really gzip").header("Content-Encoding", "gzip"), "not really gzip");
    add("chunks with extensions and trailers",
        Answer::raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "2;a=b\r\nab\r\n3;c=\"d\"\r\ncde\r\n0\r\nX-Trailer: 1\r\n\r\n"),
        "abcde");
}

void TestContractMessages::bodies()
{
    QFETCH(Way, way);
    QFETCH(Answer, answer);
    QFETCH(QByteArray, body);
    ContractFixture fixture(way);
    fixture.upstream().always(answer);
    auto *reply = fixture.ask("POST", "/", {}, "{}");
    QVERIFY2(reply->error() == Failure::NoError, qPrintable(reply->errorString()));
    QVERIFY(reply->readAll() == body);
    QCOMPARE(reply->bytesAvailable(), 0);
}

void TestContractMessages::aBodyMayLastUntilTheConnectionEnds()
{
    QFETCH(Way, way);
    UNSTABLE(way, "now and then it takes the end of the connection for an error");
    ContractFixture fixture(way);
    fixture.upstream().always(Answer::text(200, binary(70'000), "text/plain").untilClose());
    auto *reply = fixture.ask("POST", "/", {}, "{}");
    QCOMPARE(reply->error(), Failure::NoError);
    QVERIFY(reply->readAll() == binary(70'000));
}

// RFC 9112 §9.8: without close_notify it may have been cut on the way.
void TestContractMessages::aBodyUntilTheEndNeedsTheEndOfTls()
{
    QFETCH(Way, way);
    UNSTABLE(way, "it takes any end for the end of the body");
    ContractFixture fixture(way);
    const Answer answer = Answer::text(200, "0123456789", "text/plain").untilClose();
    fixture.upstream().always(answer.end(Answer::End::Shutdown));
    auto *reply = fixture.ask("POST", "/", {}, "{}");
    QCOMPARE(reply->error(), way.tls ? Failure::RemoteHostClosedError : Failure::NoError);
    QCOMPARE(reply->readAll(), "0123456789");
}

void TestContractMessages::bodilessAnswers_data()
{
    QTest::addColumn<Way>("way");
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("head");
    const auto add = [](const char *name, const QByteArray &method, const QByteArray &head) {
        ContractFixture::addRows(name, [&](QTestData &row) { row << method << head; });
    };
    add("HEAD with a length", "HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n");
    add("HEAD with chunks", "HEAD", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    add("204", "GET", "HTTP/1.1 204 No Content\r\n\r\n");
    add("304 with a length", "GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n");
    add("length 0", "GET", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
}

// They end at the head, though the connection stays open.
void TestContractMessages::bodilessAnswers()
{
    QFETCH(Way, way);
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, head);
    ContractFixture fixture(way);
    fixture.upstream().always(Answer::raw(head).end(Answer::End::Hold));
    auto *reply = fixture.ask(method);
    QVERIFY(reply->isFinished());
    QCOMPARE(reply->error(), Failure::NoError);
    QVERIFY(reply->readAll().isEmpty());
}

void TestContractMessages::interimAnswersAreSkipped_data()
{
    QTest::addColumn<Way>("way");
    QTest::addColumn<int>("status");
    for (const int status : {100, 102, 103})
        ContractFixture::addRows(QByteArray::number(status).constData(),
                                 [&](QTestData &row) { row << status; });
}

void TestContractMessages::interimAnswersAreSkipped()
{
    QFETCH(Way, way);
    QFETCH(int, status);
    ContractFixture fixture(way);
    fixture.upstream().always(Answer::text(200, "x", "text/plain").interim(status, {{"A", "b"}}));
    auto *reply = fixture.ask("POST", "/", {}, "{}");
#if QT_VERSION < QT_VERSION_CHECK(6, 8, 0)
    if (status != 100)
        DIFFERENCE(way, "before Qt 6.8 it takes other interim answers than 100 for the final one");
#endif
    QCOMPARE(responseHead(*reply).status, 200);
    QCOMPARE(reply->readAll(), "x");
}

void TestContractMessages::brokenAnswers_data()
{
    QTest::addColumn<Way>("way");
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<Failure>("error");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("difference"); ///< of the base class
    const auto add = [](const char *name, const Answer &answer, Failure error,
                        const QByteArray &body = {}, const QByteArray &difference = {}) {
        ContractFixture::addRows(
            name, [&](QTestData &row) { row << answer << error << body << difference; });
    };
    const Answer ten = Answer::text(200, "0123456789", "text/plain");
    add("closed without an answer", Answer::close(), Failure::RemoteHostClosedError);
    add("reset without an answer", Answer::reset(), Failure::RemoteHostClosedError);
    add("cut in the head", Answer::raw("HTTP/1.1 200 OK\r\nContent-"),
        Failure::RemoteHostClosedError);
    add("cut length", ten.truncated(4), Failure::RemoteHostClosedError, "0123");
    add("cut error answer", Answer::text(500, "0123456789", "text/plain").truncated(4),
        Failure::RemoteHostClosedError, "0123");
    add("garbage", Answer::garbage(), Failure::ProtocolFailure, {}, "it says that nothing came");
    add("garbage without an end", Answer::raw("SSH-2.0-OpenSSH_9.2\r\n"), Failure::ProtocolFailure,
        {}, "it says that nothing came");
    add("two lengths",
        Answer::raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"),
        Failure::ProtocolFailure, {}, "it takes the first length");
    add("bad length", Answer::raw("HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\nx"),
        Failure::ProtocolFailure, {}, "it ignores the field");
    add("length and chunks",
        Answer::raw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "0\r\n\r\n"),
        Failure::ProtocolFailure, {}, "it ignores the length");
}

void TestContractMessages::brokenAnswers()
{
    QFETCH(Way, way);
    QFETCH(Answer, answer);
    QFETCH(Failure, error);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, difference);
    ContractFixture fixture(way);
    fixture.upstream().always(answer);
    auto *reply = fixture.ask("POST", "/", {}, "{}");
    if (way.base && !difference.isEmpty())
        QEXPECT_FAIL("", ("base class: " + difference).constData(), Abort);
    QCOMPARE(reply->error(), error);
    QVERIFY2(!reply->errorString().isEmpty(), "an error says what happened");
    QCOMPARE(reply->readAll(), body);
    QCOMPARE(fixture.upstream().requestCount(), 1); // never twice: it may have been billed
}

void TestContractMessages::brokenChunks_data()
{
    QTest::addColumn<Way>("way");
    QTest::addColumn<Answer>("answer");
    QTest::addColumn<Failure>("error");
    const auto add = [](const char *name, const Answer &answer, Failure error) {
        ContractFixture::addRows(name, [&](QTestData &row) { row << answer << error; });
    };
    const QByteArray head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n0123";
    add("cut in a chunk", Answer::text(200, "0123456789", "text/plain").chunked().truncated(4),
        Failure::RemoteHostClosedError);
    add("cut after a chunk", Answer::raw(head + "\r\n"), Failure::RemoteHostClosedError);
    add("cut before the last line", Answer::raw(head + "\r\n0\r\n"),
        Failure::RemoteHostClosedError);
    add("no size", Answer::raw(head + "\r\nzz\r\n"), Failure::ProtocolFailure);
    add("longer than it said", Answer::raw(head + "456\r\n0\r\n\r\n"), Failure::ProtocolFailure);
}

void TestContractMessages::brokenChunks()
{
    QFETCH(Way, way);
    QFETCH(Answer, answer);
    QFETCH(Failure, error);
    UNSTABLE(way, "now and then it takes what it got for the whole body, or waits for ever");
    ContractFixture fixture(way);
    fixture.upstream().always(answer);
    auto *reply = fixture.ask("POST", "/", {}, "{}");
    QCOMPARE(reply->error(), error);
    QCOMPARE(reply->readAll(), "0123");
}

QTEST_GUILESS_MAIN(TestContractMessages)
#include "test_contract_messages.moc"
