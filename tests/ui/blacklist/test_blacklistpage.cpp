// SPDX-License-Identifier: GPL-3.0-or-later
#include "blacklist/blacklistpage.h"

#include "ui/support/fakebackend.h"

#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QTest>
#include <QTreeView>

using namespace keywheel;
using namespace Qt::StringLiterals;

class TestBlacklistPage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        backend_ = std::make_unique<FakeBackend>();
        fillWithSamples(*backend_);
        page_ = std::make_unique<BlacklistPage>(*backend_);
        page_->resize(1000, 600);
        page_->show();
    }
    void cleanup()
    {
        page_.reset();
        backend_.reset();
    }

    void saysWhenAllKeysAreInUse()
    {
        QVERIFY(view()->isVisible());
        for (KeySnapshot &key : backend_->snapshot_.keys)
            key.state = KeyState::Available;
        backend_->publish();
        QVERIFY(!view()->isVisible());
        QCOMPARE(label(u"blacklistEmpty"_s)->text(), u"All keys are in use."_s);
    }

    void showsTheKeyOfATopic()
    {
        page_->showTopic(fingerprint(3));
        QCOMPARE(selectedKeys(), QStringList{fingerprint(3)});
        const QString detail = label(u"blacklistDetail"_s)->text();
        QVERIFY(detail.contains(u"Old project"_s));
        QVERIFY(detail.contains(u"The upstream said: Incorrect API key provided"_s));
    }

    void saysWhenTheKeyOfATopicIsBack()
    {
        page_->showTopic(fingerprint(0));
        QVERIFY(selectedKeys().isEmpty());
        QVERIFY(label(u"blacklistMessage"_s)->text().contains(u"in use again"_s));
    }

    void releasesWhatIsSelected()
    {
        QVERIFY(!button(u"release"_s)->isEnabled());
        page_->showTopic(fingerprint(4));
        button(u"release"_s)->click();
        QCOMPARE(backend_->takeCalls(), QStringList{u"releaseKeys "_s + fingerprint(4)});
        QVERIFY(label(u"blacklistMessage"_s)->isVisible());
    }

    void enablesWhatAPersonDisabled()
    {
        page_->showTopic(fingerprint(5));
        QVERIFY(!button(u"release"_s)->isEnabled());
        button(u"enable"_s)->click();
        QCOMPARE(backend_->takeCalls(),
                 QStringList{u"setKeysDisabled %1 false"_s.arg(fingerprint(5))});
    }

    void checksAndSaysWhatCameOut()
    {
        backend_->checked_ = {
            {fingerprint(3), Backend::Checked::Outcome::Bad, u"Incorrect API key provided"_s}};
        page_->showTopic(fingerprint(3));
        button(u"check"_s)->click();
        QCOMPARE(backend_->takeCalls(), QStringList{u"checkKeys "_s + fingerprint(3)});
        const QString message = label(u"blacklistMessage"_s)->text();
        QVERIFY2(message.contains(u"still refused"_s), qPrintable(message));
        QVERIFY2(message.endsWith(u"Incorrect API key provided"_s), qPrintable(message));
    }

    void errorsAreSaidInPlace()
    {
        backend_->error_ = u"The upstream cannot be reached."_s;
        page_->showTopic(fingerprint(3));
        for (const QString &each : {u"check"_s, u"release"_s}) {
            button(each)->click();
            QCOMPARE(label(u"blacklistMessage"_s)->text(), backend_->error_);
        }
    }

    void releasesAllOnlyAfterAsking()
    {
        button(u"releaseAll"_s)->click();
        QCOMPARE(backend_->takeCalls(), QStringList());
        auto *question = page_->findChild<QMessageBox *>(u"releaseAllQuestion"_s);
        QVERIFY(question);
        question->button(QMessageBox::Cancel)->click();
        QCOMPARE(backend_->takeCalls(), QStringList());
        QTRY_VERIFY(!page_->findChild<QMessageBox *>(u"releaseAllQuestion"_s));

        button(u"releaseAll"_s)->click();
        question = page_->findChild<QMessageBox *>(u"releaseAllQuestion"_s);
        for (QAbstractButton *each : question->buttons())
            if (question->buttonRole(each) == QMessageBox::AcceptRole)
                each->click();
        QCOMPARE(backend_->takeCalls(), QStringList{u"resetBlacklist"_s});
    }

    void refreshesKeepSelectionAndScrollPosition()
    {
        KeySnapshot some = backend_->snapshot_.keys.at(3);
        for (int i = 0; i < 200; ++i) {
            some.fingerprint = u"more%1"_s.arg(i);
            backend_->snapshot_.keys.append(some);
        }
        backend_->publish();
        page_->showTopic(u"more150"_s);
        const int position = view()->verticalScrollBar()->value();
        QVERIFY(position > 0);
        backend_->snapshot_.keys.last().reason = u"invalid key: another"_s;
        backend_->publish();
        QCOMPARE(selectedKeys(), QStringList{u"more150"_s});
        QCOMPARE(view()->verticalScrollBar()->value(), position);
    }

    void noTimerRunsUnlessSomethingCountsDownAndIsSeen()
    {
        QVERIFY(ticks());
        page_->hide();
        QVERIFY(!ticks());
        page_->show();
        QVERIFY(ticks());
        backend_->snapshot_.keys[2].state = KeyState::Available;
        backend_->publish();
        QVERIFY(!ticks());
    }

private:
    QTreeView *view() const { return page_->findChild<QTreeView *>(u"blacklist"_s); }
    QPushButton *button(const QString &name) const { return page_->findChild<QPushButton *>(name); }
    QLabel *label(const QString &name) const { return page_->findChild<QLabel *>(name); }
    QString fingerprint(int index) const { return backend_->snapshot_.keys.at(index).fingerprint; }
    QStringList selectedKeys() const
    {
        QStringList result;
        for (const QModelIndex &index : view()->selectionModel()->selectedRows())
            result.append(index.data(BlacklistModel::FingerprintRole).toString());
        return result;
    }
    bool ticks() const { return page_->isCountingDown(); }

    std::unique_ptr<FakeBackend> backend_;
    std::unique_ptr<BlacklistPage> page_;
};

QTEST_MAIN(TestBlacklistPage)
#include "test_blacklistpage.moc"
