// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/portholder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;

namespace {

/// A tree like /proc with one process, 4711 `nginx`, that holds the socket 12345.
class FakeProc
{
public:
    FakeProc(const QByteArray &tcp, const QByteArray &tcp6)
    {
        QDir(path()).mkpath(QStringLiteral("net"));
        QDir(path()).mkpath(QStringLiteral("4711/fd"));
        QDir(path()).mkpath(QStringLiteral("self/fd"));
        put(QStringLiteral("net/tcp"), Head + tcp);
        put(QStringLiteral("net/tcp6"), Head + tcp6);
        put(QStringLiteral("4711/comm"), "nginx\n");
        QFile::link(QStringLiteral("/dev/null"), path() + QStringLiteral("/4711/fd/0"));
        QFile::link(QStringLiteral("socket:[12345]"), path() + QStringLiteral("/4711/fd/7"));
    }

    QString path() const { return folder_.path(); }

private:
    static inline const QByteArray Head =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid inode\n";

    void put(const QString &name, const QByteArray &text)
    {
        QFile file(path() + QLatin1Char('/') + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    QTemporaryDir folder_;
};

/// A table row for port 3000 (0BB8).
QByteArray row(const QByteArray &address, const QByteArray &state = "0A",
               const QByteArray &inode = "12345")
{
    return "   0: " + address + ":0BB8 00000000:0000 " + state +
           " 00000000:00000000 00:00000000 00000000  1000        0 " + inode +
           " 1 0 100 0 0 10 0\n";
}

const QByteArray Loopback4 = Q_BYTE_ORDER == Q_LITTLE_ENDIAN ? "0100007F" : "7F000001";
const QByteArray Loopback6 = Q_BYTE_ORDER == Q_LITTLE_ENDIAN ? "00000000000000000000000001000000"
                                                             : "00000000000000000000000000000001";
const QByteArray Any4 = "00000000";
const QByteArray Any6 = "00000000000000000000000000000000";

} // namespace

class TestPortHolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tables_data();
    void tables();
    void findsItself();
    void nothingWithoutProc();
};

void TestPortHolder::tables_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QByteArray>("tcp");
    QTest::addColumn<QByteArray>("tcp6");
    QTest::addColumn<bool>("found");
    const QByteArray none;
    const auto loopback = QStringLiteral("127.0.0.1");
    QTest::newRow("same address") << loopback << row(Loopback4) << none << true;
    QTest::newRow("it listens on all") << loopback << row(Any4) << none << true;
    QTest::newRow("it listens on all, IPv6") << loopback << none << row(Any6) << true;
    QTest::newRow("we listen on all")
        << QStringLiteral("0.0.0.0") << row(Loopback4) << none << true;
    QTest::newRow("IPv6") << QStringLiteral("::1") << none << row(Loopback6) << true;
    QTest::newRow("another address")
        << QStringLiteral("127.0.0.2") << row(Loopback4) << none << false;
    QTest::newRow("a connection, no listener") << loopback << row(Loopback4, "01") << none << false;
    QTest::newRow("nobody's descriptor")
        << loopback << row(Loopback4, "0A", "999") << none << false;
    QTest::newRow("garbage") << loopback << QByteArray("0: 01:0BB8 x 0A 1 2 3 4 5 12345\n\n:\n")
                             << none << false;
}

void TestPortHolder::tables()
{
    QFETCH(QString, address);
    QFETCH(QByteArray, tcp);
    QFETCH(QByteArray, tcp6);
    QFETCH(bool, found);
    const FakeProc proc(tcp, tcp6);
    const auto holder = findPortHolder(QHostAddress(address), 3000, proc.path());
    QCOMPARE(holder.has_value(), found);
    if (found) {
        QCOMPARE(holder->program, QStringLiteral("nginx"));
        QCOMPARE(holder->pid, 4711);
    }
    QVERIFY(!findPortHolder(QHostAddress(address), 3001, proc.path()));
}

void TestPortHolder::findsItself()
{
    if (!QFile::exists(QStringLiteral("/proc/net/tcp")))
        QSKIP("needs Linux' /proc");
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost, 0));
    const auto holder = findPortHolder(QHostAddress(QHostAddress::LocalHost), server.serverPort());
    QVERIFY(holder);
    QCOMPARE(holder->pid, QCoreApplication::applicationPid());
    QVERIFY(QStringLiteral("test_portholder").startsWith(holder->program));
}

void TestPortHolder::nothingWithoutProc()
{
    QVERIFY(!findPortHolder(QHostAddress(QHostAddress::LocalHost), 3000,
                            QStringLiteral("/nonexistent")));
}

QTEST_GUILESS_MAIN(TestPortHolder)
#include "test_portholder.moc"
