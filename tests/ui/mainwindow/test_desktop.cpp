// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop.h"
#include "keys/importdialog.h"
#include "mainwindow/mainwindow.h"
#include "support/fakeautostart.h"
#include "support/fakebackend.h"

#include <QAbstractButton>
#include <QApplication>
#include <QClipboard>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;

namespace {

struct Scene
{
    QTemporaryDir folder;
    Preferences preferences{folder.filePath(QStringLiteral("keywheel.conf"))};
    FakeBackend backend;
    FakeAutostart autostart;
    Desktop desktop{backend, preferences, autostart};

    void answer(const QString &button)
    {
        auto *question = desktop.window().findChild<QMessageBox *>();
        QVERIFY(question);
        const auto buttons = question->buttons();
        const auto wanted =
            std::find_if(buttons.begin(), buttons.end(), [&button](const QAbstractButton *each) {
                return each->text().remove(QLatin1Char('&')) == button;
            });
        QVERIFY2(wanted != buttons.end(), qPrintable(button));
        (*wanted)->click();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
};

} // namespace

// The offscreen platform has no tray; the tray itself is tested in a real session.
class TestDesktop : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheWindowUnlessMinimised()
    {
        Scene scene;
        scene.desktop.start(false);
        QVERIFY(scene.desktop.window().isVisible());
        Scene quiet;
        quiet.desktop.start(true);
        QVERIFY(!quiet.desktop.window().isVisible());
        quiet.desktop.showWindow();
        QVERIFY(quiet.desktop.window().isVisible());
    }

    void asksOnceHowToCloseWithoutTray()
    {
        Scene scene;
        scene.desktop.start(false);
        const QSignalSpy quits(&scene.desktop, &Desktop::quitWanted);
        scene.desktop.window().close();
        scene.answer(QStringLiteral("Cancel"));
        QVERIFY(scene.desktop.window().isVisible());
        QCOMPARE(scene.preferences.closeChoice(), Preferences::CloseChoice::Ask);

        scene.desktop.window().close();
        scene.answer(QStringLiteral("Minimise"));
        QVERIFY(scene.desktop.window().isMinimized());
        QVERIFY(scene.desktop.window().isVisible()); // in the task bar
        scene.desktop.showWindow();
        scene.desktop.window().close();
        QVERIFY(scene.desktop.window().isMinimized());
        QCOMPARE(quits.count(), 0);

        scene.preferences.setCloseChoice(Preferences::CloseChoice::Quit);
        scene.desktop.window().close();
        QCOMPARE(quits.count(), 1);
    }

    void toggles()
    {
        Scene scene;
        scene.desktop.start(false);
        QVERIFY(QTest::qWaitForWindowActive(&scene.desktop.window()));
        scene.desktop.toggleWindow();
        QVERIFY(scene.desktop.window().isMinimized());
        scene.desktop.toggleWindow();
        QVERIFY(!scene.desktop.window().isMinimized());
    }

    void quitsByKeyboard()
    {
        Scene scene;
        scene.desktop.start(false);
        QVERIFY(QTest::qWaitForWindowActive(&scene.desktop.window()));
        const QSignalSpy quits(&scene.desktop, &Desktop::quitWanted);
        QTest::keyClick(&scene.desktop.window(), Qt::Key_Q, Qt::ControlModifier);
        QCOMPARE(quits.count(), 1);
    }

    void doesNotHoldUpTheEndOfTheProgram()
    {
        Scene scene;
        scene.desktop.start(false);
        QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        QCOMPARE(QApplication::exec(), 0);
        QVERIFY(!scene.desktop.window().isVisible());
    }

    void endsWhileADialogIsOpen()
    {
        auto scene = std::make_unique<Scene>();
        scene->desktop.start(false);
        // Within the dialog's own loop, if it had one.
        const auto end = [&scene] {
            scene.reset();
        };
        QMetaObject::invokeMethod(qApp, end, Qt::QueuedConnection);
        trigger(*scene, QStringLiteral("about"));
        QVERIFY(scene); // so the action is over before the window goes
        QVERIFY(scene->desktop.window().findChild<QMessageBox *>()->isVisible());
        QTRY_VERIFY(!scene);

        scene = std::make_unique<Scene>();
        scene->desktop.start(false);
        trigger(*scene, QStringLiteral("importKeys"));
        auto *import = scene->desktop.window().findChild<ImportDialog *>();
        QMetaObject::invokeMethod(qApp, end, Qt::QueuedConnection);
        import->findChild<QPushButton *>(QStringLiteral("openButton"))->click();
        QVERIFY(scene);
        QVERIFY(import->findChild<QFileDialog *>()->isVisible());
        QTRY_VERIFY(!scene);
    }

