// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/filewatcher.h"

#include <QDir>
#include <QSaveFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace keywheel;

namespace {

void writeFile(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(text), text.size());
}

void replaceFile(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
    QVERIFY(file.commit());
}

} // namespace

class TestFileWatcher : public QObject
{
    Q_OBJECT

    /// Makes a change that must be reported, so that what was not reported before never will be.
    static void reportsOnly(const QString &path, QSignalSpy &spy, const QByteArray &text)
    {
        writeFile(path, text);
        QTRY_COMPARE(spy.count(), 1);
    }

private Q_SLOTS:
    void everyWayOfSaving_data();
    void everyWayOfSaving();
    void severalChangesInARow();
    void sameContentsAreNoChange();
    void otherFilesAreNoChange();
    void appearsAndDisappears();
    void folderMissingAtFirst();
    void folderDeletedAndMadeAgain();
    void hardLinkKeepsTheOldFileAlive();
    void symbolicLinkIsFollowed();
    void relativePathSurvivesAChangeOfFolder();
    void aFolderInPlaceOfTheFile();

private:
    QTemporaryDir dir_;
    int next_ = 0;
    QString newPath() { return dir_.filePath(QStringLiteral("file%1").arg(++next_)); }
};

void TestFileWatcher::everyWayOfSaving_data()
{
    using Save = std::function<void(const QString &, const QByteArray &)>;
    QTest::addColumn<Save>("save");
    QTest::newRow("in place") << Save(writeFile);
    QTest::newRow("atomic rename over it") << Save(replaceFile);
    QTest::newRow("deleted and made again")
        << Save([](const QString &path, const QByteArray &text) {
               QVERIFY(QFile::remove(path));
               writeFile(path, text);
           });
    QTest::newRow("old file kept as backup")
        << Save([](const QString &path, const QByteArray &text) {
               QFile::remove(path + u'~');
               QVERIFY(QFile::rename(path, path + u'~'));
               writeFile(path, text);
           });
    QTest::newRow("appended") << Save([](const QString &path, const QByteArray &text) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::Append));
        file.write(text);
    });
}

/// Twice, since a watch is lost easily with the first change.
void TestFileWatcher::everyWayOfSaving()
{
    QFETCH(std::function<void(const QString &, const QByteArray &)>, save);
    const QString path = newPath();
    writeFile(path, "one");
    FileWatcher watcher(path);
    QSignalSpy spy(&watcher, &FileWatcher::changed);
    save(path, "two");
    QTRY_COMPARE(spy.count(), 1);
    save(path, "three");
    QTRY_COMPARE(spy.count(), 2);
    writeFile(path, "four, in place");
    QTRY_COMPARE(spy.count(), 3);
}

void TestFileWatcher::severalChangesInARow()
{
    const QString path = newPath();
    writeFile(path, "0");
    FileWatcher watcher(path);
    QSignalSpy spy(&watcher, &FileWatcher::changed);
    for (int i = 1; i <= 20; ++i)
        replaceFile(path, QByteArray::number(i));
    QTRY_COMPARE(spy.count(), 1);
}

void TestFileWatcher::sameContentsAreNoChange()
{
    const QString path = newPath();
    writeFile(path, "same");
    FileWatcher watcher(path);
    QSignalSpy spy(&watcher, &FileWatcher::changed);
    writeFile(path, "same");
    replaceFile(path, "same");
    QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    reportsOnly(path, spy, "different");
}

void TestFileWatcher::otherFilesAreNoChange()
{
    const QString path = newPath();
    writeFile(path, "one");
    FileWatcher watcher(path);
    QSignalSpy spy(&watcher, &FileWatcher::changed);
    writeFile(newPath(), "another");
    QVERIFY(QDir(dir_.path()).mkdir(QStringLiteral("folder")));
    reportsOnly(path, spy, "two");
}

void TestFileWatcher::appearsAndDisappears()
{
    const QString path = newPath();
    FileWatcher watcher(path);
    QSignalSpy spy(&watcher, &FileWatcher::changed);
    writeFile(path, "");
    QTRY_COMPARE(spy.count(), 1);
    writeFile(path, "contents");
    QTRY_COMPARE(spy.count(), 2);
    QVERIFY(QFile::remove(path));
    QTRY_COMPARE(spy.count(), 3);
    writeFile(path, "again");
    QTRY_COMPARE(spy.count(), 4);
}

void TestFileWatcher::folderMissingAtFirst()
{
    const QString folder = newPath() + QStringLiteral("/deep/down");
    FileWatcher watcher(folder + QStringLiteral("/file"));
    QSignalSpy spy(&watcher, &FileWatcher::changed);
    QVERIFY(QDir().mkpath(folder));
    writeFile(folder + QStringLiteral("/file"), "one");
    QTRY_COMPARE(spy.count(), 1);
    replaceFile(folder + QStringLiteral("/file"), "two");
    QTRY_COMPARE(spy.count(), 2);
}

void TestFileWatcher::folderDeletedAndMadeAgain()
{
    const QString folder = newPath();
    const QString path = folder + QStringLiteral("/file");
    QVERIFY(QDir().mkpath(folder));
    writeFile(path, "one");
    FileWatcher watcher(path);
    QSignalSpy spy(&watcher, &FileWatcher::changed);
    QVERIFY(QDir(folder).removeRecursively());
    QTRY_COMPARE(spy.count(), 1);
    QVERIFY(QDir().mkpath(folder));
    writeFile(path, "two");
    QTRY_COMPARE(spy.count(), 2);
}

void TestFileWatcher::hardLinkKeepsTheOldFileAlive()
{
    const QString path = newPath();
    writeFile(path, "one");
    QFile held(path);
    QVERIFY(held.open(QIODevice::ReadOnly));
    FileWatcher watcher(path);
    QSignalSpy spy(&watcher, &FileWatcher::changed);
    replaceFile(path, "two");
    QTRY_COMPARE(spy.count(), 1);
    writeFile(path, "three, in place");
    QTRY_COMPARE(spy.count(), 2);
}

void TestFileWatcher::symbolicLinkIsFollowed()
{
    const QString target = dir_.filePath(QStringLiteral("elsewhere/target"));
    QVERIFY(QDir().mkpath(dir_.filePath(QStringLiteral("elsewhere"))));
    writeFile(target, "one");
    const QString path = newPath();
    if (!QFile::link(target, path))
        QSKIP("no symbolic links here");
    FileWatcher watcher(path);
    QSignalSpy spy(&watcher, &FileWatcher::changed);
    replaceFile(target, "two");
    QTRY_COMPARE(spy.count(), 1);
    writeFile(target, "three");
    QTRY_COMPARE(spy.count(), 2);
}

void TestFileWatcher::relativePathSurvivesAChangeOfFolder()
{
    const QString before = QDir::currentPath();
    const QString path = newPath();
    writeFile(path, "one");
    QVERIFY(QDir::setCurrent(dir_.path()));
    FileWatcher watcher(QFileInfo(path).fileName());
    QVERIFY(QDir::setCurrent(before));
    QSignalSpy spy(&watcher, &FileWatcher::changed);
    writeFile(path, "two");
    QTRY_COMPARE(spy.count(), 1);
}

void TestFileWatcher::aFolderInPlaceOfTheFile()
{
    const QString path = newPath();
    FileWatcher watcher(path);
    QSignalSpy spy(&watcher, &FileWatcher::changed);
    QVERIFY(QDir().mkpath(path));
    QVERIFY(QDir().rmdir(path));
    reportsOnly(path, spy, "a file now");
}

QTEST_GUILESS_MAIN(TestFileWatcher)
#include "test_filewatcher.moc"
