// SPDX-License-Identifier: GPL-3.0-or-later
#include "proxy/forwarding.h"

#include <QTest>

using namespace keywheel;

class TestForwarding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void target_data();
    void target();
    void credentials_data();
    void credentials();
    void credentialsInTheQuery();
    void hopByHopFieldsStay();
    void endToEndFieldsPassUnchanged();
    void onlyReadableCodingsAreAskedFor();
    void answersKeepTheUpstreamsRequestId();
};

void TestForwarding::target_data()
{
    QTest::addColumn<QByteArray>("base");
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("no path") << QByteArray("") << QByteArray("/v1/models")
                             << QByteArray("/v1/models");
    QTest::newRow("v1 in both") << QByteArray("/v1") << QByteArray("/v1/models?a=b")
                                << QByteArray("/v1/models?a=b");
    QTest::newRow("v1 in the base")
        << QByteArray("/v1") << QByteArray("/models") << QByteArray("/v1/models");
    QTest::newRow("deep base, v1 in both")
        << QByteArray("/api/v1") << QByteArray("/v1/models") << QByteArray("/api/v1/models");
    QTest::newRow("only v1") << QByteArray("/v1") << QByteArray("/v1") << QByteArray("/v1");
    QTest::newRow("only v1 and query")
        << QByteArray("/v1") << QByteArray("/v1?x") << QByteArray("/v1?x");
    QTest::newRow("not v1 at all")
        << QByteArray("/v1") << QByteArray("/v1beta/x") << QByteArray("/v1/v1beta/x");
    QTest::newRow("other base") << QByteArray("/openai") << QByteArray("/v1/x")
                                << QByteArray("/openai/v1/x");
    QTest::newRow("nothing is normalised")
        << QByteArray("/p") << QByteArray("//a/../%7e") << QByteArray("/p//a/../%7e");
    const auto row = [](const QByteArray &base, const QByteArray &client,
                        const QByteArray &expected) {
        QTest::addRow("%s and %s", base.constData(), client.constData())
            << base << client << expected;
    };
    row("/", "/v1/x", "/v1/x");
    row("/v1/", "/v1/x", "/v1/x");
    // A version of its own takes the place of the tool's.
    row("/v1beta/openai", "/v1/chat/completions", "/v1beta/openai/chat/completions");
    row("/v1beta/openai", "/chat/completions", "/v1beta/openai/chat/completions");
    row("/api/paas/v4", "/v1/chat/completions", "/api/paas/v4/chat/completions");
    row("/openai/v1", "/v1/responses?a=/v1", "/openai/v1/responses?a=/v1");
    row("/api/v3", "/v1", "/api/v3");
    row("/api/v3", "/v1?x", "/api/v3?x");
    row("/compatible-mode/v1", "/v1/models", "/compatible-mode/v1/models");
    row("/v1/account/gateway/openai", "/v1/chat/completions",
        "/v1/account/gateway/openai/chat/completions");
    row("/v1/account/gateway/google/v1beta/openai", "/v1/models",
        "/v1/account/gateway/google/v1beta/openai/models");
    row("/v2alpha1", "/v1/x", "/v2alpha1/x");
    // No versions: put before.
    for (const QByteArray base : {"/version1", "/v", "/v1x", "/xv1", "/v1beta_", "/vbeta", "/V1"})
        row(base, "/v1/x", base + "/v1/x");
    row("/api/v4", "/v10/x", "/api/v4/v10/x");
    // What the tool has of the base's path already is not doubled.
    row("/v1beta/openai", "/v1beta/openai/chat/completions", "/v1beta/openai/chat/completions");
    row("/v1beta/openai", "/v1beta/models/m:generateContent", "/v1beta/models/m:generateContent");
    row("/api/paas/v4", "/v4/chat/completions", "/api/paas/v4/chat/completions");
    row("/api/paas/v4", "/api/paas/v4/chat/completions", "/api/paas/v4/chat/completions");
    row("/openai/v1", "/openai/v1/models", "/openai/v1/models");
    row("/gw/v1beta/openai", "/v1beta/openai/models", "/gw/v1beta/openai/models");
    row("/v1/account/gateway/openai", "/v1/account/gateway/openai/models",
        "/v1/account/gateway/openai/models");
    QTest::newRow("asterisk") << QByteArray("/v1") << QByteArray("*") << QByteArray("*");
}

void TestForwarding::target()
{
    QFETCH(QByteArray, base);
    QFETCH(QByteArray, client);
    QTEST(BasePath(base).join(client), "expected");
}

