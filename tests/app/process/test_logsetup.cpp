// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/logging.h"
#include "process/logsetup.h"
#include "support/capturedlog.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>
#include <QThread>

using namespace keywheel;

namespace {

const QByteArray Key = QByteArrayLiteral("sk-test-aaaaaaaaaaaaaaaaaaaaaaaa1111");
const QByteArray Preview = QByteArrayLiteral("sk-te…1111");

RequestRecord record()
{
    RequestRecord record;
    record.id = "req-1";
    record.startedAt = QDateTime::currentDateTimeUtc();
    record.method = "POST";
    record.path = "/v1/chat/completions";
    record.peer = QStringLiteral("127.0.0.1:50000");
    record.status = 200;
    return record;
}

QJsonObject object(const QByteArray &line)
{
    return QJsonDocument::fromJson(line).object();
}

} // namespace

class TestLogSetup : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void textLine();
    void jsonLine();
    void jsonEscapesC1();
    void aMessageCannotForgeALine();
    void levels_data();
    void levels();
    void secretsNeverAppear();
    void secretsStayKnown();
    void accessText();
    void accessJson();
    void accessFollowsTheLevel();
    void announcements();
    void linesOfThreadsDoNotMix();

private:
    std::unique_ptr<Captured> err_;
    std::unique_ptr<Captured> out_;
    std::unique_ptr<LogSetup> log_;
};

void TestLogSetup::init()
{
    err_ = std::make_unique<Captured>();
    out_ = std::make_unique<Captured>();
    log_ = std::make_unique<LogSetup>(err_->stream(), out_->stream());
}

void TestLogSetup::cleanup()
{
    log_.reset();
}

void TestLogSetup::textLine()
{
    qCWarning(lcKeys).noquote() << "a key is set aside";
    const QString line = QString::fromUtf8(err_->take());
    const QRegularExpression shape(QStringLiteral(
        R"(^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} warning keys     a key is set aside\n$)"));
    QVERIFY2(shape.match(line).hasMatch(), qPrintable(line));
    QVERIFY(out_->take().isEmpty());
}

void TestLogSetup::jsonLine()
{
    log_->setFormat(LogFormat::Json);
    qCCritical(lcApp).noquote() << "it said \"no\"\nand left";
    const QByteArray line = err_->take();
    QCOMPARE(line.count('\n'), 1);
    const QJsonObject entry = object(line);
    QCOMPARE(entry.value(QStringLiteral("level")).toString(), QStringLiteral("error"));
    QCOMPARE(entry.value(QStringLiteral("category")).toString(), QStringLiteral("app"));
    QCOMPARE(entry.value(QStringLiteral("message")).toString(),
             QStringLiteral("it said \"no\"\nand left"));
    const QString time = entry.value(QStringLiteral("time")).toString();
    QVERIFY(time.endsWith(QLatin1Char('Z')));
    QVERIFY(QDateTime::fromString(time, Qt::ISODateWithMs).isValid());
}

void TestLogSetup::jsonEscapesC1()
{
    const QString message = QString(QChar(0x9b)) + QStringLiteral("2J");
    const QByteArray json = formatJson(
        {QDateTime::currentDateTimeUtc(), QtInfoMsg, QStringLiteral("keywheel.app"), message});
    QVERIFY(json.contains("\\u009b2J"));
    QCOMPARE(object(json).value(QStringLiteral("message")).toString(), message);
}

void TestLogSetup::aMessageCannotForgeALine()
{
    qCInfo(lcServer).noquote()
        << "path /\r\n2026-01-01 00:00:00.000 info    access   GET / 200\x1b[2J";
    const QByteArray line = err_->take();
    QCOMPARE(line.count('\n'), 1);
    QVERIFY(!line.contains('\r'));
    QVERIFY(!line.contains('\x1b'));
    QVERIFY(line.contains("/\\r\\n2026"));
}

void TestLogSetup::levels_data()
{
    QTest::addColumn<int>("level");
    QTest::addColumn<QByteArrayList>("shown");
    QTest::newRow("debug") << int(LogLevel::Debug) << QByteArrayList{"d1", "i2", "w3", "e4"};
    QTest::newRow("info") << int(LogLevel::Info) << QByteArrayList{"i2", "w3", "e4"};
    QTest::newRow("warning") << int(LogLevel::Warning) << QByteArrayList{"w3", "e4"};
    QTest::newRow("error") << int(LogLevel::Error) << QByteArrayList{"e4"};
}

