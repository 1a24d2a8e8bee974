// SPDX-License-Identifier: GPL-3.0-or-later
#include "demo/demoupstream.h"

#include "support/fakeclock.h"
#include "support/httpclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

class TestDemoUpstream : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { demo_.reset(); }

    void badKeysAreRefused_data();
    void badKeysAreRefused();
    void oneKeyIsLimitedNowAndThen();
    void streamKeepsItsPace();
    void streamEndsWithItsUsage();
    void usageIsHonest();
    void answerIsCutAtMaxTokens();
    void embeddingsAreUnitVectors();
    void mistakesAreNamed_data();
    void mistakesAreNamed();

private:
    Headers key(const QString &label) const;
    Fetched post(const QByteArray &path, const QByteArray &body) const;

    FakeClock clock_;
    std::unique_ptr<DemoUpstream> demo_;
};

void TestDemoUpstream::init()
{
    demo_ = std::make_unique<DemoUpstream>(clock_);
    QVERIFY(demo_->start());
}

Headers TestDemoUpstream::key(const QString &label) const
{
    for (const ApiKey &key : DemoUpstream::keys()) {
        if (key.label.startsWith(label))
            return {{"Authorization", "Bearer " + key.secret}};
    }
    return {};
}

Fetched TestDemoUpstream::post(const QByteArray &path, const QByteArray &body) const
{
    return fetch(quint16(demo_->baseUrl().port()), "POST", path, key(QStringLiteral("good")), body);
}

void TestDemoUpstream::badKeysAreRefused_data()
{
    QTest::addColumn<QString>("label");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("code");
    QTest::newRow("good") << QStringLiteral("good") << 200 << QString();
    QTest::newRow("none") << QStringLiteral("-") << 401 << QStringLiteral("invalid_api_key");
    QTest::newRow("invalid") << QStringLiteral("invalid") << 401
                             << QStringLiteral("invalid_api_key");
    QTest::newRow("no quota") << QStringLiteral("out of") << 429
                              << QStringLiteral("insufficient_quota");
}

void TestDemoUpstream::badKeysAreRefused()
{
    QFETCH(const QString, label);
    QFETCH(const int, status);
    QFETCH(const QString, code);
    const Fetched got = fetch(quint16(demo_->baseUrl().port()), "GET", "/v1/models", key(label));
    QCOMPARE(got.status, status);
    QCOMPARE(QJsonDocument::fromJson(got.body)[QStringLiteral("error")][QStringLiteral("code")]
                 .toString(),
             code);
}

void TestDemoUpstream::oneKeyIsLimitedNowAndThen()
{
    const auto ask = [this] {
        return fetch(quint16(demo_->baseUrl().port()), "GET", "/v1/models",
                     key(QStringLiteral("rate-limited")));
    };
    for (int i = 1; i < DemoUpstream::LimitedEvery; ++i)
        QCOMPARE(ask().status, 200);
    const Fetched limited = ask();
    QCOMPARE(limited.status, 429);
    QCOMPARE(limited.headers.value("Retry-After"), QByteArray("5"));
    clock_.advance(3500ms);
    QCOMPARE(ask().headers.value("Retry-After"), QByteArray("2"));
    clock_.advance(1500ms);
    QCOMPARE(ask().status, 200);
}

void TestDemoUpstream::streamKeepsItsPace()
{
    HttpClient client(quint16(demo_->baseUrl().port()));
    client.post("/v1/chat/completions", R"({"stream":true,"messages":[{"content":"Hi"}]})",
                key(QStringLiteral("good")));
    QVERIFY(client.waitForBody(1));
    QCOMPARE(client.response().headers.value("Content-Type"), QByteArray("text/event-stream"));
    for (int events = 2; events < 6; ++events) {
        QCOMPARE(clock_.untilNext(), DemoUpstream::TokenPace);
        clock_.advance(DemoUpstream::TokenPace);
        QTRY_COMPARE(client.response().body.count("data: "), events);
    }
    client.leave(); // and nobody goes on for it
    QTRY_COMPARE((clock_.advance(DemoUpstream::TokenPace), clock_.waiting()), 0);
}

