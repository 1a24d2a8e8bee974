// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/keyspage.h"
#include "support/fakebackend.h"
#include "support/fakeclock.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;
using namespace std::chrono_literals;

class TestKeysPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        backend_ = std::make_unique<FakeBackend>();
        fillWithSamples(*backend_);
        clock_ = std::make_unique<FakeClock>();
        backend_->snapshot_.keys[2].until = clock_->wallNow().addSecs(42);
        folder_ = std::make_unique<QTemporaryDir>();
        preferences_ =
            std::make_unique<Preferences>(folder_->filePath(QStringLiteral("window.ini")));
        makePage();
    }
    void cleanup() { page_.reset(); }

    void withoutKeysItOffersAnImport()
    {
        backend_->snapshot_.keys.clear();
        backend_->publish();
        QVERIFY(!table()->isVisible());
        const QSignalSpy wanted(page_.get(), &Page::importWanted);
        auto *empty = page_->findChild<QWidget *>(QStringLiteral("noKeys"));
        QVERIFY(empty->isVisible());
        empty->findChild<QPushButton *>()->click();
        QCOMPARE(wanted.size(), 1);
    }

    void searchesAndSaysWhenNothingMatches()
    {
        auto *search = page_->findChild<QLineEdit *>(QStringLiteral("keySearch"));
        QTest::keyClicks(search, QStringLiteral("team"));
        QCOMPARE(rows(), 1);
        QVERIFY(text(QStringLiteral("keyCounts")).startsWith(QLatin1String("1 of 6")));
        QTest::keyClicks(search, QStringLiteral("nonsense"));
        auto *noMatch = page_->findChild<QWidget *>(QStringLiteral("noMatch"));
        QVERIFY(noMatch->isVisible());
        noMatch->findChild<QPushButton *>()->click();
        QCOMPARE(rows(), 6);
        QVERIFY(table()->isVisible());
        auto *states = page_->findChild<QComboBox *>(QStringLiteral("keyStates"));
        states->setCurrentIndex(states->findText(QStringLiteral("Disabled")));
        QCOMPARE(rows(), 1);
    }

    void theSelectionDecidesWhatCanBeDone()
    {
        QVERIFY(!button(QStringLiteral("checkKeys"))->isEnabled());
        table()->selectRow(3); // out of use
        QVERIFY(button(QStringLiteral("releaseKeys"))->isEnabled());
        QVERIFY(!button(QStringLiteral("enableKeys"))->isEnabled());
        button(QStringLiteral("releaseKeys"))->click();
        button(QStringLiteral("disableKeys"))->click();
        QCOMPARE(backend_->takeCalls(),
                 (QStringList{QStringLiteral("releaseKeys ") + name(3),
                              QStringLiteral("setKeysDisabled %1 true").arg(name(3))}));
        table()->selectRow(5); // disabled
        QVERIFY(!button(QStringLiteral("disableKeys"))->isEnabled());
        button(QStringLiteral("enableKeys"))->click();
        QCOMPARE(backend_->takeCalls(),
                 QStringList{QStringLiteral("setKeysDisabled %1 false").arg(name(5))});
    }

    void theSelectionStaysWhileKeysChange()
    {
        table()->selectRow(4);
        ++backend_->snapshot_.keys[4].successes;
        backend_->snapshot_.keys.removeFirst();
        backend_->publish();
        const QModelIndexList selected = table()->selectionModel()->selectedRows();
        QCOMPARE(selected.size(), 1);
        QCOMPARE(selected.first().row(), 3);
    }

    void checksAndShowsWhatCameOfIt()
    {
        QVERIFY(table()->isColumnHidden(KeyTableModel::CheckColumn));
        backend_->checked_ = {
            {name(0), Backend::Checked::Outcome::Bad, QStringLiteral("401: no such key")}};
        table()->selectRow(0);
        button(QStringLiteral("checkKeys"))->click();
        QVERIFY(!table()->isColumnHidden(KeyTableModel::CheckColumn));
        QCOMPARE(cell(0, KeyTableModel::CheckColumn), QStringLiteral("Bad: 401: no such key"));
        QVERIFY(bar(QStringLiteral("messageBar"))->isVisible());
        QVERIFY(button(QStringLiteral("checkKeys"))->isEnabled());
    }

    void errorsStandInThePage()
    {
        backend_->error_ = QStringLiteral("The upstream cannot be reached.");
        table()->selectRow(0);
        button(QStringLiteral("checkKeys"))->click();
        auto *message = bar(QStringLiteral("messageBar"));
        QVERIFY(message->isVisible());
        QCOMPARE(message->findChild<QLabel *>(QStringLiteral("messageText"))->text(),
                 backend_->error_);
        QVERIFY(cell(0, KeyTableModel::CheckColumn).isEmpty());
    }

    void removingCanBeUndone()
    {
        table()->selectRow(0);
        QTest::keyClick(table(), Qt::Key_Delete);
        QCOMPARE(rows(), 5);
        auto *undo = bar(QStringLiteral("undoBar"));
        QVERIFY(undo->isVisible());
        auto *text = undo->findChild<QLabel *>(QStringLiteral("messageText"));
        QVERIFY(text->text().contains(QLatin1String("10")));
        clock_->advance(3s);
        QVERIFY(text->text().contains(QLatin1Char('7')));
        undo->findChild<QPushButton *>(QStringLiteral("messageAction"))->click();
        QCOMPARE(rows(), 6);
        QVERIFY(!undo->isVisible());
        QVERIFY(!backend_->takeCalls().join(u' ').contains(QLatin1String("removeKeys")));
    }

    void removedAfterTenSecondsEvenUnseen()
    {
        table()->selectRow(0);
        button(QStringLiteral("removeKeys"))->click();
        page_->hide();
        clock_->advance(10s);
        QVERIFY(backend_->takeCalls().contains(QStringLiteral("removeKeys ") + name(0)));
        QCOMPARE(clock_->waiting(), 0);
    }

    void countsDownOnlyWhileSeen()
    {
        QCOMPARE(cell(2, KeyTableModel::ReturnColumn), QStringLiteral("42 s"));
        clock_->advance(2s);
        QCOMPARE(cell(2, KeyTableModel::ReturnColumn), QStringLiteral("40 s"));
        page_->hide();
        clock_->advance(2s);
        QCOMPARE(cell(2, KeyTableModel::ReturnColumn), QStringLiteral("40 s"));
        QCOMPARE(clock_->waiting(), 0);
        page_->show();
        QCOMPARE(cell(2, KeyTableModel::ReturnColumn), QStringLiteral("38 s"));
    }

    void aLabelIsEditedInItsPlace()
    {
        const QModelIndex label = table()->model()->index(1, KeyTableModel::LabelColumn);
        table()->setCurrentIndex(label);
        QTest::keyClick(table(), Qt::Key_F2);
        auto *editor = table()->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        QVERIFY(!editor->acceptDrops()); // a key would stand there in clear
        editor->setText(QStringLiteral("Work"));
        QTest::keyClick(editor, Qt::Key_Return);
        QStringList calls;
        QTRY_VERIFY(!(calls += backend_->takeCalls()).isEmpty());
        QCOMPARE(calls, QStringList{QStringLiteral("setKeyLabel %1 Work").arg(name(1))});
    }

    void theLabelOfTheSelectedKeyIsEdited()
    {
        table()->selectRow(1);
        const QRect other =
            table()->visualRect(table()->model()->index(3, KeyTableModel::KeyColumn));
        for (int i = 0; i < 2; ++i) // selects it, and takes it out again
            QTest::mouseClick(table()->viewport(), Qt::LeftButton, Qt::ControlModifier,
                              other.center());
        page_->findChild<QAction *>(QStringLiteral("renameKey"))->trigger();
        auto *editor = table()->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        editor->setText(QStringLiteral("Work"));
        QTest::keyClick(editor, Qt::Key_Return);
        QStringList calls;
        QTRY_VERIFY(!(calls += backend_->takeCalls()).isEmpty());
        QCOMPARE(calls, QStringList{QStringLiteral("setKeyLabel %1 Work").arg(name(1))});
    }

    void resetsAll()
    {
        button(QStringLiteral("resetAll"))->click();
        QCOMPARE(backend_->takeCalls(), QStringList{QStringLiteral("resetBlacklist")});
    }

    void aTopicIsSelectedEvenBehindAFilter()
    {
        page_->findChild<QLineEdit *>(QStringLiteral("keySearch"))
            ->setText(QStringLiteral("nonsense"));
        page_->showTopic(name(4));
        QCOMPARE(rows(), 6);
        QCOMPARE(table()->selectionModel()->selectedRows().value(0).row(), 4);
    }

    void columnsStayAsTheyWereLeft()
    {
        table()->setColumnWidth(KeyTableModel::KeyColumn, 321);
        page_->hide();
        page_.reset();
        makePage();
        QCOMPARE(table()->columnWidth(KeyTableModel::KeyColumn), 321);
    }

    void everyControlHasAName()
    {
        const auto buttons = page_->findChildren<QAbstractButton *>();
        for (const QAbstractButton *each : buttons) {
            const bool internal =
                each->objectName().startsWith(QLatin1String("qt_")) || each->objectName().isEmpty();
            QVERIFY(internal || !each->isVisible() || !each->text().isEmpty() ||
                    !each->accessibleName().isEmpty());
        }
        QVERIFY(!table()->accessibleName().isEmpty());
    }

private:
    void makePage()
    {
        page_ = std::make_unique<KeysPage>(*backend_, *clock_, *preferences_);
        page_->resize(1000, 500);
        page_->show();
        page_->activateWindow(); // shortcuts need it
        QVERIFY(QTest::qWaitForWindowActive(page_.get()));
    }
    QTableView *table() const { return page_->findChild<QTableView *>(QStringLiteral("keyTable")); }
    QPushButton *button(const QString &action) const
    {
        return page_->findChild<QPushButton *>(action + QStringLiteral("Button"));
    }
    QWidget *bar(const QString &name) const { return page_->findChild<QWidget *>(name); }
    QString text(const QString &label) const { return page_->findChild<QLabel *>(label)->text(); }
    int rows() const { return table()->model()->rowCount(); }
    QString cell(int row, int column) const
    {
        return table()->model()->index(row, column).data().toString();
    }
    QString name(int index) const { return backend_->snapshot_.keys.at(index).fingerprint; }

    std::unique_ptr<FakeBackend> backend_;
    std::unique_ptr<FakeClock> clock_;
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<Preferences> preferences_;
    std::unique_ptr<KeysPage> page_;
};

QTEST_MAIN(TestKeysPage)
#include "test_keyspage.moc"
