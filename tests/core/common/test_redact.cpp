// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/redact.h"

#include <QRandomGenerator>
#include <QTest>

#include <ctime>

using namespace keywheel;

class TestRedact : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void preview_data();
    void preview();
    void fingerprint();
    void known_data();
    void known();
    void shapes_data();
    void shapes();
    void leavesAlone_data();
    void leavesAlone();
    void longestSecretWins();
    void overlappingSecretsGoTogether();
    void whatAMarkCompletesGoesToo();
    void forgetsOldSecrets();
    void mixturesAreRedactedOnce();
    void isLinear_data();
    void isLinear();
    void secretParameter();
};

namespace {

const QByteArray Key = QByteArrayLiteral("sk-test-abcdefghijklmnop");
const QByteArray OtherKey = QByteArrayLiteral("vendor_0123456789abcdef");
const QByteArray AuthKey = QByteArrayLiteral("p@ss/word here!");
const QByteArray ShortAuth = QByteArrayLiteral("sk-te");

Redactor withSecrets()
{
    Redactor redactor;
    redactor.setSecrets({Key, OtherKey}, {AuthKey, ShortAuth, "ab", QByteArray()});
    return redactor;
}

void compareTwice(const Redactor &redactor, const QByteArray &text, const QByteArray &expected)
{
    const QByteArray once = redactor.redact(text);
    QCOMPARE(once, expected);
    QCOMPARE(redactor.redact(once), once);
    QCOMPARE(redactor.redact(QString::fromUtf8(text)), QString::fromUtf8(expected));
}

} // namespace

void TestRedact::preview_data()
{
    QTest::addColumn<QByteArray>("secret");
    QTest::addColumn<QString>("expected");
    QTest::newRow("long") << Key << QStringLiteral("sk-te…mnop");
    QTest::newRow("16 characters")
        << QByteArray("0123456789abcdef") << QStringLiteral("01234…cdef");
    QTest::newRow("15 characters") << QByteArray("0123456789abcde") << QStringLiteral("…de");
    QTest::newRow("one") << QByteArray("x") << QStringLiteral("…x");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("…");
}

void TestRedact::preview()
{
    QFETCH(QByteArray, secret);
    QTEST(keyPreview(secret), "expected");
}

void TestRedact::fingerprint()
{
    // echo -n abc | sha256sum
    QCOMPARE(keyFingerprint("abc"), QStringLiteral("ba7816bf8f01cfea"));
}

void TestRedact::known_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *name, const QByteArray &text, const QByteArray &expected) {
        QTest::newRow(name) << text << expected;
    };
    row("alone", Key, "sk-te…mnop");
    row("inside a word", "x" + Key + "y", "xsk-te…mnopy");
    row("twice", OtherKey + OtherKey, "vendo…cdefvendo…cdef");
    row("at both ends", OtherKey + " and " + Key, "vendo…cdef and sk-te…mnop");
    row("all but its last byte", OtherKey.chopped(1), OtherKey.chopped(1));
    row("not an API key", "got " + AuthKey + ".", "got [redacted].");
    row("percent-encoded", "/x?a=" + AuthKey.toPercentEncoding(), "/x?a=[redacted]");
    row("as browsers encode it", "p%40ss%2Fword%20here!", "[redacted]");
    row("shorter than the prefix", "is sk-te right?", "is [redacted] right?");
    row("part of a word", "it is ab. a-b, about ab", "it is ab. a-b, about [redacted]");
    row("short one in a preview", "key sk-te…mnop", "key sk-te…mnop");
    row("in the user info", "http://u:" + Key + "@host/", "http://[redacted]@host/");
    row("as a Bearer token", "Bearer " + OtherKey, "Bearer vendo…cdef");
    row("in a query", "?key=" + OtherKey + "&n=1", "?key=vendo…cdef&n=1");
}

void TestRedact::known()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    compareTwice(withSecrets(), text, expected);
}

