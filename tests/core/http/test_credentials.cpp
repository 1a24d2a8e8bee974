// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/credentialforms.h"
#include "common/redact.h"
#include "http/credentials.h"

#include <QTest>

using namespace keywheel;

class TestCredentials : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sent_data();
    void sent();
    void inTheQuery_data();
    void inTheQuery();
    void inSubprotocols_data();
    void inSubprotocols();
    void everyFormIsRedacted();
};

void TestCredentials::sent_data()
{
    QTest::addColumn<Headers>("headers");
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("keys"); // joined by |; null: nothing was sent
    const auto row = [](const char *name, const Headers &headers, const QByteArray &target,
                        const QByteArray &keys) {
        QTest::newRow(name) << headers << target << keys;
    };
    const QByteArray path("/v1/models");
    row("nothing", {{"Accept", "*/*"}}, path, {});
    row("bearer", {{"AUTHORIZATION", "bEaReR  own"}}, path, "own");
    row("basic", {{"Authorization", "Basic b3du"}}, path, "");
    row("Anthropic", {{"X-Api-Key", "own"}}, path, "own");
    row("Azure", {{"Api-Key", "own"}}, path, "own");
    row("Google", {{"X-Goog-Api-Key", "own"}}, path, "own");
    row("Google's query", {}, "/v1beta/models?key=own", "own");
    row("other query", {}, "/v1/x?a=b&api_key=own&c", "own");
    row("encoded", {}, "/?key=a%2Fb%3d", "a/b=");
    row("plus", {}, "/?key=a+b", "a+b|a b");
    row("encoded name", {}, "/?%6bey=own", "own");
    row("empty value", {}, "/?key=", "");
    row("no value", {}, "/?key", {});
    row("longer name", {}, "/?keys=1&apikey=2&xkey=3&api_key_=4", {});
    row("within the path", {}, "/key=own&api_key=own", {});
    row("behind the question mark only", {}, "/a&key=no?key=own", "own");
    row("WebSocket", {{"sec-websocket-protocol", "realtime,openai-insecure-api-key.own"}}, path,
        "own");
    row("other subprotocols", {{"Sec-WebSocket-Protocol", "realtime, openai-beta.x"}}, path, {});
    row("several", {{"Authorization", "Bearer 1"}, {"x-api-key", "2"}}, "/?key=3", "1|2|3");
}

void TestCredentials::sent()
{
    QFETCH(Headers, headers);
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, keys);
    const SentCredentials sent = sentCredentials(headers, target);
    QCOMPARE(sent.any, !keys.isNull());
    QByteArrayList found;
    for (const QByteArrayView key : sent.keys)
        found.append(key.toByteArray());
    QCOMPARE(found.join('|'), keys);
}

void TestCredentials::inTheQuery_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("expected"); // as it was: no credential
    const auto row = [](const QByteArray &target, const QByteArray &expected) {
        QTest::addRow("%s", target.constData()) << target << expected;
    };
    row("/v1beta/m:generateContent?key=own", "/v1beta/m:generateContent?key=sk-test%2F1");
    row("/?alt=sse&key=own&q=%20+;&empty=", "/?alt=sse&key=sk-test%2F1&q=%20+;&empty=");
    row("/?api_key=own&key=own", "/?api_key=sk-test%2F1&key=sk-test%2F1");
    row("/?key=one&key=two", "/?key=sk-test%2F1&key=sk-test%2F1");
    row("/?%6Bey=own", "/?%6Bey=sk-test%2F1");
    row("/?key=", "/?key=sk-test%2F1");
    row("/?key=a=b?c", "/?key=sk-test%2F1");
    for (const char *other : {"/", "/?", "/?&", "/?a&&b=", "/?key", "/?=key", "/?keys=1&Key=2",
                              "/key=1", "/?a=key=1", "*"})
        row(other, other);
}

void TestCredentials::inTheQuery()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, expected);
    const QByteArray key("sk-test/1");
    CredentialReplacer replacer(key);
    const QByteArray before = target;
    replacer.replaceIn(target);
    QCOMPARE(target, expected);
    QCOMPARE(replacer.hasWritten(), expected != before);
}

void TestCredentials::inSubprotocols_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("expected"); // null: the field goes
    QTest::newRow("between others")
        << QByteArray("sk-test-1") << QByteArray("realtime, openai-insecure-api-key.own,x")
        << QByteArray("realtime, openai-insecure-api-key.sk-test-1, x");
    QTest::newRow("twice") << QByteArray("sk-test-1")
                           << QByteArray("openai-insecure-api-key.a, OpenAI-insecure-api-key.b")
                           << QByteArray("openai-insecure-api-key.sk-test-1");
    QTest::newRow("no token") << QByteArray("sk-test,1")
                              << QByteArray("realtime, openai-insecure-api-key.own")
                              << QByteArray("realtime");
    QTest::newRow("no token and alone")
        << QByteArray("sk-test,1") << QByteArray("openai-insecure-api-key.own") << QByteArray();
}

void TestCredentials::inSubprotocols()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, expected);
    CredentialReplacer replacer(key);
    Headers out;
    QVERIFY(replacer.take({"Sec-WebSocket-Protocol", value}, out));
    QCOMPARE(out.value("Sec-WebSocket-Protocol"), expected);
    QCOMPARE(replacer.hasWritten(), expected.contains(key));
}

void TestCredentials::everyFormIsRedacted()
{
    const Redactor redactor;
    for (const QByteArrayView field : credentialforms::Fields) {
        const QByteArray line = field.toByteArray() + ": own-secret";
        QVERIFY2(!redactor.redact(line).contains("own-secret"), line.constData());
    }
    for (const QByteArrayView name : credentialforms::Parameters) {
        QVERIFY(isSecretParameter(name));
        const QByteArray line = "/v1/x?a=b&" + name.toByteArray() + "=own-secret";
        QVERIFY2(!redactor.redact(line).contains("own-secret"), line.constData());
    }
    const QByteArray protocols =
        "realtime, " + credentialforms::SubprotocolPrefix.toByteArray() + "own-secret, x";
    QVERIFY(!redactor.redact(protocols).contains("own-secret"));
    QVERIFY(redactor.redact(protocols).endsWith(", x"));
}

QTEST_GUILESS_MAIN(TestCredentials)
#include "test_credentials.moc"
