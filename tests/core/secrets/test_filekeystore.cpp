// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/filewatcher.h"
#include "secrets/filekeystore.h"

#include "common/redact.h"
#include "support/fulldisk.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <functional>

using namespace keywheel;

namespace {

const QFileDevice::Permissions OwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

/// What a load() answered.
struct Answer
{
    QList<KeyList> loaded;
    QStringList failed;
};

Answer load(KeyStore &store)
{
    Answer answer;
    QObject context;
    QObject::connect(&store, &KeyStore::loaded, &context,
                     [&](const KeyList &list) { answer.loaded.append(list); });
    QObject::connect(&store, &KeyStore::failed, &context,
                     [&](const Error &error) { answer.failed.append(error.message); });
    store.load();
    if (!answer.loaded.isEmpty() || !answer.failed.isEmpty())
        qFatal("load() answered before it returned");
    QCoreApplication::processEvents();
    return answer;
}

/// What add() and remove() answer, in order: `2/3`, `done`, or the error.
QStringList answers(KeyStore &store, const std::function<void()> &change)
{
    QStringList seen;
    QObject context;
    QObject::connect(&store, &KeyStore::progress, &context, [&](int done, int total) {
        seen += QStringLiteral("%1/%2").arg(done).arg(total);
    });
    QObject::connect(&store, &KeyStore::changeDone, &context,
                     [&] { seen += QStringLiteral("done"); });
    QObject::connect(&store, &KeyStore::changeFailed, &context,
                     [&](const Error &error) { seen += error.message; });
    change();
    if (!seen.isEmpty())
        qFatal("a change answered before it returned");
    QCoreApplication::processEvents();
    return seen;
}

} // namespace

class TestFileKeyStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void loadsKeys();
    void warningsNameTheFile();
    void warnsOfOpenFile_data();
    void warnsOfOpenFile();
    void noKeys();
    void missingFile();
    void notAFile();
    void unreadableFile();
    void eachLoadIsAnswered();
    void changedWithTheFile();
    void notChangedByWhatHasBeenRead();
    void addsInOrder();
    void newFileIsForItsOwnerOnly();
    void removesAndKeepsTheMode();
    void changeOfNothingIsNoChange();
    void refusedChangeLeavesTheFile();
    void aFullDiskLeavesTheFile();
    void unwritableFolder();
    void otherFormsAreReadOnly_data();
    void otherFormsAreReadOnly();
    void converts();
    void convertsOnceOnly();

private:
    void write(const QByteArray &text)
    {
        QFile file(path_);
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        QCOMPARE(file.write(text), text.size());
        QVERIFY(file.setPermissions(OwnerOnly));
    }
    QByteArray text() const
    {
        QFile file(path_);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QString shownPath() const { return QDir::toNativeSeparators(path_); }

    QTemporaryDir dir_;
    QString path_;
    int next_ = 0;
};

void TestFileKeyStore::init()
{
    path_ = dir_.filePath(QStringLiteral("keys%1.txt").arg(++next_));
}

void TestFileKeyStore::loadsKeys()
{
    write("# mine\nsk-test-aaaaaaaa\nsk-test-bbbbbbbb\n");
    FileKeyStore store(path_);
    const Answer answer = load(store);
    QCOMPARE(answer.failed, QStringList());
    QCOMPARE(answer.loaded.size(), 1);
    const KeyList &list = answer.loaded.constFirst();
    QCOMPARE(list.keys.size(), 2);
    QCOMPARE(list.keys.at(1).secret, QByteArray("sk-test-bbbbbbbb"));
    QCOMPARE(list.keys.at(1).lineNumber, 3);
    QCOMPARE(list.warnings, QStringList());
}

void TestFileKeyStore::warningsNameTheFile()
{
    write("sk-test-aaaaaaaa\nshort\n");
    FileKeyStore store(path_);
    const Answer answer = load(store);
    QCOMPARE(
        answer.loaded.constFirst().warnings,
        QStringList{shownPath() +
                    QStringLiteral(", line 2 is left out: a key has 8 to 512 characters, not 5")});
}

