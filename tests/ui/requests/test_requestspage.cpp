// SPDX-License-Identifier: GPL-3.0-or-later
#include "accesslog/recordtext.h"
#include "models/requesttext.h"
#include "requests/requestspage.h"
#include "requests/timeline.h"
#include "support/fakebackend.h"
#include "support/inchinese.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace keywheel;

class TestRequestsPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { page_.reset(); }
    void requestsAppearAlsoWhileHidden();
    void emptyItShowsTheWay();
    void searchingNarrowsTheTable();
    void nothingFoundCanBeUndone();
    void topicsSetTheFilter();
    void aPauseCountsWhatComes();
    void theReadersPlaceIsKept();
    void theDetailExplainsARetry();
    void anAttemptsAnswerIsInThePresentLanguage();
    void upstreamTextIsNoMarkup();
    void theDetailCloses();
    void copiesAsJson();
    void exportsWhatIsShown();
    void exportErrorsAreNamed();
    void everyControlHasAName();

private:
    template <class T>
    T *find(const char *name)
    {
        T *found = page_->findChild<T *>(QLatin1String(name));
        Q_ASSERT(found);
        return found;
    }
    QTableView *table() { return find<QTableView>("requestTable"); }
    int rows() { return table()->model()->rowCount(); }
    QString allText();
    void select(const QByteArray &id);

    std::unique_ptr<FakeBackend> backend_;
    std::unique_ptr<RequestsPage> page_;
    QList<RequestRecord> records_;
};

void TestRequestsPage::init()
{
    backend_ = std::make_unique<FakeBackend>();
    fillWithSamples(*backend_);
    records_ = backend_->snapshot_.newRequests;
    page_ = std::make_unique<RequestsPage>(*backend_);
    backend_->publish();
    page_->resize(1000, 700);
    page_->show();
}

QString TestRequestsPage::allText()
{
    QStringList texts;
    for (const QLabel *label : page_->findChildren<QLabel *>()) {
        if (label->isVisibleTo(page_.get()))
            texts.append(label->text());
    }
    return texts.join(u'\n');
}

void TestRequestsPage::select(const QByteArray &id)
{
    auto *filter = qobject_cast<RequestFilter *>(table()->model());
    for (int row = 0; row < filter->rowCount(); ++row) {
        if (filter->record(row).id == id)
            return table()->setCurrentIndex(filter->index(row, 0));
    }
    QFAIL("no such request");
}

void TestRequestsPage::requestsAppearAlsoWhileHidden()
{
    QCOMPARE(rows(), 200);
    page_->hide();
    backend_->snapshot_.newRequests = {records_.first()};
    backend_->publish();
    QCOMPARE(rows(), 201);
    page_->show();
    QCOMPARE(find<QLabel>("requestCounts")->text(), QStringLiteral("201 request(s)"));
}

void TestRequestsPage::emptyItShowsTheWay()
{
    QSignalSpy wanted(page_.get(), &Page::pageWanted);
    find<QPushButton>("clear")->click();
    QCOMPARE(rows(), 0);
    QVERIFY(allText().contains(QStringLiteral("http://127.0.0.1:3000/v1")));
    find<QPushButton>("emptyAction")->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.first().first().value<PageId>(), PageId::Connect);
    QVERIFY(!find<QPushButton>("export")->isEnabled());
    backend_->snapshot_.newRequests = {records_.first()};
    backend_->publish(); // the first one is seen at once
    QVERIFY(table()->isVisible());
    QVERIFY(find<QPushButton>("export")->isEnabled());
}

void TestRequestsPage::searchingNarrowsTheTable()
{
    QTest::keyClicks(find<QLineEdit>("requestSearch"), QStringLiteral("embeddings"));
    QVERIFY(rows() > 0 && rows() < 200);
    QVERIFY(find<QLabel>("requestCounts")->text().endsWith(QStringLiteral("of 200 request(s)")));
    find<QLineEdit>("requestSearch")->clear();
    auto *outcome = find<QComboBox>("outcomeFilter");
    outcome->setCurrentIndex(outcome->findText(QStringLiteral("Failed (5xx)")));
    QCOMPARE(rows(), int(std::count_if(records_.cbegin(), records_.cend(), [](const auto &record) {
                 return shownOutcome(record) == ShownOutcome::Failed;
             })));
}