void TestRedact::shapes_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QByteArray(text) << QByteArray(expected);
    };
    row("key sk-proj-12345678_ABCD.", "key sk-pr…ABCD.");
    row("SK-TEST-0123456789", "SK-TE…6789");
    row("sk-12345678", "…78");
    row("a:sk-test-0123456789,sk-test-9876543210", "a:sk-te…6789,sk-te…3210");
    row("\"x\\nsk-test-0123456789\"", "\"x\\nsk-te…6789\"");
    row("%2Fsk-test-0123456789", "%2Fsk-te…6789");
    row("\\u003csk-test-0123456789", "\\u003csk-te…6789");
    row("sk-test-0123456789…", "sk-te…6789…");
    row("Bearer abc.def-ghi", "Bearer [redacted]");
    row("bearer  x", "bearer  [redacted]");
    row("BEARER sk-test-0123456789", "BEARER sk-te…6789");
    row("Bearer sk-test-0123.456789", "Bearer [redacted]");
    row("Bearer sk-te…mnop", "Bearer sk-te…mnop");
    row("Bearer long-secret-value…", "Bearer [redacted]");
    row("Bearer \"abc\"", "Bearer \"[redacted]\"");
    row("Authorization: Bearer Bearer abc", "Authorization: Bearer Bearer [redacted]");
    row("Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic [redacted]");
    row("proxy-authorization:basic dXNlcjpwYXNz\r\nX: y",
        "proxy-authorization:basic [redacted]\r\nX: y");
    row("Authorization: raw-secret", "Authorization: [redacted]");
    row("{\"authorization\":\"Bearer abc\"}", "{\"authorization\":\"Bearer [redacted]\"}");
    row("{\\\"Authorization\\\": \\\"abc\\\"}", "{\\\"Authorization\\\": \\\"[redacted]\\\"}");
    row("api-key: abc", "api-key: [redacted]");
    row("X-Api-Key:abc, b", "X-Api-Key:[redacted], b");
    row("{'api_key': 'abc'}", "{'api_key': '[redacted]'}");
    row("OPENAI_API_KEY=abc", "OPENAI_API_KEY=[redacted]");
    row("http://user:pass@proxy:3128/x", "http://[redacted]@proxy:3128/x");
    row("socks5://user:p@ss@proxy", "socks5://[redacted]@proxy");
    row("https://token@host and https://host/@a", "https://[redacted]@host and https://host/@a");
    row("/v1/x?key=abc&n=2", "/v1/x?key=[redacted]&n=2");
    row("?n=2&Access_Token=a,b;c#top", "?n=2&Access_Token=[redacted]#top");
    row("?api_key=a&api-key=b&apikey=c&token=d", "?api_key=[redacted]&api-key=[redacted]"
                                                 "&apikey=[redacted]&token=[redacted]");
    row("?auth=a&secret=b&password=c&sig=d&signature=e",
        "?auth=[redacted]&secret=[redacted]&password=[redacted]&sig=[redacted]"
        "&signature=[redacted]");
}

void TestRedact::shapes()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, expected);
    compareTwice(Redactor(), text, expected);
}

void TestRedact::leavesAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    for (const char *text : {"",
                             "plain text",
                             "/v1/task-scheduling-board",
                             "sk-short",
                             "Bearer",
                             "Bearer ",
                             "Bearer <",
                             "the bearerless one",
                             "authorization required",
                             "Authorization:",
                             "?model=abc",
                             "?key=&n=1",
                             "mail@example.org",
                             "http://host:80/a@b",
                             "://",
                             "?",
                             "sk-ab…wxyz",
                             "api-key: [redacted]",
                             "?token=sk-ab…wxyz&x=1",
                             "…yz",
                             "grün 键 🔑"})
        QTest::newRow(text) << QByteArray(text);
}

void TestRedact::leavesAlone()
{
    QFETCH(QByteArray, text);
    compareTwice(Redactor(), text, text);
}

void TestRedact::longestSecretWins()
{
    const QByteArray longer = OtherKey + "-longer-tail";
    Redactor redactor;
    redactor.setSecrets({OtherKey, longer}, {});
    compareTwice(redactor, "a " + longer + " b", "a vendo…tail b");
}