void TestFileKeyStore::warnsOfOpenFile_data()
{
    QTest::addColumn<QFileDevice::Permissions>("mode");
    QTest::addColumn<bool>("warns");
    QTest::newRow("0600") << OwnerOnly << false;
    QTest::newRow("0400") << QFileDevice::Permissions(QFileDevice::ReadOwner) << false;
    QTest::newRow("0640") << (OwnerOnly | QFileDevice::ReadGroup) << true;
    QTest::newRow("0604") << (OwnerOnly | QFileDevice::ReadOther) << true;
    QTest::newRow("0602") << (OwnerOnly | QFileDevice::WriteOther) << true;
}

void TestFileKeyStore::warnsOfOpenFile()
{
#ifndef Q_OS_UNIX
    QSKIP("file modes are a thing of Unix");
#endif
    QFETCH(QFileDevice::Permissions, mode);
    QFETCH(bool, warns);
    write("sk-test-aaaaaaaa\n");
    QVERIFY(QFile::setPermissions(path_, mode));
    FileKeyStore store(path_);
    const Answer answer = load(store);
    QCOMPARE(answer.loaded.size(), 1);
    const QStringList warnings = answer.loaded.constFirst().warnings;
    QCOMPARE(warnings.size(), warns ? 1 : 0);
    if (warns)
        QVERIFY(warnings.constFirst().endsWith(QStringLiteral(": chmod 600 ") + shownPath()));
}

void TestFileKeyStore::noKeys()
{
    write("# none yet\n");
    FileKeyStore store(path_);
    const Answer answer = load(store);
    QVERIFY(answer.loaded.constFirst().keys.isEmpty());
    QCOMPARE(answer.loaded.constFirst().warnings,
             QStringList{shownPath() + QStringLiteral(" holds no API key")});
}

void TestFileKeyStore::missingFile()
{
    FileKeyStore store(path_);
    const Answer answer = load(store);
    QVERIFY(answer.loaded.isEmpty());
    QCOMPARE(
        answer.failed,
        QStringList{QStringLiteral("The key file %1 does not exist: create it with one API key a "
                                   "line, or try Keywheel without keys: keywheel --demo")
                        .arg(shownPath())});
    QVERIFY(!store.seemsFilled());
}

void TestFileKeyStore::notAFile()
{
    FileKeyStore store(dir_.path());
    QCOMPARE(load(store).failed,
             QStringList{QStringLiteral("The key file %1 cannot be read: it is not a file")
                             .arg(QDir::toNativeSeparators(dir_.path()))});
}

void TestFileKeyStore::unreadableFile()
{
    write("sk-test-aaaaaaaa\n");
    QVERIFY(QFile::setPermissions(path_, QFileDevice::Permissions()));
    if (QFile(path_).open(QIODevice::ReadOnly))
        QSKIP("this user may read everything");
    FileKeyStore store(path_);
    const QStringList failed = load(store).failed;
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed.constFirst().startsWith(
        QStringLiteral("The key file %1 cannot be read: ").arg(shownPath())));
}

void TestFileKeyStore::eachLoadIsAnswered()
{
    write("sk-test-aaaaaaaa\n");
    FileKeyStore store(path_);
    store.load();
    QCOMPARE(load(store).loaded.size(), 2);
}

void TestFileKeyStore::changedWithTheFile()
{
    FileKeyStore store(path_);
    QSignalSpy changed(&store, &KeyStore::changed);
    write("sk-test-aaaaaaaa\n");
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(load(store).loaded.constFirst().keys.size(), 1);
    write("sk-test-aaaaaaaa\nsk-test-bbbbbbbb\n");
    QTRY_COMPARE(changed.count(), 2);
    QCOMPARE(load(store).loaded.constFirst().keys.size(), 2);
    QVERIFY(QFile::remove(path_));
    QTRY_COMPARE(changed.count(), 3);
    QCOMPARE(load(store).failed.size(), 1);
}

void TestFileKeyStore::notChangedByWhatHasBeenRead()
{
    FileKeyStore store(path_);
    QSignalSpy changed(&store, &KeyStore::changed);
    const FileWatcher control(path_);
    QSignalSpy noticed(&control, &FileWatcher::changed);
    answers(store, [&] { store.add({{"sk-test-aaaaaaaa", 0, {}}}); });
    QCOMPARE(load(store).loaded.constFirst().keys.size(), 1);
    QTRY_COMPARE(noticed.count(), 1);
    QCOMPARE(changed.count(), 0);
    write("sk-test-bbbbbbbb\n");
    QTRY_COMPARE(changed.count(), 1);
}

