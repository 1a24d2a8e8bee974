// SPDX-License-Identifier: GPL-3.0-or-later
#include "integration/keywheelprocess.h"
#include "support/fakeupstream.h"
#include "support/testcertificate.h"

#include <QDirIterator>
#include <QJsonDocument>
#include <QTest>

#include <csignal>

using namespace keywheel;
using namespace std::chrono_literals;

namespace {

const QByteArray Auth = "auth/key+of=this&test#run";
const QByteArray First = "sk-test-secret-first-0123456789abcdef";
const QByteArray Second = "sk-test-secret-second-0123456789abcdef";
const QByteArray Plain = "0123456789abcdef0123456789abcdef"; // no shape that says key
const QByteArray Later = "sk-test-secret-later-0123456789abcdef";
const QByteArray ProxyPassword = "proxy-password-of-this-test";
const QList<QByteArray> Secrets{Auth, First, Second, Plain, Later, ProxyPassword};

/// An error as some APIs give it: with the whole key in body, headers and reason.
Answer echo(int status, const QByteArray &key)
{
    return Answer::error(status, "invalid_api_key",
                         "Incorrect API key provided: " + key + ". " + key.toPercentEncoding())
        .header("X-Api-Key", key)
        .header("WWW-Authenticate", "Bearer error=\"" + key + "\"")
        .reason("Bad " + key);
}

/// What Keywheel gets from an upstream in trouble; each echoes the key where it can.
QList<std::pair<QByteArray, Answer>> faults(const QByteArray &key)
{
    return {
        {"401", echo(401, key)},
        {"402", echo(402, key)},
        {"403", echo(403, key)},
        {"403 address",
         Answer::error(403, "x", "Country, region, or territory not supported " + key)},
        {"404", echo(404, key)},
        {"429", echo(429, key).header("Retry-After", "1")},
        {"429 odd", echo(429, key).header("Retry-After", key)},
        {"500", echo(500, key)},
        {"503 page", Answer::text(503, "<p>" + key, "text/html")},
        {"reset", Answer::reset()},
        {"closed", Answer::close()},
        {"truncated", Answer::json(200, "{\"k\":\"" + key + "\"}").truncated(5)},
        {"garbage", Answer::raw("GARBAGE " + key + "\r\n\r\n" + key)},
        {"bad field", Answer::raw("HTTP/1.1 200 OK\r\n" + key + "\r\n\r\n")},
        {"bad length", Answer::raw("HTTP/1.1 200 OK\r\nContent-Length: " + key + "\r\n\r\n")},
        {"bad chunk",
         Answer::raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + key + "\r\n")},
        {"stream error", Answer::sse({"{\"error\":{\"message\":\"" + key + "\"}}"})},
        {"late stream error", Answer::sse({"{}", "{\"error\":{\"message\":\"" + key + "\"}}"})},
        {"switch", Answer::raw("HTTP/1.1 101 " + key + "\r\n\r\n")},
        {"redirect", Answer::status(302).header("Location", "https://x.example/?key=" + key)},
    };
}

QByteArray allFiles(const QString &folder, const QStringList &but)
{
    QByteArray all;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!but.contains(QFileInfo(file).fileName()) && file.open(QIODevice::ReadOnly))
            all += file.fileName().toUtf8() + '\n' + file.readAll() + '\n';
    }
    return all;
}

} // namespace

/// No key and no AUTH_KEY in anything that Keywheel prints, writes or answers by itself, at the
/// most talkative level, whatever goes wrong. (An upstream's own answer is passed on as it is.)
class TestSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void runsOfFaults_data();
    void runsOfFaults();
    void settingsAndCommands();
    void upstreamsOutOfReach();

private:
    /// Every secret, as it is and percent-encoded.
    void look(const QByteArray &where, const QByteArray &text);
    void lookAtEverything(KeywheelProcess &keywheel);
    void lookAtOwnAnswers(KeywheelProcess &keywheel);
    void sendOddRequests(KeywheelProcess &keywheel);

    QByteArrayList found_;
};

void TestSecrets::init()
{
    found_.clear();
}

void TestSecrets::cleanup()
{
    QVERIFY2(found_.isEmpty(), found_.join("; ").constData());
}

void TestSecrets::look(const QByteArray &where, const QByteArray &text)
{
    for (qsizetype i = 0; i < Secrets.size(); ++i) {
        const QByteArray &secret = Secrets[i];
        // The middle part too: what is cut off at the ends is no less of a leak.
        for (const QByteArray &form : {secret, secret.toPercentEncoding(), secret.toBase64(),
                                       secret.mid(5, secret.size() - 9)}) {
            if (const qsizetype at = text.indexOf(form); at >= 0)
                found_ += "secret " + QByteArray::number(i) + " in " + where + ": …" +
                          QByteArray(text.mid(qMax<qsizetype>(0, at - 60), 60)).replace('\n', ' ');
        }
    }
}

