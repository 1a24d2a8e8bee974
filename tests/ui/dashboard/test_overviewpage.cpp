// SPDX-License-Identifier: GPL-3.0-or-later
#include "dashboard/overviewpage.h"

#include "dashboard/timechart.h"
#include "ui/support/fakebackend.h"
#include "widgets/servicestate.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace keywheel;
using namespace Qt::StringLiterals;

class TestOverviewPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        backend_ = std::make_unique<FakeBackend>();
        page_ = std::make_unique<OverviewPage>(*backend_);
        page_->resize(1000, 800);
    }
    void cleanup()
    {
        page_.reset();
        backend_.reset();
    }

    void startsAndStops_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("call");

        QTest::newRow("running") << int(RunState::Running) << u"stop"_s;
        QTest::newRow("starting") << int(RunState::Starting) << u"stop"_s;
        QTest::newRow("stopped") << int(RunState::Stopped) << u"start"_s;
        QTest::newRow("failed") << int(RunState::Failed) << u"start"_s;
    }
    void startsAndStops()
    {
        QFETCH(int, state);
        fillWithSamples(*backend_);
        backend_->snapshot_.notices.clear();
        backend_->snapshot_.run = RunState(state);
        page_->show();
        QCOMPARE(label(u"runState"_s), serviceStateText(backend_->snapshot_));
        click(u"startStop"_s);
        QFETCH(QString, call);
        QCOMPARE(backend_->takeCalls(), QStringList{call});
    }

    void copiesTheBaseUrl()
    {
        page_->show();
        QCOMPARE(page_->findChild<QLineEdit *>(u"baseUrl"_s)->text(),
                 u"http://127.0.0.1:3000/v1"_s);
        click(u"copyBaseUrl"_s);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"http://127.0.0.1:3000/v1"_s);
        QCOMPARE(button(u"copyBaseUrl"_s)->text(), u"Copied"_s);
    }

    void keepsTheSelectionOfTheAddress()
    {
        page_->show();
        auto *address = page_->findChild<QLineEdit *>(u"baseUrl"_s);
        address->selectAll();
        backend_->publish();
        QVERIFY(address->hasSelectedText());
    }

    void showsNumbers()
    {
        fillWithSamples(*backend_);
        page_->show();
        QCOMPARE(metric(u"requestRate"_s), u"47"_s);
        QCOMPARE(metric(u"successRate"_s), u"98.8 %"_s);
        QCOMPARE(metric(u"activeRequests"_s), u"4"_s);
        QCOMPARE(metric(u"firstByte"_s), u"242 ms"_s);
        QCOMPARE(label(u"keys0"_s), u"2 healthy"_s);
        QCOMPARE(label(u"keys1"_s), u"1 cooling down"_s);
        QCOMPARE(label(u"keys2"_s), u"2 out of use"_s);
        QCOMPARE(label(u"keys3"_s), u"1 disabled"_s);
    }

    void saysNoHundredPercentWhileSomethingFailed()
    {
        backend_->snapshot_.successShare = 0.99999;
        page_->show();
        QCOMPARE(metric(u"successRate"_s), u"99.9 %"_s);
        backend_->snapshot_.successShare = 1;
        backend_->publish();
        QCOMPARE(metric(u"successRate"_s), u"100 %"_s);
    }

    void hintsWhereToPointToolsUntilSomethingComes()
    {
        page_->show();
        QWidget *hint = page_->findChild<QWidget *>(u"noTraffic"_s);
        QVERIFY(hint->isVisible());
        QSignalSpy wanted(page_.get(), &Page::pageWanted);
        click(u"connectTool"_s);
        QCOMPARE(wanted.takeFirst().constFirst().value<PageId>(), PageId::Connect);
        fillWithSamples(*backend_);
        backend_->publish();
        QVERIFY(!hint->isVisible());
    }

    void chartsSayTheirNumbersToScreenReaders()
    {
        fillWithSamples(*backend_);
        page_->show();
        auto *requests = page_->findChild<TimeChart *>(u"requestChart"_s);
        QVERIFY(!requests->accessibleName().isEmpty());
        QVERIFY2(requests->accessibleDescription().startsWith(u"Last 5 minutes: 2"),
                 qPrintable(requests->accessibleDescription()));
        QCOMPARE(requests->points(0).size(), 300);
        QTest::mouseClick(page_->findChild<QToolButton *>(u"span1"_s), Qt::LeftButton);
        QVERIFY(requests->accessibleDescription().startsWith(u"Last hour: "));
        QCOMPARE(requests->points(0).size(), 360);
        auto *latency = page_->findChild<TimeChart *>(u"latencyChart"_s);
        QVERIFY(latency->accessibleDescription().contains(u" ms"));
    }

    void hiddenItDoesNothing()
    {
        page_->show();
        page_->hide();
        fillWithSamples(*backend_);
        backend_->publish();
        QCOMPARE(metric(u"requestRate"_s), u"0"_s);
        page_->show();
        QCOMPARE(metric(u"requestRate"_s), u"47"_s);
    }

    void noticesAct_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("does");

        QTest::newRow("listen") << int(Notice::Kind::ListenFailed) << u"start"_s;
        QTest::newRow("settings") << int(Notice::Kind::OpenToNetwork) << u"page 5 AUTH_KEY"_s;
        QTest::newRow("unreadable") << int(Notice::Kind::KeysUnreadable) << u"reloadKeys"_s;
        QTest::newRow("none") << int(Notice::Kind::NoKeys) << u"import"_s;
        QTest::newRow("none left") << int(Notice::Kind::NoKeyLeft) << u"resetBlacklist"_s;
        QTest::newRow("upstream") << int(Notice::Kind::UpstreamDown) << u"page 3 "_s;
        QTest::newRow("key out") << int(Notice::Kind::KeyOut) << u"page 2 topic"_s;
        QTest::newRow("origin") << int(Notice::Kind::OriginRefused) << u"allowOrigin topic"_s;
    }
    void noticesAct()
    {
        QFETCH(int, kind);
        QStringList done;
        connect(page_.get(), &Page::pageWanted, this, [&](PageId page, const QString &topic) {
            done.append(u"page %1 %2"_s.arg(int(page)).arg(topic));
        });
        connect(page_.get(), &Page::importWanted, this, [&] { done.append(u"import"_s); });
        backend_->snapshot_.notices = {{Notice::Kind(kind), u"topic"_s, {}, {}, {}}};
        page_->show();
        click(u"noticeAction"_s);
        QTEST((done + backend_->takeCalls()).join(u'\n'), "does");
    }

    void anActionThatFailsSaysSoAtItsNotice()
    {
        backend_->snapshot_.notices = {{Notice::Kind::NoKeyLeft, {}, {}, {}, {}}};
        backend_->error_ = u"The key store is locked."_s;
        page_->show();
        click(u"noticeAction"_s);
        QCOMPARE(label(u"noticeError"_s), backend_->error_);
        QVERIFY(page_->findChild<QLabel *>(u"noticeError"_s)->isVisible());
        backend_->error_.clear();
        click(u"noticeAction"_s);
        QVERIFY(!page_->findChild<QLabel *>(u"noticeError"_s)->isVisible());
    }

    void noticesKeepTheFocusAndCanBeDismissed()
    {
        fillWithSamples(*backend_);
        page_->show();
        page_->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(page_.get()));
        QPushButton *dismiss = button(u"noticeDismiss"_s);
        dismiss->setFocus();
        backend_->snapshot_.notices.prepend({Notice::Kind::NoKeyLeft, {}, {}, {}, {}});
        backend_->publish();
        QVERIFY(dismiss->hasFocus());
        dismiss->click();
        QCOMPARE(backend_->takeCalls(),
                 QStringList{u"dismissNotice "_s + backend_->snapshot_.keys.at(3).fingerprint});
    }

    void manyNoticesAreFolded()
    {
        for (int i = 0; i < 12; ++i)
            backend_->snapshot_.notices.append(
                {Notice::Kind::KeyOut, QString::number(i), u"why"_s, u"name"_s, {}});
        page_->show();
        QCOMPARE(visibleActions(), 4);
        click(u"allNotices"_s);
        QCOMPARE(visibleActions(), 12);
        backend_->snapshot_.notices.resize(1);
        backend_->publish();
        QCOMPARE(visibleActions(), 1);
    }

    void everythingToPressHasAName()
    {
        fillWithSamples(*backend_);
        page_->show();
        for (const QAbstractButton *each : page_->findChildren<QAbstractButton *>())
            QVERIFY2(!each->isVisible() || !(each->text() + each->accessibleName()).isEmpty(),
                     qPrintable(each->objectName()));
    }

    void refreshesAreCheap()
    {
        fillWithSamples(*backend_);
        page_->show();
        QVERIFY(QTest::qWaitForWindowExposed(page_.get()));
        QBENCHMARK
        {
            for (Traffic::Series &series : backend_->snapshot_.traffic.spans)
                series.points.append(series.points.takeFirst());
            ++backend_->snapshot_.requestsPerMinute;
            backend_->publish();
            page_->grab(); // with the drawing
        }
    }

private:
    QString label(const QString &name) const { return page_->findChild<QLabel *>(name)->text(); }
    QPushButton *button(const QString &name) const { return page_->findChild<QPushButton *>(name); }
    void click(const QString &name) const { QTest::mouseClick(button(name), Qt::LeftButton); }
    QString metric(const QString &name) const
    {
        return page_->findChild<QWidget *>(name)->findChild<QLabel *>(u"value"_s)->text();
    }
    int visibleActions() const
    {
        const auto all = page_->findChildren<QPushButton *>(u"noticeAction"_s);
        return int(
            std::count_if(all.cbegin(), all.cend(), [](auto *each) { return each->isVisible(); }));
    }

    std::unique_ptr<FakeBackend> backend_;
    std::unique_ptr<OverviewPage> page_;
};

QTEST_MAIN(TestOverviewPage)
#include "test_overviewpage.moc"
