// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/errorbody.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace keywheel;
using std::chrono::seconds;

class TestErrorBody : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void types_data();
    void types();
    void bodyHasOpenAisShape();
    void headNamesIdAndRetryAfter();
    void reasonPhrases_data();
    void reasonPhrases();
};

namespace {

const QDateTime Now =
    QDateTime::fromString(QStringLiteral("2026-01-02T03:04:05.060Z"), Qt::ISODateWithMs);

} // namespace

void TestErrorBody::types_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("401") << 401 << QByteArray("authentication_error");
    QTest::newRow("403") << 403 << QByteArray("permission_error");
    QTest::newRow("429") << 429 << QByteArray("rate_limit_error");
    QTest::newRow("400") << 400 << QByteArray("invalid_request_error");
    QTest::newRow("431") << 431 << QByteArray("invalid_request_error");
    QTest::newRow("500") << 500 << QByteArray("server_error");
    QTest::newRow("503") << 503 << QByteArray("server_error");
}

void TestErrorBody::types()
{
    QFETCH(int, status);
    QTEST(errorTypeFor(status), "expected");
}

void TestErrorBody::bodyHasOpenAisShape()
{
    const OwnError error{503, "no_keys_available", QStringLiteral("No key: \"all\" are waiting…")};
    const QByteArray body = errorBody(error, Now.toOffsetFromUtc(3600));
    QVERIFY(!body.contains('\n'));
    const QJsonObject whole = QJsonDocument::fromJson(body).object();
    QCOMPARE(whole.keys(), QStringList(QStringLiteral("error")));
    const QJsonObject expected{
        {QStringLiteral("message"), error.message},
        {QStringLiteral("type"), QStringLiteral("server_error")},
        {QStringLiteral("code"), QStringLiteral("no_keys_available")},
        {QStringLiteral("param"), QJsonValue::Null},
        {QStringLiteral("timestamp"), QStringLiteral("2026-01-02T03:04:05.060Z")},
    };
    QCOMPARE(whole.value(QLatin1String("error")).toObject(), expected);
}

void TestErrorBody::headNamesIdAndRetryAfter()
{
    OwnError error{503, "no_keys_available", {}, seconds(7), {{"Vary", "Origin"}}};
    const ResponseHead head = errorHead(error, "kw-1", 12);
    QCOMPARE(head.status, 503);
    QCOMPARE(head.reason, QByteArray("Service Unavailable"));
    QCOMPARE(head.headers, (Headers{{"Content-Type", "application/json"},
                                    {"Content-Length", "12"},
                                    {"x-request-id", "kw-1"},
                                    {"Retry-After", "7"},
                                    {"Vary", "Origin"}}));
    error.retryAfter.reset();
    QVERIFY(!errorHead(error, "kw-1", 12).headers.contains("Retry-After"));
}

void TestErrorBody::reasonPhrases_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("first") << 100 << QByteArray("Continue");
    QTest::newRow("200") << 200 << QByteArray("OK");
    QTest::newRow("429") << 429 << QByteArray("Too Many Requests");
    QTest::newRow("last") << 511 << QByteArray("Network Authentication Required");
    QTest::newRow("unknown") << 418 << QByteArray();
    QTest::newRow("below") << 0 << QByteArray();
    QTest::newRow("above") << 999 << QByteArray();
}

void TestErrorBody::reasonPhrases()
{
    QFETCH(int, status);
    QTEST(reasonPhrase(status), "expected");
}

QTEST_APPLESS_MAIN(TestErrorBody)
#include "test_errorbody.moc"