void TestFileKeyStore::addsInOrder()
{
    write("# mine\nsk-test-aaaaaaaa");
    FileKeyStore store(path_);
    QSignalSpy changed(&store, &KeyStore::changed);
    const QStringList seen = answers(store, [&] {
        store.add({{"sk-test-aaaaaaaa", 0, {}}, {"sk-test-bbbbbbbb", 0, QStringLiteral("b")}});
        store.add({{"sk-test-cccccccc", 0, {}}});
    });
    QCOMPARE(seen, QStringList({QStringLiteral("2/2"), QStringLiteral("done"),
                                QStringLiteral("1/1"), QStringLiteral("done")}));
    QCOMPARE(text(), QByteArray("# mine\nsk-test-aaaaaaaa\nsk-test-bbbbbbbb # b\n"
                                "sk-test-cccccccc\n"));
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(load(store).loaded.constFirst().keys.at(1).label, QStringLiteral("b"));
}

void TestFileKeyStore::newFileIsForItsOwnerOnly()
{
    FileKeyStore store(path_);
    QCOMPARE(answers(store, [&] { store.remove({keyFingerprint("sk-test-aaaaaaaa")}); }),
             QStringList({QStringLiteral("1/1"), QStringLiteral("done")}));
    QVERIFY(!QFile::exists(path_));
    answers(store, [&] { store.add({{"sk-test-aaaaaaaa", 0, {}}}); });
    QCOMPARE(text(), QByteArray("sk-test-aaaaaaaa\n"));
    QCOMPARE(load(store).loaded.constFirst().warnings, QStringList());
}

void TestFileKeyStore::removesAndKeepsTheMode()
{
    write("# mine\r\nsk-test-aaaaaaaa # a\r\n\r\nsk-test-bbbbbbbb");
    QVERIFY(QFile::setPermissions(path_, OwnerOnly | QFileDevice::ReadGroup));
    const QFileDevice::Permissions mode = QFile::permissions(path_);
    FileKeyStore store(path_);
    const QStringList seen = answers(store, [&] {
        store.remove({QStringLiteral("0000000000000000"), keyFingerprint("sk-test-aaaaaaaa")});
    });
    QCOMPARE(seen, QStringList({QStringLiteral("2/2"), QStringLiteral("done")}));
    QCOMPARE(text(), QByteArray("# mine\r\n\r\nsk-test-bbbbbbbb"));
    QCOMPARE(QFile::permissions(path_), mode);
}

void TestFileKeyStore::changeOfNothingIsNoChange()
{
    write("sk-test-aaaaaaaa");
    const QDateTime longAgo = QDateTime::fromSecsSinceEpoch(1000000000);
    QFile file(path_);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(longAgo, QFileDevice::FileModificationTime));
    file.close();
    FileKeyStore store(path_);
    answers(store, [&] {
        store.add({{"sk-test-aaaaaaaa", 0, {}}});
        store.remove({keyFingerprint("sk-test-bbbbbbbb")});
    });
    QCOMPARE(QFileInfo(path_).lastModified(), longAgo);
}

void TestFileKeyStore::refusedChangeLeavesTheFile()
{
    write("sk-test-aaaaaaaa");
    FileKeyStore store(path_);
    const QStringList seen = answers(store, [&] {
        store.add({{"sk-test-bbbbbbbb", 0, {}}, {"sk-test cccccccccc", 0, {}}});
    });
    QCOMPARE(seen, QStringList{QStringLiteral("The key sk-te…cccc cannot be stored: a key has 8 to "
                                              "512 characters of visible ASCII")});
    QCOMPARE(text(), QByteArray("sk-test-aaaaaaaa"));
}

void TestFileKeyStore::aFullDiskLeavesTheFile()
{
    if (!FullDisk::IsPossible)
        QSKIP("no limit on the size of files here");
    QByteArray before;
    for (int i = 0; i < 300; ++i)
        before += "sk-test-" + QByteArray::number(i).rightJustified(12, '0') + '\n';
    write(before);
    FileKeyStore store(path_);
    const QString first = keyFingerprint("sk-test-000000000000");
    for (const bool adds : {true, false}) {
        const FullDisk full;
        const QStringList seen = answers(store, [&] {
            adds ? store.add({{"sk-test-bbbbbbbb", 0, {}}}) : store.remove({first});
        });
        QCOMPARE(seen.size(), 1);
        QVERIFY2(seen.constFirst().contains(QStringLiteral("cannot be written: ")),
                 qPrintable(seen.constFirst()));
        QCOMPARE(text(), before);
    }
}