    void offersTheKeysOfTheClipboard()
    {
        Scene scene;
        scene.desktop.start(false);
        QApplication::clipboard()->setText(QStringLiteral("sk-test-clipboard"));
        trigger(scene, QStringLiteral("importClipboard"));
        auto *dialog = scene.desktop.window().findChild<ImportDialog *>();
        QVERIFY(dialog);
        auto *import = dialog->findChild<QPushButton *>(QStringLiteral("importButton"));
        QTRY_VERIFY(import->isEnabled());
        import->click();
        QTRY_COMPARE(scene.backend.addedKeys_.size(), 1);
        QCOMPARE(scene.backend.addedKeys_.first().secret, QByteArray("sk-test-clipboard"));
    }

    void aKeyDroppedOntoAFieldIsImportedNotShown()
    {
        Scene scene;
        fillWithSamples(scene.backend);
        scene.desktop.start(false);
        MainWindow &window = scene.desktop.window();
        const auto lines = window.findChildren<QLineEdit *>();
        QVERIFY(lines.size() > 10);
        for (QLineEdit *line : lines)
            QVERIFY2(!line->acceptDrops(), qPrintable(line->objectName()));
        window.showPage(PageId::Keys);
        auto *search = window.findChild<QLineEdit *>(QStringLiteral("keySearch"));
        QMimeData data;
        data.setText(QStringLiteral("sk-test-000000000000000000000001"));
        QDragEnterEvent enter({5, 5}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(search, &enter);
        QDropEvent dropped({5, 5}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(search, &dropped);
        QVERIFY(search->text().isEmpty());
        auto *dialog = window.findChild<ImportDialog *>();
        QVERIFY(dialog);
        QTRY_COMPARE(dialog->findChild<QTableView *>()->model()->rowCount(), 1);
    }

    void noTwoControlsOfAPageShareALetter_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<bool>("empty");
        for (const char *language : {"en", "zh_CN"}) {
            QTest::addRow("%s", language) << QString::fromLatin1(language) << false;
            QTest::addRow("%s, no keys", language) << QString::fromLatin1(language) << true;
        }
    }

    // With Alt they are pressed; one that two have only moves the focus between these.
    void noTwoControlsOfAPageShareALetter()
    {
        QFETCH(const QString, language);
        QFETCH(const bool, empty);
        Scene scene;
        scene.preferences.setLanguage(language);
        fillWithSamples(scene.backend);
        scene.backend.snapshot_.demo = !empty;
        if (empty) {
            scene.backend.snapshot_.pool = {};
            scene.backend.snapshot_.keys.clear();
        }
        scene.desktop.start(false);
        scene.backend.publish();
        QCOMPARE(MainWindow::tr("&Go") == QLatin1String("&Go"), language == QLatin1String("en"));
        QTRY_COMPARE(scene.desktop.window().menuBar()->actions().at(1)->text(),
                     MainWindow::tr("&Go"));
        QStringList doubles;
        for (int page = 0; page <= int(PageId::Settings); ++page) {
            scene.desktop.window().showPage(PageId(page));
            QHash<QString, QString> owners;
            for (const QString &text : lettered(scene.desktop.window())) {
                const QString letter = QKeySequence::mnemonic(text).toString();
                if (owners.contains(letter))
                    doubles.append(QStringLiteral("page %1, %2: %3, %4")
                                       .arg(page)
                                       .arg(letter, owners.value(letter), text));
                owners.insert(letter, text);
            }
            QVERIFY(owners.size() >= 3); // those of the menu bar
        }
        QVERIFY2(doubles.isEmpty(), qPrintable(doubles.join(u'\n')));
    }

    void showsWhatWentWrong()
    {
        Scene scene;
        fillWithSamples(scene.backend);
        scene.backend.publish();
        scene.desktop.start(false);
        scene.backend.error_ = QStringLiteral("The key store cannot be written.");
        trigger(scene, QStringLiteral("resetBlacklist"));
        auto *box = scene.desktop.window().findChild<QMessageBox *>();
        QVERIFY(box);
        QCOMPARE(box->text(), scene.backend.error_);
    }

private:
    /// The texts with a letter to press, of what can be seen, or may be in the page.
    static QStringList lettered(const MainWindow &window)
    {
        QStringList texts;
        const auto note = [&texts](const QString &text) {
            if (!QKeySequence::mnemonic(text).isEmpty())
                texts.append(text);
        };
        const auto menus = window.menuBar()->actions();
        for (const QAction *menu : menus)
            note(menu->text());
        const QWidget *page =
            window.findChild<QStackedWidget *>(QStringLiteral("pages"))->currentWidget();
        const auto widgets = window.findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (!widget->isVisible() && !page->isAncestorOf(widget))
                continue;
            if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
                note(button->text());
            else if (const auto *label = qobject_cast<const QLabel *>(widget);
                     label && label->buddy())
                note(label->text());
            else if (const auto *box = qobject_cast<const QGroupBox *>(widget))
                note(box->title());
        }
        return texts;
    }

    static void trigger(Scene &scene, const QString &name)
    {
        const auto menus = scene.desktop.window().findChildren<QMenu *>();
        for (const QMenu *menu : menus)
            for (QAction *action : menu->actions())
                if (action->objectName() == name)
                    return action->trigger();
        QFAIL(qPrintable(name));
    }
};

QTEST_MAIN(TestDesktop)
#include "test_desktop.moc"
