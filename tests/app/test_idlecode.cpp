// SPDX-License-Identifier: GPL-3.0-or-later
#include "idlecode.h"

#include <QFile>
#include <QTest>

using namespace keywheel;

namespace {

/// Kilobytes of files that are resident in this process.
int residentFiles()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("RssFile:"))
            return line.mid(8).trimmed().split(' ').first().toInt();
    }
    return 0;
}

} // namespace

class TestIdleCode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leavesMemoryAndGoesOn();
};

void TestIdleCode::leavesMemoryAndGoesOn()
{
#if !defined(Q_OS_LINUX) || !defined(NDEBUG)
    QSKIP("only in release builds on Linux");
#endif
    const int before = residentFiles();
    releaseIdleCode();
    const int after = residentFiles();
    QVERIFY2(after < before * 3 / 4,
             qPrintable(QStringLiteral("%1 kB, then %2").arg(before).arg(after)));
}

QTEST_GUILESS_MAIN(TestIdleCode)
#include "test_idlecode.moc"
