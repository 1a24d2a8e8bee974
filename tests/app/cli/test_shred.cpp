// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/shred.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <filesystem>

using namespace keywheel;

class TestShred : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void overwritesAndRemoves_data();
    void overwritesAndRemoves();
    void refusesALink();
    void refusesAFolder();
    void refusesWhatIsMissing();

private:
    QTemporaryDir folder_;
};

void TestShred::overwritesAndRemoves_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("empty") << 0;
    QTest::newRow("small") << 100;
    QTest::newRow("of several steps") << 200'001;
}

/// A second name of the same file shows what became of its contents.
void TestShred::overwritesAndRemoves()
{
    QFETCH(int, size);
    const QString path = folder_.filePath(QStringLiteral("keys"));
    QFile other(folder_.filePath(QStringLiteral("other")));
    const QByteArray contents(size, 'k');
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(contents);
    }
    std::filesystem::create_hard_link(path.toStdU16String(), other.fileName().toStdU16String());
    QVERIFY(shredFile(path));
    QVERIFY(!QFileInfo::exists(path));
    QVERIFY(other.open(QIODevice::ReadOnly));
    const QByteArray left = other.readAll();
    QCOMPARE(left.size(), size);
    QVERIFY(!left.contains("kkkk"));
    QVERIFY(other.remove());
}

void TestShred::refusesALink()
{
    const QString target = folder_.filePath(QStringLiteral("target"));
    const QString link = folder_.filePath(QStringLiteral("link"));
    QFile file(target);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("sk-test-1");
    file.close();
    QVERIFY(QFile::link(target, link));
    const auto refused = shredFile(link);
    QVERIFY(!refused);
    QVERIFY(refused.error().message.contains(link));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("sk-test-1"));
}

void TestShred::refusesAFolder()
{
    QVERIFY(!shredFile(folder_.path()));
    QVERIFY(QFileInfo::exists(folder_.path()));
}

void TestShred::refusesWhatIsMissing()
{
    QVERIFY(!shredFile(folder_.filePath(QStringLiteral("missing"))));
}

QTEST_GUILESS_MAIN(TestShred)
#include "test_shred.moc"