void TestFileKeyStore::unwritableFolder()
{
    path_ = dir_.filePath(QStringLiteral("no/such/keys.txt"));
    FileKeyStore store(path_);
    const QStringList seen = answers(store, [&] { store.add({{"sk-test-bbbbbbbb", 0, {}}}); });
    QCOMPARE(seen.size(), 1);
    QVERIFY(seen.constFirst().startsWith(
        QStringLiteral("The key file %1 cannot be written: ").arg(shownPath())));
}

void TestFileKeyStore::otherFormsAreReadOnly_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::newRow("variable") << QByteArray("OPENAI_API_KEY=sk-test-aaaaaaaa\n");
    QTest::newRow("table") << QByteArray("key,name\nsk-test-aaaaaaaa,work\n");
    QTest::newRow("JSON") << QByteArray("[\"sk-test-aaaaaaaa\"]");
    QTest::newRow("UTF-16") << QByteArray("\xFF\xFEs\0k\0-\0t\0e\0s\0t\0-\0"
                                          "a\0a\0a\0a\0a\0a\0a\0a\0\n\0",
                                          36);
}

void TestFileKeyStore::otherFormsAreReadOnly()
{
    QFETCH(QByteArray, before);
    write(before);
    FileKeyStore store(path_);
    QCOMPARE(load(store).loaded.constFirst().keys.size(), 1);
    for (const bool adds : {true, false}) {
        const QStringList seen = answers(store, [&] {
            adds ? store.add({{"sk-test-bbbbbbbb", 0, {}}})
                 : store.remove({keyFingerprint("sk-test-aaaaaaaa")});
        });
        QCOMPARE(seen.size(), 1);
        QVERIFY2(seen.constFirst().contains(QStringLiteral("--convert")),
                 qPrintable(seen.constFirst()));
        QCOMPARE(text(), before);
    }
    const QStringList known = answers(store, [&] { store.add({{"sk-test-aaaaaaaa", 0, {}}}); });
    QCOMPARE(known.constLast(), QStringLiteral("done")); // nothing to write
}

void TestFileKeyStore::converts()
{
    const QByteArray before("export OPENAI_API_KEY=sk-test-aaaaaaaa # work\n");
    write(before);
    FileKeyStore store(path_);
    QCOMPARE(answers(store, [&] { store.convert(); }), QStringList{QStringLiteral("done")});
    QCOMPARE(text(), QByteArray("sk-test-aaaaaaaa # work\n"));
    QFile backup(path_ + QStringLiteral(".bak"));
    QVERIFY(backup.open(QIODevice::ReadOnly));
    QCOMPARE(backup.readAll(), before);
#ifdef Q_OS_UNIX
    QCOMPARE(backup.permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
             QFileDevice::Permissions());
#endif
    answers(store, [&] { store.add({{"sk-test-bbbbbbbb", 0, {}}}); });
    QCOMPARE(text(), QByteArray("sk-test-aaaaaaaa # work\nsk-test-bbbbbbbb\n"));
}

void TestFileKeyStore::convertsOnceOnly()
{
    write("sk-test-aaaaaaaa");
    FileKeyStore store(path_);
    answers(store, [&] { store.convert(); });
    QCOMPARE(text(), QByteArray("sk-test-aaaaaaaa"));
    QVERIFY(!QFile::exists(path_ + QStringLiteral(".bak")));
    write("PORT=3000\nAPI_KEY=sk-test-aaaaaaaa");
    const QStringList seen = answers(store, [&] { store.convert(); });
    QVERIFY(seen.constFirst().startsWith(QStringLiteral("Line 1 of the key file")));
    QCOMPARE(text(), QByteArray("PORT=3000\nAPI_KEY=sk-test-aaaaaaaa"));
}

QTEST_GUILESS_MAIN(TestFileKeyStore)
#include "test_filekeystore.moc"
