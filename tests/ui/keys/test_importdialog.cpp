// SPDX-License-Identifier: GPL-3.0-or-later
#include "common/redact.h"
#include "keys/importdialog.h"
#include "keys/pastefield.h"
#include "support/fakebackend.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QLabel>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

using namespace keywheel;

namespace {

QByteArray secret(int number)
{
    return "sk-test-" + QByteArray::number(number).rightJustified(24, '0');
}

QByteArray secrets(int count)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += secret(i) + '\n';
    return text;
}

} // namespace

class TestImportDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        backend_ = std::make_unique<FakeBackend>();
        dialog_ = std::make_unique<ImportDialog>(*backend_);
        dialog_->show();
    }

    void showsWhatWouldBeImported()
    {
        KeySnapshot there;
        there.id = 1;
        there.fingerprint = keyFingerprint(secret(1));
        backend_->snapshot_.keys = {there};
        const QAbstractItemModelTester tester(
            table()->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        dialog_->importText(secret(0) + " My label\n" + secret(1) + '\n' + secret(0) + "\nshort\n");
        QTRY_COMPARE(rows(), 4);
        QCOMPARE(cell(0, ImportModel::WhatColumn), QStringLiteral("Not taken"));
        QVERIFY(!cell(0, ImportModel::RemarkColumn).isEmpty());
        QCOMPARE(cell(1, ImportModel::WhatColumn), QStringLiteral("New"));
        QCOMPARE(cell(1, ImportModel::KeyColumn), keyPreview(secret(0)));
        QCOMPARE(cell(1, ImportModel::LabelColumn), QStringLiteral("My label"));
        QCOMPARE(cell(2, ImportModel::WhatColumn), QStringLiteral("Already there"));
        QCOMPARE(cell(3, ImportModel::WhatColumn), QStringLiteral("Repeated"));
        importButton()->click();
        QTRY_VERIFY(message().contains(QLatin1String("1 key(s) added")));
        QCOMPARE(backend_->addedKeys_.size(), 1);
        QCOMPARE(backend_->addedKeys_.first().secret, secret(0));
    }

    void pastedKeysAreNeverShown()
    {
        auto *field = dialog_->findChild<PasteField *>();
        QApplication::clipboard()->setText(QString::fromLatin1(secrets(2)));
        field->paste();
        QVERIFY(field->toPlainText().isEmpty());
        QTRY_COMPARE(rows(), 2);
        for (int row = 0; row < rows(); ++row) {
            for (int column = 0; column < ImportModel::ColumnCount; ++column)
                QVERIFY(!cell(row, column).contains(QString::fromLatin1(secret(row))));
        }
        QApplication::clipboard()->clear();
    }

    void typedKeysLeaveTheField()
    {
        auto *field = dialog_->findChild<PasteField *>();
        auto *preview = dialog_->findChild<QPushButton *>(QStringLiteral("previewButton"));
        QVERIFY(!preview->isEnabled());
        QTest::keyClicks(field, QString::fromLatin1(secret(3)));
        preview->click();
        QVERIFY(field->toPlainText().isEmpty());
        QTRY_COMPARE(rows(), 1);
    }

    void importsNothingUnseenAndForgetsNothingTyped()
    {
        dialog_->importText(secrets(3));
        QTRY_COMPARE(rows(), 3);
        auto *field = dialog_->findChild<PasteField *>();
        QTest::keyClicks(field, QString::fromLatin1(secret(3)));
        importButton()->click();
        QVERIFY(message().contains(QLatin1String("in the list")));
        QTRY_COMPARE(rows(), 4);
        QVERIFY(backend_->addedKeys_.isEmpty());
        QVERIFY(importButton()->text().contains(QLatin1Char('4')));
        field->setPlainText(QStringLiteral(" \n"));
        importButton()->click();
        QTRY_COMPARE(backend_->addedKeys_.size(), 4);
    }

    void saysWhyItTakesNothing()
    {
        dialog_->importText(" \n");
        QVERIFY(message().contains(QLatin1String("no text")));
        dialog_->importText(secrets(300));
        QTRY_COMPARE(rows(), 300);
        importButton()->click();
        dialog_->importText(secret(300));
        QVERIFY(message().contains(QLatin1String("being imported")));
        QTRY_COMPARE(backend_->addedKeys_.size(), 300);
    }

    void takesSeveralFilesAndSaysWhichItCannotRead()
    {
        const QTemporaryDir folder;
        QStringList paths;
        for (int i = 0; i < 2; ++i) {
            QFile file(folder.filePath(QStringLiteral("keys%1.txt").arg(i)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(secret(i) + '\n' + secret(7));
            paths.append(file.fileName());
        }
        paths.append(folder.filePath(QStringLiteral("missing.txt")));
        dialog_->importFiles(paths);
        QTRY_COMPARE(rows(), 4);
        QVERIFY(cell(0, ImportModel::PlaceColumn).startsWith(QLatin1String("keys0.txt")));
        QCOMPARE(cell(3, ImportModel::WhatColumn), QStringLiteral("Repeated"));
        QVERIFY(message().contains(QLatin1String("missing.txt")));
        QVERIFY(importButton()->text().contains(QLatin1Char('3')));
    }

    void takesWhatIsDropped()
    {
        QMimeData data;
        data.setText(QString::fromLatin1(secret(4)));
        drop(dialog_.get(), data);
        QTRY_COMPARE(rows(), 1);
        data.setText(QString::fromLatin1(secret(5)));
        drop(dialog_->findChild<PasteField *>()->viewport(), data);
        QTRY_COMPARE(rows(), 2);
        QVERIFY(dialog_->findChild<PasteField *>()->toPlainText().isEmpty());
    }

    void refusesTooMuch()
    {
        dialog_->importText(QByteArray(ImportReader::LargestInput + 1, 'x'));
        QTRY_VERIFY(message().contains(QLatin1String("16 MB")));
        QVERIFY(!importButton()->isEnabled());
    }

    void cancellingKeepsWhatIsStored()
    {
        dialog_->importText(secrets(1000));
        QTRY_COMPARE(rows(), 1000);
        importButton()->click();
        QVERIFY(dialog_->findChild<QProgressBar *>()->isVisible());
        QTest::keyClick(dialog_.get(), Qt::Key_Escape);
        QTRY_VERIFY(message().contains(QLatin1String("100 key(s) added")));
        QVERIFY(dialog_->isVisible());
        QCOMPARE(backend_->addedKeys_.size(), 100);
        importButton()->click(); // goes on with the others
        QTRY_COMPARE(backend_->addedKeys_.size(), 1000);
        QTRY_VERIFY(message().contains(QLatin1String("900 key(s) added")));
    }

    void afterAFailureItCanBeTriedAgain()
    {
        dialog_->importText(secrets(3));
        QTRY_COMPARE(rows(), 3);
        backend_->error_ = QStringLiteral("The keychain is locked.");
        importButton()->click();
        QVERIFY(message().startsWith(backend_->error_));
        QVERIFY(importButton()->isEnabled());
        backend_->error_.clear();
        importButton()->click();
        QTRY_COMPARE(backend_->addedKeys_.size(), 3);
    }

    void forgetsTheKeysWhenItCloses()
    {
        dialog_->importText(secrets(3));
        QTRY_COMPARE(rows(), 3);
        dialog_->reject();
        QCOMPARE(rows(), 0);
        QVERIFY(!importButton()->isEnabled());
        QVERIFY(!dialog_->isVisible());
    }

private:
    /// As a move, which would delete it in the editor that it comes from.
    static void drop(QWidget *onto, const QMimeData &data)
    {
        const auto actions = Qt::CopyAction | Qt::MoveAction;
        QDragEnterEvent enter({5, 5}, actions, &data, Qt::LeftButton, Qt::ShiftModifier);
        QCOMPARE(enter.proposedAction(), Qt::MoveAction);
        QApplication::sendEvent(onto, &enter);
        QVERIFY(enter.isAccepted());
        QCOMPARE(enter.dropAction(), Qt::CopyAction);
        QDragMoveEvent move({5, 5}, actions, &data, Qt::LeftButton, Qt::ShiftModifier);
        move.setDropAction(enter.dropAction()); // as Qt does
        move.accept();
        QApplication::sendEvent(onto, &move);
        QCOMPARE(move.dropAction(), Qt::CopyAction);
        QDropEvent dropped({5, 5}, actions, &data, Qt::LeftButton, Qt::ShiftModifier);
        QApplication::sendEvent(onto, &dropped);
        QVERIFY(dropped.isAccepted());
        QCOMPARE(dropped.dropAction(), Qt::CopyAction);
    }

    QTableView *table() const { return dialog_->findChild<QTableView *>(); }
    QPushButton *importButton() const
    {
        return dialog_->findChild<QPushButton *>(QStringLiteral("importButton"));
    }
    QString message() const
    {
        return dialog_->findChild<QLabel *>(QStringLiteral("messageText"))->text();
    }
    int rows() const { return table()->model()->rowCount(); }
    QString cell(int row, int column) const
    {
        return table()->model()->index(row, column).data().toString();
    }

    std::unique_ptr<FakeBackend> backend_;
    std::unique_ptr<ImportDialog> dialog_;
};

QTEST_MAIN(TestImportDialog)
#include "test_importdialog.moc"
