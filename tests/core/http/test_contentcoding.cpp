// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/contentcoding.h"

#include <QTest>

using namespace keywheel;

class TestContentCoding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decodes_data();
    void decodes();
    void readsWhatIsThereOfACutBody();
    void stopsAtLimit();
    void leavesUnknownCodings_data();
    void leavesUnknownCodings();
    void survivesGarbage();
};

namespace {

const QByteArray Plain = R"({"error":{"code":"insufficient_quota"}})";

/// The zlib form, which qCompress() writes behind 4 bytes of length.
QByteArray zlibForm(const QByteArray &plain)
{
    return qCompress(plain).mid(4);
}

/// Without the 2 bytes of head and 4 of checksum.
QByteArray rawForm(const QByteArray &plain)
{
    return zlibForm(plain).mid(2).chopped(4);
}

/// gzip -nc of Plain
const QByteArray Gzip =
    QByteArray::fromHex("1f8b08000000000002ffab564a2d2aca2f52b2aa564ace4f4955b252cacc2b2e4d4bcb4c"
                        "ce4ccd2b892f2ccd2f4954aaad05000522040627000000");

} // namespace

void TestContentCoding::decodes_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("coding");
    QTest::newRow("none") << Plain << QByteArray();
    QTest::newRow("identity") << Plain << QByteArray("identity");
    QTest::newRow("gzip") << Gzip << QByteArray("gzip");
    QTest::newRow("case and space") << Gzip << QByteArray(" GZip ");
    QTest::newRow("x-gzip") << Gzip << QByteArray("x-gzip");
    QTest::newRow("deflate") << zlibForm(Plain) << QByteArray("deflate");
    QTest::newRow("deflate without its wrapper") << rawForm(Plain) << QByteArray("deflate");
}

void TestContentCoding::decodes()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, coding);
    const auto decoded = decodeForReading(body, coding, 1000);
    QVERIFY(decoded);
    QCOMPARE(*decoded, Plain);
}

void TestContentCoding::readsWhatIsThereOfACutBody()
{
    const auto decoded = decodeForReading(Gzip.chopped(12), "gzip", 1000);
    QVERIFY(decoded);
    QVERIFY(!decoded->isEmpty());
    QVERIFY(Plain.startsWith(*decoded));
    QCOMPARE(decodeForReading({}, "gzip", 1000).value(), QByteArray());
}

void TestContentCoding::stopsAtLimit()
{
    const QByteArray bomb = zlibForm(QByteArray(10'000'000, 'a'));
    QCOMPARE(decodeForReading(bomb, "deflate", 50'000).value(), QByteArray(50'000, 'a'));
    QCOMPARE(decodeForReading(Plain, {}, 5).value(), Plain.left(5));
}

void TestContentCoding::leavesUnknownCodings_data()
{
    QTest::addColumn<QByteArray>("coding");
    QTest::newRow("br") << QByteArray("br");
    QTest::newRow("zstd") << QByteArray("zstd");
    QTest::newRow("two") << QByteArray("gzip, gzip");
}

void TestContentCoding::leavesUnknownCodings()
{
    QFETCH(QByteArray, coding);
    QVERIFY(!decodeForReading(Gzip, coding, 1000));
}

void TestContentCoding::survivesGarbage()
{
    QCOMPARE(decodeForReading("not compressed", "gzip", 1000).value(), QByteArray());
    QVERIFY(decodeForReading("\xFF\xFF\xFF\xFF", "deflate", 1000));
}

QTEST_APPLESS_MAIN(TestContentCoding)
#include "test_contentcoding.moc"