/// The end of the first one's preview and the rest would be the second one.
void TestRedact::overlappingSecretsGoTogether()
{
    Redactor redactor;
    redactor.setSecrets({"sk-test-0123456789abcdef"}, {"cdef-and-more"});
    QCOMPARE(redactor.redact(QByteArray("x sk-test-0123456789abcdef-and-more y")),
             QByteArray("x [redacted] y"));
}

void TestRedact::whatAMarkCompletesGoesToo()
{
    Redactor redactor;
    redactor.setSecrets({}, {"hunter-two[", "sk-test-other"});
    QCOMPARE(redactor.redact(QByteArray("x hunter-twosk-test-other y")),
             QByteArray("x [redacted]redacted] y"));
}

void TestRedact::forgetsOldSecrets()
{
    Redactor redactor = withSecrets();
    redactor.setSecrets({}, {});
    QCOMPARE(redactor.redact(OtherKey), OtherKey);
}

/// Whatever stands next to whatever: no known secret is left, and a second pass changes nothing.
void TestRedact::mixturesAreRedactedOnce()
{
    const Redactor redactor = withSecrets();
    const QByteArrayList pieces{Key,
                                OtherKey,
                                AuthKey,
                                ShortAuth,
                                AuthKey.toPercentEncoding(),
                                "sk-",
                                "sk-test-unknown-1",
                                "Bearer ",
                                "Authorization: ",
                                "basic ",
                                "api-key:",
                                "?key=",
                                "&token=",
                                "://",
                                "@",
                                "/",
                                "…",
                                "[redacted]",
                                "[",
                                "]",
                                "\"",
                                "\\",
                                "\\n",
                                "%2F",
                                " ",
                                ",",
                                "abc",
                                "0123456789abcdef",
                                "\n",
                                "sk-ab…wxyz"};
    QRandomGenerator random(1);
    for (int round = 0; round < 5000; ++round) {
        QByteArray text;
        for (int i = random.bounded(1, 9); i > 0; --i)
            text += pieces[random.bounded(pieces.size())];
        const QByteArray once = redactor.redact(text);
        QVERIFY2(!once.contains(Key) && !once.contains(OtherKey) && !once.contains(AuthKey),
                 text.constData());
        QCOMPARE(redactor.redact(once), once);
    }
}

void TestRedact::isLinear_data()
{
    QTest::addColumn<QByteArray>("piece");
    for (const char *piece : {"Bearer ", "authorization: basic ", "sk-", "://", "?key=", "&",
                              "api-key:", "https://a", "\\\"", "[redacted]", "…", "secret__"})
        QTest::newRow(piece) << QByteArray(piece);
}

/// One long text costs about what fifty parts of it cost; with the square of its length it would be
/// fifty times that. Processor time, so that a busy machine does not matter.
void TestRedact::isLinear()
{
    QFETCH(QByteArray, piece);
    Redactor redactor;
    QList<QByteArray> keys;
    for (int i = 0; i < 1000; ++i)
        keys.append("secret__key" + QByteArray::number(i));
    redactor.setSecrets(keys, {});
    const auto processorTime = [&](int pieces, int rounds) {
        const QByteArray text = piece.repeated(pieces) + '<';
        const std::clock_t start = std::clock();
        for (int round = 0; round < rounds; ++round)
            [[maybe_unused]] const QByteArray result = redactor.redact(text);
        return std::clock() - start;
    };
    const std::clock_t inParts = processorTime(400, 50);
    const std::clock_t atOnce = processorTime(400 * 50, 1);
    QVERIFY(atOnce <= 15 * (inParts + CLOCKS_PER_SEC / 1000));
}

void TestRedact::secretParameter()
{
    QVERIFY(isSecretParameter("key"));
    QVERIFY(isSecretParameter("API-Key"));
    for (const char *name : {"client_secret", "refresh_token", "subscription-key",
                             "X-Goog-Signature", "passwd", "code"})
        QVERIFY2(isSecretParameter(name), name);
    QVERIFY(!isSecretParameter("limit"));
    QVERIFY(!isSecretParameter("order"));
    QVERIFY(!isSecretParameter(""));
}

QTEST_APPLESS_MAIN(TestRedact)
#include "test_redact.moc"
