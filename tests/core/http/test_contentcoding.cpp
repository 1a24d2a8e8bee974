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
    void decodesPieces_data();
    void decodesPieces();
    void membersFollowEachOther();
    void readableCodingsStay_data();
    void readableCodingsStay();
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

void TestContentCoding::decodesPieces_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("coding");
    QTest::addColumn<QByteArray>("plain");
    const QByteArray large = Plain.repeated(5000);
    QTest::newRow("none") << large << QByteArray() << large;
    QTest::newRow("gzip") << Gzip << QByteArray("gzip") << Plain;
    QTest::newRow("deflate") << zlibForm(large) << QByteArray("deflate") << large;
    QTest::newRow("raw") << rawForm(large) << QByteArray("deflate") << large;
    QTest::newRow("and more") << zlibForm(Plain) + "more" << QByteArray("deflate") << Plain;
    QTest::newRow("garbage") << QByteArray("garbage") << QByteArray("gzip") << QByteArray();
}

void TestContentCoding::decodesPieces()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, coding);
    QFETCH(QByteArray, plain);
    for (const qsizetype size : {qsizetype{1}, qsizetype{3}, qsizetype{1000}, body.size()}) {
        auto decoder = BodyDecoder::of(coding);
        QVERIFY(decoder);
        QByteArray decoded;
        for (qsizetype at = 0; at < body.size(); at += size) {
            const QByteArray piece = body.mid(at, size);
            decoder->feed(piece);
            for (auto out = decoder->read(); !out.isEmpty(); out = decoder->read())
                decoded.append(out);
        }
        QCOMPARE(decoded, plain);
    }
}

void TestContentCoding::membersFollowEachOther()
{
    QCOMPARE(decodeForReading(Gzip + Gzip, "gzip", 1000).value(), Plain + Plain);
}

void TestContentCoding::readableCodingsStay_data()
{
    QTest::addColumn<QByteArray>("client");
    QTest::addColumn<QByteArray>("expected");
    const auto row = [](const char *client, const char *expected) {
        QTest::newRow(client) << QByteArray(client) << QByteArray(expected);
    };
    row("gzip, deflate, br, zstd", "gzip, deflate");
    row("br;q=1.0, gzip;q=0.8, *;q=0.1", "gzip;q=0.8");
    row("gzip;q=0.5,br , deflate ; q=1", "gzip;q=0.5, deflate ; q=1");
    row("identity;q=1, *;q=0", "identity;q=1");
    row("br", "identity");
    row("*", "identity");
    row("br, gzip;q=0", "identity");
    row("zstd, identity;q=0.000", "identity");
    row("compress, X-GZIP", "X-GZIP");
    row("gzip,deflate", "gzip,deflate"); // as it is
    row("gzip;q=0", "gzip;q=0");
    row(" GZip ,, identity", " GZip ,, identity");
    row("", "");
}

void TestContentCoding::readableCodingsStay()
{
    QFETCH(QByteArray, client);
    QTEST(readableCodings(client), "expected");
}

QTEST_APPLESS_MAIN(TestContentCoding)
#include "test_contentcoding.moc"