void TestRequestsPage::nothingFoundCanBeUndone()
{
    find<QLineEdit>("requestSearch")->setText(QStringLiteral("no such thing"));
    QCOMPARE(rows(), 0);
    QCOMPARE(find<QLabel>("emptyTitle")->text(), QStringLiteral("No request matches"));
    find<QPushButton>("emptyAction")->click();
    QCOMPARE(rows(), 200);
    QVERIFY(find<QLineEdit>("requestSearch")->text().isEmpty());
}

void TestRequestsPage::topicsSetTheFilter()
{
    const KeySnapshot &limited = backend_->snapshot_.keys.at(2);
    page_->showTopic(limited.fingerprint);
    QCOMPARE(find<QComboBox>("keyFilter")->currentData().toString(), limited.preview);
    QCOMPARE(rows(), 19);
    page_->showTopic(QStringLiteral("/v1/models"));
    QCOMPARE(find<QComboBox>("pathFilter")->currentText(), QStringLiteral("/v1/models"));
    QCOMPARE(find<QComboBox>("keyFilter")->currentIndex(), 0);
    QVERIFY(rows() > 0 && rows() < 200);
}

void TestRequestsPage::aPauseCountsWhatComes()
{
    find<QPushButton>("pause")->click();
    backend_->snapshot_.newRequests = records_.mid(0, 128);
    backend_->publish();
    QCOMPARE(rows(), 200);
    QVERIFY(find<QLabel>("heldCount")->isVisible());
    QCOMPARE(find<QLabel>("heldCount")->text(), QStringLiteral("Paused – 128 new"));
    find<QPushButton>("pause")->click();
    QCOMPARE(rows(), 328);
    QVERIFY(!find<QLabel>("heldCount")->isVisible());
}

void TestRequestsPage::theReadersPlaceIsKept()
{
    QScrollBar *bar = table()->verticalScrollBar();
    QTRY_VERIFY(bar->maximum() > 100);
    bar->setValue(50);
    const QByteArray top = qobject_cast<RequestFilter *>(table()->model())->record(50).id;
    backend_->snapshot_.newRequests = records_.mid(0, 7);
    backend_->publish();
    QCOMPARE(qobject_cast<RequestFilter *>(table()->model())->record(bar->value()).id, top);
}

void TestRequestsPage::theDetailExplainsARetry()
{
    select("req-0000000b"); // number 11
    const QString text = allText();
    QVERIFY(text.contains(QStringLiteral("1. sk-te…1002: 429 Too many requests")));
    QVERIFY(text.contains(QStringLiteral("This key is over its limit for now."
                                         " The next key was tried at once.")));
    QVERIFY(text.contains(QStringLiteral("2. sk-te…1001: 200 OK")));
    QCOMPARE(find<QLabel>("requestId")->text(), QStringLiteral("req-0000000b"));
    QVERIFY(!find<QLabel>("upstreamId")->isVisible()); // there was none
    QVERIFY(find<Timeline>("timeline")->isVisible());
}

void TestRequestsPage::anAttemptsAnswerIsInThePresentLanguage()
{
    RequestRecord refused = records_.first();
    refused.id = "refused";
    refused.attempts.first().reason = QStringLiteral("rate limit: Slow down, please");
    backend_->snapshot_.newRequests = {refused};
    backend_->publish();
    const InChinese chinese;
    select("refused");
    QVERIFY(allText().contains(QStringLiteral("超出速率限制：Slow down, please")));
}