void TestForwarding::credentials_data()
{
    QTest::addColumn<Headers>("client");
    QTest::addColumn<Headers>("expected");
    QTest::newRow("bearer") << Headers{{"authorization", "Bearer secret"}, {"A", "b"}}
                            << Headers{{"authorization", "Bearer sk-test-1"}, {"A", "b"}};
    QTest::newRow("none") << Headers{{"A", "b"}}
                          << Headers{{"A", "b"}, {"Authorization", "Bearer sk-test-1"}};
    QTest::newRow("x-api-key") << Headers{{"X-Api-Key", "secret"}}
                               << Headers{{"X-Api-Key", "sk-test-1"}};
    QTest::newRow("api-key") << Headers{{"api-key", "secret"}} << Headers{{"api-key", "sk-test-1"}};
    QTest::newRow("x-goog-api-key")
        << Headers{{"X-Goog-Api-Key", "secret"}} << Headers{{"X-Goog-Api-Key", "sk-test-1"}};
    QTest::newRow("several") << Headers{{"api-key", "one"}, {"Authorization", "Bearer two"}}
                             << Headers{{"api-key", "sk-test-1"},
                                        {"Authorization", "Bearer sk-test-1"}};
    QTest::newRow("subprotocol")
        << Headers{{"Sec-WebSocket-Protocol", "realtime, openai-insecure-api-key.secret"}}
        << Headers{{"Sec-WebSocket-Protocol", "realtime, openai-insecure-api-key.sk-test-1"}};
    QTest::newRow("other subprotocol")
        << Headers{{"Sec-WebSocket-Protocol", "realtime"}}
        << Headers{{"Sec-WebSocket-Protocol", "realtime"}, {"Authorization", "Bearer sk-test-1"}};
    QTest::newRow("repeated") << Headers{{"Authorization", "Bearer one"},
                                         {"Authorization", "Basic two"}}
                              << Headers{{"Authorization", "Bearer sk-test-1"}};
}

void TestForwarding::credentials()
{
    QFETCH(Headers, client);
    QTEST(upstreamHeaders(client, "sk-test-1"), "expected");
}

void TestForwarding::credentialsInTheQuery()
{
    Request request;
    request.method = "POST";
    request.target = "/v1beta/models/m:streamGenerateContent?alt=sse&key=secret";
    request.headers = {{"Accept", "*/*"}};
    const QByteArray key("sk-test+1");
    RawRequestHead head = upstreamHead(BasePath(), request, key);
    QCOMPARE(head.method, QByteArray("POST"));
    QCOMPARE(head.target,
             QByteArray("/v1beta/models/m:streamGenerateContent?alt=sse&key=sk-test%2B1"));
    QCOMPARE(head.headers, request.headers); // and nowhere else
    request.headers.append("x-goog-api-key", "secret");
    head = upstreamHead(BasePath("/p"), request, key);
    QCOMPARE(head.headers.value("x-goog-api-key"), key);
    QVERIFY(head.target.startsWith("/p/v1beta/") && head.target.endsWith("sk-test%2B1"));
}

void TestForwarding::hopByHopFieldsStay()
{
    const Headers client{{"Host", "localhost:3000"},
                         {"Connection", "keep-alive, X-Mine"},
                         {"Keep-Alive", "timeout=5"},
                         {"X-Mine", "1"},
                         {"TE", "trailers"},
                         {"Trailer", "x"},
                         {"Transfer-Encoding", "chunked"},
                         {"Upgrade", "h2c"},
                         {"Proxy-Authorization", "Basic x"},
                         {"Proxy-Connection", "close"},
                         {"Expect", "100-continue"},
                         {"Content-Length", "5"},
                         {"Accept", "*/*"}};
    const Headers expected{{"Accept", "*/*"}, {"Authorization", "Bearer sk-test-1"}};
    QCOMPARE(upstreamHeaders(client, "sk-test-1"), expected);
}

void TestForwarding::endToEndFieldsPassUnchanged()
{
    const Headers client{{"accept-encoding", "gzip"},
                         {"X-A", "1"},
                         {"Cookie", "a=b"},
                         {"x-a", "2"},
                         {"Content-Type", "application/json"},
                         {"X-Empty", ""},
                         {"Authorization", "Bearer client"}};
    const Headers expected{{"accept-encoding", "gzip"},
                           {"X-A", "1"},
                           {"Cookie", "a=b"},
                           {"x-a", "2"},
                           {"Content-Type", "application/json"},
                           {"X-Empty", ""},
                           {"Authorization", "Bearer sk-test-1"}};
    QCOMPARE(upstreamHeaders(client, "sk-test-1"), expected);
}

void TestForwarding::onlyReadableCodingsAreAskedFor()
{
    const Headers client{{"accept-encoding", "gzip, br, zstd"}, {"Authorization", "Bearer x"}};
    const Headers expected{{"accept-encoding", "gzip"}, {"Authorization", "Bearer sk-test-1"}};
    QCOMPARE(upstreamHeaders(client, "sk-test-1"), expected);
    QVERIFY(!upstreamHeaders({{"A", "b"}}, "sk-test-1").contains("Accept-Encoding"));
}

void TestForwarding::answersKeepTheUpstreamsRequestId()
{
    const ResponseHead own = clientHead({200, "OK", {{"Connection", "close"}, {"A", "b"}}}, "kw-1");
    QCOMPARE(own.headers, (Headers{{"A", "b"}, {"x-request-id", "kw-1"}}));
    const ResponseHead theirs = clientHead({200, "OK", {{"X-Request-Id", "req_9"}}}, "kw-1");
    QCOMPARE(theirs.headers, (Headers{{"X-Request-Id", "req_9"}}));
}

QTEST_GUILESS_MAIN(TestForwarding)
#include "test_forwarding.moc"
