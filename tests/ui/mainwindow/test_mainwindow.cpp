// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow/mainwindow.h"
#include "support/fakebackend.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QLabel>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;

namespace {

class TestPage : public Page
{
public:
    TestPage(Backend &backend, const QString &title) : Page(backend), title_(title) {}
    QString title() const override { return title_; }
    void showTopic(const QString &topic) override { topic_ = topic; }

    QString topic_;

protected:
    void refresh(const BackendSnapshot &) override {}
    void retranslate() override {}

private:
    QString title_;
};

struct Scene
{
    Scene()
    {
        fillWithSamples(backend);
        for (TestPage *page : {overview, keys, settings})
            window.addPage(page == overview ? PageId::Overview
                           : page == keys   ? PageId::Keys
                                            : PageId::Settings,
                           page);
    }
    QWidget *shown() const
    {
        return window.findChild<QStackedWidget *>(QStringLiteral("pages"))->currentWidget();
    }
    void open()
    {
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
    }
    template <class T>
    T *find(const char *name) const
    {
        return window.findChild<T *>(QLatin1String(name));
    }

    QTemporaryDir folder;
    Preferences preferences{folder.filePath(QStringLiteral("keywheel.conf"))};
    FakeBackend backend;
    AppActions actions{backend};
    TestPage *overview = new TestPage(backend, QStringLiteral("Overview"));
    TestPage *keys = new TestPage(backend, QStringLiteral("Keys"));
    TestPage *settings = new TestPage(backend, QStringLiteral("Settings"));
    MainWindow window{backend, preferences, actions};
};

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesToPagesByNavigationAndKeyboard()
    {
        Scene scene;
        scene.open();
        QCOMPARE(scene.shown(), scene.overview);
        auto *navigation = scene.find<QListWidget>("navigation");
        QCOMPARE(navigation->count(), 3);
        navigation->setFocus();
        QTest::keyClick(navigation, Qt::Key_Down);
        QCOMPARE(scene.shown(), scene.keys);
        QTest::keyClick(&scene.window, Qt::Key_6, Qt::ControlModifier);
        QCOMPARE(scene.shown(), scene.settings);
        QCOMPARE(navigation->currentItem()->text(), QStringLiteral("Settings"));
        QTest::keyClick(&scene.window, Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(scene.shown(), scene.overview);
    }

    void showsWholeTitles()
    {
        Scene scene;
        auto *longOne = new TestPage(scene.backend, QStringLiteral("Verbindungseinstellungen"));
        scene.window.addPage(PageId::Connect, longOne);
        scene.open();
        const auto *navigation = scene.find<QListWidget>("navigation");
        QVERIFY(navigation->viewport()->width() >=
                navigation->iconSize().width() +
                    navigation->fontMetrics().horizontalAdvance(longOne->title()));
    }

    void followsPagesToOthers()
    {
        Scene scene;
        Q_EMIT scene.overview->pageWanted(PageId::Settings, QStringLiteral("PORT"));
        QCOMPARE(scene.shown(), scene.settings);
        QCOMPARE(scene.settings->topic_, QStringLiteral("PORT"));
    }

    void welcomesWhoHasNoKeys()
    {
        Scene scene;
        auto *firstRun = new TestPage(scene.backend, QStringLiteral("Welcome"));
        scene.backend.snapshot_.pool = {};
        scene.window.setFirstRunPage(firstRun);
        QCOMPARE(scene.shown(), firstRun);
        scene.open();
        scene.window.showPage(PageId::Keys);
        QCOMPARE(scene.shown(), scene.keys);
        scene.window.showPage(PageId::Overview);
        QCOMPARE(scene.shown(), firstRun);
        scene.backend.snapshot_.pool.total = 1;
        scene.backend.publish();
        QCOMPARE(scene.shown(), scene.overview);
    }

    void marksTheDemo()
    {
        Scene scene;
        scene.open();
        QVERIFY(!scene.find<QWidget>("demoBanner")->isVisible());
        scene.backend.snapshot_.demo = true;
        scene.backend.publish();
        QVERIFY(scene.find<QWidget>("demoBanner")->isVisible());
        QVERIFY(scene.find<QLabel>("statusDemo")->isVisible());
        QVERIFY(scene.window.windowTitle().contains(QLatin1String("demo")));
        scene.find<QPushButton>("bannerButton")->click();
        QCOMPARE(scene.backend.takeCalls(), QStringList{QStringLiteral("setDemo false")});
    }

    void saysHowItDoes()
    {
        Scene scene;
        scene.open();
        QCOMPARE(scene.find<QLabel>("statusText")->text(),
                 QStringLiteral("Running; some keys are set aside"));
        QCOMPARE(scene.find<QLabel>("statusAddress")->text(),
                 QStringLiteral("http://127.0.0.1:3000"));
        scene.backend.snapshot_.run = RunState::Stopped;
        scene.backend.publish();
        QCOMPARE(scene.find<QLabel>("statusText")->text(), QStringLiteral("Stopped"));
    }

    void watchesOnlyWhileSomebodyLooks()
    {
        Scene scene;
        QVERIFY(!scene.backend.watched_);
        scene.open();
        QVERIFY(scene.backend.watched_);
        scene.window.setWindowState(Qt::WindowMinimized);
        QVERIFY(!scene.backend.watched_);
        scene.window.bringUp();
        QVERIFY(scene.backend.watched_);
        scene.window.hide();
        QVERIFY(!scene.backend.watched_);
    }

    void asksBeforeItCloses()
    {
        Scene scene;
        scene.open();
        const QSignalSpy wanted(&scene.window, &MainWindow::closeWanted);
        QVERIFY(!scene.window.close());
        QCOMPARE(wanted.count(), 1);
        QVERIFY(scene.window.isVisible());
        scene.window.allowClose();
        QVERIFY(scene.window.close());
    }

    void opensAsItWasLeft()
    {
        Scene scene;
        scene.window.resize(789, 567);
        scene.open();
        scene.window.hide();
        const MainWindow next(scene.backend, scene.preferences, scene.actions);
        QCOMPARE(next.size(), QSize(789, 567));
    }

    void takesWhatIsDropped()
    {
        Scene scene;
        scene.open();
        const QSignalSpy texts(&scene.window, &MainWindow::textDropped);
        const QSignalSpy files(&scene.window, &MainWindow::filesDropped);
        QMimeData text;
        text.setText(QStringLiteral("sk-test-dropped"));
        QVERIFY(drop(scene.window, text));
        QCOMPARE(texts, (QList<QVariantList>{{QByteArray("sk-test-dropped")}}));
        QMimeData file;
        file.setUrls({QUrl::fromLocalFile(QStringLiteral("/home/user/keys.txt"))});
        QVERIFY(drop(scene.window, file));
        const QStringList one{QStringLiteral("/home/user/keys.txt")};
        QCOMPARE(files, (QList<QVariantList>{{one}}));
        QMimeData several;
        several.setUrls({QUrl(QStringLiteral("https://page.example/keys.txt")),
                         QUrl::fromLocalFile(QStringLiteral("/home/user/a.txt")),
                         QUrl::fromLocalFile(QStringLiteral("/home/user/b.txt"))});
        QVERIFY(drop(scene.window, several));
        const QStringList both{QStringLiteral("/home/user/a.txt"),
                               QStringLiteral("/home/user/b.txt")};
        QCOMPARE(files, (QList<QVariantList>{{one}, {both}}));
        QMimeData linked; // as a selection in a web page
        linked.setUrls({QUrl(QStringLiteral("https://page.example/"))});
        linked.setText(QStringLiteral("sk-test-linked"));
        QVERIFY(drop(scene.window, linked));
        QCOMPARE(texts.last(), QVariantList{QByteArray("sk-test-linked")});
        QMimeData page;
        page.setUrls({QUrl(QStringLiteral("https://page.example/keys.txt"))});
        QVERIFY(!drop(scene.window, page));
    }

private:
    static bool drop(QWidget &window, const QMimeData &data)
    {
        QDragEnterEvent enter({50, 50}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton,
                              Qt::ShiftModifier);
        enter.ignore();
        QApplication::sendEvent(&window, &enter);
        if (!enter.isAccepted())
            return false;
        QDropEvent dropped({50, 50}, Qt::CopyAction | Qt::MoveAction, &data, Qt::LeftButton,
                           Qt::ShiftModifier);
        if (dropped.proposedAction() != Qt::MoveAction)
            return false;
        QApplication::sendEvent(&window, &dropped);
        return dropped.dropAction() == Qt::CopyAction;
    }
};

QTEST_MAIN(TestMainWindow)
#include "test_mainwindow.moc"