void TestRequestsPage::upstreamTextIsNoMarkup()
{
    RequestRecord evil = records_.first();
    evil.id = "evil";
    evil.path = "/<b>x";
    evil.attempts.first().reason = QStringLiteral("<img src='http://x.example'>");
    backend_->snapshot_.newRequests = {evil};
    backend_->publish();
    select("evil");
    for (const QLabel *label : page_->findChildren<QLabel *>()) {
        if (label->text().contains(u'<'))
            QCOMPARE(label->textFormat(), Qt::PlainText);
    }
    const QModelIndex path = table()->model()->index(0, RequestLogModel::Path);
    QVERIFY(!path.data(Qt::ToolTipRole).toString().contains(u'<'));
}

void TestRequestsPage::theDetailCloses()
{
    select("req-0000000b");
    QVERIFY(find<QWidget>("requestDetail")->isVisible());
    find<QPushButton>("closeDetail")->click();
    QVERIFY(!find<QWidget>("requestDetail")->isVisible());
    QVERIFY(!table()->currentIndex().isValid());
    select("req-0000000b");
    QVERIFY(find<QWidget>("requestDetail")->isVisible());
}

void TestRequestsPage::copiesAsJson()
{
    select("req-0000000b");
    find<QPushButton>("copyJson")->click();
    QCOMPARE(QGuiApplication::clipboard()->text().toUtf8(), toJson(records_.at(11)));
}

void TestRequestsPage::exportsWhatIsShown()
{
    const QTemporaryDir dir;
    find<QLineEdit>("requestSearch")->setText(QStringLiteral("/v1/models"));
    const int shown = rows();
    QVERIFY(page_->exportTo(dir.filePath(QStringLiteral("a.jsonl"))));
    QFile lines(dir.filePath(QStringLiteral("a.jsonl")));
    QVERIFY(lines.open(QIODevice::ReadOnly));
    int count = 0;
    while (!lines.atEnd()) {
        const QJsonObject object = QJsonDocument::fromJson(lines.readLine()).object();
        QCOMPARE(object.value(QStringLiteral("path")).toString(), QStringLiteral("/v1/models"));
        ++count;
    }
    QCOMPARE(count, shown);

    RequestRecord sneaky = records_.first();
    sneaky.path = "=1+1,\"x\"";
    backend_->snapshot_.newRequests = {sneaky};
    find<QLineEdit>("requestSearch")->clear();
    backend_->publish();
    QVERIFY(page_->exportTo(dir.filePath(QStringLiteral("a.csv"))));
    QFile csv(dir.filePath(QStringLiteral("a.csv")));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    const QByteArrayList written = csv.readAll().split('\n');
    QCOMPARE(written.size(), rows() + 2); // the header, and what follows the last line's end
    QVERIFY(written.at(0).startsWith("startedAt,method,path"));
    QVERIFY(written.at(1).contains("\"'=1+1,\"\"x\"\"\""));
}

void TestRequestsPage::exportErrorsAreNamed()
{
    QVERIFY(!page_->exportTo(QStringLiteral("/nowhere/at/all.csv")));
    auto *error = find<QLabel>("exportError");
    QVERIFY(error->isVisible());
    QVERIFY(error->text().contains(QStringLiteral("/nowhere/at/all.csv")));
}

void TestRequestsPage::everyControlHasAName()
{
    select("req-0000000b");
    for (const QWidget *widget : page_->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus)
            continue;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const auto *label = qobject_cast<const QLabel *>(widget);
        const bool named = !widget->accessibleName().isEmpty() ||
                           (button && !button->text().isEmpty()) ||
                           (label && !label->text().isEmpty());
        // Parts of a control, such as the field within a list, have its name.
        const bool part = widget->objectName().startsWith(QLatin1String("qt_"));
        QVERIFY2(named || part, qPrintable(QLatin1String(widget->metaObject()->className()) +
                                           QLatin1Char(' ') + widget->objectName()));
    }
}

QTEST_MAIN(TestRequestsPage)
#include "test_requestspage.moc"