void TestSecrets::lookAtOwnAnswers(KeywheelProcess &keywheel)
{
    const Headers auth{{"Authorization", "Bearer " + Auth}};
    for (const QByteArray path : {"/health", "/stats", "/blacklist", "/reset-keys"}) {
        const Fetched got = keywheel.fetch("GET", path, auth);
        QCOMPARE(got.status, 200);
        look(path, got.rawHead + got.body);
    }
}

void TestSecrets::lookAtEverything(KeywheelProcess &keywheel)
{
    keywheel.signal(SIGTERM);
    QVERIFY(keywheel.waitForExit());
    QCOMPARE(keywheel.exitCode(), 0);
    QVERIFY(!keywheel.everythingPrinted().isEmpty());
    look("stdout", keywheel.standardOutput());
    look("stderr", keywheel.standardError());
    look("files",
         allFiles(keywheel.path({}), {QStringLiteral(".env"), QStringLiteral("keys.txt")}));
}

/// Requests that carry secrets where none belongs, or are refused.
void TestSecrets::sendOddRequests(KeywheelProcess &keywheel)
{
    const QByteArray encoded = Auth.toPercentEncoding();
    const Headers auth{{"x-api-key", Auth}};
    const auto ownAnswer = [&](const QByteArray &name, const Fetched &got) {
        QVERIFY2(got.status >= 400, name.constData());
        look(name, got.rawHead + got.body);
    };
    keywheel.fetch("GET", "/v1/models?key=" + First + "&auth=" + encoded + "&" + encoded, auth);
    keywheel.fetch("GET", "/v1/" + First + "/" + encoded + "/" + Plain, auth);
    for (int before = 230; before < 260; before += 3) // the log cuts long paths
        keywheel.fetch("GET", "/" + QByteArray(before, 'p') + '/' + Plain + '/' + encoded, auth);
    ownAnswer("query", keywheel.fetch("GET", "/v1/models?token=" + encoded));
    keywheel.fetch("GET", "/v1/models?api_key=" + encoded);
    ownAnswer("path", keywheel.fetch("GET", '/' + QByteArray(240, 'p') + '/' + encoded));
    ownAnswer("wrong", keywheel.fetch("GET", "/stats", {{"Authorization", "Bearer x" + Auth}}));
    ownAnswer("basic",
              keywheel.fetch("GET", "/stats", {{"Authorization", "Basic " + Auth.toBase64()}}));
    ownAnswer("upstream key", keywheel.fetch("GET", "/stats", {{"api-key", First}}));
    ownAnswer("origin", keywheel.fetch("GET", "/stats", {{"Origin", "http://" + First}}));
    ownAnswer("expect",
              keywheel.fetch("POST", "/v1/x", {{"Expect", Auth}, {"x-api-key", Auth}}, "x"));
    for (const QByteArray &raw :
         {"GET /" + First + " HTTP/1.1\r\nHost: " + First + ".example\r\n\r\n",
          "GET http://u:" + First + "@localhost/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
          First + " /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: localhost\r\nAuthorization : Bearer " + Auth + "\r\n\r\n",
          "GET /" + Plain + " HTTP/7.1\r\nHost: localhost\r\n\r\n",
          "TRACE / HTTP/1.1\r\nHost: localhost\r\nx-api-key: " + Auth + "\r\n\r\n",
          "GET / HTTP/1.1\r\nHost: localhost\r\nx-api-key: " + Auth + QByteArray(70'000, 'x')}) {
        HttpClient client(keywheel.port());
        client.send(raw);
        QVERIFY(client.waitForEnd());
        ownAnswer("refusal of " + raw.first(12), client.response());
    }
}

void TestSecrets::runsOfFaults_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::newRow("text") << QByteArray("text");
    QTest::newRow("json") << QByteArray("json");
}

void TestSecrets::runsOfFaults()
{
    QFETCH(const QByteArray, format);
    FakeUpstream upstream;
    KeywheelProcess keywheel(upstream.url(), {First, Plain, Second});
    keywheel.set("AUTH_KEY", '\'' + Auth + '\'');
    keywheel.set("LOG_LEVEL", "debug");
    keywheel.set("LOG_FORMAT", format);
    keywheel.set("MAX_RETRIES", "1");
    keywheel.set("RESPONSE_TIMEOUT", "2000");
    QVERIFY(keywheel.start());
    const Headers auth{{"Authorization", "Bearer " + Auth}};
    for (qsizetype i = 0; i < faults(First).size(); ++i) {
        keywheel.fetch("POST", "/reset-keys", auth);
        for (const QByteArray &key : {First, Plain, Second})
            upstream.forKey(key).reply(faults(key)[i].second);
        const Fetched got = keywheel.fetch("POST", "/v1/chat/completions", auth, "{}");
        if (got.status == 502 || got.status == 504)
            look(faults(First)[i].first, got.rawHead + got.body);
        lookAtOwnAnswers(keywheel);
    }
    for (const QByteArray &key : {First, Plain, Second})
        upstream.forKey(key).reply(Answer::hang());
    look("time-out", keywheel.fetch("GET", "/v1/models", auth).body);
    for (const QByteArray &key : {First, Plain, Second})
        upstream.forKey(key).reply(Answer::json(200, "{}"));
    sendOddRequests(keywheel);

    keywheel.setKeys({First, "\"" + Later + " and more", Later, Later, Plain + "\t" + Second});
    keywheel.signal(SIGHUP);
    QTRY_VERIFY(keywheel.everythingPrinted().contains("line 2 is left out"));
    keywheel.set("UPSTREAM_PROXY", "http://user:" + ProxyPassword + "@127.0.0.1:notaport");
    QTRY_VERIFY(keywheel.everythingPrinted().contains("UPSTREAM_PROXY"));
    lookAtOwnAnswers(keywheel);
    lookAtEverything(keywheel);
}

void TestSecrets::settingsAndCommands()
{
    KeywheelProcess keywheel({}, {First, Plain, Second});
    keywheel.set("AUTH_KEY", '\'' + Auth + '\'');
    keywheel.set("UPSTREAM_PROXY", "socks5://user:" + ProxyPassword + "@127.0.0.1:1");
    for (const QStringList &command :
         {QStringList{QStringLiteral("config"), QStringLiteral("show")},
          QStringList{QStringLiteral("config"), QStringLiteral("show"), QStringLiteral("--json")},
          QStringList{QStringLiteral("config"), QStringLiteral("check")},
          QStringList{QStringLiteral("stats")}, QStringList{QStringLiteral("health")}}) {
        keywheel.run(command);
        look(command.join(QLatin1Char(' ')).toUtf8(), keywheel.everythingPrinted());
    }
    // Bad values, among them secrets in the wrong place.
    keywheel.set("PORT", Auth);
    keywheel.set("MAX_RETRIES", First);
    keywheel.set("UPSTREAM_PROXY", "ftp://user:" + ProxyPassword + "@127.0.0.1:1");
    keywheel.set("OPENAI_BASE_URL", "http://u:" + Second + "@127.0.0.1/?key=" + Second);
    QCOMPARE(keywheel.run({QStringLiteral("--headless")}), 2);
    QVERIFY(keywheel.everythingPrinted().contains("MAX_RETRIES"));
    look("bad settings", keywheel.everythingPrinted());
    keywheel.set("PORT", {});
    keywheel.set("AUTH_KEY", "\"" + Auth + "\t\"");
    QCOMPARE(keywheel.run({QStringLiteral("--headless")}), 2);
    QVERIFY(keywheel.everythingPrinted().contains("AUTH_KEY"));
    look("bad AUTH_KEY", keywheel.everythingPrinted());
    keywheel.run({QStringLiteral("config"), QStringLiteral("check"), QStringLiteral("--json")});
    look("config check", keywheel.everythingPrinted());
}

void TestSecrets::upstreamsOutOfReach()
{
    QTemporaryDir folder;
    const auto certificate = makeTestCertificate(folder.path());
    if (!certificate)
        QSKIP("needs the openssl command");
    FakeUpstream distrusted(certificate->configuration);
    FakeUpstream gone;
    gone.stopListening();
    KeywheelProcess keywheel(distrusted.url(), {First, Plain});
    keywheel.set("AUTH_KEY", '\'' + Auth + '\'');
    keywheel.set("LOG_LEVEL", "debug");
    keywheel.set("MAX_RETRIES", "1");
    QVERIFY(keywheel.start());
    const Headers auth{{"Authorization", "Bearer " + Auth}};
    const auto ask = [&](const QByteArray &name) {
        const Fetched got = keywheel.fetch("GET", "/v1/models?key=" + First, auth);
        QCOMPARE(got.status, 502);
        look(name, got.rawHead + got.body);
    };
    ask("TLS");
    const auto reload = [&](const QByteArray &name, const QByteArray &value) {
        const qsizetype before = keywheel.everythingPrinted().size();
        keywheel.set(name, value);
        QTRY_VERIFY(keywheel.everythingPrinted().size() > before);
    };
    reload("UPSTREAM_PROXY", "http://user:" + ProxyPassword + "@127.0.0.1:1");
    ask("proxy");
    reload("UPSTREAM_PROXY", "none");
    reload("OPENAI_BASE_URL", "http://" + Plain + ".invalid/" + Plain);
    ask("unknown host");
    reload("OPENAI_BASE_URL", gone.url().toEncoded());
    lookAtOwnAnswers(keywheel);
    lookAtEverything(keywheel);
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "test_secrets.moc"