void TestDemoUpstream::streamEndsWithItsUsage()
{
    HttpClient client(quint16(demo_->baseUrl().port()));
    client.post("/v1/chat/completions",
                R"({"stream":true,"stream_options":{"include_usage":true},)"
                R"("messages":[{"content":"Hi"}]})",
                key(QStringLiteral("good")));
    QVERIFY(client.waitForBody(1));
    while (clock_.waiting() > 0)
        clock_.advance(DemoUpstream::TokenPace);
    QVERIFY(client.waitForEnd());
    QVERIFY(client.response().complete);
    QVERIFY(client.response().body.endsWith("data: [DONE]\n\n"));
    const QByteArray last =
        client.response().body.split('\n').at(client.response().body.count('\n') - 4);
    const QJsonDocument usage = QJsonDocument::fromJson(last.mid(6));
    QCOMPARE(usage[QStringLiteral("choices")].toArray().size(), 0);
    QVERIFY(usage[QStringLiteral("usage")][QStringLiteral("completion_tokens")].toInt() > 10);
}

void TestDemoUpstream::usageIsHonest()
{
    const Fetched got =
        post("/v1/chat/completions", R"({"messages":[{"content":"one two"},)"
                                     R"({"content":[{"type":"text","text":"three four five"}]}]})");
    const QJsonDocument json = QJsonDocument::fromJson(got.body);
    const QString text =
        json[QStringLiteral("choices")][0][QStringLiteral("message")][QStringLiteral("content")]
            .toString();
    QVERIFY(text.endsWith(QStringLiteral("You wrote: three four five")));
    const QJsonValue usage = json[QStringLiteral("usage")];
    QCOMPARE(usage[QStringLiteral("prompt_tokens")].toInt(), 5);
    QCOMPARE(usage[QStringLiteral("completion_tokens")].toInt(), text.split(u' ').size());
}

void TestDemoUpstream::answerIsCutAtMaxTokens()
{
    const Fetched got =
        post("/v1/chat/completions", R"({"max_tokens":2,"messages":[{"content":"Hi"}]})");
    const QJsonValue choice = QJsonDocument::fromJson(got.body)[QStringLiteral("choices")][0];
    QCOMPARE(choice[QStringLiteral("finish_reason")].toString(), QStringLiteral("length"));
    QCOMPARE(choice[QStringLiteral("message")][QStringLiteral("content")].toString(),
             QStringLiteral("Hello from"));
}

void TestDemoUpstream::embeddingsAreUnitVectors()
{
    const Fetched got = post("/v1/embeddings", R"({"input":["a","b","a"],"dimensions":50})");
    const QJsonArray rows = QJsonDocument::fromJson(got.body)[QStringLiteral("data")].toArray();
    QCOMPARE(rows.size(), 3);
    const QJsonArray vector = rows[0][QStringLiteral("embedding")].toArray();
    QCOMPARE(vector.size(), 50);
    double squares = 0;
    for (const auto &value : vector)
        squares += value.toDouble() * value.toDouble();
    QVERIFY(qAbs(squares - 1) < 1e-5);
    QCOMPARE(rows[2][QStringLiteral("embedding")].toArray(), vector);
    QVERIFY(rows[1][QStringLiteral("embedding")].toArray() != vector);
}

void TestDemoUpstream::mistakesAreNamed_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const char *path, const char *body, int status) {
        QTest::newRow(name) << QByteArray(path) << QByteArray(body) << status;
    };
    row("unknown path", "/v1/nothing", "{}", 404);
    row("bad JSON", "/v1/chat/completions", "{", 400);
    row("not an object", "/v1/chat/completions", "[]", 400);
    row("no messages", "/v1/chat/completions", "{}", 400);
    row("bad JSON for embeddings", "/v1/embeddings", "x", 400);
    row("no input", "/v1/embeddings", "{}", 400);
    row("too many dimensions", "/v1/embeddings", R"({"input":"a","dimensions":100000})", 400);
    row("no multipart", "/v1/files", "abc", 400);
}

void TestDemoUpstream::mistakesAreNamed()
{
    QFETCH(const QByteArray, path);
    QFETCH(const QByteArray, body);
    const Fetched got = post(path, body);
    QTEST(got.status, "status");
    const QJsonValue error = QJsonDocument::fromJson(got.body)[QStringLiteral("error")];
    QVERIFY(!error[QStringLiteral("message")].toString().isEmpty());
    QCOMPARE(error[QStringLiteral("type")].toString(), QStringLiteral("invalid_request_error"));
}

QTEST_GUILESS_MAIN(TestDemoUpstream)
#include "test_demoupstream.moc"