void TestLogSetup::levels()
{
    QFETCH(int, level);
    log_->setLevel(LogLevel(level));
    qCDebug(lcApp) << "d1";
    qCInfo(lcApp) << "i2";
    qCWarning(lcApp) << "w3";
    qCCritical(lcApp) << "e4";
    QByteArrayList shown;
    const QByteArrayList lines = err_->take().trimmed().split('\n');
    for (const QByteArray &line : lines)
        shown.append(line.split(' ').constLast().trimmed());
    QTEST(shown, "shown");
}

void TestLogSetup::secretsNeverAppear()
{
    log_->addSecrets({Key}, {QByteArrayLiteral("hunter2-hunter2")});
    for (const LogFormat format : {LogFormat::Text, LogFormat::Json}) {
        log_->setFormat(format);
        qCInfo(lcUpstream).noquote() << "sent" << Key << "with hunter2-hunter2";
        const QByteArray line = err_->take();
        QVERIFY(!line.contains(Key));
        QVERIFY(!line.contains("hunter2"));
        QVERIFY(line.contains(Preview));
    }
}

void TestLogSetup::secretsStayKnown()
{
    log_->addSecrets({QByteArrayLiteral("odd.shape.of.a.key.0001")}, {});
    log_->addSecrets({Key}, {});
    qCInfo(lcUpstream).noquote() << "late: odd.shape.of.a.key.0001";
    QVERIFY(!err_->take().contains("odd.shape.of.a.key.0001"));
}

void TestLogSetup::accessText()
{
    log_->access(record());
    const QByteArray line = err_->take();
    QCOMPARE(line.count('\n'), 1);
    QVERIFY(line.contains(" access   POST /v1/chat/completions 200 "));
}

void TestLogSetup::accessJson()
{
    log_->setFormat(LogFormat::Json);
    log_->addSecrets({Key}, {});
    RequestRecord odd = record();
    odd.path = "/v1/" + Key + "?note=Authorization:%20Bearer%20abcdefgh&x=\"";
    log_->access(odd);
    const QByteArray line = err_->take();
    QCOMPARE(line.count('\n'), 1);
    QVERIFY(!line.contains(Key));
    const QJsonObject entry = object(line);
    QCOMPARE(entry.value(QStringLiteral("category")).toString(), QStringLiteral("access"));
    QCOMPARE(entry.value(QStringLiteral("level")).toString(), QStringLiteral("info"));
    QVERIFY(QDateTime::fromString(entry.value(QStringLiteral("time")).toString(), Qt::ISODateWithMs)
                .isValid());
    QCOMPARE(entry.value(QStringLiteral("status")).toInt(), 200);
    QCOMPARE(entry.value(QStringLiteral("id")).toString(), QStringLiteral("req-1"));
}

void TestLogSetup::accessFollowsTheLevel()
{
    log_->setLevel(LogLevel::Warning);
    log_->access(record());
    QVERIFY(err_->take().isEmpty());
}

void TestLogSetup::announcements()
{
    log_->setLevel(LogLevel::Error);
    log_->announce(QStringLiteral("Keywheel listens on http://127.0.0.1:3000"));
    QCOMPARE(out_->take(), QByteArray("Keywheel listens on http://127.0.0.1:3000\n"));
    log_->setFormat(LogFormat::Json);
    log_->announce(QStringLiteral("Keywheel listens on http://127.0.0.1:3000"));
    QCOMPARE(object(out_->take()).value(QStringLiteral("message")).toString(),
             QStringLiteral("Keywheel listens on http://127.0.0.1:3000"));
    QVERIFY(err_->take().isEmpty());
}

void TestLogSetup::linesOfThreadsDoNotMix()
{
    constexpr int Lines = 200;
    const auto speak = [] {
        for (int i = 0; i < Lines; ++i)
            qCInfo(lcApp).noquote() << "one whole line";
    };
    const std::unique_ptr<QThread> other(QThread::create(speak));
    other->start();
    speak();
    log_->addSecrets({Key}, {});
    other->wait();
    const QByteArrayList lines = err_->take().trimmed().split('\n');
    QCOMPARE(lines.size(), 2 * Lines);
    for (const QByteArray &line : lines)
        QVERIFY(line.endsWith("app      one whole line"));
}

QTEST_APPLESS_MAIN(TestLogSetup)
#include "test_logsetup.moc"
