// SPDX-License-Identifier: GPL-3.0-or-later
#include "connect/connectpage.h"
#include "support/fakebackend.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

using namespace keywheel;

class TestConnectPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { page_.reset(); }
    void showsTheActualAddress();
    void saysHowToPassAuthKey();
    void aSelectionSurvivesNews();
    void copies();
    void topicsChooseATool();
    void aTestAnswerStreamsIn();
    void aFailedTestIsExplained();
    void aTestCanBeCancelled();
    void stoppedNothingCanBeSent();

private:
    template <class T>
    T *find(const char *name)
    {
        T *found = page_->findChild<T *>(QLatin1String(name));
        Q_ASSERT(found);
        return found;
    }
    QString status() { return find<QLabel>("testStatus")->text(); }
    QString snippet() { return find<QPlainTextEdit>("snippet")->toPlainText(); }

    std::unique_ptr<FakeBackend> backend_;
    std::unique_ptr<ConnectPage> page_;
};

void TestConnectPage::init()
{
    backend_ = std::make_unique<FakeBackend>();
    page_ = std::make_unique<ConnectPage>(*backend_);
    page_->show();
}

void TestConnectPage::showsTheActualAddress()
{
    QCOMPARE(find<QLineEdit>("baseUrl")->text(), QStringLiteral("http://127.0.0.1:3000/v1"));
    backend_->snapshot_.address = QUrl(QStringLiteral("http://127.0.0.1:4000/"));
    backend_->publish();
    QCOMPARE(find<QLineEdit>("baseUrl")->text(), QStringLiteral("http://127.0.0.1:4000/v1"));
    QVERIFY(snippet().contains(QStringLiteral("http://127.0.0.1:4000/v1")));
}

void TestConnectPage::saysHowToPassAuthKey()
{
    QVERIFY(!snippet().contains(QStringLiteral("YOUR_AUTH_KEY")));
    backend_->snapshot_.needsAuth = true;
    backend_->publish();
    QVERIFY(snippet().contains(QStringLiteral("YOUR_AUTH_KEY")));
    QVERIFY(find<QLabel>("authHint")->text().contains(QStringLiteral("AUTH_KEY is set")));
}

void TestConnectPage::aSelectionSurvivesNews()
{
    auto *text = find<QPlainTextEdit>("snippet");
    text->selectAll();
    backend_->snapshot_.requestsPerMinute = 7;
    backend_->publish();
    QVERIFY(text->textCursor().hasSelection());
}

void TestConnectPage::copies()
{
    find<QPushButton>("copySnippet")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), snippet());
    QCOMPARE(find<QPushButton>("copySnippet")->text(), QStringLiteral("Copied"));
    find<QPushButton>("copyUrl")->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("http://127.0.0.1:3000/v1"));
    QVERIFY(find<QPushButton>("copySnippet")->text() != QStringLiteral("Copied"));
}

void TestConnectPage::topicsChooseATool()
{
    page_->showTopic(QStringLiteral("aider"));
    QVERIFY(snippet().contains(QStringLiteral("openai-api-base: http://127.0.0.1:3000/v1")));
    for (int row = 0; row < find<QListWidget>("toolList")->count(); ++row) {
        find<QListWidget>("toolList")->setCurrentRow(row);
        QVERIFY(snippet().contains(QStringLiteral("http://127.0.0.1:3000/v1")));
    }
}

void TestConnectPage::aTestAnswerStreamsIn()
{
    find<QLineEdit>("testModel")->setText(QStringLiteral(" some-model "));
    auto *button = find<QPushButton>("sendTest");
    button->click();
    QCOMPARE(backend_->takeCalls(), QStringList{QStringLiteral("startTest some-model")});
    QCOMPARE(button->text(), QStringLiteral("&Cancel"));
    QVERIFY(!find<QLineEdit>("testModel")->isEnabled());
    Q_EMIT backend_->testText(QStringLiteral("Hel"));
    Q_EMIT backend_->testText(QStringLiteral("lo <b>"));
    QCOMPARE(find<QPlainTextEdit>("testAnswer")->toPlainText(), QStringLiteral("Hello <b>"));
    Q_EMIT backend_->testDone({});
    QCOMPARE(status(), QStringLiteral("It works: the answer came through Keywheel."));
    QCOMPARE(button->text(), QStringLiteral("&Send"));
    button->click(); // the next one begins with an empty field
    QVERIFY(find<QPlainTextEdit>("testAnswer")->toPlainText().isEmpty());
}

void TestConnectPage::aFailedTestIsExplained()
{
    find<QPushButton>("sendTest")->click();
    Q_EMIT backend_->testDone(QStringLiteral("There is no key to use."));
    QCOMPARE(status(), QStringLiteral("There is no key to use."));
    QVERIFY(find<QPushButton>("sendTest")->isEnabled());
}

void TestConnectPage::aTestCanBeCancelled()
{
    auto *button = find<QPushButton>("sendTest");
    button->click();
    button->click();
    QCOMPARE(backend_->takeCalls().last(), QStringLiteral("cancelTest"));
    Q_EMIT backend_->testText(QStringLiteral("too late"));
    QVERIFY(find<QPlainTextEdit>("testAnswer")->toPlainText().isEmpty());
    Q_EMIT backend_->testDone(QStringLiteral("Cancelled by a person"));
    QCOMPARE(status(), QStringLiteral("Cancelled."));
    QVERIFY(button->isEnabled());
}

void TestConnectPage::stoppedNothingCanBeSent()
{
    backend_->snapshot_.run = RunState::Stopped;
    backend_->publish();
    QVERIFY(!find<QPushButton>("sendTest")->isEnabled());
    QCOMPARE(status(), QStringLiteral("Start Keywheel to send a request."));
}

QTEST_MAIN(TestConnectPage)
#include "test_connectpage.moc"
