// SPDX-License-Identifier: GPL-3.0-or-later
#include "process/privateprocess.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

using namespace keywheel;

class TestPrivateProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { keepToOwner(); }
    void filesAndFoldersAreTheOwners();
    void memoryIsTheOwners();
};

void TestPrivateProcess::filesAndFoldersAreTheOwners()
{
#ifdef Q_OS_WIN
    QSKIP("Windows has access lists instead");
#endif
    const QFileDevice::Permissions others{0x0077};
    QTemporaryDir folder;
    const QString made = folder.filePath(QStringLiteral("config/keywheel"));
    QVERIFY(QDir().mkpath(made));
    QFile file(made + QStringLiteral("/state"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    for (const QString &path : {folder.filePath(QStringLiteral("config")), made, file.fileName()})
        QCOMPARE(QFile::permissions(path) & others, QFileDevice::Permissions());
}

void TestPrivateProcess::memoryIsTheOwners()
{
#if defined(Q_OS_LINUX) && defined(NDEBUG)
    QCOMPARE(::prctl(PR_GET_DUMPABLE), 0);
#else
    QSKIP("only in release builds on Linux");
#endif
}

QTEST_GUILESS_MAIN(TestPrivateProcess)
#include "test_privateprocess.moc"
